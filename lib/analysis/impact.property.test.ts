import fc from 'fast-check';
import { expect, test } from 'vitest';
import { callId, compilePolicy, fillPolicy, ruleId, type Call, type Catalog } from '../engine';
import { EFFECT_CODES, replay } from '../trace';
import { unhurried } from '../trace/testkit';
import { accessMatrix, catalogImpact, traceImpact } from '.';

const TOOLS = ['get_me', 'get_file', 'push_files', 'delete_file', 'create_branch'];
const CATALOG: Catalog = {
  resources: [{ slug: 'github', tools: TOOLS.map((name) => ({ name })) }],
  agents: [{ slug: 'codex' }, { slug: 'cursor', tags: ['managed'] }, { slug: 'zed', tags: ['managed'] }],
  instances: [],
  users: [],
  groups: [],
};
const CALLS = ['delete_file', 'get_me', 'push_files', 'push_files', 'delete_file'].map((name, i): Call => ({
  id: callId(`c${i}`),
  agent: { slug: 'codex' },
  resource: { slug: 'github' },
  tool: { name },
  args: { owner: i === 3 ? 'evil' : 'acme' },
}));

const anyRule = fc
  .record({
    effect: fc.constantFrom('allow' as const, 'deny' as const, 'gated' as const),
    tools: fc.subarray(['*', 'get_*', 'push_files', 'delete_*', '*_file'], { minLength: 1 }),
    agents: fc.subarray(['codex', 'cursor', 'tag:managed']),
    condition: fc.constantFrom(null, 'request.args.owner == "acme"', 'request.args.none', 'agent.slug == "cursor"'),
  })
  .map(({ agents, ...rest }) => ({ ...rest, name: 'Rule', scope: { agents } }));
const anyPolicy = fc
  .array(anyRule, { maxLength: 5 })
  .map((rules) => fillPolicy({ rules: rules.map((one, i) => ({ ...one, id: ruleId(`r${i}`) })) }));

test('the figures of an impact agree with the decisions, whatever the two policies', async () => {
  await fc.assert(
    fc.asyncProperty(anyPolicy, anyPolicy, async (from, to) => {
      const [before, after] = [await compilePolicy(from), await compilePolicy(to)];
      const [was, is] = [replay(before, CALLS), replay(after, CALLS)];
      const impact = traceImpact(was, is, CALLS);
      for (const effect of EFFECT_CODES) {
        const became = EFFECT_CODES.reduce((sum, other) => sum + impact.matrix[other][effect], 0);
        expect(became).toBe(is.counts[effect]);
      }
      expect(impact.groups.flatMap(({ calls }) => calls).sort((a, b) => a - b)).toEqual([...impact.changed]);
      const cells = catalogImpact(before, after, CATALOG, 1_000);
      const matrices = await Promise.all(
        [before, after].map(async (policy) => (await accessMatrix(policy, CATALOG, 'agents', unhurried))?.effects),
      );
      expect(cells.changed).toBe(matrices[0]?.filter((code, i) => code !== matrices[1]?.[i]).length);
      expect(cells.changes).toHaveLength(cells.changed);
    }),
    { numRuns: 40 },
  );
});
