/** What may be left out of a written rule or of settings, and what it then means (docs/bundle-and-link.md, "Bundle"). */
import { FACETS, type Policy, type Rule, type Scope, type Settings } from './model';
import { OURS, readingsOf, type Readings } from './readings';

export type WrittenScope = Partial<Scope>;
export type WrittenRule = Pick<Rule, 'id' | 'name' | 'effect' | 'tools'> &
  Partial<Pick<Rule, 'description' | 'status' | 'condition'>> & { readonly scope?: WrittenScope };
export interface WrittenPolicy {
  readonly rules: readonly WrittenRule[];
  readonly settings?: Partial<Settings>;
}

export const DEFAULT_SETTINGS: Settings = { gatedWhenFalse: 'continue' };

export function fillScope(scope: WrittenScope = {}): Scope {
  const filled = Object.fromEntries(FACETS.map((facet) => [facet, scope[facet] ?? []])) as unknown as Scope;
  return { ...scope, ...filled };
}

/** A rule with everything said. Fields of others (`x-…`) stay. */
export function fillRule(rule: WrittenRule): Rule {
  return {
    ...rule,
    description: rule.description ?? '',
    status: rule.status ?? 'active',
    scope: fillScope(rule.scope),
    condition: rule.condition ?? null,
  };
}

export function fillSettings(settings: Partial<Settings> = {}): Settings {
  return { ...DEFAULT_SETTINGS, ...settings };
}

/** What a gate whose condition is false does: as the gateway's profile says, else as the policy's setting does. */
export const gateOnFalse = (settings: Partial<Settings> | undefined): Settings['gatedWhenFalse'] =>
  (settings?.readings?.gatedWhenFalse ?? settings?.gatedWhenFalse) === 'deny' ? 'deny' : 'continue';

/** Whether the profile of the policy's gateway has another reading than ours. What it does with gates is no reading: see `gateOnFalse`. */
export const hasOtherReadings = ({ readings }: Settings): boolean =>
  Object.entries(readingsOf(readings)).some(([name, value]) => value !== OURS[name as keyof Readings]);

export function fillPolicy(policy: WrittenPolicy): Policy {
  return { rules: policy.rules.map(fillRule), settings: fillSettings(policy.settings) };
}
