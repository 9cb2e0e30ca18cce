'use client';
import { type ComparisonReport, sameDecider } from '@/lib/wording';
import { digestOf } from '@/lib/bundle';
import { EFFECT_CODES } from '@/lib/trace';
import type { ComparedTrace, ReplayClient } from '@/lib/worker';
import { Button } from '../ui/button';
import { copyText } from '../ui/copy-text';
import { notify } from '../ui/notify';
import { useReplay, useSession } from '../session/session';
import { useShownPolicy, type ShownPolicy } from '../session/shown-policy';
import type { ShownBaseline, ComparisonState } from './use-baseline';

interface CopyComparisonProps {
  compared: ComparedTrace;
  pair: NonNullable<ComparisonState['pair']>;
  against: ShownBaseline;
}

/** Copies the comparison: as Markdown for a ticket, as CSV for a spreadsheet. */
export function CopyComparison({ compared, pair, against }: CopyComparisonProps) {
  const { replay } = useSession();
  const { open } = useReplay('open');
  const shown = useShownPolicy();

  async function copy(kind: 'Markdown' | 'CSV') {
    const [report, { comparisonCsv, comparisonMarkdown }] = await Promise.all([
      reportOf(replay, compared, pair, against, shown, open?.info.name ?? ''),
      import('./report-text'),
    ]);
    await copyText(kind === 'CSV' ? comparisonCsv(report) : comparisonMarkdown(report), `Copied as ${kind}`);
  }
  const onClick = (kind: 'Markdown' | 'CSV') => () =>
    void copy(kind).catch(() => notify('It could not be copied: decisions changed'));
  return (
    <span className="flex flex-wrap gap-1">
      {(['Markdown', 'CSV'] as const).map((kind) => (
        <Button key={kind} look="plain" className="h-7 px-2 text-xs" onClick={onClick(kind)}>
          Copy as {kind}
        </Button>
      ))}
    </span>
  );
}

async function reportOf(
  replay: ReplayClient,
  { matrix, ...counts }: ComparedTrace,
  pair: CopyComparisonProps['pair'],
  against: ShownBaseline,
  { name, rules, settings }: ShownPolicy,
  trace: string,
): Promise<ComparisonReport> {
  const cells: ComparisonReport['cells'][number][] = [];
  const stayed: typeof cells = [];
  for (const from of EFFECT_CODES) {
    for (const to of EFFECT_CODES) {
      if (matrix[from][to] === 0 || (from === to && counts.otherRule === 0)) continue;
      const all = await replay.ask('compareCell', { ...pair, from, to });
      const groups = all
        .filter(({ before, after }) => from !== to || !sameDecider(before, after))
        .map(({ indices, ...group }) => ({ ...group, count: indices.length }));
      if (groups.length > 0) (from === to ? stayed : cells).push({ from, to, groups });
    }
  }
  return {
    before: { name: against.name, digest: digestOf(against.policy), rules: against.policy.rules },
    after: { name, digest: digestOf({ rules, settings }), rules },
    trace,
    counts,
    matrix,
    cells: [...cells, ...stayed],
  };
}
