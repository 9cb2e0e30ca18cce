/** Findings that the author of a policy has dismissed, with a reason: the bundle's member `dismissed` (docs/bundle-and-link.md, "Bundle"). */
import type { Json, JsonObject, Rule, RuleId } from '../engine';
import { isObject } from '../json';

/** One dismissal. It holds as long as what it is about stays as it was. */
export interface Dismissal {
  /** The finding's code. */
  readonly code: string;
  readonly ruleId: RuleId;
  /** JSON pointer within the rule; empty for the whole rule. */
  readonly at: string;
  /** What was at `at` when the finding was dismissed; missing for the whole rule. */
  readonly value?: Json;
  readonly reason: string;
}

/** What is needed of a finding to dismiss it; `pointer` is that in the bundle. */
interface DismissibleFinding {
  readonly code: string;
  readonly ruleId?: RuleId;
  readonly pointer: string;
}

/** The entries that are dismissals; others were written by another program and are left alone. */
export const dismissalsOf = (entries: Json | undefined): readonly Dismissal[] =>
  Array.isArray(entries) ? (entries as readonly Json[]).filter(isDismissal) : [];

function isDismissal(entry: Json): entry is JsonObject & Dismissal {
  if (!isObject(entry)) return false;
  const texts = [entry['code'], entry['ruleId'], entry['at'], entry['reason']];
  return texts.every((text) => typeof text === 'string');
}

/** Only what is at a rule is dismissed: an invariant that is not meant is removed instead. */
export const isDismissible = <F extends DismissibleFinding>(finding: F): finding is F & { readonly ruleId: RuleId } =>
  finding.ruleId !== undefined && finding.pointer.startsWith('/rules/');

export function dismissalOf(
  rules: readonly Rule[],
  finding: DismissibleFinding & { readonly ruleId: RuleId },
  reason: string,
): Dismissal {
  const { code, ruleId, pointer } = finding;
  const at = withinRule(pointer);
  const rule = rules.find(({ id }) => id === ruleId);
  const value = at === '' || rule === undefined ? undefined : valueAt(rule, at);
  return { code, ruleId, at, ...(value === undefined ? {} : { value }), reason };
}

/** The dismissal that holds for a finding. */
export const dismissalFor = (
  dismissals: readonly Dismissal[],
  rules: readonly Rule[],
  finding: DismissibleFinding,
): Dismissal | undefined => {
  if (dismissals.length === 0 || !isDismissible(finding)) return undefined;
  const now = dismissalOf(rules, finding, '');
  return dismissals.find((one) => isSameDismissal(one, now));
};

/** Whether two dismissals are about the same thing, whatever their reasons. */
export const isSameDismissal = (a: Dismissal, b: Dismissal): boolean =>
  a.code === b.code && a.ruleId === b.ruleId && a.at === b.at && JSON.stringify(a.value) === JSON.stringify(b.value);

/** What follows the rule's own pointer: `/condition` of `/rules/3/condition`. */
const withinRule = (pointer: string): string => pointer.replace(/^\/rules\/[0-9]+/, '');

function valueAt(rule: Rule, pointer: string): Json | undefined {
  let value: unknown = rule;
  for (const step of pointer.split('/').slice(1)) {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[key];
  }
  return value as Json | undefined;
}
