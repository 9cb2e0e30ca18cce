/** Policies whose conditions are made of understood atoms, over a universe of calls that is small enough to be gone through. */
import fc from 'fast-check';
import { callId, fillPolicy, type Call, type JsonObject, type Policy } from '../../engine';

const ATOMS = [
  'request.args.n > 5',
  'request.args.n >= 5',
  'request.args.n < 5',
  '!(request.args.n > 5)',
  'request.args.n == 5',
  'request.args.n in [5, 7]',
  'has(request.args.n)',
  '!has(request.args.n)',
  'has(request.args.n) && request.args.n <= 7',
  'request.args.s == "ab"',
  'request.args.s != "ab"',
  'request.args.s.startsWith("a")',
  'request.args.s.endsWith("b")',
  'request.args.s.contains("b")',
  'size(request.args.s) > 1',
  'request.args.s in ["a", "b"]',
  'has(request.args.s)',
  'agent.slug == "x"',
  'agent.slug != "x"',
  'agent.slug in ["x", "y"]',
  '"t" in agent.tags',
  'request.args.s.matches("^a")',
  'request.args.n == "ab"',
  'has(request.args.n) ? request.args.n > 5 : true',
  'size(request.args.s) >= 0',
  'request.args.n == request.args.n',
  'request.args.s.matches("[")',
  '1 / 0 == 1',
  'true',
];

const condition: fc.Arbitrary<string> = fc
  .array(fc.constantFrom(...ATOMS), { minLength: 1, maxLength: 3 })
  .chain((atoms) => fc.constantFrom(' && ', ' || ').map((operator) => atoms.map((one) => `(${one})`).join(operator)));

const rule = fc.record({
  effect: fc.constantFrom('allow' as const, 'deny' as const, 'gated' as const),
  scope: fc.record({
    agents: fc.constantFrom<readonly string[]>([], [], [], ['x'], ['x', 'y'], ['tag:t'], ['tag:t', 'y']),
    resources: fc.constantFrom<readonly string[]>([], [], [], ['r']),
  }),
  tools: fc.constantFrom<readonly string[]>(['*'], ['a*'], ['*b'], ['ab'], ['a*', 'b*'], ['a', 'ab'], ['{a,b}*']),
  condition: fc.option(condition, { nil: null, freq: 3 }),
});

export const smallPolicy = (most: number): fc.Arbitrary<Policy> =>
  fc
    .record({ rules: fc.array(rule, { minLength: 1, maxLength: most }), gatedWhenFalse: fc.constantFrom('continue' as const, 'deny' as const) })
    .map(({ rules, gatedWhenFalse }) =>
      fillPolicy({
        rules: rules.map((one, i) => ({ ...one, id: `r${String(i)}` as Policy['rules'][number]['id'], name: `R${String(i)}` })),
        settings: { gatedWhenFalse },
      }),
    );

/** The border values of every atom above, each combination once. */
export const UNIVERSE: readonly Call[] = combinations();

function combinations(): readonly Call[] {
  const numbers: readonly JsonObject[] = [{}, ...[4, 5, 5.000000000000001, 6, 7, 8, 'ab', null].map((n) => ({ n }))];
  const texts: readonly JsonObject[] = [{}, ...['', 'a', 'b', 'ab', 'cb', 'ac', 'cc', 'cbc', 3].map((s) => ({ s }))];
  const args = [null, ...numbers.flatMap((n) => texts.map((s): JsonObject => ({ ...n, ...s })))];
  const agents = ['x', 'y', 'z', null].flatMap((slug) => [[], ['t']].map((tags) => ({ slug, name: null, tags })));
  const tools = ['a', 'ab', 'b', 'bb', 'cb', 'c'];
  return args.flatMap((one) =>
    agents.flatMap((agent) =>
      ['r', 'q'].flatMap((slug) =>
        tools.map((name): Call => ({
          id: callId('u'),
          time: null,
          agent,
          instance: null,
          user: null,
          resource: { slug, name: null, tags: [] },
          tool: { name, title: null, annotations: null },
          args: one,
          ip: null,
          userAgent: null,
        })),
      ),
    ),
  );
}
