/**
 * Answers to what is stated or asked about all calls of a policy (`lib/statements`). An invariant is a question that no call may answer: `none`
 * proves it, and a call is its counterexample.
 */
import type { Call, Rule } from '../engine';
import type { PolicyQuestion, RuleReference, StatedVerdict } from '../statements';
import { ERROR } from './formula';
import { rulesAbove, verdictOf, wholePolicy, type PolicyRegion } from './policy-region';
import { findContested, findDecided, findRuleCall, outcomesOf, type QuestionOptions } from './questions';
import type { RuleRegion } from './rule-formula';
import { findCall, OTHER_READINGS, WORK_LIMIT, type CallAnswer, type UnknownAnswer } from './search';
import { callGroup, type CallGroup } from './stated-calls';

/** The engine has decided the call as asked. */
interface AnsweringCall {
  readonly kind: 'call';
  readonly call: Call;
  /** The rule that decides it; none where it is the default. */
  readonly by: Rule | undefined;
  /** The rule that the question is about, where it is about one. */
  readonly asked?: Rule;
}

export type QuestionAnswer =
  | AnsweringCall
  /** A proof that there is no such call; `because`: the rules that were needed to see it. */
  | { readonly kind: 'none'; readonly because: readonly Rule[] }
  | UnknownAnswer
  /** The catalog has no tool with the annotation that was asked for, so that nothing would be proven. */
  | { readonly kind: 'no-tools' }
  /** The policy has no such rule, or (`inactive`) does not evaluate it. */
  | { readonly kind: 'no-rule'; readonly rule: RuleReference; readonly inactive: boolean };

/** The work for one question, over all rules that may answer it. */
const QUESTION_WORK = 4 * WORK_LIMIT;

export async function answerQuestion(
  region: PolicyRegion,
  question: PolicyQuestion,
  { tryFirst = [], limit = { left: QUESTION_WORK } }: QuestionOptions = {},
): Promise<QuestionAnswer> {
  const options = { tryFirst, limit };
  switch (question.kind) {
    case 'calls': {
      const group = await callGroup(question.calls, region.catalog);
      return group ? answerOf(region, callOfGroup(region, group, question.verdict, options)) : { kind: 'no-tools' };
    }
    case 'default': {
      // Of calls that name a tool, as all calls of tools do.
      const group = await callGroup({ tools: [], resources: [] }, region.catalog);
      return group ? answerOf(region, callOfDefault(region, group, options)) : { kind: 'no-tools' };
    }
    case 'decided':
      return ofRule(region, question.rule, (rule) => findDecided(region, rule, options));
    case 'error':
      return ofRule(region, question.rule, (rule) =>
        findRuleCall(region, rule, {
          ...{ outcomes: ERROR, goals: [{ span: rulesAbove(region, rule.index), effect: 'none' }] },
          ...options,
        }),
      );
    case 'contested':
      return contested(region, question, options);
  }
}

/** A call of the group with such a verdict. Each rule that can give it is asked for one by itself. */
function callOfGroup(
  region: PolicyRegion,
  group: CallGroup,
  verdict: StatedVerdict,
  options: Required<QuestionOptions>,
): CallAnswer {
  const known = options.tryFirst.find((call) => group.has(call) && hasVerdict(region, verdict, call));
  if (known) return { kind: 'call', call: known };
  const answers: CallAnswer[] = [];
  for (const rule of region.rules) {
    const outcomes = rule ? outcomesOf(region, rule, verdict) : 0;
    if (!rule || outcomes === 0) continue;
    const goals = [{ span: rulesAbove(region, rule.index), effect: 'none' as const }];
    const { where, has: isWhere } = group;
    const answer = findRuleCall(region, rule, { outcomes, goals, where, isWhere, limit: options.limit });
    if (answer.kind === 'call') return answer;
    answers.push(answer);
  }
  const byDefault = verdict === 'denied' ? callOfDefault(region, group, options) : undefined;
  if (byDefault?.kind === 'call') return byDefault;
  return together([...answers, ...(byDefault ? [byDefault] : [])]);
}

function hasVerdict(region: PolicyRegion, verdict: StatedVerdict, call: Call): boolean {
  const found = verdictOf(wholePolicy(region), call);
  if (found === undefined) return false;
  if (verdict === 'denied') return found.effect === 'deny';
  return found.effect === 'allow' && (verdict === 'allowed' || found.rule?.rule.effect === 'allow');
}

/** A call of the group that no rule decides. */
const callOfDefault = (region: PolicyRegion, group: CallGroup, { tryFirst, limit }: Required<QuestionOptions>) =>
  findCall(
    {
      where: group.where,
      goals: [{ span: rulesAbove(region, region.rules.length), effect: 'none' }],
      catalog: region.catalog,
      isWhere: group.has,
      tryFirst,
    },
    limit,
  );

/** A call that one rule would allow and the other one deny, and that the first of them decides. */
function contested(
  region: PolicyRegion,
  question: Extract<PolicyQuestion, { kind: 'contested' }>,
  { tryFirst, limit }: Required<QuestionOptions>,
): QuestionAnswer {
  const [allowing, denying] = [ruleOf(region, question.allowing), ruleOf(region, question.denying)];
  if ('kind' in allowing) return allowing;
  if ('kind' in denying) return denying;
  const answer = findContested(region, allowing, denying, { tryFirst, limit });
  return answerOf(region, answer);
}

/** There is no such call where there is none of any of the questions. */
const together = (answers: readonly CallAnswer[]): CallAnswer =>
  answers.find((one) => one.kind === 'unknown') ?? {
    kind: 'none',
    because: answers.flatMap((one) => (one.kind === 'none' ? one.because : [])),
  };

/** Asks about a rule, if the policy evaluates it. */
function ofRule(region: PolicyRegion, reference: RuleReference, ask: (rule: RuleRegion) => CallAnswer): QuestionAnswer {
  const rule = ruleOf(region, reference);
  if ('kind' in rule) return rule;
  const answer = answerOf(region, ask(rule));
  return answer.kind === 'call' ? { ...answer, asked: rule.rule } : answer;
}

function ruleOf(
  region: PolicyRegion,
  reference: RuleReference,
): RuleRegion | Extract<QuestionAnswer, { kind: 'no-rule' }> {
  const index = ruleIndex(region.policy.rules, reference);
  const rule = index === undefined ? undefined : region.rules[index];
  return rule ?? { kind: 'no-rule', rule: reference, inactive: index !== undefined };
}

/** By position, id, or else name; undefined where no rule has it, or several have the name. */
function ruleIndex(rules: readonly Rule[], reference: RuleReference): number | undefined {
  if (typeof reference === 'number') return reference <= rules.length ? reference - 1 : undefined;
  const byId = rules.findIndex(({ id }) => id === reference);
  if (byId >= 0) return byId;
  const byName = rules.flatMap(({ name }, i) => (name === reference ? [i] : []));
  return byName.length === 1 ? byName[0] : undefined;
}

function answerOf(region: PolicyRegion, answer: CallAnswer): QuestionAnswer {
  switch (answer.kind) {
    case 'call':
      return { kind: 'call', call: answer.call, by: verdictOf(wholePolicy(region), answer.call)?.rule?.rule };
    case 'none':
      if (!region.isExact) return OTHER_READINGS;
      return { kind: 'none', because: [...new Set(answer.because.map(({ rule }) => rule))] };
    case 'unknown':
      return answer;
  }
}
