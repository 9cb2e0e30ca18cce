import type { Call, Decision, RecordedDecision, Rule } from '../../engine';
import { recordedStanding, type RecordedVerdict } from '../../trace';
import { ruleWords } from './steps';
import { code, listed, say, type Sentence } from './words';

export interface RecordedWording {
  readonly standing: Exclude<RecordedVerdict, 'none'>;
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
} satisfies Record<RecordedWording['standing'], string>;

const VERBS = { allow: 'allowed', deny: 'denied', conditional: 'conditional' };

/** What the source says the gateway decided, held against what is computed; undefined where it says nothing. */
export function recordedTold(call: Call, decision: Decision, rules: readonly Rule[]): RecordedWording | undefined {
  const { recorded } = call;
  const standing = recordedStanding(recorded, decision, rules);
  if (!recorded || standing === 'none') return undefined;
  const was: Sentence = [say(`Recorded: ${VERBS[recorded.effect]}`), ...recordedRule(recorded), ...reasonOf(recorded)];
  const { decidedBy } = decision;
  const missing = standing === 'not-reproducible' && decidedBy.kind === 'undecided' ? decidedBy.waitsFor : [];
  const now: Sentence =
    missing.length > 0
      ? [
          say('. Whether this policy gives the same depends on '),
          ...listed(missing, 'and'),
          say(', which the record does not say'),
        ]
      : standing === 'reproduced'
        ? [say('. This policy gives the same')]
        : [say(`. This policy: ${VERBS[decision.effect]}`), ...computedRule(decision, rules)];
  return { standing, title: TITLES[standing], words: [...was, ...now], missing };
}

function recordedRule({ ruleId, ruleName }: RecordedDecision): Sentence {
  const name = ruleName ?? ruleId;
  return name === undefined || name === '' ? [] : [say(' by '), code(name)];
}

const reasonOf = ({ reason = '' }: RecordedDecision): Sentence =>
  reason.trim() === '' ? [] : [say(', with the reason '), code(reason.trim())];

function computedRule({ decidedBy }: Decision, rules: readonly Rule[]): Sentence {
  if ('ruleId' in decidedBy) return [say(' by '), ...ruleWords(rules, decidedBy.ruleId)];
  return decidedBy.kind === 'default' ? [say(', for no rule matched')] : [];
}
