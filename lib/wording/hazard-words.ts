import type { Decision, Hazard, Reading, Rule } from '../engine';
import { failureWords, ruleWords } from './step-words';
import { marked, say, type Sentence } from './sentence';

const READING_WORDS = {
  'facet-or': 'that one value of a scope facet is enough',
  case: 'that names are compared with their case',
  star: 'that `*` also stands for `/`',
  'error-skips': 'that a rule whose condition fails is skipped',
} satisfies Record<Reading, string>;

/** What can go wrong with this decision in a live gateway; the hazard is one of the decision's own. */
export function hazardWords(hazard: Hazard, { steps }: Decision, rules: readonly Rule[]): Sentence {
  const failed = failureWords(steps.find(({ ruleId }) => ruleId === hazard.ruleId));
  switch (hazard.kind) {
    case 'gate-passed':
      return [
        say('The gate of '),
        ...ruleWords(rules, hazard.ruleId),
        say(' did not hold this call back: a lower rule allowed it'),
      ];
    case 'deny-skipped':
      return [
        say('The deny of '),
        ...ruleWords(rules, hazard.ruleId),
        say(` was skipped because its condition ${failed}, and a lower rule allowed the call`),
      ];
    case 'our-reading':
      return [
        say('This rests on our reading '),
        ...marked(READING_WORDS[hazard.reading]),
        say(', where the gateway’s documentation is silent; otherwise the effect would change at '),
        ...ruleWords(rules, hazard.ruleId),
      ];
  }
}

/** The kinds of hazards, in a table. */
export const HAZARD_NAMES = {
  'gate-passed': 'gate passed',
  'deny-skipped': 'deny skipped',
  'our-reading': 'our reading',
} as const satisfies Record<Hazard['kind'], string>;
