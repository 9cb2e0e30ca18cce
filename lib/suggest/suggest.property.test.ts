import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  callId,
  compilePolicy,
  decide,
  DEFAULT_SETTINGS,
  EMPTY_CATALOG,
  FACETS,
  fillRule,
  ruleId,
  type Call,
  type Catalog,
  type CompiledPolicy,
  type DecisionEffect,
} from '../engine';
import { suggestRules, TOOL_DETAILS, type PolicySuggestion, type SuggestionChoices } from '.';

const AGENTS = ['a', 'b', 'c'];
const RESOURCES = ['crm', 'mail'];
const TOOLS = ['get_x', 'get_y', 'list_x', 'getAll', 'send', 'a/b'];

const arbUser = fc.record({
  id: fc.constantFrom('u1', 'u2'),
  groups: fc.subarray(['g1', 'g2', 'g3']),
});
const arbCall = fc
  .record(
    {
      agent: fc.option(fc.record({ slug: fc.constantFrom(...AGENTS) }), { freq: 12 }),
      resource: fc.record({ slug: fc.constantFrom(...RESOURCES) }),
      tool: fc.record({ name: fc.constantFrom(...TOOLS) }),
      user: arbUser,
      args: fc.option(
        fc.record({ n: fc.constantFrom<string | number>(1, 2, 'x'), deep: fc.constant([1]) }, { requiredKeys: [] }),
        {
          freq: 8,
        },
      ),
      recorded: fc.option(fc.record({ effect: fc.constantFrom('allow' as const, 'allow' as const, 'deny' as const) }), {
        freq: 2,
      }),
    },
    { requiredKeys: ['tool', 'resource'] },
  )
  .map((parts): Omit<Call, 'id'> => parts);
const arbCalls = fc
  .array(arbCall, { maxLength: 25 })
  .map((calls) => calls.map((call, i): Call => ({ id: callId(String(i)), ...call })));
const arbChoices: fc.Arbitrary<SuggestionChoices> = fc.record({
  take: fc.constantFrom('not-denied' as const, 'allowed' as const),
  by: fc.option(fc.subarray([...FACETS]), { nil: undefined, freq: 4 }),
  tools: fc.constantFrom(...TOOL_DETAILS),
  limitsArguments: fc.boolean(),
});
const arbCatalog = fc
  .record({ crm: fc.subarray(TOOLS), mail: fc.subarray(TOOLS), agents: fc.subarray(AGENTS) })
  .map(({ crm, mail, agents }): Catalog => ({
    ...EMPTY_CATALOG,
    resources: Object.entries({ crm, mail }).map(([slug, names]) => ({ slug, tools: names.map((name) => ({ name })) })),
    agents: agents.map((slug) => ({ slug })),
  }));

const compiledRules = (rules: PolicySuggestion['rules']): Promise<CompiledPolicy> =>
  compilePolicy({
    rules: rules.map(({ rule }, i) => fillRule({ id: ruleId(String(i)), ...rule })),
    settings: DEFAULT_SETTINGS,
  });

const effects = (compiled: CompiledPolicy, calls: readonly Call[]): readonly DecisionEffect[] =>
  calls.map((call) => decide(compiled, call).effect);

it('allows every call that was taken, none that was denied, and opens nothing but what it says', async () => {
  await fc.assert(
    fc.asyncProperty(arbCalls, arbChoices, arbCatalog, async (calls, choices, catalog) => {
      const visit = (each: (call: Call, index: number) => void) => Promise.resolve((calls.forEach(each), true));
      const suggestion = await suggestRules({ visit }, choices, { catalog });
      if (suggestion === undefined) throw new Error('stopped');
      const { rules, checks, leftOut } = suggestion;
      const decided = effects(await compiledRules(rules), calls);

      const isDenied = (call: Call | undefined) => call?.recorded?.effect === 'deny';
      const isAllowed = (i: number) => decided[i] === 'allow';
      expect(calls.filter((call, i) => isDenied(call) && isAllowed(i))).toEqual([]);
      const left = leftOut.reduce((sum, { count }) => sum + count, 0);
      expect(checks.allowed + left).toBe(calls.length);
      expect(checks.allowed + checks.alsoAllowed).toBe(decided.filter((effect) => effect === 'allow').length);
      expect(rules.reduce((sum, one) => sum + one.calls, 0)).toBe(checks.allowed);

      // No rule can be left out.
      for (const [at] of rules.entries()) {
        const fewer = effects(await compiledRules(rules.toSpliced(at, 1)), calls);
        expect(fewer.filter((effect) => effect === 'allow').length).toBeLessThan(checks.allowed + checks.alsoAllowed);
      }
    }),
    { numRuns: 60 },
  );
});

it('opens no tool of the catalog to an agent that did not call it there, with names or patterns that the catalog justifies', async () => {
  await fc.assert(
    fc.asyncProperty(arbCalls, arbChoices, arbCatalog, async (calls, chosen, catalog) => {
      const visit = (each: (call: Call, index: number) => void) => Promise.resolve((calls.forEach(each), true));
      const choices = { ...chosen, by: ['agents', 'resources'] } as const;
      const suggestion = await suggestRules({ visit }, choices, { catalog });
      const compiled = await compiledRules(suggestion?.rules ?? []);
      const used = new Set(
        calls.map(({ agent, resource, tool }) => `${agent?.slug ?? ''} ${resource?.slug ?? ''} ${tool?.name ?? ''}`),
      );
      const opened: string[] = [];
      for (const agent of AGENTS) {
        for (const { slug, tools = [] } of catalog.resources) {
          for (const { name } of tools) {
            const call: Call = { id: callId(''), agent: { slug: agent }, resource: { slug }, tool: { name } };
            if (decide(compiled, call).effect !== 'deny' && !used.has(`${agent} ${slug} ${name}`))
              opened.push(`${slug} ${name}`);
          }
        }
      }
      if (choices.tools === 'exact' || choices.tools === 'justified') expect(opened).toEqual([]);
      const said = suggestion?.openedTools.flatMap(({ resource, tool }) => `${resource} ${tool}`) ?? [];
      expect(said).toEqual(expect.arrayContaining([...new Set(opened)]));
    }),
    { numRuns: 60 },
  );
});
