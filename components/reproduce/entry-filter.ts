import type { CauseKind } from '@/lib/reproduce';
import { RECORDED_CODES, type RecordedVerdict } from '@/lib/trace';
import type { ReproducedEntries } from '@/lib/worker';

/** Which entries are listed. */
export interface EntryFilter {
  /** `differs`: all that are not simply reproduced. */
  readonly verdict: 'all' | 'differs' | RecordedVerdict;
  /** Of divergences: the kind of the likeliest cause; `none` where none was found. */
  readonly cause: 'any' | 'none' | CauseKind;
}

/** The places of the entries that are listed, in the order of the log. */
export function listedEntries(entries: ReproducedEntries, { verdict, cause }: EntryFilter): Uint32Array {
  const { verdicts, notable } = entries;
  const causes = new Map(notable.map(({ index, causes: [first] }) => [index, first?.kind ?? 'none'] as const));
  const found: number[] = [];
  for (const [index, code] of verdicts.entries()) {
    const one = RECORDED_CODES[code] ?? 'none';
    const isShown = verdict === 'all' || (verdict === 'differs' ? differs(one) : one === verdict);
    if (!isShown) continue;
    // Past the first thousand causes are not looked for: such an entry is of no kind.
    if (cause === 'any' || (one === 'diverged' && causes.get(index) === cause)) found.push(index);
  }
  return Uint32Array.from(found);
}

const differs = (verdict: RecordedVerdict): boolean => verdict !== 'reproduced' && verdict !== 'none';

/** How many entries each verdict has, with the two that stand for several. */
export function verdictCounts({
  counts,
  verdicts,
}: ReproducedEntries): readonly (readonly [EntryFilter['verdict'], number])[] {
  const { diverged, reproduced, none } = counts;
  const [missing, other] = [counts['not-reproducible'], counts['other-rule']];
  const all: readonly (readonly [EntryFilter['verdict'], number])[] = [
    ['differs', diverged + missing + other],
    ['diverged', diverged],
    ['not-reproducible', missing],
    ['other-rule', other],
    ['reproduced', reproduced],
    ['none', none],
    ['all', verdicts.length],
  ];
  return all.filter(([verdict, count]) => count > 0 || verdict === 'differs' || verdict === 'diverged');
}

/** How many divergences each kind of cause explains best, the commonest first. */
export function causeCounts({ notable }: ReproducedEntries): readonly (readonly [CauseKind | 'none', number])[] {
  const counts = new Map<CauseKind | 'none', number>();
  for (const { verdict, causes } of notable) {
    const kind = causes[0]?.kind ?? 'none';
    if (verdict === 'diverged') counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a);
}
