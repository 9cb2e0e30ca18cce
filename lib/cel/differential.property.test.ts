/**
 * Random conditions over random calls, against `@bufbuild/cel`: in the shapes where that library gives cel-go's answers. It is kept away
 * from what it does otherwise (measured on recorded answers): JSON numbers beside int literals in `in` and as keys, `has` on scalars and
 * of null, `-2^63 % -1`, the order of maps, and everything that cel-go's type check refuses.
 */
import {
  celEnv,
  celMap,
  isCelError,
  isCelUint,
  parse as parseBufbuild,
  plan as planBufbuild,
  type CelInput,
} from '@bufbuild/cel';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { activation } from './evaluate/activation';
import { check, DECISION_DECLARATIONS } from './check/checker';
import type { Json } from '../json';
import { parse } from './syntax/parser';
import { Program } from './evaluate/program';
import { loadRegex } from './evaluate/regex';
import { loadTimezones } from './values/timezone';
import { EvalError } from './values/values';

const TEXTS = ['', 'a', 'b', 'ab', '/srv/x', 'é', '1'];
const value: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(...TEXTS, true, false, 0.5, 2.5, -7.25),
  fc.array(fc.constantFrom<Json>(...TEXTS), { maxLength: 3 }),
);
const facts = fc.record({
  agent: fc.record({ slug: fc.constantFrom(...TEXTS), tags: fc.array(fc.constantFrom(...TEXTS), { maxLength: 3 }) }),
  request: fc.record({ args: fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), value, { maxKeys: 4 }) }),
});

const text = fc.constantFrom(...TEXTS).map((each) => JSON.stringify(each));
const path = fc.constantFrom('agent.slug', 'request.args.a', 'request.args.b', 'request.args["c"]', 'request.args.d');
const term: fc.Arbitrary<string> = fc.oneof(
  fc
    .tuple(path, fc.constantFrom('==', '!='), fc.oneof(text, path, fc.constantFrom('true', 'null', '2.5')))
    .map((p) => p.join(' ')),
  fc
    .tuple(path, fc.constantFrom('<', '<=', '>', '>='), fc.oneof(text, fc.constantFrom('2.5', '-1.0')))
    .map((p) => p.join(' ')),
  fc
    .tuple(path, fc.constantFrom('startsWith', 'endsWith', 'contains', 'matches'), text)
    .map(([a, f, b]) => `${a}.${f}(${b})`),
  fc.tuple(path, text, text).map(([a, b, c]) => `${a} in [${b}, ${c}]`),
  fc.tuple(text, fc.constantFrom('agent.tags', 'request.args.a', 'request.args')).map(([a, b]) => `${a} in ${b}`),
  fc.constantFrom('a', 'b', 'c', 'd').map((key) => `has(request.args.${key})`),
  fc.tuple(path, fc.nat(3)).map(([a, n]) => `size(${a}) > ${n}`),
  fc
    .tuple(
      fc.constantFrom('agent.tags', 'request.args.a'),
      fc.constantFrom('all', 'exists', 'exists_one'),
      text,
      fc.constantFrom('==', '!='),
    )
    .map(([range, name, wanted, operator]) => `${range}.${name}(t, t ${operator} ${wanted})`),
  fc.tuple(path, text).map(([a, b]) => `${a} + ${b} == "ab"`),
  fc.tuple(path, fc.constantFrom('+', '-', '*', '/')).map(([a, operator]) => `${a} ${operator} 2.0 > 1.0`),
  fc.tuple(path, path).map(([a, b]) => `agent.tags.map(t, t + ${a}) == [${b}]`),
);
const condition: fc.Arbitrary<string> = fc.letrec<{ all: string }>((tie) => ({
  all: fc.oneof(
    { maxDepth: 3 },
    term,
    fc.tuple(tie('all'), fc.constantFrom('&&', '||'), tie('all')).map(([a, operator, b]) => `(${a} ${operator} ${b})`),
    fc.tuple(tie('all'), tie('all'), tie('all')).map(([a, b, c]) => `(${a} ? ${b} : ${c})`),
    tie('all').map((a) => `!(${a})`),
  ),
})).all;

const nested = (json: Json): CelInput => {
  if (Array.isArray(json)) return json.map(nested) as CelInput;
  if (typeof json !== 'object' || json === null) return json;
  return celMap(new Map(Object.entries(json).map(([key, held]) => [key, nested(held as Json)])));
};

beforeAll(() => Promise.all([loadRegex(), loadTimezones()]));

describe('against @bufbuild/cel', () => {
  it('random conditions have the same answers, errors included', () => {
    let compared = 0;
    fc.assert(
      fc.property(condition, facts, (source, call) => {
        const parsed = parse(source);
        const checked = check(parsed);
        if (parsed.diagnostics.length || checked.diagnostics.length) return;
        const program = new Program(source, parsed.expr, checked, new Set(Object.keys(DECISION_DECLARATIONS)));
        const ours = program.evaluate(activation(call));
        const variables = Object.fromEntries(Object.entries(call).map(([name, held]) => [name, nested(held)]));
        const theirs: unknown = planBufbuild(celEnv(), parseBufbuild(source))(variables);
        compared++;
        expect([source, ours instanceof EvalError ? 'error' : ours]).toEqual([
          source,
          isCelError(theirs) ? 'error' : theirs,
        ]);
      }),
      { numRuns: Number(process.env['FUZZ_RUNS'] ?? 1500) },
    );
    expect(compared).toBeGreaterThan(1000);
  });

  it('int and uint arithmetic agree, overflow included', () => {
    const edges = [0n, 1n, -1n, 2n, 3n, -7n, 2n ** 31n, 2n ** 62n, 2n ** 63n - 1n, -(2n ** 63n), 2n ** 64n - 1n];
    const operator = fc.constantFrom('+', '-', '*', '/', '%', '<', '<=', '==');
    fc.assert(
      fc.property(
        fc.constantFrom(...edges),
        operator,
        fc.constantFrom(...edges),
        fc.boolean(),
        (a, op, b, unsigned) => {
          if (unsigned ? a < 0n || b < 0n : a >= 2n ** 63n || b >= 2n ** 63n) return;
          // There `%` by -1 never overflows, and a division of 2^64 - 1 always does.
          if ((op === '%' && b === -1n) || (op === '/' && a > 2n ** 63n)) return;
          const write = (n: bigint): string => (unsigned ? `${n}u` : String(n));
          const source = `${write(a)} ${op} ${write(b)}`;
          const parsed = parse(source);
          const ours = new Program(source, parsed.expr, check(parsed), new Set()).evaluate(activation({}));
          const theirs: unknown = planBufbuild(celEnv(), parseBufbuild(source))({});
          const plain = (held: unknown): unknown =>
            typeof held === 'object' && held && 'value' in held ? held.value : held;
          expect([source, ours instanceof EvalError ? 'error' : plain(ours)]).toEqual([
            source,
            isCelError(theirs) ? 'error' : isCelUint(theirs) ? theirs.value : theirs,
          ]);
        },
      ),
      { numRuns: 2000 },
    );
  });
});
