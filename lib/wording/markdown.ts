import { escapeHidden, markHidden } from '../text';
import type { DecisionStep, GatewayProfile, Rule } from '../engine';
import type { Reasons } from '../analysis';
import { answerWords } from './answer-words';
import { missWords } from './change-words';
import { hazardWords } from './hazard-words';
import { recordedWording } from './recorded-words';
import { ruleWords, stepWords } from './step-words';
import { profileSentence } from './reading-words';
import { capital, marked, sentence, type Sentence } from './sentence';

/** Words as Markdown; the user's text goes into code spans long enough to hold its own backticks. */
export const markdownOf = (words: Sentence): string =>
  words
    .map((word) => (word.code ? codeSpan(word.text) : markHidden(word.text).replace(/[*_<>[\]\\|`#]/g, '\\$&')))
    .join('');

/** The length of the longest run of backticks; a text from outside may have more of them than a function takes arguments. */
function longestFence(text: string): number {
  let longest = 0;
  for (const [run] of text.matchAll(/`+/g)) longest = Math.max(longest, run.length);
  return longest;
}

/** A code span on one line, with marks for hidden characters; a pipe in it cannot end a table's cell. */
export function codeSpan(text: string): string {
  const flat = markHidden(text).replace(/\s+/g, ' ');
  if (flat.trim() === '') return '` `';
  const longest = longestFence(flat);
  const fence = '`'.repeat(longest + 1);
  const pad = longest > 0 || /^ .* $/.test(flat) ? ' ' : '';
  return `${fence}${pad}${flat}${pad}${fence}`;
}

/** A code block of JSON that its own text cannot end. */
function jsonBlock(value: unknown): string {
  const text = escapeHidden(JSON.stringify(value, null, 2));
  const longest = Math.max(2, longestFence(text));
  const fence = '`'.repeat(longest + 1);
  return `${fence}json\n${text}\n${fence}`;
}

export interface ReportOf {
  readonly policyName: string;
  /** The policy's digest, all of it. */
  readonly digest: string;
  /** The profile of the gateway that the policy is decided under. */
  readonly readings?: GatewayProfile | undefined;
}

/** Steps that say nothing of this call: counted, not listed. */
const QUIET: readonly DecisionStep['kind'][] = ['not-active', 'not-reached', 'scope-mismatch', 'no-pattern'];

/** A decision for a ticket: the answer, the rules that mattered, what would change it, the call, and which policy it was. */
export function explanationMarkdown(reasons: Reasons, rules: readonly Rule[], of?: ReportOf): string {
  const { call, decision, conditions, misses } = reasons;
  const near = new Set(misses.map(({ ruleId }) => ruleId));
  const mattered = decision.steps.filter(({ kind, ruleId }) => !QUIET.includes(kind) || near.has(ruleId));
  const steps = mattered.map((step) => {
    const at = rules.findIndex(({ id }) => id === step.ruleId);
    const words = stepWords(step, rules[at], conditions[step.ruleId]);
    return `- ${capital(markdownOf(ruleWords(rules, step.ruleId)))}: ${sentenceMarkdown(words)}`;
  });
  if (decision.decidedBy.kind === 'default') steps.push('- No rule matched, so the call is denied.');
  const quiet = decision.steps.length - mattered.length;
  if (quiet > 0) steps.push(`- ${quiet} ${quiet === 1 ? 'other rule' : 'other rules'} did not matter.`);
  const recorded = recordedWording(call, decision, rules, of?.digest);
  const { args, ...facts } = call;
  return [
    `**${sentenceMarkdown(answerWords(reasons, rules))}**`,
    ...decision.hazards.map((hazard) => `> Hazard: ${sentenceMarkdown(hazardWords(hazard, decision, rules))}`),
    ...(recorded === undefined ? [] : [`${recorded.title}. ${sentenceMarkdown(recorded.words)}`]),
    ...(steps.length > 0 ? [`Rules that mattered:\n\n${steps.join('\n')}`] : []),
    ...(misses.length > 0
      ? [`What would change it:\n\n${misses.map((miss) => `- ${sentenceMarkdown(missWords(miss, rules))}`).join('\n')}`]
      : []),
    `The call:\n\n${jsonBlock(facts)}`,
    args === undefined
      ? 'Its arguments are not known.'
      : args === null
        ? 'It has no arguments.'
        : `Its arguments:\n\n${jsonBlock(args)}`,
    ...(of === undefined ? [] : [`Policy ${codeSpan(of.policyName)}, digest ${codeSpan(of.digest)}`]),
    ...profileMarkdown(of?.readings),
  ]
    .join('\n\n')
    .concat('\n');
}

/** A line for the profile that a report's decisions were made under, where there is one. */
export function profileMarkdown(readings: GatewayProfile | undefined): readonly string[] {
  const words = profileSentence(readings);
  return words === undefined ? [] : [`${markdownOf(marked(words))}.`];
}

const sentenceMarkdown = (words: Sentence): string => markdownOf(sentence(words));
