import { DEFAULT_SETTINGS, FACETS, type Json, type JsonObject, type Policy, type Rule, type Settings } from '../engine';
import { setOwn } from './json';
import type { Bundle } from './model';

/**
 * What is omitted when a bundle is written: only in rules and settings, so that links stay short (docs/bundle-and-link.md, "Bundle"). Everything
 * else is written as it is. The engine's `fillRule` and `fillSettings` are the other direction; a test holds the two together.
 */

export function writtenBundle(bundle: Bundle): JsonObject {
  const { settings, rules, ...rest } = bundle;
  const { readings } = settings;
  return {
    ...(rest as unknown as JsonObject),
    ...(readings === undefined || isEmpty(readings) ? {} : { readings: { ...readings } }),
    ...writtenPolicy({ settings, rules }),
  };
}

/** What counts of a policy: without the profile of its gateway, which is beside the settings. */
export function writtenPolicy(policy: Policy): JsonObject {
  const settings = writtenSettings(policy.settings);
  return { ...(isEmpty(settings) ? {} : { settings }), rules: policy.rules.map(writtenRule) };
}

function writtenSettings({ readings: _beside, ...settings }: Settings): JsonObject {
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
