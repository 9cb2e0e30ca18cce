import type { Rule } from '../engine';
import type { QuestionAnswer, UnknownReason } from '../regions';

/** What is answered to a question about all calls of a policy with so many rules, as a sentence without a full stop; the user's text in backticks. */
export function questionWords(answer: QuestionAnswer, ruleCount: number): string {
  switch (answer.kind) {
    case 'call':
      return `There is such a call: ${answer.by === undefined ? 'no rule decides it, so it is denied' : `${named(answer.by)} decides it`}`;
    case 'none': {
      const because = answer.because.slice(0, MOST_NAMED).map(named).join(', ');
      const more = answer.because.length > MOST_NAMED ? ' and others' : '';
      return `There is no such call: that is proven${because === '' ? '' : `, because of ${because}${more}`}`;
    }
    case 'unknown':
      return `It is not known whether there is such a call: ${unknownWords(answer.why)}`;
    case 'no-tools':
      return 'No tool of the catalog has this annotation, so the question has no answer';
    case 'no-rule':
      return noRuleWords(answer, ruleCount);
  }
}

function noRuleWords({ rule, inactive }: Extract<QuestionAnswer, { kind: 'no-rule' }>, ruleCount: number): string {
  const isPosition = typeof rule === 'number';
  if (inactive) return `${isPosition ? `Rule ${rule}` : `The rule \`${rule}\``} is not active, so it decides nothing`;
  if (!isPosition) return `The policy has no rule \`${rule}\`, or several with this name`;
  const only = ruleCount === 0 ? 'no rules' : ruleCount === 1 ? 'only 1 rule' : `only ${ruleCount} rules`;
  return `There is no rule ${rule}: the policy has ${only}`;
}

/** Why a question about all calls has no answer, as a clause; the user's text in backticks. */
export function unknownWords(why: UnknownReason): string {
  if (why.kind === 'other-readings')
    return 'proofs are made under the default readings, and the policy has the profile of a gateway with others';
  if (why.kind === 'work-limit') return 'the question takes more work than one may take';
  if (why.parts.length === 0) return 'no call could be made that shows it, and none is ruled out';
  const parts = why.parts.slice(0, MOST_NAMED).map((part) => `\`${part}\``);
  const more = why.parts.length > MOST_NAMED ? ' and other parts' : '';
  return `it depends on ${parts.join(', ')}${more}, which ${why.parts.length === 1 ? 'is' : 'are'} not understood exactly`;
}

const MOST_NAMED = 5;
const named = ({ id, name }: Rule): string => `\`${name === '' ? id : name}\``;
