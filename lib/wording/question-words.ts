import type { Rule } from '../engine';
import type { QuestionAnswer } from '../regions';

/** What is answered to a question about all calls, as a sentence without a full stop; the user's text in backticks. */
export function questionWords(answer: QuestionAnswer): string {
  switch (answer.kind) {
    case 'call':
      return `There is such a call: ${answer.by === undefined ? 'no rule decides it, so it is denied' : `${named(answer.by)} decides it`}`;
    case 'none': {
      const because = answer.because.slice(0, MOST_NAMED).map(named).join(', ');
      const more = answer.because.length > MOST_NAMED ? ' and others' : '';
      return `There is no such call: that is proven${because === '' ? '' : `, because of ${because}${more}`}`;
    }
    case 'unknown':
      return 'It is not known whether there is such a call';
    case 'no-tools':
      return 'The catalog annotates no tool so, hence nothing can be said';
    case 'no-rule':
      return answer.inactive
        ? `The rule \`${answer.rule}\` is not active, so it decides nothing`
        : `The policy has no rule \`${answer.rule}\`, or several with this name`;
  }
}

const MOST_NAMED = 5;
const named = ({ id, name }: Rule): string => `\`${name === '' ? id : name}\``;
