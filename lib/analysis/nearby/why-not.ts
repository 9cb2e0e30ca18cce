/** What kept one rule from deciding a call, and what would have to change; each way out is decided before it is given. */
import type { Explanation } from '../../cel';
import {
  compilePolicy,
  decide,
  explainCondition,
  fillScope,
  type ConditionError,
  type DecidedBy,
  type FacetMismatch,
  type Policy,
  type DecisionRow,
  type Rule,
  type RuleId,
  type Status,
  type DecisionStep,
} from '../../engine';
import type { FactChange } from './fact';
import { aloneStep, changesFor, type DecidedCall } from './near-miss';

export type Obstacle =
  | { readonly kind: 'status'; readonly status: Exclude<Status, 'active'> }
  /** A rule above decides, or its gate denies; the rule itself was never looked at. */
  | { readonly kind: 'earlier'; readonly by: DecidedBy }
  | { readonly kind: 'scope'; readonly facets: readonly FacetMismatch[] }
  | { readonly kind: 'tool'; readonly tool: string | null | undefined; readonly tried: readonly string[] }
  | { readonly kind: 'condition-false' }
  | { readonly kind: 'condition-error'; readonly error: ConditionError }
  | { readonly kind: 'unknown'; readonly waitsFor: readonly string[] };

/** An edit of the policy. */
export type RuleEdit = { readonly kind: 'activate' } | { readonly kind: 'move-above'; readonly ruleId: RuleId };

/** With these edits of the policy and these changes of the call, the rule decides. */
export interface Remedy {
  readonly edits: readonly RuleEdit[];
  readonly changes: readonly FactChange[];
  readonly gives: Pick<DecisionRow, 'effect' | 'decidedBy'>;
}

export interface WhyNot {
  readonly ruleId: RuleId;
  /** `could`: it is one of those that may decide, where facts are unknown. */
  readonly decides: 'yes' | 'could' | 'no';
  /** All that stands in the way, not only the first; empty where it decides. */
  readonly obstacles: readonly Obstacle[];
  /** What its condition gives for the call, where it could be evaluated. */
  readonly condition: Explanation | undefined;
  /** The ways found, the smallest first. None proves nothing. */
  readonly remedies: readonly Remedy[];
}

/** Undefined where the policy has no such rule. */
export async function whyNot(subject: DecidedCall, ruleId: RuleId): Promise<WhyNot | undefined> {
  const { compiled, call } = subject;
  const { policy } = compiled;
  const at = policy.rules.findIndex(({ id }) => id === ruleId);
  const rule = policy.rules[at];
  if (rule === undefined) return undefined;
  const decision = decide(compiled, call);
  const { decidedBy } = decision;
  const decides = decidesIn(decidedBy, ruleId);
  const active = await compilePolicy(
    { ...policy, rules: policy.rules.with(at, { ...rule, status: 'active' }) },
    compiled,
  );
  const condition = explainCondition(active, ruleId, call);
  if (decides === 'yes') return { ruleId, decides: 'yes', obstacles: [], condition, remedies: [] };
  const obstacles: Obstacle[] = [];
  if (rule.status !== 'active') obstacles.push({ kind: 'status', status: rule.status });
  const decider = 'ruleId' in decidedBy ? policy.rules.findIndex(({ id }) => id === decidedBy.ruleId) : -1;
  if (decider >= 0 && decider < at) obstacles.push({ kind: 'earlier', by: decidedBy });
  obstacles.push(...(await ownObstacles(subject, rule)));
  return { ruleId, decides, obstacles, condition, remedies: await remediesFor(subject, rule, decidedBy) };
}

function decidesIn(decidedBy: DecidedBy, ruleId: RuleId): WhyNot['decides'] {
  if (decidedBy.kind === 'undecided') return decidedBy.ruleIds.includes(ruleId) ? 'could' : 'no';
  return 'ruleId' in decidedBy && decidedBy.ruleId === ruleId ? 'yes' : 'no';
}

/** A step names the first thing that fails: what else does is seen once that is taken out of the rule. */
async function ownObstacles(subject: DecidedCall, rule: Rule): Promise<Obstacle[]> {
  const found: Obstacle[] = [];
  let loose = rule;
  for (let layers = 0; layers < 3; layers++) {
    const step = await aloneStep(subject, loose, subject.call);
    const obstacle = obstacleOf(step);
    if (obstacle === undefined || found.some(({ kind }) => kind === obstacle.kind)) break;
    found.push(obstacle);
    if (obstacle.kind === 'scope') loose = { ...loose, scope: fillScope({}) };
    else if (obstacle.kind === 'tool') loose = { ...loose, tools: ['*'] };
    else break;
  }
  return found;
}

function obstacleOf(step: DecisionStep): Obstacle | undefined {
  switch (step.kind) {
    case 'scope-mismatch':
      return { kind: 'scope', facets: step.facets };
    case 'no-pattern':
      return { kind: 'tool', tool: step.tool, tried: step.tried };
    case 'condition-false':
    case 'gate-denied':
      return { kind: 'condition-false' };
    case 'condition-error':
      return { kind: 'condition-error', error: step.error };
    case 'unknown':
      return { kind: 'unknown', waitsFor: step.waitsFor };
    case 'matched':
    case 'not-active':
    case 'not-reached':
      return undefined;
  }
}

/** Edits of the policy alone, then changes of the call alone, then both. */
async function remediesFor({ compiled, call }: DecidedCall, rule: Rule, decidedBy: DecidedBy): Promise<Remedy[]> {
  const { policy } = compiled;
  const needed: RuleEdit[] = rule.status === 'active' ? [] : [{ kind: 'activate' }];
  const above = blockerOf(policy, rule, decidedBy);
  const ways: readonly (readonly RuleEdit[])[] = [
    ...(needed.length > 0 ? [needed] : []),
    ...(above === undefined ? [] : [[...needed, { kind: 'move-above' as const, ruleId: above }]]),
  ];
  const edited: { edits: readonly RuleEdit[]; subject: DecidedCall }[] = [];
  for (const edits of ways) {
    const next = await compilePolicy(withEdits(policy, rule, edits), compiled);
    const { effect, decidedBy: by } = decide(next, call);
    if (decidesIn(by, rule.id) === 'yes')
      return [
        { edits, changes: [], gives: { effect, decidedBy: by } },
        ...(await inCall({ compiled, call }, rule, [])),
      ];
    edited.push({ edits, subject: { compiled: next, call } });
  }
  const found = await inCall({ compiled, call }, rule, []);
  for (const { edits, subject } of edited) {
    if (found.length > 0) break;
    found.push(...(await inCall(subject, rule, edits)));
  }
  return found;
}

async function inCall(subject: DecidedCall, rule: Rule, edits: readonly RuleEdit[]): Promise<Remedy[]> {
  return (await changesFor(subject, rule.id)).map(({ changes, gives }) => ({ edits, changes, gives }));
}

/** The first rule above that takes the call away. */
function blockerOf(policy: Policy, rule: Rule, decidedBy: DecidedBy): RuleId | undefined {
  const first =
    decidedBy.kind === 'undecided' ? decidedBy.ruleIds[0] : 'ruleId' in decidedBy ? decidedBy.ruleId : undefined;
  const place = (id: RuleId | undefined) => policy.rules.findIndex((one) => one.id === id);
  return first !== undefined && place(first) < place(rule.id) ? first : undefined;
}

function withEdits(policy: Policy, rule: Rule, edits: readonly RuleEdit[]): Policy {
  return edits.reduce<Policy>((edited, edit) => {
    const own = edited.rules.find(({ id }) => id === rule.id) ?? rule;
    if (edit.kind === 'activate') {
      return { ...edited, rules: edited.rules.map((one) => (one.id === rule.id ? { ...own, status: 'active' } : one)) };
    }
    const others = edited.rules.filter(({ id }) => id !== rule.id);
    const to = others.findIndex(({ id }) => id === edit.ruleId);
    return { ...edited, rules: others.toSpliced(to, 0, own) };
  }, policy);
}
