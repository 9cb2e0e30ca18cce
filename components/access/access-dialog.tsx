'use client';
import { useDeferredValue, useMemo, useState } from 'react';
import { callOfCell, type SubjectKind } from '@/lib/analysis';
import { accessCsv, accessMarkdown, type AccessTable } from '@/lib/wording';
import type { DecisionEffect } from '@/lib/engine';
import { EFFECT_CODES } from '@/lib/trace';
import type { AccessAnswer } from '@/lib/worker';
import { Button } from '../ui/button';
import { copyText } from '../ui/copy-text';
import { Dialog } from '../ui/dialog';
import { DECISION_MARKS } from '../ui/effect-mark';
import { TextInput } from '../ui/field';
import { Segmented } from '../ui/segmented';
import { notify } from '../ui/notify';
import { useSession } from '../session/session';
import { useShownPolicy } from '../session/shown-policy';
import { standInsFor } from './stand-ins';
import { useKnown } from '../session/use-catalog';
import { MoreKnownMark } from './access-cell';
import { AccessGrid, type AccessRow, type CellPlace } from './access-grid';
import { CellReasons } from './cell-reasons';
import { useAccess } from './use-access';
import { number } from '../ui/words';
import { HelpLink } from '../site/help-link';

const KINDS = [
  { value: 'agents', label: 'Agents' },
  { value: 'instances', label: 'Instances' },
  { value: 'users', label: 'Users' },
] satisfies { value: SubjectKind; label: string }[];
const EFFECTS: readonly DecisionEffect[] = ['allow', 'deny', 'conditional'];

/** Effective access: each agent, instance or user by each tool of the catalog, with all other facts of the call unknown. */
export function AccessDialog({ onClose }: { onClose(): void }) {
  const { catalog } = useKnown();
  const { replay } = useSession();
  const { from, rules, settings } = useShownPolicy();
  const [names, setNames] = useState<'replaced' | 'as-they-are'>('replaced');
  const [kind, setKind] = useState<SubjectKind>('agents');
  const [text, setText] = useState('');
  const [effect, setEffect] = useState<DecisionEffect>();
  const [onlyMarked, setOnlyMarked] = useState(false);
  const [place, setPlace] = useState<CellPlace>();
  const { answer, current, failure } = useAccess(kind);
  const access = current ? answer : undefined;
  const wanted = useDeferredValue(text);
  const rows = useMemo(
    () => (access === undefined ? [] : rowsOf(access, { text: wanted, effect, onlyMarked })),
    [access, wanted, effect, onlyMarked],
  );
  const marked = useMemo(() => access?.moreKnown.reduce((sum, one) => sum + one, 0) ?? 0, [access]);
  const cell = useMemo(() => callAt(access, place), [access, place]);
  const tools = catalog.resources.reduce((sum, resource) => sum + (resource.tools?.length ?? 0), 0);

  async function copy(write: (table: AccessTable) => string, what: string) {
    if (access === undefined) return;
    const replaced = names === 'replaced' && kind !== 'agents';
    const table = {
      subjects: replaced
        ? await standInsFor(replay, { rules, settings }, access.subjects)
        : access.subjects.map(({ key }) => key),
      rows: rows.map(({ effects, moreKnown: _moreKnown, ...row }) => ({
        ...row,
        effects: Array.from(effects, (code) => EFFECT_CODES[code] ?? 'conditional'),
      })),
    };
    await copyText(
      write(table),
      `Copied ${number(rows.length)} tools as ${what}${replaced ? ', with stand-ins for names' : ''}`,
    );
  }

  const onCopy = (write: (table: AccessTable) => string, what: string) =>
    void copy(write, what).catch((error: unknown) =>
      notify(`Not copied: ${error instanceof Error ? error.message : String(error)}`),
    );

  return (
    <Dialog
      title="Effective access"
      help={<HelpLink to="replay/#effective-access" about="effective access" />}
      description={`What each may do while all other facts of a call are unknown${from === 'draft' ? ', with the unsaved edit' : ''}.`}
      size="lg"
      onClose={onClose}
      footer={
        <>
          {kind === 'agents' ? null : (
            <label className="mr-auto flex items-center gap-2 text-sm">
              <input
                type="checkbox"
                className="accent-accent"
                checked={names === 'replaced'}
                onChange={(event) => setNames(event.target.checked ? 'replaced' : 'as-they-are')}
              />
              Copy with stand-ins for names
            </label>
          )}
          <Button disabled={rows.length === 0} onClick={() => onCopy(accessMarkdown, 'Markdown')}>
            Copy as Markdown
          </Button>
          <Button disabled={rows.length === 0} onClick={() => onCopy(accessCsv, 'CSV')}>
            Copy as CSV
          </Button>
        </>
      }
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
            <TextInput type="search" value={text} onChange={(event) => setText(event.target.value)} />
          </label>
        </div>
        <div className="flex flex-wrap items-center gap-1.5" role="group" aria-label="Only tools with such a cell">
          {EFFECTS.map((one) => {
            const { word, icon: Icon, text: colour, soft } = DECISION_MARKS[one];
            return (
              <button
                key={one}
                type="button"
                aria-pressed={effect === one}
                onClick={() => setEffect(effect === one ? undefined : one)}
                className={`inline-flex h-7 items-center gap-1 rounded-md border px-2 text-xs font-medium pointer-coarse:h-11 ${colour} ${effect === one ? `${soft} border-current` : 'border-line'}`}
              >
                <Icon size={12} strokeWidth={2.5} aria-hidden />
                {word}
                <span className="tabular-nums">{access === undefined ? '' : number(access.counts[one])}</span>
              </button>
            );
          })}
          {marked === 0 && !onlyMarked ? null : (
            <button
              type="button"
              aria-pressed={onlyMarked}
              onClick={() => setOnlyMarked(!onlyMarked)}
              className={`inline-flex h-7 items-center gap-1.5 rounded-md border px-2 text-xs font-medium pointer-coarse:h-11 ${onlyMarked ? 'border-current bg-sunken' : 'border-line'}`}
            >
              <MoreKnownMark />
              Known despite a condition
              <span className="tabular-nums">{number(marked)}</span>
            </button>
          )}
          <span role="status" className="text-xs text-ink-2">
            {access === undefined && failure === undefined
              ? 'Computing…'
              : `${number(rows.length)} of ${number(access?.tools.length ?? 0)} tools`}
          </span>
        </div>
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

interface AccessFilter {
  readonly text: string;
  readonly effect: DecisionEffect | undefined;
  /** Only tools with a cell that is known despite a condition. */
  readonly onlyMarked: boolean;
}

function rowsOf(access: AccessAnswer, { text, effect, onlyMarked }: AccessFilter): readonly AccessRow[] {
  const wanted = text.trim().toLowerCase();
  const { length } = access.subjects;
  const wantedCode = effect === undefined ? undefined : EFFECT_CODES.indexOf(effect);
  return access.tools.flatMap(({ resource, tool, facts }, place) => {
    const title = facts.tool?.title ?? '';
    if (!`${resource} ${tool} ${title}`.toLowerCase().includes(wanted)) return [];
    const [from, to] = [place * length, (place + 1) * length];
    const [effects, moreKnown] = [access.effects.subarray(from, to), access.moreKnown.subarray(from, to)];
    if (onlyMarked && !moreKnown.includes(1)) return [];
    return wantedCode === undefined || effects.includes(wantedCode)
      ? [{ place, resource, tool, effects, moreKnown }]
      : [];
  });
}

function callAt(access: AccessAnswer | undefined, place: CellPlace | undefined) {
  const tool = access?.tools[place?.tool ?? -1];
  const subject = access?.subjects[place?.subject ?? -1];
  return tool === undefined || subject === undefined ? undefined : callOfCell(subject, tool);
}
