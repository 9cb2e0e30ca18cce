/**
 * Searches for a call that meets requirements and on which spans of policies decide as wanted. A call is picked from a box of possible
 * calls and decided by the engine; the rule that decides it otherwise is then excluded, and the search goes on. So only rules that really
 * are in the way are reasoned about, each call that is found has been decided, and where no box is left there is no such call.
 */
import type { Call, Catalog } from '../engine';
import { any, FALSE, is, not, TRUE, type Formula, type Requirement } from './formula';
import { verdictOf, type RuleSpan, type SpanVerdict } from './policy-region';
import type { RuleRegion } from './rule-formula';
import { findBox, type WorkLimit } from './solve';
import { callsOf } from './witness';

export interface DecisionGoal {
  readonly span: RuleSpan;
  readonly effect: 'allow' | 'deny' | 'none';
}

export interface CallQuestion {
  /** What the call must be, whatever is decided about it. */
  readonly where: readonly Requirement[];
  readonly goals: readonly DecisionGoal[];
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
  | { readonly kind: 'unknown' };

/** The work for one question: branches of the search. */
export const WORK_LIMIT = 3000;
const MOST_ROUNDS = 400;

export function findCall(question: CallQuestion, limit: WorkLimit = { left: WORK_LIMIT }): CallAnswer {
  const known = question.tryFirst?.find((call) => isAnswer(question, call));
  if (known) return { kind: 'call', call: known };
  const learned = new Map<string, { readonly requirement: Requirement; readonly rule: RuleRegion | undefined }>();
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const found = findBox([...question.where, ...[...learned.values()].map(({ requirement }) => requirement)], limit);
    if (found.kind === 'none')
      return { kind: 'none', because: [...learned.values()].flatMap(({ rule }) => rule ?? []) };
    if (found.kind === 'unknown') return found;
    let more = false;
    for (const call of callsOf(found.box, question.catalog)) {
      if (isAnswer(question, call)) return { kind: 'call', call };
      more = learn(question, call, learned) || more;
    }
    if (!more) return { kind: 'unknown' };
  }
  return { kind: 'unknown' };
}

const isAnswer = ({ goals, isWhere }: CallQuestion, call: Call): boolean =>
  isWhere(call) && goals.every(({ span, effect }) => verdictOf(span, call)?.effect === effect);

/** Excludes what stands in the way of a call; false where nothing new was learned. */
function learn(
  { goals }: CallQuestion,
  call: Call,
  learned: Map<string, { readonly requirement: Requirement; readonly rule: RuleRegion | undefined }>,
): boolean {
  let more = false;
  goals.forEach((goal, i) => {
    const verdict = verdictOf(goal.span, call);
    if (!verdict || verdict.effect === goal.effect) return;
    const key = `${String(i)} ${String(verdict.rule?.index ?? 'default')}`;
    if (learned.has(key)) return;
    learned.set(key, { requirement: unlessDecided(goal, verdict), rule: verdict.rule });
    more = true;
  });
  return more;
}

/**
 * That the rule which decided otherwise does not decide, or one down to it decides as wanted: itself too, for a gate that allows some calls may
 * deny others. After the default, that some rule does.
 */
function unlessDecided({ span, effect }: DecisionGoal, { rule }: SpanVerdict): Requirement {
  const others = effect === 'none' ? [] : span.region.rules.slice(span.from, rule ? rule.index + 1 : span.to);
  const wanted = others
    .flatMap((other) => (other ? [effect === 'allow' ? other.allows : other.denies] : []))
    .filter(canBeTrue);
  const terms: readonly Formula[] = rule ? [not(is(rule.decides, TRUE)), ...wanted] : wanted;
  return { formula: any(terms), outcomes: TRUE };
}

const canBeTrue = (formula: Formula): boolean => !(formula.kind === 'constant' && formula.outcome === FALSE);
