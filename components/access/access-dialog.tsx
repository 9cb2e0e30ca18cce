'use client';
import { useDeferredValue, useMemo, useState } from 'react';
import { callOfCell, type SubjectKind } from '@/lib/analysis';
import type { AccessAnswer } from '@/lib/worker';
import { Dialog } from '../ui/dialog';
import { TextInput } from '../ui/field';
import { Segmented } from '../ui/segmented';
import { useShownPolicy } from '../session/shown-policy';
import { useKnown } from '../session/use-catalog';
import { MoreKnownMark } from './access-cell';
import { AccessFilters } from './access-filters';
import { AccessGrid, type CellPlace } from './access-grid';
import { rowsOf, type AccessFilter } from './access-rows';
import { CellReasons } from './cell-reasons';
import { CopyAccess } from './copy-access';
import { useAccess } from './use-access';
import { number } from '../ui/words';
import { HelpLink } from '../site/help-link';

const KINDS = [
  { value: 'agents', label: 'Agents' },
  { value: 'instances', label: 'Instances' },
  { value: 'users', label: 'Users' },
] satisfies { value: SubjectKind; label: string }[];

/** Effective access: each agent, instance or user by each tool of the catalog, with all other facts of the call unknown. */
export function AccessDialog({ onClose }: { onClose(): void }) {
  const { catalog } = useKnown();
  const { from } = useShownPolicy();
  const [kind, setKind] = useState<SubjectKind>('agents');
  const [filter, setFilter] = useState<AccessFilter>({ text: '', effect: undefined, onlyMarked: false });
  const [place, setPlace] = useState<CellPlace>();
  const { answer, current, failure } = useAccess(kind);
  const access = current ? answer : undefined;
  const { text, effect, onlyMarked } = filter;
  const wanted = useDeferredValue(text);
  const rows = useMemo(
    () => (access === undefined ? [] : rowsOf(access, { text: wanted, effect, onlyMarked })),
    [access, wanted, effect, onlyMarked],
  );
  const marked = useMemo(() => access?.moreKnown.reduce((sum, one) => sum + one, 0) ?? 0, [access]);
  const cell = useMemo(() => callAt(access, place), [access, place]);
  const tools = catalog.resources.reduce((sum, resource) => sum + (resource.tools?.length ?? 0), 0);

  return (
    <Dialog
      title="Effective access"
      help={<HelpLink to="replay/#effective-access" about="effective access" />}
      description={`What each may do while all other facts of a call are unknown${from === 'draft' ? ', with the unsaved edit' : ''}.`}
      size="lg"
      onClose={onClose}
      footer={<CopyAccess access={access} kind={kind} rows={rows} />}
    >
      <div className="space-y-3">
        <div className="flex flex-wrap items-end gap-3">
          <Segmented
            label="Of"
            value={kind}
            options={KINDS}
            onValue={(next) => {
              setKind(next);
              setPlace(undefined);
            }}
          />
          <label className="min-w-40 flex-1 text-xs font-medium text-ink-2">
            <span className="mb-1 block">Filter by tool or resource</span>
            <TextInput
              type="search"
              value={text}
              onChange={(event) => setFilter((now) => ({ ...now, text: event.target.value }))}
            />
          </label>
        </div>
        <AccessFilters
          access={access}
          filter={filter}
          marked={marked}
          onFilter={(change) => setFilter((now) => ({ ...now, ...change }))}
        >
          <span role="status" className="text-xs text-ink-2">
            {access === undefined && failure === undefined
              ? 'Computing…'
              : `${number(rows.length)} of ${number(access?.tools.length ?? 0)} tools`}
          </span>
        </AccessFilters>
        {marked === 0 ? null : (
          <p className="text-xs text-ink-2">
            <MoreKnownMark className="mr-1" />A rule with a condition fits, so the gateway’s own screen shows
            conditional. Here the decision is known: the condition reads only known facts of the caller, or its outcome
            changes nothing.
          </p>
        )}
        {failure !== undefined ? (
          <p role="alert" className="text-sm text-deny">
            This could not be computed: {failure}
          </p>
        ) : null}
        {access !== undefined && access.effects.length === 0 ? (
          <p className="rounded-md bg-sunken px-3 py-6 text-center text-sm text-ink-2">
            {tools === 0
              ? 'The catalog has no tools yet. Add them in the catalog, or import a trace that lists them.'
              : `The catalog has no ${kind} yet.`}
          </p>
        ) : null}
        {access === undefined || access.effects.length === 0 ? null : (
          <div className="grid gap-3 md:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
            <AccessGrid
              key={`${kind} ${wanted} ${effect ?? ''} ${String(onlyMarked)}`}
              subjects={access.subjects}
              rows={rows}
              chosen={place}
              onChoose={setPlace}
            />
            <CellReasons call={cell} />
          </div>
        )}
      </div>
    </Dialog>
  );
}

function callAt(access: AccessAnswer | undefined, place: CellPlace | undefined) {
  const tool = access?.tools[place?.tool ?? -1];
  const subject = access?.subjects[place?.subject ?? -1];
  return tool === undefined || subject === undefined ? undefined : callOfCell(subject, tool);
}
