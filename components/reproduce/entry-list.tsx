'use client';
import { clsx } from 'clsx';
import { useEffect, useMemo, useRef, type KeyboardEvent } from 'react';
import { RECORDED_CODES, type RecordedVerdict } from '@/lib/trace';
import type { CallLine, NotableEntry, ReplayClient, ReproducedEntries } from '@/lib/worker';
import { CAUSE_TITLES, RECORDED_WORDS } from '@/lib/wording';
import { VERDICT_LOOKS } from '../explain/recorded-note';
import { afterFrame } from '../ui/frames';
import type { RowPlace } from '../ui/row-place';
import { showRow } from '../ui/show-row';
import { clockTime } from '../ui/time';
import { VirtualRows } from '../ui/virtual-rows';
import { useLogLines } from './use-log-lines';

interface EntryListProps {
  client: ReplayClient;
  entries: ReproducedEntries;
  /** Places of the entries in the log. */
  listed: Uint32Array;
  chosen: number;
  onChosen(index: number): void;
}

const ROW_HEIGHT = 62;
const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 };

const keyOf = (index: number): string => `entry ${index}`;

/** The entries of a log; one of them is chosen, with a click or the arrow keys. */
export function EntryList({ client, entries, listed, chosen, onChosen }: EntryListProps) {
  const lineAt = useLogLines(client, entries.log);
  const list = useRef<HTMLUListElement>(null);
  const byKeys = useRef(false);
  const notable = useMemo(() => new Map(entries.notable.map((one) => [one.index, one])), [entries]);
  const keys = useMemo(() => Array.from(listed, keyOf), [listed]);

  function onKeyDown(event: KeyboardEvent) {
    const step = STEPS[event.key];
    const to = event.key === 'Home' ? 0 : event.key === 'End' ? listed.length - 1 : undefined;
    if (step === undefined && to === undefined) return;
    event.preventDefault();
    const at = to ?? Math.min(listed.length - 1, Math.max(0, listed.indexOf(chosen) + (step ?? 0)));
    byKeys.current = true;
    showRow(keyOf(listed[at] ?? chosen));
    onChosen(listed[at] ?? chosen);
  }
  // The row may be drawn only after the list has scrolled to it.
  useEffect(() => {
    if (!byKeys.current) return undefined;
    byKeys.current = false;
    const focus = () => list.current?.querySelector<HTMLElement>('[aria-pressed="true"]')?.focus();
    focus();
    return afterFrame(focus);
  }, [chosen]);

  return (
    <div data-scrolls className="max-h-[45dvh] min-w-0 overflow-auto rounded-lg border border-line lg:max-h-[75dvh]">
      <ul ref={list} aria-label="Entries" onKeyDown={onKeyDown}>
        <VirtualRows keys={keys} rowHeight={() => ROW_HEIGHT}>
          {(at, place) => {
            const index = listed[at] ?? 0;
            return (
              <EntryRow
                key={keyOf(index)}
                line={lineAt(index)}
                verdict={RECORDED_CODES[entries.verdicts[index] ?? 0] ?? 'none'}
                notable={notable.get(index)}
                chosen={index === chosen}
                place={place}
                onChosen={() => onChosen(index)}
              />
            );
          }}
        </VirtualRows>
      </ul>
    </div>
  );
}

interface EntryRowProps {
  line: CallLine | undefined;
  verdict: RecordedVerdict;
  notable: NotableEntry | undefined;
  chosen: boolean;
  place: RowPlace | undefined;
  onChosen(): void;
}

function EntryRow({ line, verdict, notable, chosen, place, onChosen }: EntryRowProps) {
  const cause = notable?.causes[0];
  return (
    <li {...place} className="border-b border-line last:border-0">
      <button
        type="button"
        aria-pressed={chosen}
        tabIndex={chosen ? 0 : -1}
        onClick={onChosen}
        className={clsx(
          'flex min-h-[61px] w-full flex-col justify-center gap-0.5 px-3 py-1.5 text-left text-sm -outline-offset-2',
          chosen ? 'bg-accent-soft' : 'hover:bg-sunken',
        )}
      >
        <span className="flex w-full items-baseline gap-2">
          <VerdictMark verdict={verdict} />
          <span className="min-w-0 flex-1 truncate font-medium">
            {line?.tool ?? (line === undefined ? '…' : 'no tool')}
          </span>
          <span className="shrink-0 font-mono text-xs text-ink-2">{clockTime(line?.time)}</span>
        </span>
        <span className="flex w-full gap-2 text-xs text-ink-2">
          <span className="min-w-0 flex-1 truncate font-mono">
            {[line?.id, line?.agent, line?.user].filter((one) => typeof one === 'string').join(' · ')}
          </span>
          {verdict !== 'diverged' || notable === undefined ? null : (
            <span className="shrink-0">{cause === undefined ? 'No cause found' : CAUSE_TITLES[cause.kind]}</span>
          )}
        </span>
      </button>
    </li>
  );
}

/** Word, icon and colour of a verdict. */
export function VerdictMark({ verdict }: { verdict: RecordedVerdict }) {
  if (verdict === 'none') return <span className="shrink-0 text-xs text-ink-2">{RECORDED_WORDS.none}</span>;
  const { icon: Icon, look } = VERDICT_LOOKS[verdict];
  return (
    <span className={clsx('inline-flex shrink-0 items-center gap-1 rounded px-1.5 py-px text-xs font-medium', look)}>
      <Icon size={12} aria-hidden />
      {RECORDED_WORDS[verdict]}
    </span>
  );
}
