/**
 * Near misses: the smallest changes of a call that would change its decision.
 *
 * INVARIANT: every one that is given out was decided with the change in place, by `decide`, and gives what it promises.
 */
import {
  compilePolicy,
  decide,
  decideRow,
  loadMatchers,
  type Call,
  type CompiledPolicy,
  type Decision,
  type DecisionRow,
  type Rule,
  type RuleId,
  type DecisionStep,
  gateOnFalse,
} from '../../engine';
import { MOST_TOGETHER, type FactChanges } from './aims';
import { factAt, withFacts, type FactChange } from './fact';
import { fitOf } from './fit';
import { aimsToLeave, aimsToMatch, type AimedRule } from './rule-aims';
import { ConditionTerms } from './terms';

export interface NearMiss {
  /** Facts to be changed, all of them together: one, or two where no single one turns the decision. */
  readonly changes: readonly FactChange[];
  /** The rule that the change is about. */
  readonly ruleId: RuleId;
  /** What is then decided. */
  readonly gives: Pick<DecisionRow, 'effect' | 'decidedBy'>;
}

const MOST_MISSES = 6;
const MOST_OF_ONE_RULE = 2;
/** Decisions made for one answer, and rules looked at: a policy of hundreds of rules is answered in a blink too. */
const MOST_TRIED = 400;
const MOST_RULES = 80;

/** A call, and the policy that decides it. */
export interface DecidedCall {
  readonly compiled: CompiledPolicy;
  readonly call: Call;
  /** Names of tools that are known, to offer in place of the call's. */
  readonly toolNames?: readonly string[];
}

/** What would change the decision of a call, the smallest and most informative first. None where nothing was found, which proves nothing. */
export async function nearMisses(subject: DecidedCall, decision: Decision): Promise<readonly NearMiss[]> {
  const budget = { left: MOST_TRIED };
  const turns = (row: Pick<DecisionRow, 'effect'>): boolean =>
    row.effect !== decision.effect && row.effect !== 'conditional';
  const found: OrderedNearMiss[] = [];
  for (const { rule, step } of candidates(subject.compiled, decision)) {
    found.push(...(await turnsOf(subject, rule, step, turns, budget)));
  }
  const sameTool = found.filter(({ changes }) => !changesTool(changes));
  const near = sameTool.length > 0 ? sameTool : found;
  const least = Math.min(...near.map(({ changes }) => changes.length));
  const best = near
    .filter(({ changes }) => changes.length === least)
    .sort((one, other) => other.fit - one.fit || weight(one) - weight(other));
  return distinct(best).slice(0, sameTool.length > 0 ? MOST_MISSES : 1);
}

/** What of a call would have to be different for this very rule to decide it; each checked by deciding. */
export async function changesFor(subject: DecidedCall, ruleId: RuleId): Promise<readonly NearMiss[]> {
  const rule = subject.compiled.policy.rules.find(({ id }) => id === ruleId);
  if (rule?.status !== 'active') return [];
  const step = await aloneStep(subject, rule, subject.call);
  const decides = ({ decidedBy }: Pick<DecisionRow, 'decidedBy'>): boolean =>
    (decidedBy.kind === 'rule' || decidedBy.kind === 'gate') && decidedBy.ruleId === ruleId;
  const budget = { left: MOST_TRIED };
  const found = await turnsOf(subject, rule, step, decides, budget);
  // It matches, but one above takes the call: what would make that one leave it?
  const { decidedBy, steps } = decide(subject.compiled, subject.call);
  const above =
    'ruleId' in decidedBy ? subject.compiled.policy.rules.findIndex(({ id }) => id === decidedBy.ruleId) : -1;
  const [blocker, held] = [subject.compiled.policy.rules[above], steps[above]];
  if (found.length === 0 && blocker && held) found.push(...(await turnsOf(subject, blocker, held, decides, budget)));
  const least = Math.min(...found.map(({ changes }) => changes.length));
  return found.filter(({ changes }) => changes.length === least).slice(0, MOST_OF_ONE_RULE);
}

interface OrderedNearMiss extends NearMiss {
  readonly order: number;
  /** How much of the rule fits the call already. */
  readonly fit: number;
}

/** Rules that could turn it: those whose effect is another one, down to the one that decides, and that one itself. */
function candidates({ policy }: CompiledPolicy, decision: Decision): { rule: Rule; step: DecisionStep }[] {
  const { decidedBy, effect } = decision;
  const gateDenies = gateOnFalse(policy.settings) === 'deny';
  const open = decidedBy.kind === 'undecided' ? decidedBy.ruleIds : [];
  const listed = decision.steps.flatMap((step, i) => {
    const rule = policy.rules[i];
    if (!rule || step.kind === 'not-active' || step.kind === 'not-reached') return [];
    const decides = 'ruleId' in decidedBy && decidedBy.ruleId === rule.id;
    const other = rule.effect === 'deny' ? effect === 'allow' : effect === 'deny' || gateDenies;
    return decides || open.includes(rule.id) || (effect !== 'conditional' && other) ? [{ rule, step }] : [];
  });
  return listed.sort((a, b) => STEP_ORDER[a.step.kind] - STEP_ORDER[b.step.kind]).slice(0, MOST_RULES);
}

/** How near a rule is to the call, by what became of it. */
const STEP_ORDER = {
  'condition-false': 0,
  'gate-denied': 0,
  matched: 0,
  'condition-error': 1,
  unknown: 1,
  'scope-mismatch': 2,
  'no-pattern': 3,
  'not-reached': 4,
  'not-active': 4,
} satisfies Record<DecisionStep['kind'], number>;

interface DecisionBudget {
  left: number;
}

/** Changes about one rule that make the whole policy give what is wanted: single ones, else two together. */
async function turnsOf(
  subject: DecidedCall,
  rule: Rule,
  step: DecisionStep,
  wanted: (row: Pick<DecisionRow, 'effect' | 'decidedBy'>) => boolean,
  budget: DecisionBudget,
): Promise<OrderedNearMiss[]> {
  const { compiled, call } = subject;
  const aimed = await aimedRule(subject, rule);
  const fit = fitOf(aimed, step, call);
  const order = compiled.policy.rules.indexOf(rule);
  const found: OrderedNearMiss[] = [];
  const tried: FactChanges[] = [];
  const seen = new Set<string>();
  const tryOne = (aim: FactChanges): boolean => {
    if (aim.length === 0 || aim.length > MOST_TOGETHER || budget.left <= 0) return false;
    if (seen.has(textOf(aim))) return false;
    seen.add(textOf(aim));
    budget.left -= 1;
    const { effect, decidedBy } = decideRow(compiled, withFacts(call, aim));
    if (!wanted({ effect, decidedBy })) return false;
    found.push({ changes: aim, ruleId: rule.id, gives: { effect, decidedBy }, order, fit });
    return true;
  };
  /** One of two changes may turn it alone. */
  const shrunk = (one: OrderedNearMiss): readonly OrderedNearMiss[] => {
    if (one.changes.length < 2) return [one];
    const alone = one.changes.flatMap((change): OrderedNearMiss[] => {
      const { effect, decidedBy } = decideRow(compiled, withFacts(call, [change]));
      return wanted({ effect, decidedBy }) ? [{ ...one, changes: [change], gives: { effect, decidedBy } }] : [];
    });
    return alone.length > 0 ? alone : [one];
  };
  const first = [...aimsToMatch(aimed, step, call), ...aimsToLeave(aimed, step, call)];
  for (const aim of first) if (!tryOne(aim)) tried.push(aim);
  if (found.length > 0) return least(found.flatMap(shrunk));
  // What was in the way next, once that was changed.
  for (const aim of tried.filter((one) => one.length < MOST_TOGETHER).slice(0, MOST_OF_ONE_RULE * 2)) {
    const changed = withFacts(call, aim);
    const next = await aloneStep(subject, rule, changed);
    for (const more of aimsToMatch(aimed, next, changed)) {
      tryOne(composed(call, aim, more));
    }
  }
  return least(found.flatMap(shrunk));
}

async function aimedRule({ toolNames = [] }: DecidedCall, rule: Rule): Promise<AimedRule> {
  const terms = rule.condition === null ? undefined : await ConditionTerms.of(rule.condition);
  const matcherOf = await loadMatchers(rule.tools);
  const matchers = rule.tools.map((pattern) => matcherOf(pattern));
  return { rule, terms, toolNames: toolNames.filter((name) => matchers.some((matches) => matches(name))) };
}

/**
 * Two changes as changes of the call itself. Of one fact (two groups of a list that is missing), or of a fact and a part of it (a list, and an
 * item of what it became), they are one.
 */
function composed(call: Call, first: FactChanges, then: FactChanges): FactChanges {
  return then.reduce<FactChanges>((earlier, change) => {
    const around = earlier.find(({ path }) => isWithin(change.path, path));
    const { path, ...same } = around ?? change;
    const after = factAt(withFacts(call, [...earlier, change]), path);
    // INVARIANT: a fact that was changed is known.
    const to: FactChange['to'] = after.kind === 'value' ? after : { kind: 'absent' };
    const example = change.example === true ? { example: change.example } : {};
    const others = earlier.filter((one) => !isWithin(one.path, path));
    return [...others, { ...same, ...example, path, from: factAt(call, path), to }];
  }, first);
}

/** Whether a path leads to a fact, or to a part of it. */
const isWithin = (path: FactChange['path'], around: FactChange['path']): boolean =>
  path.length >= around.length && around.every((step, i) => step === path[i]);

const least = (found: readonly OrderedNearMiss[]): OrderedNearMiss[] => {
  const few = Math.min(...found.map(({ changes }) => changes.length));
  const small = found.filter(({ changes }) => changes.length === few);
  const giving = (effect: string) => small.filter(({ gives }) => gives.effect === effect).slice(0, MOST_OF_ONE_RULE);
  return [...giving('allow'), ...giving('deny')];
};

const textOf = (aim: FactChanges): string => JSON.stringify(aim.map(({ path, to }) => [path, to]));

/** What becomes of a rule where no other is above it. */
export async function aloneStep({ compiled }: DecidedCall, rule: Rule, call: Call): Promise<DecisionStep> {
  const alone = await compilePolicy(
    { rules: [{ ...rule, status: 'active' }], settings: compiled.policy.settings },
    compiled,
  );
  return decide(alone, call).steps[0] ?? { ruleId: rule.id, kind: 'not-active' };
}

/** An argument is easier changed than who calls, and that easier than the tool. */
function weight({ changes, order }: OrderedNearMiss): number {
  return changes.reduce(
    (sum, { path: [root], example }) => sum + (ROOTS[String(root)] ?? 200) + (example ? 50 : 0),
    order / 100,
  );
}

const ROOTS: Readonly<Record<string, number>> = { args: 0, time: 100, ip: 100, userAgent: 100, user: 150, tool: 400 };

/** A change of tool is reported only where nothing can be done with this one, and then once. */
const changesTool = (changes: readonly FactChange[]): boolean => changes.some(({ path: [root] }) => root === 'tool');

function distinct(found: readonly OrderedNearMiss[]): NearMiss[] {
  const seen = new Set<string>();
  return found.flatMap(({ changes, ruleId, gives }) => {
    const text = textOf(changes);
    if (seen.has(text)) return [];
    seen.add(text);
    return [{ changes, ruleId, gives }];
  });
}
