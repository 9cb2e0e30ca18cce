'use client';
import { clsx } from 'clsx';
import { useMemo, useState, type ReactNode } from 'react';
import type { Rule } from '@/lib/engine';
import type { ComparedGroup } from '@/lib/worker';
import { Button } from '../ui/button';
import { FoldButton } from '../ui/fold-button';
import { ShowAll, useFirstShown } from '../ui/show-all';
import { Worded } from '../ui/worded';
import { useReplay, useSession } from '../session/session';
import { useAnswer } from '../session/use-answer';
import type { EffectChange } from './compare-matrix';
import { counted, number } from '../ui/words';
import { deciderWords, sameDecider } from '@/lib/wording';
import type { ShownBaseline, ComparisonState } from './use-baseline';

interface CompareGroupsProps {
  pair: NonNullable<ComparisonState['pair']>;
  against: ShownBaseline;
  rules: readonly Rule[];
  cell: EffectChange;
  call: ChosenCall;
}

/** The chosen call, and the cell that it belongs to. */
export interface ChosenCall {
  /** Index of the call in the trace. */
  readonly index: number | undefined;
  /** `cell`: the cell of the matrix that the call belongs to. */
  choose(index: number | undefined, cell: EffectChange): void;
  /** Renders the details below the call's line; without it the details are elsewhere on the page. */
  readonly below?: ((pair: NonNullable<ComparisonState['pair']>, index: number) => ReactNode) | undefined;
}

const GROUPS_AT_FIRST = 60;
const CALLS_AT_ONCE = 25;

/** The calls of a cell, by tool and pair of rules. Where the effect stays, calls decided by another rule are listed apart. */
export function CompareGroups({ pair, against, rules, cell, call }: CompareGroupsProps) {
  const { replay } = useSession();
  const question = useMemo(() => ({ ...pair, ...cell }), [pair, cell]);
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
  const shared = { against, rules, pair, cell, call };
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

type SharedGroupProps = Pick<CompareGroupsProps, 'pair' | 'against' | 'rules' | 'cell' | 'call'>;

function Groups({ groups, label, ...shared }: SharedGroupProps & { groups: readonly ComparedGroup[]; label: string }) {
  const list = useFirstShown(groups.length, GROUPS_AT_FIRST);
  const { index } = shared.call;
  const chosen = index === undefined ? -1 : groups.findIndex(({ indices }) => indices.includes(index));
  const listed = groups.map((group, i) => ({ group, i })).filter(({ i }) => i < list.shown || i === chosen);
  return (
    <div>
      <ul aria-label={label} className="rounded-md border border-line">
        {listed.map(({ group, i }) => (
          <Group key={i} group={group} {...shared} />
        ))}
      </ul>
      <ShowAll list={list} what="groups" look="outline" className="mt-2" />
    </div>
  );
}

function Group({ group, ...shared }: SharedGroupProps & { group: ComparedGroup }) {
  const { against, rules, call } = shared;
  const { resource, tool, before, after, indices } = group;
  // The group of the chosen call is open until the user closes it, and shows that call whatever its position.
  const place = call.index === undefined ? -1 : indices.indexOf(call.index);
  const [toggled, setOpen] = useState<boolean>();
  const open = toggled ?? place >= 0;
  const [shown, setShown] = useState(CALLS_AT_ONCE);
  const listed = [...indices.subarray(0, shown), ...(place >= shown ? indices.subarray(place, place + 1) : [])];
  return (
    <li className="border-b border-line last:border-0">
      <FoldButton look="line" open={open} onOpen={setOpen}>
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
      </FoldButton>
      {open ? (
        <div className="border-t border-line bg-canvas px-2 py-1">
          <ul aria-label={`Calls of ${tool ?? 'no tool'}`}>
            {listed.map((index) => (
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

function CallLineView({ index, pair, cell, call }: SharedGroupProps & { index: number }) {
  const { replay } = useSession();
  useReplay('linesVersion');
  const line = replay.lineAt(index);
  const chosen = call.index === index;
  const { below } = call;
  return (
    <li className="border-b border-line last:border-0">
      <button
        type="button"
        {...(below === undefined ? { 'aria-pressed': chosen } : { 'aria-expanded': chosen })}
        onClick={() => call.choose(chosen ? undefined : index, cell)}
        className={clsx(
          'flex w-full items-baseline gap-2 rounded px-1 py-1 text-left text-xs pointer-coarse:min-h-11',
          chosen && below === undefined ? 'bg-accent-soft' : 'hover:bg-sunken',
        )}
      >
        <span className="font-mono text-ink-2">{line?.id ?? '…'}</span>
        <span className="min-w-0 flex-1 truncate">
          {[line?.agent, line?.user, line?.args].filter(Boolean).join(' · ')}
        </span>
      </button>
      {chosen ? below?.(pair, index) : null}
    </li>
  );
}
