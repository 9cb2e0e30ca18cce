/** Why a recorded decision may differ, and what facts that are missing would decide. */
import type { MissingFact, ClassValues, ValueClass } from '../analysis';
import type { Rule } from '../engine';
import type { CauseKind, DivergenceCause } from '../reproduce';
import type { PolicyEvent } from '../trace';
import { changesWords, givesWords, valueText } from './change-words';
import { readingWords } from './reading-words';
import { ruleWords } from './step-words';
import { code, joinedWords, listed, marked, say, type Sentence } from './sentence';

/** Causes by their kind, in a filter. */
export const CAUSE_TITLES = {
  'policy-changed': 'Policy changed later',
  fact: 'Another fact',
  'condition-error': 'Condition errs',
  'inactive-rule': 'Draft or disabled rule',
  reading: 'Another reading',
  'rule-order': 'Order of rules',
} as const satisfies Record<CauseKind, string>;

/** A cause in one sentence without its end: what has to be assumed, and what is then decided. */
export function causeWords(cause: DivergenceCause, rules: readonly Rule[]): Sentence {
  const then: Sentence = [say(': '), ...lowered(givesWords(cause.gives, rules))];
  switch (cause.kind) {
    case 'policy-changed': {
      const [first] = cause.events;
      const others = cause.events.length - 1;
      const more = others > 0 ? `, and ${String(others)} more ${others === 1 ? 'change' : 'changes'}` : '';
      return [
        say(`The policy was changed ${durationWords(cause.afterMs)} after the call`),
        ...(first ? eventWords(first, rules) : []),
        say(`${more}. As it was before`),
        ...then,
      ];
    }
    case 'fact':
      return [
        say(cause.lacking ? 'The entry does not say all that was decided on: if ' : 'A fact was another one: if '),
        ...changesWords(cause.changes),
        ...then,
      ];
    case 'reading':
      return [
        say('The gateway may read the policy in another way: '),
        ...marked(readingWords(cause.reading, cause.value)),
        ...then,
        ...(cause.contradictedBy === 0
          ? []
          : [say(`; ${entriesWords(cause.contradictedBy)} of this log contradict it`)]),
      ];
    case 'condition-error':
      return [
        say('The condition of '),
        ...ruleWords(rules, cause.ruleId),
        say(' errs for the call as logged ('),
        code(cause.message),
        say('), so the rule is skipped. Had it held'),
        ...then,
      ];
    case 'inactive-rule':
      return [
        ...capitalized(ruleWords(rules, cause.ruleId)),
        say(` is ${cause.status === 'draft' ? 'a draft' : 'disabled'} now. If it were active`),
        ...then,
      ];
    case 'rule-order':
      return [
        say('The rules were in another order: if '),
        ...ruleWords(rules, cause.ruleId),
        say(cause.place === 'last' ? ' were the last, where older gateways add new rules' : ' were the first'),
        ...then,
      ];
  }
}

const entriesWords = (n: number): string => `${String(n)} ${n === 1 ? 'entry' : 'entries'}`;

const CHANGE_WORDS = {
  created: 'was created',
  updated: 'was edited',
  deleted: 'was deleted',
  reordered: 'was moved',
} satisfies Record<PolicyEvent['change'], string>;

/** ": rule 2, `Refunds`, was edited by `ada@example.com` at `2026-03-02T10:12:00Z`". */
function eventWords({ change, ruleId, ruleName, by, time }: PolicyEvent, rules: readonly Rule[]): Sentence {
  const known = rules.find(({ id, name }) => id === ruleId || name === ruleName);
  const rule: Sentence = known
    ? ruleWords(rules, known.id)
    : [say('the rule '), code(ruleName ?? ruleId ?? 'that the log does not name')];
  const who: Sentence = by === undefined ? [] : [say(' by '), code(by)];
  const what: Sentence =
    change === 'reordered' && known === undefined
      ? [say('the order of the rules was changed')]
      : [...rule, say(` ${CHANGE_WORDS[change]}`)];
  return [say(': '), ...what, ...who, say(' at '), code(time)];
}

/** Milliseconds as "40 seconds", "12 minutes", "3 hours", "2 days". */
function durationWords(ms: number): string {
  const units = [
    ['day', 86_400_000],
    ['hour', 3_600_000],
    ['minute', 60_000],
    ['second', 1000],
  ] as const;
  const [name, length] = units.find(([, one]) => ms >= one) ?? ['second', 1000];
  const n = Math.max(1, Math.round(ms / length));
  return `${String(n)} ${name}${n === 1 ? '' : 's'}`;
}

/** What one class of values decides: "above `500` → denied by rule 2". */
export const valueClassWords = ({ values, gives }: ValueClass, rules: readonly Rule[]): Sentence => [
  ...classWords(values),
  say(' → '),
  ...lowered(givesWords(gives, rules)),
];

/** A missing fact with what each class of its values would decide: "`request.args.amount`: up to `500` allowed by rule 3; above `500` …". */
export const missingFactWords = ({ name, classes }: MissingFact, rules: readonly Rule[]): Sentence => [
  code(name),
  say(': '),
  ...joinedWords(
    classes.map((one) => valueClassWords(one, rules)),
    '; ',
  ),
  say(' (tried with the values that the rules compare with)'),
];

function classWords(values: ClassValues): Sentence {
  switch (values.kind) {
    case 'absent':
      return [say('absent')];
    case 'other':
      return [say('a value that no rule names')];
    case 'examples':
      return [say('for example '), ...listed(values.values.map(valueText), 'or')];
    case 'values':
      return listed(values.values.map(valueText), 'or');
    case 'range':
      return rangeWords(values);
  }
}

function rangeWords({ least, most, open }: Extract<ClassValues, { kind: 'range' }>): Sentence {
  if (least === null && most === null) return [say('any number')];
  if (least !== null && least === most) return [code(String(least))];
  const lower: Sentence = least === null ? [] : [say(open.includes('least') ? 'above ' : 'from '), code(String(least))];
  const upper: Sentence = most === null ? [] : [say(open.includes('most') ? 'below ' : 'up to '), code(String(most))];
  return joinedWords(
    [lower, upper].filter((words) => words.length > 0),
    ' ',
  );
}

function lowered(words: Sentence): Sentence {
  const [first, ...rest] = words;
  return first === undefined
    ? []
    : [{ ...first, text: first.code ? first.text : first.text.charAt(0).toLowerCase() + first.text.slice(1) }, ...rest];
}

function capitalized(words: Sentence): Sentence {
  const [first, ...rest] = words;
  return first === undefined
    ? []
    : [{ ...first, text: first.text.charAt(0).toUpperCase() + first.text.slice(1) }, ...rest];
}
