import type { DecisionEffect, Rule } from '../engine';
import { EFFECT_CODES, type CellGroup, type TraceComparison, type DecidingRule } from '../trace';
import { csvRow, markdownCell } from './access-table';
import type { ComparisonCounts } from '../analysis';
import { comparisonSentence, otherRuleSentence } from './comparison-words';
import { deciderWords } from './decider-words';
import { EFFECT_WORDS } from './effect-words';
import { codeSpan, markdownOf } from './markdown';
import { capital, marked, plainText } from './sentence';

export interface ComparedPolicy {
  readonly name: string;
  readonly digest: string;
  readonly rules: readonly Rule[];
}

/** A comparison to be taken along: for a ticket, or for a spreadsheet. */
export interface ComparisonReport {
  readonly before: ComparedPolicy;
  readonly after: ComparedPolicy;
  /** The trace's name. */
  readonly trace: string;
  readonly counts: ComparisonCounts;
  readonly matrix: TraceComparison['matrix'];
  /** The calls that changed, and those with the same effect by another rule, by cell; the largest group first. */
  readonly cells: readonly ReportedCell[];
}

export interface ReportedCell {
  readonly from: DecisionEffect;
  readonly to: DecisionEffect;
  readonly groups: readonly (Omit<CellGroup, 'calls'> & { readonly count: number })[];
}

/** So many groups of a cell are listed in Markdown; a table of data has all. */
const MOST_GROUPS = 40;
const number = (n: number): string => n.toLocaleString('en');

/** For GitHub-flavoured Markdown: the sentence, the matrix, and behind each cell its calls by tool and pair of rules. */
export function comparisonMarkdown({ before, after, trace, counts, matrix, cells }: ComparisonReport): string {
  const sentence = comparisonSentence(counts, (id) => after.rules.find((rule) => rule.id === id)?.name || id);
  const others = otherRuleSentence(counts.otherRule);
  const head = `**${capital(markdownOf(marked(sentence)))}.**${others === undefined ? '' : ` ${others}.`}`;
  const policy = ({ name, digest }: ComparedPolicy) => `${codeSpan(name)} (digest ${codeSpan(digest)})`;
  return [
    head,
    `From ${policy(before)} to ${policy(after)}, over the calls of ${codeSpan(trace)}.`,
    table(
      ['was ↓ is now →', ...EFFECT_CODES.map((to) => EFFECT_WORDS[to])],
      EFFECT_CODES.map((from) => [EFFECT_WORDS[from], ...EFFECT_CODES.map((to) => number(matrix[from][to]))]),
    ),
    ...cells.flatMap(({ from, to, groups }) => {
      const calls = groups.reduce((sum, { count }) => sum + count, 0);
      const title =
        from === to
          ? `Still ${EFFECT_WORDS[from]}, by another rule`
          : `From ${EFFECT_WORDS[from]} to ${EFFECT_WORDS[to]}`;
      const rows = groups
        .slice(0, MOST_GROUPS)
        .map((group) => [
          markdownCell(group.tool ?? 'no tool'),
          markdownCell(group.resource ?? ''),
          markdownCell(deciderText(group.before, before.rules)),
          markdownCell(deciderText(group.after, after.rules)),
          number(group.count),
        ]);
      const more = groups.length - rows.length;
      return [
        `${title}: ${number(calls)} ${calls === 1 ? 'call' : 'calls'}`,
        table(['Tool', 'Resource', 'Was', 'Is now', 'Calls'], rows),
        ...(more > 0 ? [`and ${number(more)} more ${more === 1 ? 'group' : 'groups'}.`] : []),
      ];
    }),
  ]
    .join('\n\n')
    .concat('\n');
}

/** A row for each tool and pair of rules of each cell (RFC 4180). */
export function comparisonCsv({ before, after, cells }: ComparisonReport): string {
  const rows = cells.flatMap(({ from, to, groups }) =>
    groups.map((group) => [
      EFFECT_WORDS[from],
      EFFECT_WORDS[to],
      group.resource ?? '',
      group.tool ?? '',
      deciderText(group.before, before.rules),
      deciderText(group.after, after.rules),
      String(group.count),
    ]),
  );
  return [['was', 'is now', 'resource', 'tool', 'decided by', 'now decided by', 'calls'], ...rows].map(csvRow).join('');
}

const deciderText = (decider: DecidingRule, rules: readonly Rule[]): string => plainText(deciderWords(decider, rules));

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), `|${' --- |'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}
