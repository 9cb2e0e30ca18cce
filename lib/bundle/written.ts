import { FACETS } from '../engine/model';
import type { Json, JsonObject, Policy, Rule, Scope, Settings } from '../engine';
import { setOwn } from './json';
import type { Bundle } from './model';

/**
 * What is omitted when a bundle is written, and filled in when it is read: only in rules and settings, so that links stay short
 * (specification, "Bundle"). Everything else is written as it is. The two directions stand side by side here because they must agree.
 */

const DEFAULT_SETTINGS: Settings = { gatedWhenFalse: 'continue' };

export function writtenBundle(bundle: Bundle): JsonObject {
  const { settings, rules, ...rest } = bundle;
  return { ...(rest as unknown as JsonObject), ...writtenPolicy({ settings, rules }) };
}

export function writtenPolicy(policy: Policy): JsonObject {
  const settings = writtenSettings(policy.settings);
  return { ...(isEmpty(settings) ? {} : { settings }), rules: policy.rules.map(writtenRule) };
}

function writtenSettings(settings: Settings): JsonObject {
  return without(settings, (key, value) => key === 'gatedWhenFalse' && value === DEFAULT_SETTINGS.gatedWhenFalse);
}

function writtenRule(rule: Rule): JsonObject {
  const scope = without(rule.scope, (key, value) => isFacet(key) && Array.isArray(value) && value.length === 0);
  return without({ ...rule, scope }, (key, value) => {
    if (key === 'description') return value === '';
    if (key === 'status') return value === 'active';
    if (key === 'scope') return isEmpty(scope);
    return key === 'condition' && value === null;
  });
}

/** Fills in what a rule's writer left out. `written` has passed validation. */
export function filledRule(written: JsonObject): Rule {
  const scope = Object.fromEntries(FACETS.map((facet) => [facet, []])) as unknown as Scope;
  const { scope: writtenScope, ...rest } = written;
  return {
    description: '',
    status: 'active',
    condition: null,
    ...rest,
    scope: { ...scope, ...(writtenScope as JsonObject | undefined) },
  } as unknown as Rule;
}

/** Fills in the settings. `written` has passed validation. */
export function filledSettings(written: JsonObject | undefined): Settings {
  return { ...DEFAULT_SETTINGS, ...(written as Partial<Settings> | undefined) };
}

function without(object: object, omitted: (key: string, value: Json) => boolean): JsonObject {
  const kept: Record<string, Json> = {};
  for (const [key, value] of Object.entries(object) as [string, Json][]) {
    if (!omitted(key, value)) setOwn(kept, key, value);
  }
  return kept;
}

function isEmpty(object: object): boolean {
  return Object.keys(object).length === 0;
}

function isFacet(key: string): boolean {
  return (FACETS as readonly string[]).includes(key);
}
