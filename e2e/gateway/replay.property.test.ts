import fc from 'fast-check';
import { expect, it } from 'vitest';
import { bundleOf, writeBundle } from '../../lib/bundle';
import { run } from '../../lib/cli/testdata/harness';
import type { Call, DecisionRow, RuleId } from '../../lib/engine';
import { knownCall, PATHS, policy, without, type KnownCall } from '../../lib/engine/testdata/universe';
import type { Caller } from './facts';
import { activePolicy, ANSWER, gatewayOf, tool, type Setup } from './testdata/parts';

/** What the log says of a decision; `effect` and the rule are what a replay must give again. */
interface Entry {
  readonly id: string;
  readonly details: { readonly policyEffect: 'allow' | 'deny'; readonly policyRuleId: string | null };
}

/** A gateway takes only policies that are valid: an active gated rule has a condition. */
const valid = policy.map(({ rules, settings }) => ({
  settings,
  rules: rules.map((rule) => (rule.effect === 'gated' ? { ...rule, condition: rule.condition ?? 'true' } : rule)),
}));

/** A random call, with any of the facts about who calls unknown, as something that may happen at a gateway. */
const happening = fc
  .tuple(knownCall, fc.subarray(PATHS.filter(([top = '']) => ['agent', 'instance', 'user'].includes(top))))
  .map(([call, unknown]) => ({ call, identity: identityOf(without(call, unknown)) }));

const identityOf = ({ agent, instance, user }: Call): NonNullable<Setup['identity']> => ({
  ...(agent === undefined ? {} : { agent }),
  ...(instance === undefined ? {} : { instance }),
  ...(user === undefined ? {} : { user }),
});

function serversFor({ resource, tool: called }: KnownCall): NonNullable<Setup['servers']> {
  const { name, title, annotations } = called ?? {};
  const listed = tool(name ?? 'get', {
    ...(title ? { title } : {}),
    ...(annotations ? { annotations } : {}),
  });
  const slug = resource?.slug ?? 'r';
  return [{ resource: { slug, name: resource?.name ?? null, tags: resource?.tags ?? [] }, tools: [listed] }];
}

it('decides as the command line replays its audit log', async () => {
  let counted = { allow: 0, deny: 0, conditional: 0, rule: 0 };
  await fc.assert(
    fc.asyncProperty(valid, happening, fc.boolean(), async (drawn, { call, identity }, exists) => {
      const bundle = writeBundle(bundleOf('Test', drawn));
      const { rules, settings } = JSON.parse(bundle) as { rules: object[]; settings?: object };
      const { gateway, entries, reached, log } = gatewayOf(await activePolicy(rules, settings), {
        servers: serversFor(call),
        identity,
      });
      const caller: Caller = {
        client: { name: 'c', version: '1' },
        protocolVersion: '2026-07-28',
        ip: call.ip,
        userAgent: call.userAgent,
      };
      const name = exists ? (call.tool?.name ?? 'get') : 'send_other';
      const result = await gateway.call(caller, name, call.args ?? undefined, new AbortController().signal);

      const entry = entries[1] as Entry;
      const replayed = await run(['replay', 'policy.json', 'audit.ndjson', '--json'], {
        'policy.json': bundle,
        'audit.ndjson': log(),
      });
      expect(replayed.code, replayed.err).toBe(0);
      const row = JSON.parse(replayed.out) as DecisionRow;
      expect(row.id).toBe(entry.id);
      expect(entry.details.policyEffect).toBe(row.effect === 'allow' ? 'allow' : 'deny');
      expect(entry.details.policyRuleId).toBe(ruleOf(row));
      const through = row.effect === 'allow' && exists;
      expect(reached).toHaveLength(through ? 1 : 0);
      if (through) {
        // The gateway adds the hazards of the decision, and nothing else.
        const { _meta: meta, ...answer } = result;
        expect(answer).toEqual(ANSWER);
        expect(meta?.['policy-gateway/hazards'] !== undefined).toBe(
          row.hazards.some(({ kind }) => kind !== 'our-reading'),
        );
      } else expect(result.isError).toBe(true);
      counted = { ...counted, [row.effect]: counted[row.effect] + 1, rule: counted.rule + (ruleOf(row) ? 1 : 0) };
    }),
    { numRuns: 200 },
  );
  // The world is one in which all of it happens.
  for (const count of Object.values(counted)) expect(count).toBeGreaterThan(8);
});

const ruleOf = ({ decidedBy }: DecisionRow): RuleId | null =>
  decidedBy.kind === 'rule' || decidedBy.kind === 'gate' ? decidedBy.ruleId : null;
