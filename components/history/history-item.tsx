'use client';
import { ChevronDown, ChevronRight } from 'lucide-react';
import { useId, useMemo, type ReactNode } from 'react';
import { difference } from '@/lib/analysis';
import { sameJson, type HistoryStep } from '@/lib/workspace';
import { ChangeList } from '../intake/change-list';
import { shiftWords } from '../policy/impact-words';
import { dayAndTime } from '../ui/time';
import { capital, counted } from '../ui/words';
import { Marked } from '../ui/worded';
import type { MovedDecisions } from './use-moved-decisions';

interface HistoryItemProps {
  step: HistoryStep;
  moved: MovedDecisions | undefined;
  opened: boolean;
  onOpen(): void;
  /** What can be done with the policy after the step. */
  children: ReactNode;
}

/** One step: its line and, when it is open, what it changed. */
export function HistoryItem({ step, moved, opened, onOpen, children }: HistoryItemProps) {
  const id = useId();
  const { position, label, at, undone } = step;
  const Icon = opened ? ChevronDown : ChevronRight;
  return (
    <li data-testid="history-step" className="text-sm">
      <button
        type="button"
        aria-expanded={opened}
        aria-controls={opened ? id : undefined}
        onClick={onOpen}
        className="flex w-full items-start gap-2 px-3 py-2 text-left hover:bg-sunken pointer-coarse:min-h-11"
      >
        <Icon size={14} aria-hidden className="mt-1 shrink-0 text-ink-2" />
        <span className="min-w-0 flex-1">
          <span className="block break-words">
            <span className="text-ink-2 tabular-nums">{position}. </span>
            <Marked text={capital(label)} />
          </span>
          <span className="block text-xs text-ink-2">
            {dayAndTime(at)}
            {undone ? ' · taken back' : ''}
          </span>
        </span>
        <span className="max-w-28 shrink-0 text-right text-xs text-ink-2 tabular-nums" data-testid="moved">
          {movedWords(moved)}
        </span>
      </button>
      {opened ? (
        <div id={id} className="space-y-2 px-3 pb-3 sm:pl-9">
          <StepChanges step={step} />
          {moved === undefined || moved === null || moved.changed === 0 ? null : (
            <p>
              {counted(moved.changed, 'decision')} of {counted(moved.total, 'call')} moved: {shiftWords(moved.matrix)}.
            </p>
          )}
          {children}
        </div>
      ) : null}
    </li>
  );
}

const movedWords = (moved: MovedDecisions | undefined): string =>
  moved === undefined ? '' : moved === null ? 'no rule changed' : `${counted(moved.changed, 'decision')} moved`;

const MEMBERS = ['name', 'description', 'notes', 'catalog', 'tests', 'extra'] as const;
const MEMBER_WORDS = {
  name: 'the name',
  description: 'the description',
  notes: 'the notes',
  catalog: 'the catalog',
  tests: 'the tests',
  extra: 'invariants, dismissed findings or other parts',
} as const satisfies Record<(typeof MEMBERS)[number], string>;

function StepChanges({ step: { before, after } }: { step: HistoryStep }) {
  const changes = useMemo(() => difference(before, after), [before, after]);
  const others = MEMBERS.filter((member) => !sameJson(before[member], after[member]));
  return (
    <>
      {changes.length === 0 ? null : <ChangeList changes={changes} chosen={undefined} />}
      {others.length === 0 ? null : (
        <p>Changed beside the rules: {others.map((member) => MEMBER_WORDS[member]).join(', ')}.</p>
      )}
    </>
  );
}
