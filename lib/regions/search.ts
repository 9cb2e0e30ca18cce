/**
 * Searches for a call that meets requirements and on which spans of policies decide as wanted. A call is picked from a box of possible
 * calls and decided by the engine; the rule that decides it otherwise is then excluded, and the search goes on. So only rules that really
 * are in the way are reasoned about, each call that is found has been decided, and where no box is left there is no such call.
 */
import type { Call, Catalog } from '../engine';
import { any, ANY, FALSE, is, not, TRUE, type Formula, type Requirement } from './formula';
import { verdictOf, type PolicyRegion, type RuleSpan, type SpanVerdict } from './policy-region';
import type { RuleRegion } from './rule-formula';
import { BoxSearcher, findBox, type BoxSearch, type CallBox, type WorkLimit } from './solve';
import { callsOf } from './witness';

export interface DecisionGoal {
  readonly span: RuleSpan;
  readonly effect: 'allow' | 'deny' | 'none';
}

export interface CallQuestion {
  /** What the call must be, whatever is decided about it. */
  readonly where: readonly Requirement[];
  readonly goals: readonly DecisionGoal[];
  /** Of a policy, the rules that may apply to a call which meets `where`, in their order; without it, all of them. */
  readonly among?: (region: PolicyRegion) => readonly RuleRegion[];
  /** Names for the calls that are made. */
  readonly catalog: Partial<Catalog>;
  /** Calls to try first, such as what answered the question before an edit. */
  readonly tryFirst?: readonly Call[];
  /** Whether a call meets `where`: asked of each call before it is given as an answer. */
  readonly isWhere: (call: Call) => boolean;
}

export type CallAnswer =
  | { readonly kind: 'call'; readonly call: Call }
  /** There is no such call; `because` are the rules that were needed to see it. */
  | { readonly kind: 'none'; readonly because: readonly RuleRegion[] }
  | UnknownAnswer;

export interface UnknownAnswer {
  readonly kind: 'unknown';
  readonly why: UnknownReason;
}

/** Why it is not known whether there is a call. */
export type UnknownReason =
  /** The work that a question may take ran out. */
  | { readonly kind: 'work-limit' }
  /** It depends on parts of conditions that are not understood exactly: their sources, or none where no call could be made of a box. */
  | { readonly kind: 'not-understood'; readonly parts: readonly string[] }
  /** The profile of the policy's gateway has other readings than those under which sets of calls are worked out. */
  | { readonly kind: 'other-readings' };

/** The work for one question: branches of the search. */
export const WORK_LIMIT = 3000;
const MOST_ROUNDS = 400;
/** What becomes of a proof where a policy is not read as it was made. */
export const OTHER_READINGS: UnknownAnswer = { kind: 'unknown', why: { kind: 'other-readings' } };
const OUT_OF_WORK: UnknownAnswer = { kind: 'unknown', why: { kind: 'work-limit' } };

export function findCall(question: CallQuestion, limit: WorkLimit = { left: WORK_LIMIT }): CallAnswer {
  const learned = new Obstacles(question);
  const known = question.tryFirst?.find((call) => learned.isAnswer(call));
  if (known) return { kind: 'call', call: known };
  if (question.goals.some((goal) => !learned.canBe(goal))) return { kind: 'none', because: [] };
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const found = learned.findBox(limit);
    if (found.kind === 'none') return { kind: 'none', because: learned.needed(limit) };
    if (found.kind === 'unknown') return OUT_OF_WORK;
    let more = false;
    for (const call of callsOf(found.box, question.catalog)) {
      if (learned.isAnswer(call)) return { kind: 'call', call };
      more = learned.learn(call) || more;
    }
    if (!more) return { kind: 'unknown', why: { kind: 'not-understood', parts: partsOf(found.box) } };
  }
  return OUT_OF_WORK;
}

/** The parts of conditions that are opaque, and of which the box asks for an outcome. */
const partsOf = ({ opaque }: CallBox): readonly string[] =>
  [...opaque].flatMap(([source, { outcomes }]) => (outcomes === ANY ? [] : [source]));

/** What excludes a rule that is in the way of an answer. */
interface SearchObstacle {
  readonly requirement: Requirement;
  /** The rule; undefined for the default. */
  readonly rule: RuleRegion | undefined;
}

/** With more obstacles than these, a proof names them all. */
const MOST_REDUCED = 40;

/** What is in the way of an answer, as far as calls have shown it. */
class Obstacles {
  readonly #question: CallQuestion;
  readonly #found = new Map<string, SearchObstacle>();
  readonly #rules = new Map<DecisionGoal, readonly RuleRegion[]>();
  /** Made when it is first asked for: a known call may be the answer. */
  #boxes: BoxSearcher | undefined;
  /** What may hold of calls that are as asked, whatever is decided about them; made when it is first asked for. */
  #asked: BoxSearcher | undefined;

  constructor(question: CallQuestion) {
    this.#question = question;
  }

  findBox(limit: WorkLimit): BoxSearch {
    return (this.#boxes ??= new BoxSearcher(this.#question.where)).find(limit);
  }

  /** Whether the engine decides a call as asked. */
  isAnswer(call: Call): boolean {
    const { goals, isWhere } = this.#question;
    return isWhere(call) && goals.every(({ span, effect }) => verdictOf(span, call)?.effect === effect);
  }

  /**
   * Whether some rule of the span decides so: without one there is no call to search for. With the default it is left to the search, which
   * names the rules that decide otherwise.
   */
  canBe(goal: DecisionGoal): boolean {
    const { span, effect } = goal;
    if (effect === 'none' || span.default) return true;
    return this.#rulesOf(goal).some((rule) => canBeTrue(formulaOf(rule, effect)));
  }

  /** Excludes what is in the way of a call; false where nothing new was learned. */
  learn(call: Call): boolean {
    let more = false;
    this.#question.goals.forEach((goal, i) => {
      const verdict = verdictOf(goal.span, call);
      if (!verdict || verdict.effect === goal.effect) return;
      const key = `${String(i)} ${String(verdict.rule?.index ?? 'default')}`;
      if (this.#found.has(key)) return;
      const requirement = this.#unlessDecided(goal, verdict);
      this.#found.set(key, { requirement, rule: verdict.rule });
      this.#boxes?.add(requirement);
      more = true;
    });
    return more;
  }

  /**
   * That the rule which decided otherwise does not decide, or one down to it decides as wanted: itself too, for a gate that allows some calls
   * may deny others. After the default, that some rule does.
   */
  #unlessDecided(goal: DecisionGoal, { rule }: SpanVerdict): Requirement {
    const { effect } = goal;
    const others = effect === 'none' ? [] : this.#rulesOf(goal);
    const asked = (this.#asked ??= new BoxSearcher(this.#question.where));
    const wanted = (rule ? others.filter(({ index }) => index <= rule.index) : others)
      .map((other) => formulaOf(other, effect))
      .filter((formula) => canBeTrue(formula) && asked.mayHold(formula));
    return { formula: any(rule ? [not(is(rule.decides, TRUE)), ...wanted] : wanted), outcomes: TRUE };
  }

  /** The rules of a goal's span that may apply to the calls that are asked for. */
  #rulesOf(goal: DecisionGoal): readonly RuleRegion[] {
    let found = this.#rules.get(goal);
    if (!found) {
      const { region, from, to } = goal.span;
      const rules = this.#question.among?.(region) ?? region.rules;
      found = rules.flatMap((rule) => (rule && rule.index >= from && rule.index < to ? [rule] : []));
      this.#rules.set(goal, found);
    }
    return found;
  }

  /** The rules without which the proof that there is no call fails: none of them can be left out, unless the work runs out. */
  needed(limit: WorkLimit): readonly RuleRegion[] {
    let needed = [...this.#found.values()];
    if (needed.length > 1 && needed.length <= MOST_REDUCED) {
      for (const one of needed) {
        const fewer = needed.filter((other) => other !== one);
        const requirements = fewer.map(({ requirement }) => requirement);
        if (findBox([...this.#question.where, ...requirements], limit).kind === 'none') needed = fewer;
      }
    }
    return needed.flatMap(({ rule }) => rule ?? []);
  }
}

const formulaOf = (rule: RuleRegion, effect: DecisionGoal['effect']): Formula =>
  effect === 'allow' ? rule.allows : rule.denies;

const canBeTrue = (formula: Formula): boolean => !(formula.kind === 'constant' && formula.outcome === FALSE);
