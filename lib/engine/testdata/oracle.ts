/**
 * docs/semantics.md as a plain program, for calls of which everything is known: no routes, no memory, no partial evaluation. The engine's
 * answers are compared with its answers.
 */
import { activation, compile, parseTimestamp, type Program } from '../../cel';
import type { Json } from '../../json';
import type { Policy, Rule } from '../model/model';
import { OURS, type Readings } from '../model/readings';
import type { KnownCall } from './universe';

export type State = 'off' | 'no' | 'false' | 'error' | 'decides';
export interface Answer {
  readonly effect: 'allow' | 'deny';
  readonly decidedBy: { readonly kind: 'rule' | 'gate'; readonly ruleId: string } | { readonly kind: 'default' };
  /** One for each rule down to the one that decides. */
  readonly states: readonly State[];
}

export class Oracle {
  private constructor(
    private readonly policy: Policy,
    private readonly programs: ReadonlyMap<string, Program | undefined>,
  ) {}

  static async of(policy: Policy, cache = new Map<string, Program | undefined>()): Promise<Oracle> {
    for (const { condition } of policy.rules) {
      if (condition === null || cache.has(condition)) continue;
      const compiled = await compile(condition, { result: 'bool' });
      cache.set(condition, compiled.ok ? compiled.program : undefined);
    }
    return new Oracle(policy, cache);
  }

  decide(call: KnownCall, readings: Readings = OURS): Answer {
    const states: State[] = [];
    for (const rule of this.policy.rules) {
      const [state, effect, kind] = this.step(rule, call, readings);
      states.push(state);
      if (state === 'decides') return { effect, decidedBy: { kind, ruleId: rule.id }, states };
    }
    return { effect: 'deny', decidedBy: { kind: 'default' }, states };
  }

  private step(rule: Rule, call: KnownCall, readings: Readings): [State, 'allow' | 'deny', 'rule' | 'gate'] {
    const fold = (text: string) => (readings.case === 'insensitive' ? text.toLowerCase() : text);
    const facet = (selectors: readonly string[], names: readonly (string | null)[], tags: readonly string[]) => {
      const has = (one: string) =>
        one.startsWith('tag:')
          ? tags.some((tag) => fold(tag) === fold(one.slice(4)))
          : names.some((name) => name !== null && fold(name) === fold(one));
      return selectors.length === 0 || (readings['facet-or'] === 'all-values' ? selectors.every(has) : selectors.some(has));
    };
    const star = readings.star === 'not-slash' ? '[^/]*' : '[^]*';
    const pattern = (one: string) =>
      new RegExp(`^${one.split('*').map((text) => fold(text).replace(/[^]/gu, '[$&]').replaceAll('[^]', '\\^')).join(star)}$`, 'u');
    const { agent, instance, user, resource, tool } = call;
    if (rule.status !== 'active') return ['off', 'deny', 'rule'];
    const applies =
      facet(rule.scope.resources, [resource?.slug ?? null], resource?.tags ?? []) &&
      facet(rule.scope.agents, [agent?.slug ?? null], agent?.tags ?? []) &&
      facet(rule.scope.instances, [instance?.id ?? null], instance?.tags ?? []) &&
      facet(rule.scope.users, [user?.id ?? null, user?.email ?? null], []) &&
      facet(rule.scope.groups, user?.groups ?? [], []) &&
      rule.tools.some((one) => tool !== null && tool.name !== null && pattern(one).test(fold(tool.name)));
    if (!applies) return ['no', 'deny', 'rule'];
    const holds = rule.condition === null ? rule.effect !== 'gated' || undefined : this.holds(rule.condition, call);
    if (holds === undefined) return readings['error-skips'] === 'deny' ? ['decides', 'deny', 'rule'] : ['error', 'deny', 'rule'];
    if (holds) return ['decides', rule.effect === 'deny' ? 'deny' : 'allow', 'rule'];
    const { gatedWhenFalse, readings: profile } = this.policy.settings;
    const gate = rule.effect === 'gated' && (profile?.gatedWhenFalse ?? gatedWhenFalse) === 'deny';
    return gate ? ['decides', 'deny', 'gate'] : ['false', 'deny', 'rule'];
  }

  private holds(condition: string, call: KnownCall): boolean | undefined {
    const result = this.programs.get(condition)?.evaluate(activation(facts(call), [], ['request.time']));
    return typeof result === 'boolean' ? result : undefined;
  }
}

/** What is null is absent. */
function facts(call: KnownCall): Record<string, Json> {
  const { agent, instance, user, resource, tool, args, ip, userAgent } = call;
  const time = call.time !== null && parseTimestamp(call.time) ? call.time : null;
  const present = (value: Json): Json =>
    value === null || typeof value !== 'object' || Array.isArray(value)
      ? value
      : Object.fromEntries(Object.entries(value).flatMap(([key, inner]) => (inner === null ? [] : [[key, present(inner)]])));
  const request = { args: args as Json, time, ip, user_agent: userAgent };
  const variables = { agent: agent ?? {}, instance: instance ?? {}, user: user ?? {}, resource: resource ?? {}, tool: tool ?? {} };
  return {
    ...Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, present(value)])),
    // Inside the arguments a null is JSON null.
    request: Object.fromEntries(Object.entries(request).filter(([, value]) => value !== null)),
  };
}
