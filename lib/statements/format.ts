/** Invariants as lines of text, in one form each. */
import type { Rule } from '../engine';
import type { CallSubject, PolicyInvariant, RuleReference, StatedCalls } from './model';
import { SUBJECT_WORDS } from './parse';

/** The line of an invariant: `parseInvariant` reads the same invariant from it. */
export function formatInvariant(invariant: PolicyInvariant): string {
  if (invariant.kind === 'error') return `the condition of rule ${ruleText(invariant.rule)} never errs`;
  const { calls, verdict } = invariant;
  const { subject } = calls;
  // With a pattern and an annotation there is only the form with `every`.
  if (verdict === 'allowed' && (calls.annotation === undefined || calls.tools.length === 0)) {
    if (subject === undefined) return `no one may ever ${target(calls)}`;
    return subject.but
      ? `no ${subjectText(subject)} may ever ${target(calls)}`
      : `${subjectText(subject)} may never ${target(calls)}`;
  }
  const whom = subject === undefined ? '' : ` for ${subject.but ? 'every ' : ''}${subjectText(subject)}`;
  const asked = { allowed: 'denied', 'allowed-ungated': 'gated or denied', denied: 'allowed' }[verdict];
  const tools = calls.tools.length === 0 ? '' : ` ${list(calls.tools)}`;
  return `every ${annotated(calls)}tool${tools}${on(calls)} is ${asked}${whom}`;
}

/** The invariant with a rule by its id in place of its position: so it stays the same rule when rules are moved. */
export function withRuleId(invariant: PolicyInvariant, rules: readonly Rule[]): PolicyInvariant {
  if (invariant.kind !== 'error' || typeof invariant.rule !== 'number') return invariant;
  return { ...invariant, rule: rules[invariant.rule - 1]?.id ?? invariant.rule };
}

const ruleText = (rule: RuleReference): string => (typeof rule === 'number' ? String(rule) : ticked(rule));

function target(calls: StatedCalls): string {
  const { tools, annotation, resources } = calls;
  if (tools.length === 0 && annotation === undefined && resources.length > 0) return `reach ${list(resources)}`;
  return `call ${tools.length === 0 ? `any ${annotated(calls)}tool` : list(tools)}${on(calls)}`;
}

function subjectText({ facet, names, but }: CallSubject): string {
  const word = Object.entries(SUBJECT_WORDS).find(([, one]) => one === facet)?.[0] ?? '';
  return `${word}${but ? ' but' : ''} ${list(names)}`;
}

const annotated = ({ annotation }: StatedCalls): string => (annotation === undefined ? '' : `${annotation} `);
const on = ({ resources }: StatedCalls): string => (resources.length === 0 ? '' : ` on ${list(resources)}`);
const list = (values: readonly string[]): string => values.map(ticked).join(', ');
const ticked = (value: string): string => `\`${value.replaceAll('`', '``')}\``;
