import { FACETS, type Facet, type Rule, type RuleId } from '../engine';
import { sameJson } from './equal';

/** What two tabs may edit apart from one another: a field of a rule, or a facet of its scope. */
export const RULE_PARTS = ['name', 'description', 'effect', 'status', ...FACETS, 'tools', 'condition'] as const;
export type RulePart = (typeof RULE_PARTS)[number];

export interface MergedRule {
  /** Each part as the side has it that changed it; where both did, as in `mine`. */
  readonly rule: Rule;
  /** Parts that both sides changed, each to something else. */
  readonly conflicts: readonly RulePart[];
}

/** Merges two edits of one rule, part by part. `base` is the rule that both began with. */
export function mergeRules(base: Rule, mine: Rule, theirs: Rule): MergedRule {
  const changed = (side: Rule) => RULE_PARTS.filter((part) => !samePart(part, base, side));
  const byThem = changed(theirs).filter((part) => !samePart(part, mine, theirs));
  const byMe = new Set(changed(mine));
  const conflicts = byThem.filter((part) => byMe.has(part));
  const taken = byThem.filter((part) => !byMe.has(part));
  return { rule: withParts(mine, theirs, taken), conflicts };
}

/** What another tab did to a rule that is under edit here, and that cannot be merged. */
export type EditConflict =
  | { readonly kind: 'deleted' }
  /** The rule as it is saved, and the parts of it that both changed. */
  | { readonly kind: 'changed'; readonly saved: Rule; readonly parts: readonly RulePart[] };

/** A rule under edit: `base` is the saved rule that the edit is a change of; null for a rule that is new. */
export interface UnsavedEdit {
  readonly rule: Rule;
  readonly base: Rule | null;
}

/** The conflict between an edit and the saved rules, if there is one. */
export function editConflict({ rule, base }: UnsavedEdit, rules: readonly Rule[]): EditConflict | undefined {
  if (base === null) return undefined;
  const saved = savedOf(rule.id, rules);
  if (saved === undefined) return { kind: 'deleted' };
  const { conflicts } = mergeRules(base, rule, saved);
  return conflicts.length === 0 ? undefined : { kind: 'changed', saved, parts: conflicts };
}

/**
 * The edit after what was saved meanwhile: it has every part that it did not change itself as it is saved now. A part that both changed
 * stays, with the base that it was changed from. The same object where nothing is taken over.
 */
export function followSaved<E extends UnsavedEdit>(edit: E, rules: readonly Rule[]): E {
  const { rule, base } = edit;
  const saved = savedOf(rule.id, rules);
  if (base === null || saved === undefined || sameJson(base, saved)) return edit;
  const merged = mergeRules(base, rule, saved);
  const followed = RULE_PARTS.filter((part) => !merged.conflicts.includes(part));
  const next = { ...edit, rule: merged.rule, base: withParts(base, saved, followed) };
  return sameJson([rule, base], [next.rule, next.base]) ? edit : next;
}

/** The edit after its conflict was settled: the parts that are named as they are saved, all others as edited. */
export function settleEdit<E extends UnsavedEdit>(edit: E, rules: readonly Rule[], asSaved: readonly RulePart[]): E {
  const saved = savedOf(edit.rule.id, rules);
  // A deleted rule becomes a new one.
  if (saved === undefined) return { ...edit, base: null };
  const followed = followSaved(edit, rules);
  return { ...followed, rule: withParts(followed.rule, saved, asSaved), base: saved };
}

const savedOf = (id: RuleId, rules: readonly Rule[]): Rule | undefined => rules.find((rule) => rule.id === id);

const isFacet = (part: RulePart): part is Facet => (FACETS as readonly RulePart[]).includes(part);
/** What a rule has as one of its parts. */
export const rulePart = (part: RulePart, rule: Rule) => (isFacet(part) ? rule.scope[part] : rule[part]);
const samePart = (part: RulePart, a: Rule, b: Rule): boolean => sameJson(rulePart(part, a), rulePart(part, b));

/** `rule`, with the named parts of another one. */
function withParts(rule: Rule, from: Rule, parts: readonly RulePart[]): Rule {
  if (parts.length === 0) return rule;
  const facets = parts.filter(isFacet);
  const fields = parts.filter((part) => !isFacet(part));
  return {
    ...rule,
    ...Object.fromEntries(fields.map((part) => [part, from[part as Exclude<RulePart, Facet>]])),
    scope: { ...rule.scope, ...Object.fromEntries(facets.map((facet) => [facet, from.scope[facet]])) },
  };
}
