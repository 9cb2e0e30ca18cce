'use client';
import { clsx } from 'clsx';
import { ChevronRight } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { Rule } from '@/lib/engine';
import type { ComparedGroup } from '@/lib/worker';
import { Button } from '../ui/button';
import { Worded } from '../ui/worded';
import { useReplay, useSession } from '../workbench/session';
import { useAnswer } from '../workbench/use-answer';
import type { Cell } from './compare-matrix';
import { ComparedCallView } from './compared-call';
import { counted, number } from '../ui/words';
import { deciderWords, sameDecider } from './decider-words';
import type { Against, Comparing } from './use-baseline';

interface CompareGroupsProps {
  standing: NonNullable<Comparing['standing']>;
  against: Against;
  rules: readonly Rule[];
  cell: Cell;
  onShow(index: number): void;
}

const GROUPS_AT_FIRST = 60;
const CALLS_AT_ONCE = 25;

/** The calls behind a cell, by tool and pair of rules. Where the effect stays, another rule is told apart from no change. */
export function CompareGroups({ standing, against, rules, cell, onShow }: CompareGroupsProps) {
  const { replay } = useSession();
  const question = useMemo(() => ({ ...standing, ...cell }), [standing, cell]);
  const ask = useMemo(() => (params: typeof question) => replay.ask('compareCell', params), [replay]);
  const { answer, current, failure } = useAnswer(question, ask);
  if (current && failure !== undefined)
    return (
      <p role="alert" className="text-sm text-deny">
        {failure}
      </p>
    );
  if (!current || answer === undefined) {
    return (
      <p role="status" className="text-sm text-ink-2">
        Listing the calls…
      </p>
    );
  }
  const stays = cell.from === cell.to;
  const other = stays ? answer.filter(({ before, after }) => !sameDecider(before, after)) : answer;
  const same = stays ? answer.filter(({ before, after }) => sameDecider(before, after)) : [];
  const shared = { against, rules, standing, onShow };
  return (
    <div className="space-y-4">
      {stays ? <h3 className="text-sm font-semibold">Same effect, different rule: {countOf(other)}</h3> : null}
      {other.length === 0 ? (
        <p className="text-sm text-ink-2">None: the same rules decide these calls as before.</p>
      ) : (
        <Groups groups={other} label={stays ? 'Same effect, different rule' : 'Calls that change'} {...shared} />
      )}
      {same.length === 0 ? null : (
        <>
          <h3 className="text-sm font-semibold">No change: {countOf(same)}</h3>
          <Groups groups={same} label="No change" {...shared} />
        </>
      )}
    </div>
  );
}

const countOf = (groups: readonly ComparedGroup[]): string => {
  const count = groups.reduce((sum, { indices }) => sum + indices.length, 0);
  return counted(count, 'call');
};

type Shared = Pick<CompareGroupsProps, 'standing' | 'against' | 'rules' | 'onShow'>;

function Groups({ groups, label, ...shared }: Shared & { groups: readonly ComparedGroup[]; label: string }) {
  const [all, setAll] = useState(false);
  return (
    <div>
      <ul aria-label={label} className="rounded-md border border-line">
        {groups.slice(0, all ? groups.length : GROUPS_AT_FIRST).map((group, i) => (
          <Group key={i} group={group} {...shared} />
        ))}
      </ul>
      {all || groups.length <= GROUPS_AT_FIRST ? null : (
        <Button className="mt-2" onClick={() => setAll(true)}>
          Show all {number(groups.length)} groups
        </Button>
      )}
    </div>
  );
}

function Group({ group, ...shared }: Shared & { group: ComparedGroup }) {
  const { against, rules } = shared;
  const [open, setOpen] = useState(false);
  const [shown, setShown] = useState(CALLS_AT_ONCE);
  const { resource, tool, before, after, indices } = group;
  return (
    <li className="border-b border-line last:border-0">
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="flex w-full items-start gap-1.5 px-2 py-1.5 text-left text-sm hover:bg-sunken pointer-coarse:min-h-11"
      >
        <ChevronRight
          size={14}
          aria-hidden
          className={clsx('mt-0.5 shrink-0 transition-transform', open && 'rotate-90')}
        />
        <span className="min-w-0 flex-1">
          <span className="font-medium break-words">{tool ?? 'No tool'}</span>
          {resource === null ? null : <span className="text-ink-2"> on {resource}</span>}
          <span className="block text-xs text-ink-2">
            {sameDecider(before, after) ? (
              <Worded words={deciderWords(after, rules)} />
            ) : (
              <>
                was: <Worded words={deciderWords(before, against.policy.rules)} /> → now:{' '}
                <Worded words={deciderWords(after, rules)} />
              </>
            )}
          </span>
        </span>
        <span className="shrink-0 tabular-nums">
          {number(indices.length)}
          <span className="sr-only"> {indices.length === 1 ? 'call' : 'calls'}</span>
        </span>
      </button>
      {open ? (
        <div className="border-t border-line bg-canvas px-2 py-1">
          <ul aria-label={`Calls of ${tool ?? 'no tool'}`}>
            {[...indices.subarray(0, shown)].map((index) => (
              <CallLineView key={index} index={index} {...shared} />
            ))}
          </ul>
          {shown < indices.length ? (
            <Button look="plain" className="h-7 px-2 text-xs" onClick={() => setShown(shown + 4 * CALLS_AT_ONCE)}>
              Show more of the {number(indices.length)} calls
            </Button>
          ) : null}
        </div>
      ) : null}
    </li>
  );
}

function CallLineView({ index, ...shared }: Shared & { index: number }) {
  const { replay } = useSession();
  useReplay('linesVersion');
  const [open, setOpen] = useState(false);
  const line = replay.lineAt(index);
  return (
    <li className="border-b border-line last:border-0">
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="flex w-full items-baseline gap-2 rounded px-1 py-1 text-left text-xs hover:bg-sunken pointer-coarse:min-h-11"
      >
        <span className="font-mono text-ink-2">{line?.id ?? '…'}</span>
        <span className="min-w-0 flex-1 truncate">
          {[line?.agent, line?.user, line?.args].filter(Boolean).join(' · ')}
        </span>
      </button>
      {open ? <ComparedCallView index={index} {...shared} /> : null}
    </li>
  );
}
