import {
  compilePolicy,
  decide,
  fillRule,
  fillScope,
  ruleId,
  type Call,
  type DecisionEffect,
  type Effect,
  type Json,
  type Policy,
  type Rule,
} from '../engine';
import { conditionLiteral, pathOf, presence } from './usecases';

/** What of a call a rule could hold on to; undefined where the call does not say. */
export interface CallTraits {
  readonly agent: string | undefined;
  readonly instance: string | undefined;
  readonly user: string | undefined;
  readonly resource: string | undefined;
  readonly tool: string | undefined;
  /** Tools of the same beginning: `send_*`. */
  readonly family: string | undefined;
  /** Arguments whose value can be asked for. */
  readonly args: readonly { readonly key: string; readonly value: Json }[];
}

export const KEPT_FACTS = ['agent', 'instance', 'user', 'resource'] as const;
export type KeptFact = (typeof KEPT_FACTS)[number];

/** What of the call the rule is to keep; everything else is generalized. */
export interface KeptTraits {
  readonly facts: readonly KeptFact[];
  readonly tool: 'this' | 'family' | 'any';
  /** Keys of arguments. */
  readonly args: readonly string[];
}

export type RuleTemplate = Pick<Rule, 'effect' | 'scope' | 'tools' | 'condition'>;

export function traitsOf(call: Call): CallTraits {
  const tool = call.tool?.name ?? undefined;
  const beginning = /^(.+?[_./-])./.exec(tool ?? '')?.[1];
  return {
    agent: call.agent?.slug ?? undefined,
    instance: call.instance?.id ?? undefined,
    user: call.user?.email ?? call.user?.id ?? undefined,
    resource: call.resource?.slug ?? undefined,
    tool,
    family: beginning === undefined ? undefined : `${beginning}*`,
    args: Object.entries(call.args ?? {}).flatMap(([key, value]) => (isPlain(value) ? [{ key, value }] : [])),
  };
}

const isPlain = (value: Json): boolean =>
  Array.isArray(value)
    ? value.every((one: Json) => typeof one !== 'object')
    : value === null || typeof value !== 'object';

/** Least privilege: what permits keeps who asks, what forbids does not; a gate holds on to one argument. */
export function suggestedKeeping(traits: CallTraits, effect: Effect): KeptTraits {
  const wanted: readonly KeptFact[] = effect === 'allow' ? ['agent', 'resource'] : ['resource'];
  return {
    facts: wanted.filter((fact) => traits[fact] !== undefined),
    tool: traits.tool === undefined ? 'any' : 'this',
    args: effect === 'gated' ? traits.args.slice(0, 1).map(({ key }) => key) : [],
  };
}

/** A rule that this call matches, as far as what is kept can be said in a rule. A gate that keeps no argument has a blank condition. */
export function ruleLike(call: Call, effect: Effect, keeping: KeptTraits): RuleTemplate {
  const traits = traitsOf(call);
  const kept = (fact: KeptFact): readonly string[] => {
    const value = traits[fact];
    return value !== undefined && keeping.facts.includes(fact) ? [value] : [];
  };
  const tool = keeping.tool === 'any' ? undefined : keeping.tool === 'this' ? traits.tool : traits.family;
  const tests = traits.args
    .filter(({ key }) => keeping.args.includes(key))
    .map(({ key, value }) => `${presence([key])} && ${pathOf([key])} == ${conditionLiteral(value)}`);
  return {
    effect,
    scope: fillScope({
      agents: kept('agent'),
      instances: kept('instance'),
      users: kept('user'),
      resources: kept('resource'),
    }),
    tools: [tool ?? '*'],
    condition: tests.length > 0 ? tests.join(' && ') : effect === 'gated' ? '' : null,
  };
}

/** Where a new rule goes, and what the call then gets. */
export interface RulePlacement {
  readonly index: number;
  /** Whether the new rule is what decides the call there: found by deciding it. */
  readonly takesEffect: boolean;
  readonly effect: DecisionEffect;
}

const PLACED = ruleId('\u0000placed');

/**
 * The lowest place at which the rule decides the call, so that all rules above the one that decides now stay in force for whatever else
 * the new rule matches; the top where there is none.
 */
export async function placeRule(policy: Policy, like: RuleTemplate, call: Call): Promise<RulePlacement> {
  const rule: Rule = { ...fillRule({ id: PLACED, name: '', effect: like.effect, tools: [] }), ...like };
  const { decidedBy } = decide(await compilePolicy(policy), call);
  const indexOf = (id: Rule['id'] | undefined) => policy.rules.findIndex((one) => one.id === id);
  const decider =
    decidedBy.kind === 'default'
      ? policy.rules.length
      : indexOf(decidedBy.kind === 'undecided' ? decidedBy.ruleIds[0] : decidedBy.ruleId);
  let top: RulePlacement = { index: 0, takesEffect: false, effect: 'deny' };
  for (let index = decider < 0 ? policy.rules.length : decider; index >= 0; index--) {
    const compiled = await compilePolicy({ ...policy, rules: policy.rules.toSpliced(index, 0, rule) });
    const decision = decide(compiled, call);
    const takesEffect = decision.decidedBy.kind === 'rule' && decision.decidedBy.ruleId === PLACED;
    top = { index, takesEffect, effect: decision.effect };
    if (takesEffect) return top;
    // A rule that does not match the call matches it nowhere.
    if (decision.steps[index]?.kind !== 'not-reached') return { ...top, index: 0 };
  }
  return top;
}
