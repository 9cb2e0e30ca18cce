'use client';
import {
  formatInvariant,
  SUBJECT_WORDS,
  ANNOTATIONS,
  type PolicyInvariant,
  type StatedVerdict,
} from '@/lib/statements';
import { Field, INPUT, TextInput } from '../ui/field';
import { useUnfinished } from './use-unfinished';
import { useShownPolicy } from '../session/shown-policy';

interface InvariantChoices {
  readonly must: StatedVerdict | 'error';
  /** `anyone`, or a word of `SUBJECT_WORDS`, with ` but` behind it for everyone else. */
  readonly who: string;
  readonly names: string;
  readonly annotation: string;
  readonly tools: string;
  readonly resources: string;
  /** The id of a rule. */
  readonly rule: string;
}

const MUST = [
  ['allowed', 'a call is never allowed'],
  ['allowed-ungated', 'a call is gated or denied'],
  ['denied', 'a call is always allowed'],
  ['error', 'the condition of a rule never errs'],
] as const;

const WHO: readonly (readonly [string, string])[] = [
  ['anyone', 'of anyone'],
  ...Object.keys(SUBJECT_WORDS).flatMap((word): (readonly [string, string])[] => [
    [word, `of certain ${word}s`],
    [`${word} but`, `of every ${word} but`],
  ]),
];

const NOTHING: InvariantChoices = {
  ...{ must: 'allowed', who: 'anyone', names: '', annotation: '', tools: '', resources: '', rule: '' },
};

/** The parts of an invariant to choose from; each change writes the line anew. */
export function InvariantFields({ onLine }: { onLine(line: string): void }) {
  const { rules } = useShownPolicy();
  const [choices, setChoices] = useUnfinished('invariant parts', NOTHING);
  const choose = (change: Partial<InvariantChoices>) => {
    const next = { ...choices, ...change };
    setChoices(next);
    const invariant = invariantOf(next);
    if (invariant) onLine(formatInvariant(invariant));
  };
  const select = (field: keyof InvariantChoices, label: string, options: readonly (readonly [string, string])[]) => (
    <Field label={label}>
      {(id) => (
        <select
          id={id}
          className={`${INPUT} h-8 pointer-coarse:h-11`}
          value={choices[field]}
          onChange={(event) => choose({ [field]: event.target.value })}
        >
          {options.map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
  const input = (field: keyof InvariantChoices, label: string, placeholder: string) => (
    <Field label={label}>
      {(id) => (
        <TextInput
          id={id}
          value={choices[field]}
          placeholder={placeholder}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => choose({ [field]: event.target.value })}
        />
      )}
    </Field>
  );
  const names = rules.map(({ id, name }, i) => [id, `${String(i + 1)}. ${name === '' ? id : name}`] as const);
  return (
    <details className="text-sm">
      <summary className="cursor-pointer text-xs text-ink-2 pointer-coarse:min-h-9">Choose its parts in a form</summary>
      <div className="mt-2 grid gap-2 sm:grid-cols-2">
        {select('must', 'What must be true', MUST)}
        {choices.must === 'error' ? (
          select('rule', 'Rule', [['', 'choose a rule'], ...names])
        ) : (
          <>
            {select('who', 'Calls', WHO)}
            {choices.who === 'anyone' ? null : input('names', 'Names, separated by commas', 'codex, tag:ci')}
            {select('annotation', 'Tools', [
              ['', 'any tool'],
              ...ANNOTATIONS.map((one) => [one, `any ${one} tool`] as const),
            ])}
            {input('tools', 'Tool patterns, separated by commas', 'delete_*')}
            {input('resources', 'On resources, separated by commas', 'github, tag:production')}
          </>
        )}
      </div>
    </details>
  );
}

/** The invariant of the choices; undefined as long as a part is missing. */
function invariantOf(choices: InvariantChoices): PolicyInvariant | undefined {
  const { must, who, rule } = choices;
  if (must === 'error') return rule === '' ? undefined : { kind: 'error', rule };
  const annotation = ANNOTATIONS.find((one) => one === choices.annotation);
  const [word = '', but] = who.split(' ');
  const facet = Object.entries(SUBJECT_WORDS).find(([one]) => one === word)?.[1];
  const names = listOf(choices.names);
  if (facet && names.length === 0) return undefined;
  return {
    kind: 'calls',
    verdict: must,
    calls: {
      tools: listOf(choices.tools),
      resources: listOf(choices.resources),
      ...(facet ? { subject: { facet, names, but: but !== undefined } } : {}),
      ...(annotation ? { annotation } : {}),
    },
  };
}

const listOf = (text: string): readonly string[] =>
  text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
