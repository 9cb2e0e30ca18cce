import type { Call, Decision, RecordedDecision, Rule } from '../engine';
import { shortDigest } from '../bundle';
import { otherPolicyDigest, type RecordedCounter, recordedVerdict, type RecordedVerdict } from '../trace';
import { EFFECT_WORDS } from './effect-words';
import { ruleWords } from './step-words';
import { code, listed, say, type Sentence } from './sentence';

export interface RecordedWording {
  readonly verdict: Exclude<RecordedVerdict, 'none'>;
  /** One word or two: "Reproduced". */
  readonly title: string;
  /** What the record says, and what is computed: sentences without their end. */
  readonly words: Sentence;
  /** Facts that would have to be known, where that is what is missing. */
  readonly missing: readonly string[];
}

const TITLES = {
  reproduced: 'Reproduced',
  'other-rule': 'Reproduced by another rule',
  diverged: 'Diverged',
  'not-reproducible': 'Not reproducible',
} satisfies Record<RecordedWording['verdict'], string>;

/** How a recorded decision compares, beside the recorded effect: "Allowed, by another rule". */
export const RECORDED_SHORT = {
  none: '',
  reproduced: 'reproduced',
  'other-rule': 'by another rule',
  diverged: 'diverged',
  'not-reproducible': 'not reproducible',
} as const satisfies Record<RecordedVerdict, string>;

/** How a recorded decision compares, in a table or a count. */
export const RECORDED_WORDS = {
  none: 'no record',
  reproduced: 'reproduced',
  'other-rule': 'reproduced by another rule',
  diverged: 'diverged',
  'not-reproducible': 'not reproducible',
} as const satisfies Record<RecordedVerdict, string>;

/**
 * What the source says the gateway decided, compared with what is computed; undefined where it says nothing. With the `digest` of this
 * policy it is also said that the record is of another one.
 */
export function recordedWording(
  call: Call,
  decision: Pick<Decision, 'effect' | 'decidedBy'>,
  rules: readonly Rule[],
  digest?: string | undefined,
): RecordedWording | undefined {
  const { recorded } = call;
  const verdict = recordedVerdict(recorded, decision, rules);
  if (!recorded || verdict === 'none') return undefined;
  const was: Sentence = [
    say(`Recorded: ${EFFECT_WORDS[recorded.effect]}`),
    ...recordedRule(recorded, rules),
    ...reasonOf(recorded),
    ...otherPolicyWords(otherPolicyDigest(recorded, digest)),
  ];
  const { decidedBy } = decision;
  const missing = verdict === 'not-reproducible' && decidedBy.kind === 'undecided' ? decidedBy.waitsFor : [];
  const now: Sentence =
    missing.length > 0
      ? [
          say('. Whether this policy gives the same depends on '),
          ...listed(missing, 'and'),
          say(', which the record does not say'),
        ]
      : verdict === 'reproduced'
        ? [say('. This policy gives the same')]
        : [say(`. This policy: ${EFFECT_WORDS[decision.effect]}`), ...computedRule(decision, rules)];
  return { verdict, title: TITLES[verdict], words: [...was, ...now], missing };
}

/** A rule that the record names by its id alone has the name that it has in the policy. */
function recordedRule({ ruleId, ruleName }: RecordedDecision, rules: readonly Rule[]): Sentence {
  const name = ruleName ?? rules.find(({ id }) => id === ruleId)?.name ?? ruleId;
  return name === undefined || name === '' ? [] : [say(' by '), code(name)];
}

const reasonOf = ({ reason = '' }: RecordedDecision): Sentence =>
  reason.trim() === '' ? [] : [say(', with the reason '), code(reason.trim())];

/** A log may have any text in the place of a digest. */
const shortened = (written: string): string => {
  const digest = /[0-9a-f]{64}$/i.exec(written)?.[0];
  return digest !== undefined ? shortDigest(digest) : written.length > 12 ? `${written.slice(0, 12)}…` : written;
};

const otherPolicyWords = (otherDigest: string | undefined): Sentence =>
  otherDigest === undefined ? [] : [say(', under another policy (digest '), code(shortened(otherDigest)), say(')')];

/** One call in a table: "diverged: was allowed by `Reads`, under another policy (digest `13aca8cf…`)". */
export function recordedCell(
  recorded: RecordedDecision | null | undefined,
  verdict: RecordedVerdict,
  otherDigest: string | undefined,
  rules: readonly Rule[] = [],
): Sentence {
  const words: Sentence = [say(RECORDED_WORDS[verdict])];
  if (!recorded || verdict === 'none') return words;
  const was: Sentence =
    verdict === 'reproduced' ? [] : [say(`: was ${EFFECT_WORDS[recorded.effect]}`), ...recordedRule(recorded, rules)];
  return [...words, ...was, ...otherPolicyWords(otherDigest)];
}

const MOST_DIGESTS = 3;

/** A whole trace: what its recorded decisions come to, and under which other policies they were recorded. Sentences without their end. */
export function recordedSummary({ counts, underOthers, otherDigests }: RecordedCounter): readonly Sentence[] {
  const reproduced = counts.reproduced + counts['other-rule'];
  const byAnother = counts['other-rule'] === 0 ? '' : ` (${counts['other-rule']} by another rule)`;
  const parts = [
    `${reproduced} ${RECORDED_WORDS.reproduced}${byAnother}`,
    `${counts.diverged} ${RECORDED_WORDS.diverged}`,
    `${counts['not-reproducible']} ${RECORDED_WORDS['not-reproducible']}`,
    `${counts.none} with ${RECORDED_WORDS.none}`,
  ];
  const verdicts: Sentence = [say(`recorded decisions: ${parts.join(', ')}`)];
  if (underOthers === 0) return [verdicts];
  const named = listed([...otherDigests].slice(0, MOST_DIGESTS).map(shortened), 'and');
  const more = otherDigests.size > MOST_DIGESTS ? [say(', …')] : [];
  const were = underOthers === 1 ? '1 call was' : `${underOthers} calls were`;
  return [verdicts, [say(`${were} recorded under another policy than this (digest `), ...named, ...more, say(')')]];
}

function computedRule({ decidedBy }: Pick<Decision, 'decidedBy'>, rules: readonly Rule[]): Sentence {
  if ('ruleId' in decidedBy) return [say(' by '), ...ruleWords(rules, decidedBy.ruleId)];
  return decidedBy.kind === 'default' ? [say(', for no rule matched')] : [];
}
