/** Divergences with one known cause each: a policy, a call, what was recorded, and what the log says beside it. */
import fc from 'fast-check';
import { compilePolicy, decideRow, decideUnder, fillPolicy, flipped, READINGS, callId, ruleId, type CompiledPolicy, type DecisionRow, type Policy, type Rule } from '../../engine';
import type { ImportedCall, PolicyEvent } from '../../trace';
import type { CauseKind, DivergenceCause } from '../cause';

export interface PlantedCase {
  readonly kind: CauseKind;
  readonly policy: Policy;
  /** As the log has it, with the recorded decision. */
  readonly call: ImportedCall;
  readonly events: readonly PolicyEvent[];
  /** Whether a cause that was found is the planted one. */
  readonly isPlanted: (cause: DivergenceCause) => boolean;
}

const SERVERS = ['github', 'slack', 'payments'];
const TOOLS = ['create_refund', 'delete_repo', 'send_message', 'list_issues', 'admin/purge'];
const GROUPS = ['finance', 'support', 'oncall'];
const AGENTS = ['cursor', 'codex', 'Claude-Code'];

const CONDITIONS = [
  null,
  null,
  'request.args.amount > 500',
  'request.args.amount <= 500',
  'request.args.channel == "C_GENERAL"',
  '"finance" in user.groups',
  'request.args.amount > 100 && request.args.channel != "C_RISK"',
];

const scopeOf = fc.record({
  resources: fc.subarray(SERVERS, { maxLength: 1 }),
  agents: fc.subarray(['cursor', 'codex', 'claude-code'], { maxLength: 1 }),
  groups: fc.subarray(GROUPS, { maxLength: 2 }),
});

const rule = (i: number): fc.Arbitrary<Rule> =>
  fc
    .record({
      effect: fc.constantFrom('allow', 'deny', 'gated'),
      tools: fc.constantFrom(['*'], ['delete_*'], ['create_*'], ['send_*'], ['*_message'], ['admin*'], ['list_*', 'create_*']),
      scope: scopeOf,
      condition: fc.constantFrom(...CONDITIONS),
    })
    .map(({ effect, tools, scope, condition }) => {
      const [filled] = fillPolicy({
        rules: [
          {
            id: ruleId(`r${i}`),
            name: `Rule ${i}`,
            effect: effect as Rule['effect'],
            tools,
            scope,
            condition: effect === 'gated' && condition === null ? 'request.args.amount <= 500' : condition,
          },
        ],
      }).rules;
      if (!filled) throw new Error('a rule was expected');
      return filled;
    });

export const policies: fc.Arbitrary<Policy> = fc
  .integer({ min: 2, max: 7 })
  .chain((n) => fc.tuple(...Array.from({ length: n }, (_, i) => rule(i))))
  .map((rules) => ({ rules, settings: { gatedWhenFalse: 'continue' } }));

export const calls: fc.Arbitrary<ImportedCall> = fc
  .record({
    server: fc.constantFrom(...SERVERS),
    tool: fc.constantFrom(...TOOLS),
    agent: fc.constantFrom(...AGENTS),
    groups: fc.subarray(GROUPS),
    amount: fc.constantFrom<number | string>(20, 499, 500, 501, 900, '900'),
    channel: fc.constantFrom('C_GENERAL', 'C_RISK'),
  })
  .map(({ server, tool, agent, groups, amount, channel }) => ({
    id: callId('call'),
    time: '2026-03-02T10:00:00Z',
    agent: { slug: agent, name: agent, tags: [] },
    instance: null,
    user: { id: 'u1', email: 'ada@example.com', name: 'Ada', groups },
    resource: { slug: server, name: server, tags: [] },
    tool: { name: tool, title: null, annotations: null },
    args: { amount, channel },
    ip: null,
    userAgent: null,
  }));

/** What was decided then, or null where it is the same as now: then there is nothing to explain. */
type Plant = (policy: Policy, call: ImportedCall, pick: (n: number) => number) => Promise<Planted | null>;

interface Planted extends Omit<PlantedCase, 'kind' | 'call'> {
  readonly logged: ImportedCall;
  readonly then: Pick<DecisionRow, 'effect' | 'decidedBy'>;
}

/** A drawn policy is asked about by every kind of cause; all policies have the same few conditions. */
const compiled = new WeakMap<Policy, Promise<CompiledPolicy>>();
const conditions = compilePolicy({
  ...fillPolicy({
    rules: CONDITIONS.map((condition, i) => ({ id: ruleId(`c${i}`), name: '', effect: 'allow' as const, tools: ['*'], condition })),
  }),
  settings: { gatedWhenFalse: 'continue' },
});
export async function compileOnce(policy: Policy): Promise<CompiledPolicy> {
  const known = compiled.get(policy) ?? compilePolicy(policy, await conditions);
  compiled.set(policy, known);
  return known;
}

const decided = async (policy: Policy, call: ImportedCall): Promise<DecisionRow> =>
  decideRow(await compileOnce(policy), call);

/** Whether this rule decides: without that, nothing that is done to it alone can have changed the decision. */
const decides = async (policy: Policy, call: ImportedCall, rule: Rule): Promise<boolean> => {
  const { decidedBy } = await decided(policy, call);
  return 'ruleId' in decidedBy && decidedBy.ruleId === rule.id;
};

const PLANTS: Readonly<Record<CauseKind, Plant>> = {
  'policy-changed': async (policy, call, pick) => {
    const at = pick(policy.rules.length);
    const now = policy.rules[at];
    if (!now) return null;
    const was: Rule = { ...now, effect: now.effect === 'deny' ? 'allow' : 'deny', tools: ['*'] };
    const before = { ...policy, rules: policy.rules.with(at, was) };
    const event: PolicyEvent = {
      time: '2026-03-02T10:12:00Z',
      change: 'updated',
      by: 'grace@example.com',
      ruleId: now.id,
      before: { effect: was.effect, tools: was.tools },
      after: { effect: now.effect, tools: now.tools },
    };
    const then = await decided(before, call);
    return { policy, logged: call, events: [event], then, isPlanted: ({ kind }) => kind === 'policy-changed' };
  },
  fact: async (policy, call, pick) => {
    const then = await decided(policy, call);
    if (pick(2) === 0) {
      const { args } = call;
      const logged: ImportedCall = { ...call, args: Object.fromEntries(Object.entries(args ?? {}).filter(([key]) => key !== 'amount')) };
      const isPlanted = (cause: DivergenceCause): boolean =>
        cause.kind === 'fact' && cause.changes.some(({ path }) => path.join('.') === 'args.amount');
      return { policy, logged, events: [], then, isPlanted };
    }
    const logged: ImportedCall = { ...call, user: { ...call.user, groups: [] } };
    const isPlanted = (cause: DivergenceCause): boolean =>
      cause.kind === 'fact' && cause.changes.some(({ path }) => path.join('.').startsWith('user.groups'));
    return { policy, logged, events: [], then, isPlanted };
  },
  'condition-error': async (policy, call, pick) => {
    const logged: ImportedCall = { ...call, args: { ...call.args, amount: String([20, 900][pick(2)]) } };
    const then = await decided(policy, { ...logged, args: { ...logged.args, amount: Number(logged.args?.['amount']) } });
    // The log writes the number as a text: the rule's condition errs, or the number in the text is the other fact.
    const isPlanted = (cause: DivergenceCause): boolean =>
      cause.kind === 'condition-error' ||
      (cause.kind === 'fact' && cause.changes.some(({ path }) => path.join('.') === 'args.amount'));
    return { policy, logged, events: [], then, isPlanted };
  },
  'inactive-rule': async (policy, call, pick) => {
    const at = pick(policy.rules.length);
    const rule = policy.rules[at];
    if (!rule || !(await decides(policy, call, rule))) return null;
    const now = { ...policy, rules: policy.rules.with(at, { ...rule, status: pick(2) === 0 ? 'draft' : 'disabled' }) };
    const then = await decided(policy, call);
    const isPlanted = (cause: DivergenceCause): boolean => cause.kind === 'inactive-rule' && cause.ruleId === rule.id;
    return { policy: now, logged: call, events: [], then, isPlanted };
  },
  reading: async (policy, call, pick) => {
    const first = pick(READINGS.length);
    const ready = await compileOnce(policy);
    const { effect } = decideRow(ready, call);
    const under = (reading: (typeof READINGS)[number]) => decideUnder(ready, call, flipped(reading));
    const reading = [...READINGS.slice(first), ...READINGS.slice(0, first)].find((one) => under(one).effect !== effect);
    if (!reading) return null;
    const then = under(reading);
    const isPlanted = (cause: DivergenceCause): boolean => cause.kind === 'reading' && cause.reading === reading;
    return { policy, logged: call, events: [], then, isPlanted };
  },
  'rule-order': async (policy, call) => {
    // The rule that decides was added at the top here, and at the bottom there.
    const { decidedBy } = await decided(policy, call);
    const added = policy.rules.find(({ id }) => 'ruleId' in decidedBy && decidedBy.ruleId === id);
    if (!added || added === policy.rules.at(-1)) return null;
    const others = policy.rules.filter((rule) => rule !== added);
    const then = await decided({ ...policy, rules: [...others, added] }, call);
    const isPlanted = (cause: DivergenceCause): boolean => cause.kind === 'rule-order' && cause.ruleId === added.id;
    return { policy: { ...policy, rules: [added, ...others] }, logged: call, events: [], then, isPlanted };
  },
};

export const PLANT_KINDS = Object.keys(PLANTS) as CauseKind[];

/** A case with the given cause, or null where the drawn policy and call do not diverge by it. */
export async function plant(
  kind: CauseKind,
  drawn: { readonly policy: Policy; readonly call: ImportedCall; readonly picks: readonly number[] },
): Promise<PlantedCase | null> {
  let next = 0;
  const pick = (n: number): number => (drawn.picks[next++ % drawn.picks.length] ?? 0) % n;
  const planted = await PLANTS[kind](drawn.policy, drawn.call, pick);
  if (planted === null || planted.then.effect === 'conditional') return null;
  const { policy, logged, events, then, isPlanted } = planted;
  const now = await decided(policy, logged);
  if (now.effect === 'conditional' || now.effect === then.effect) return null;
  const decider = 'ruleId' in then.decidedBy ? { ruleId: then.decidedBy.ruleId } : {};
  const effect = then.effect === 'allow' ? 'allow' : 'deny';
  const call: ImportedCall = { ...logged, recorded: { effect, ...decider } };
  return { kind, policy, call, events, isPlanted };
}
