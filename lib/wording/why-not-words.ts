import type { Rule } from '../engine';
import type { Obstacle, Remedy, RuleEdit, WhyNot } from '../analysis';
import { changesWords, givesWords } from './change-words';
import { facetWords, reasonsWords, ruleWords, STATUS_WORDS, toolWords } from './step-words';
import { joinedWords, listed, marked, say, type Sentence } from './sentence';

/** Why the rule did not decide, in one sentence without its end. */
export function whyNotWords(answer: WhyNot, rules: readonly Rule[]): Sentence {
  const rule = ruleWords(rules, answer.ruleId);
  switch (answer.decides) {
    case 'yes':
      return [say('It did: '), ...rule, say(' decides this call')];
    case 'could':
      return [say('It may: '), ...rule, say(' decides this call if the facts it waits for make it match')];
    case 'no': {
      const count = answer.obstacles.length;
      const things = count === 1 ? 'One thing keeps' : `${NUMBERS[count] ?? count} things keep`;
      return count === 0
        ? [say('A rule above may decide before '), ...rule]
        : [say(`${things} `), ...rule, say(' from deciding this call')];
    }
  }
}

const NUMBERS = ['No', 'One', 'Two', 'Three', 'Four', 'Five'];

/** One thing that stands in the way, as a sentence without its end. */
export function obstacleWords(obstacle: Obstacle, answer: WhyNot, rules: readonly Rule[]): Sentence {
  const rule = rules.find(({ id }) => id === answer.ruleId);
  const reason = reasonsWords(rule, answer.condition);
  switch (obstacle.kind) {
    case 'status':
      return [say(STATUS_WORDS[obstacle.status])];
    case 'earlier':
      return 'ruleId' in obstacle.by
        ? [say('An earlier rule decides first: '), ...ruleWords(rules, obstacle.by.ruleId)]
        : [say('An earlier rule decides first')];
    case 'scope':
      return [say('It is not for this call: '), ...joinedWords(obstacle.facets.map(facetWords), '; ')];
    case 'tool':
      return [say('It is not for this tool: '), ...toolWords(obstacle.tool, obstacle.tried)];
    case 'condition-false':
      return [
        say(rule?.effect === 'gated' ? 'The condition of its gate is false' : 'Its condition is false'),
        ...(reason.length > 0 ? [say(': '), ...reason] : []),
      ];
    case 'condition-error':
      return [say('Its condition fails: '), ...(reason.length > 0 ? reason : marked(obstacle.error.message))];
    case 'unknown':
      return [say('It depends on '), ...listed(obstacle.waitsFor, 'and'), say(', which this call does not say')];
  }
}

/** A way out, to follow "It would decide this call if": checked by deciding it. */
export function remedyWords({ edits, changes, gives }: Remedy, rules: readonly Rule[]): Sentence {
  const parts = [
    ...edits.map((edit) => editWords(edit, rules)),
    ...(changes.length > 0 ? [changesWords(changes)] : []),
  ];
  return [...givesWords(gives, rules), say(', if '), ...joinedWords(parts, ', and ')];
}

function editWords(edit: RuleEdit, rules: readonly Rule[]): Sentence {
  return edit.kind === 'activate'
    ? [say('the rule were active')]
    : [say('the rule were above '), ...ruleWords(rules, edit.ruleId)];
}
