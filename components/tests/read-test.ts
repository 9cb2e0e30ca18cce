import { FORMAT, readBundle, VERSION, type BundleTest } from '@/lib/bundle';
import type { DecidedBy, DecisionEffect, Rule } from '@/lib/engine';

/** The result of reading a call that the user wrote: the call, or the reason why it is none. */
export type ReadCall =
  { readonly ok: true; readonly test: BundleTest } | { readonly ok: false; readonly messages: readonly string[] };

/** Reads a test of which the call is JSON; it is judged as a bundle's test is. */
export function readTest(name: string, call: string, expect: BundleTest['expect']): ReadCall {
  let value: unknown;
  try {
    value = JSON.parse(call);
  } catch (error) {
    return { ok: false, messages: [`this is not JSON: ${error instanceof Error ? error.message : String(error)}`] };
  }
  const test = { name, call: withId(value), expect };
  const read = readBundle(JSON.stringify({ format: FORMAT, version: VERSION, name: '', rules: [], tests: [test] }));
  if (!read.ok) {
    return {
      ok: false,
      messages: read.problems.map(({ pointer, message }) =>
        [pointer.replace(/^\/tests\/0(\/call)?/, ''), message].filter(Boolean).join(': '),
      ),
    };
  }
  const [only] = read.bundle.tests ?? [];
  return only === undefined ? { ok: false, messages: ['this is no call'] } : { ok: true, test: only };
}

/** Every call needs an id, which has no meaning in one that is written by hand. */
const withId = (call: unknown): unknown =>
  typeof call === 'object' && call !== null && !Array.isArray(call) && !('id' in call)
    ? { id: 'by-hand', ...call }
    : call;

/** The choices for the expected rule, as values of a select element, and back. */
export function deciderChoices(
  rules: readonly Rule[],
  effect: DecisionEffect,
  kept: DecidedBy | undefined,
): readonly { readonly value: string; readonly label: string; readonly by: DecidedBy | undefined }[] {
  const called = (rule: Rule, i: number) => `rule ${i + 1}${rule.name === '' ? '' : `, ${rule.name}`}`;
  const choices = [
    { value: 'any', label: 'Whatever decides', by: undefined },
    ...(effect === 'conditional'
      ? []
      : rules.flatMap((rule, i) => {
          if ((rule.effect === 'deny') !== (effect === 'deny')) {
            if (rule.effect !== 'gated' || effect !== 'deny') return [];
            const by: DecidedBy = { kind: 'gate', ruleId: rule.id };
            return [{ value: `gate ${rule.id}`, label: `The gate of ${called(rule, i)}`, by }];
          }
          const by: DecidedBy = { kind: 'rule', ruleId: rule.id };
          return [{ value: `rule ${rule.id}`, label: `Only ${called(rule, i)}`, by }];
        })),
    ...(effect === 'deny'
      ? [{ value: 'default', label: 'No rule: none matches', by: { kind: 'default' as const } }]
      : []),
  ];
  if (kept === undefined || choices.some(({ value }) => value === valueOf(kept))) return choices;
  const label = kept.kind === 'undecided' ? 'Not known which rule, as before' : 'A rule that is no longer here';
  return [...choices, { value: valueOf(kept), label, by: kept }];
}

export function valueOf(by: DecidedBy | undefined): string {
  if (by === undefined) return 'any';
  return 'ruleId' in by ? `${by.kind} ${by.ruleId}` : by.kind;
}
