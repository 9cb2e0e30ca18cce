import { escapeHidden } from '../text';
import { shortDigest } from '../bundle';
import type { Rule } from '../engine';
import type { ReproducedCall, ReproducedLog } from '../reproduce';
import { causeWords, missingFactWords } from './cause-words';
import { codeSpan, markdownOf, profileMarkdown, type ReportOf } from './markdown';
import { recordedWording, RECORDED_WORDS } from './recorded-words';
import { sentence } from './sentence';

/** Entries that a report writes out; the rest are counted. */
const MOST_ENTRIES = 50;

/** A reproduced log as Markdown for a ticket. */
export function reproductionMarkdown(log: ReproducedLog, rules: readonly Rule[], of: ReportOf): string {
  const { counts, notable, further } = log;
  const shown = notable.slice(0, MOST_ENTRIES);
  const left = notable.length - shown.length + further;
  return [
    '# Reproduced decisions',
    `Policy ${codeSpan(of.policyName)}, digest ${codeSpan(shortDigest(of.digest))}`,
    ...profileMarkdown(of.readings),
    Object.entries(RECORDED_WORDS)
      .map(([verdict, words]) => `- ${words}: ${String(counts[verdict as keyof typeof counts])}`)
      .join('\n'),
    ...shown.map((one) => entryMarkdown(one, rules, of.digest)),
    ...(left > 0 ? [`… and ${String(left)} more.`] : []),
  ]
    .join('\n\n')
    .concat('\n');
}

/** One entry: what was recorded and computed, what explains it, and the call. */
export function entryMarkdown(one: ReproducedCall, rules: readonly Rule[], digest: string): string {
  const { call, decision, causes, missing } = one;
  const recorded = recordedWording(call, decision, rules, digest);
  const lines = [
    `## ${codeSpan(call.id)}`,
    ...(recorded ? [`**${recorded.title}.** ${markdownOf(sentence(recorded.words))}`] : []),
    ...(causes.length > 0
      ? [
          `What explains it, the likeliest first:\n\n${numbered(causes.map((cause) => markdownOf(sentence(causeWords(cause, rules)))))}`,
        ]
      : []),
    ...(missing.length > 0
      ? [
          `Missing facts:\n\n${missing.map((fact) => `- ${markdownOf(sentence(missingFactWords(fact, rules)))}`).join('\n')}`,
        ]
      : []),
    `\`\`\`json\n${escapeHidden(JSON.stringify(call, null, 2)).replaceAll('```', '\\u0060\\u0060\\u0060')}\n\`\`\``,
  ];
  return lines.join('\n\n');
}

const numbered = (lines: readonly string[]): string => lines.map((line, i) => `${String(i + 1)}. ${line}`).join('\n');
