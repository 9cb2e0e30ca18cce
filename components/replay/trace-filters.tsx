'use client';
import { clsx } from 'clsx';
import { Braces, ListFilter, TriangleAlert, X } from 'lucide-react';
import { memo, useCallback, useDeferredValue, useState } from 'react';
import type { DecisionEffect, RuleId } from '@/lib/engine';
import type { CallFilter, FactWanted, ViewWanted } from '@/lib/trace';
import type { FacetCount, OpenedTrace, ReplayClient, ReplayState } from '@/lib/worker';
import { useReplay, useSession } from '../session/session';
import type { WorkbenchDialog } from '../session/dialogs';
import { useShownPolicy } from '../session/shown-policy';
import { Button, IconButton } from '../ui/button';
import { partOf } from '../ui/part';
import { DECISION_MARKS } from '../ui/effect-mark';
import { changed, OtherFilters, RecordedRow } from './filter-chips';
import { SearchBox } from './search-box';
import { useLasting } from '../ui/use-lasting';
import { useTablePreferences } from './table-preferences';
import { ViewMenu } from './view-menu';
import { FilterButton } from '../ui/filter-button';
import { counted, number } from '../ui/words';

const Timeline = partOf(() => import('./timeline').then((module) => module.Timeline), {
  waiting: () => <div className="h-11" />,
});

// Brings the checks of conditions with it, and the code editor once it has the focus.
const ConditionFilter = partOf(() => import('./condition-filter').then((module) => module.ConditionFilter));

const DECISIONS = ['allow', 'deny', 'conditional'] as const satisfies readonly DecisionEffect[];
const CHOICES = [
  { label: 'Agent', fact: 'agent', of: 'agents' },
  { label: 'User', fact: 'user', of: 'users' },
  { label: 'Resource', fact: 'resource', of: 'resources' },
  { label: 'Tool', fact: 'tool', of: 'tools' },
] as const;
const FIRST_OPTIONS = 10;

/** Which calls are shown: by decision, by who and what, and by text. */
export function TraceFilters({ openDialog }: { openDialog(dialog: WorkbenchDialog): void }) {
  const { wanted, open } = useReplay('wanted', 'open');
  if (open === undefined) return null;
  // INVARIANT: separate components: each key in the rule editor decides all calls again, and only what counts decisions may render then.
  return (
    <div className="shrink-0 space-y-1.5 border-b border-line px-3 py-2">
      <Counts open={open} wanted={wanted} openDialog={openDialog} />
      <Choices open={open} filter={wanted.filter} />
      <TimeChoice time={wanted.filter.time} />
    </div>
  );
}

interface CountsProps {
  openDialog(dialog: WorkbenchDialog): void;
  open: OpenedTrace;
  wanted: ViewWanted;
}

/** How many calls are shown, and how they were decided; each count shows those calls alone. */
function Counts({ open: { info }, wanted, openDialog }: CountsProps) {
  const { replay } = useSession();
  const state = useReplay('results', 'stale', 'deciding', 'view', 'viewing', 'isGivenUp');
  const { results, stale, view, viewing } = state;
  const { filter } = wanted;
  const onFilter = (next: CallFilter) => replay.setFilter(next);
  const shown = results ?? stale;
  const hazards = shown?.hazardous.count ?? 0;
  const onExport = useCallback(
    (format: 'ndjson' | 'csv') => openDialog({ kind: 'export', calls: 'shown', format }),
    [openDialog],
  );
  return (
    <>
      <div className="flex flex-wrap items-center gap-1.5" role="group" aria-label="Show by decision">
        <span role="status" className="contents text-ink-2 tabular-nums">
          <span className="mr-1 text-sm">
            {view === undefined || view.places === undefined || view.count === info.calls
              ? ''
              : `${number(view.count)} of `}
            {counted(info.calls, 'call')}
          </span>
          {/* At the end of the line, where it moves nothing: it comes and goes with every key. */}
          <span className="order-1 ml-auto text-xs">{underWay(state)}</span>
        </span>
        {typeof viewing === 'object' && filter.text !== undefined && results !== undefined ? (
          <Button
            look="plain"
            className="h-6 px-1.5 text-xs"
            onClick={() => onFilter(changed(filter, 'text', undefined))}
          >
            Stop searching
          </Button>
        ) : null}
        {DECISIONS.map((effect) => (
          <DecisionToggle
            key={effect}
            effect={effect}
            count={shown?.counts[effect]}
            pressed={filter.effect === effect}
          />
        ))}
        {hazards > 0 || filter.hazard ? (
          <FilterButton
            pressed={filter.hazard !== undefined}
            count={hazards}
            text="text-gated"
            soft="bg-gated-soft"
            onClick={() => onFilter(changed(filter, 'hazard', filter.hazard ? undefined : true))}
          >
            <TriangleAlert size={12} aria-hidden />
            Hazards
          </FilterButton>
        ) : null}
        <span className="order-2">
          <ViewMenu wanted={wanted} onExport={onExport} />
        </span>
      </div>
      {shown === undefined || shown.recordedTally.total === 0 ? null : (
        <RecordedRow results={shown} total={info.calls} filter={filter} onFilter={onFilter} />
      )}
    </>
  );
}

/** By who, what, rule and text. */
const Choices = memo(function Choices({ open: { facets }, filter }: { open: OpenedTrace; filter: CallFilter }) {
  const { replay } = useSession();
  const onFilter = (next: CallFilter) => replay.setFilter(next);
  const onText = useCallback((text: string) => choose(replay, 'text', text === '' ? undefined : text), [replay]);
  // On a narrow screen the choices are collapsed to leave room for the calls.
  const [unfolded, setUnfolded] = useState(false);
  const [asking, setAsking] = useState(false);
  const filtered = Object.keys(filter).length > 0;
  const chosen = filter.rule !== undefined || CHOICES.some(({ fact }) => filter[fact] !== undefined);
  return (
    <>
      <div className="flex flex-wrap items-center gap-1.5">
        <SearchBox text={filter.text ?? ''} onText={onText} />
        <IconButton
          label="Filters"
          aria-expanded={unfolded}
          onClick={() => setUnfolded(!unfolded)}
          className="border border-line sm:hidden"
        >
          <ListFilter size={14} aria-hidden />
        </IconButton>
        <div className={clsx('contents', !unfolded && !chosen && 'max-sm:hidden')}>
          {CHOICES.map(({ fact, of, label }) => (
            <Choice key={fact} fact={fact} label={label} value={nameOf(filter[fact])} values={facets[of]} />
          ))}
          <RuleChoice value={filter.rule} />
        </div>
        <IconButton
          label="Filter by a condition"
          aria-expanded={asking || filter.condition !== undefined}
          onClick={() => setAsking(true)}
          className="border border-line"
        >
          <Braces size={14} aria-hidden />
        </IconButton>
        {filtered ? (
          <IconButton
            label="Clear the filter"
            onClick={() => {
              setAsking(false);
              onFilter({});
            }}
          >
            <X size={14} aria-hidden />
          </IconButton>
        ) : null}
      </div>
      <OtherFilters filter={filter} onFilter={onFilter} />
      {asking || filter.condition !== undefined ? (
        <ConditionFilter
          onClose={() => {
            setAsking(false);
            onFilter(changed(filter, 'condition', undefined));
          }}
        />
      ) : null}
    </>
  );
});

/** By time. */
function TimeChoice({ time }: { time: CallFilter['time'] }) {
  const { replay } = useSession();
  const { results, view, viewing, isGivenUp } = useReplay('results', 'view', 'viewing', 'isGivenUp');
  const { zone } = useTablePreferences();
  const isBehind = !isGivenUp && (results === undefined || viewing !== 'done');
  const isLong = useLasting(isBehind);
  const onChoose = useCallback((span: CallFilter['time']) => choose(replay, 'time', span), [replay]);
  if (view?.timeline === undefined) return null;
  return (
    <div aria-busy={isBehind}>
      <Timeline timeline={view.timeline} chosen={time} zone={zone} faded={isLong} onChoose={onChoose} />
    </div>
  );
}

/** What is being calculated, and its progress; a separate component from the words before it. */
type Progress = Pick<ReplayState, 'results' | 'deciding' | 'viewing' | 'isGivenUp'>;

function underWay({ results, deciding, viewing, isGivenUp }: Progress): string {
  const part = ({ done, total }: { done: number; total: number }) =>
    `${Math.floor((100 * done) / Math.max(1, total))} %`;
  if (isGivenUp) return ' not decided';
  if (results === undefined) return deciding === undefined ? ' deciding…' : ` deciding… ${part(deciding)}`;
  if (viewing === 'done') return '';
  return viewing === 'begun' ? ' looking…' : ` looking… ${part(viewing)}`;
}

const nameOf = (wanted: FactWanted | undefined) => (typeof wanted === 'string' ? wanted : undefined);

const SELECT =
  'h-7 max-w-40 min-w-0 flex-[1_1_6.5rem] truncate rounded-md border border-line bg-paper px-1.5 text-xs text-ink-2 pointer-coarse:h-10';

interface DecisionToggleProps {
  effect: DecisionEffect;
  count: number | undefined;
  pressed: boolean;
}

const DecisionToggle = memo(function DecisionToggle({ effect, count, pressed }: DecisionToggleProps) {
  const { replay } = useSession();
  const { word, icon: Icon, text, soft } = DECISION_MARKS[effect];
  return (
    <FilterButton
      pressed={pressed}
      count={count}
      text={text}
      soft={soft}
      onClick={() => choose(replay, 'effect', pressed ? undefined : effect)}
    >
      <Icon size={12} strokeWidth={2.5} aria-hidden />
      {word}
    </FilterButton>
  );
});

interface FilterChoiceProps {
  fact: (typeof CHOICES)[number]['fact'];
  label: string;
  value: string | undefined;
  values: readonly FacetCount[];
}

/** The options of a choice: the first ones at once, the others with a drawing that gives way to whatever is more urgent. */
function useOptions<T>(options: readonly T[]): readonly T[] {
  const [first] = useState(() => options.slice(0, FIRST_OPTIONS));
  return useDeferredValue(options, first);
}

/** Not drawn anew with each decision: its lists are long. */
const Choice = memo(function Choice({ fact, label, value, values }: FilterChoiceProps) {
  const { replay } = useSession();
  const drawn = useOptions(values);
  if (values.length < 2 && value === undefined) return null;
  return (
    <select
      aria-label={label}
      value={value ?? ''}
      onChange={(event) => choose(replay, fact, event.target.value || undefined)}
      className={clsx(SELECT, value !== undefined && 'border-accent text-ink')}
    >
      <option value="">{`Any ${label.toLowerCase()}`}</option>
      {drawn.map((facet) => (
        <option key={facet.value} value={facet.value}>{`${facet.value} (${facet.count})`}</option>
      ))}
    </select>
  );
});

const RuleChoice = memo(function RuleChoice({ value }: { value: CallFilter['rule'] }) {
  const { replay } = useSession();
  const { rules } = useShownPolicy();
  const drawn = useOptions(rules);
  return (
    <select
      aria-label="Decided by"
      value={value ?? ''}
      onChange={(event) => choose(replay, 'rule', (event.target.value || undefined) as RuleId | undefined)}
      className={clsx(SELECT, value && 'border-accent text-ink')}
    >
      <option value="">Any rule</option>
      {drawn.map((rule, i) => (
        <option key={rule.id} value={rule.id}>{`${i + 1} ${rule.name}`}</option>
      ))}
      <option value="default">No rule matched</option>
      <option value="undecided">Not certain</option>
    </select>
  );
});

function choose<K extends keyof CallFilter>(replay: ReplayClient, part: K, value: CallFilter[K] | undefined): void {
  replay.setFilter(changed(replay.getSnapshot().wanted.filter, part, value));
}
