import { ruleTextFindings } from '@/lib/analysis';
import { confusableLetters, hiddenCharacters } from '@/lib/cel';
import type { Rule } from '@/lib/engine';

/** What may deceive the eye in a rule, a sentence for each text; `lint` of the command line prints the same. */
export function textNotesOf(rule: Rule): readonly string[] {
  const condition = rule.condition ?? '';
  const found = [
    ...ruleTextFindings(rule),
    ...[...hiddenCharacters(condition), ...confusableLetters(condition)].map(({ message }) => ({
      message: `the condition: ${message}`,
    })),
  ];
  return [...new Set(found.map(({ message }) => message.charAt(0).toUpperCase() + message.slice(1)))];
}
