'use client';
import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { suggestionsFor, type Suggestion } from '../policy/suggestions';
import { useReplay } from '../session/session';
import { useKnown, type KnownWorld } from '../session/use-catalog';
import { useTraceEdits } from '../session/use-trace-edits';
import { Button, IconButton } from '../ui/button';
import { Field, INPUT } from '../ui/field';
import { FormDialog } from '../ui/form-dialog';
import { Segmented } from '../ui/segmented';
import { SuggestInput } from '../ui/suggest-input';
import { TokenInput } from '../ui/token-input';
import { counted, number } from '../ui/words';
import { HelpLink } from '../site/help-link';
import { FACT_WORDS, type FactField } from './field-words';
import { emptyRow, kindOf, readFacts, type FactRow } from './facts-form';

const FIELDS = Object.keys(FACT_WORDS) as readonly FactField[];

/** Sets facts that the source of the open trace does not say, on all of its calls or on those that are shown. */
export function FactsDialog({ onClose }: { onClose(): void }) {
  const { open, view } = useReplay('open', 'view');
  const known = useKnown();
  const { setFacts } = useTraceEdits();
  const total = open?.info.calls ?? 0;
  const isFiltered = view !== undefined && view.count !== total;
  const [which, setWhich] = useState<'all' | 'shown'>(isFiltered ? 'shown' : 'all');
  const [rows, setRows] = useState<readonly FactRow[]>([emptyRow('tool.annotations.readOnlyHint')]);
  const [problems, setProblems] = useState<readonly (string | undefined)[]>([]);
  const [fromCatalog, setFromCatalog] = useState(false);
  const [replace, setReplace] = useState(false);
  const [busy, setBusy] = useState(false);

  async function submit() {
    const read = readFacts(rows);
    setProblems(read.ok ? [] : read.problems);
    if (!read.ok) return;
    setBusy(true);
    const places = which === 'shown' && isFiltered ? view.places : undefined;
    const done = await setFacts(
      { facts: read.facts, catalog: fromCatalog ? known.catalog : undefined, replace },
      places,
    );
    setBusy(false);
    if (done) onClose();
  }

  return (
    <FormDialog
      title="Set facts of calls"
      help={<HelpLink to="unknown-facts/#to-supply-facts" about="facts that are not known" />}
      description="What the source of a trace does not say stays unknown, and decisions that depend on it are conditional. What you set here is kept with the trace."
      size="lg"
      action={busy ? 'Setting…' : 'Set'}
      disabled={busy || (rows.length === 0 && !fromCatalog)}
      onCancel={onClose}
      onSubmit={() => void submit()}
    >
      <WhichCalls total={total} shown={isFiltered ? view.count : undefined} which={which} onWhich={setWhich} />
      <FactRows rows={rows} problems={problems} known={known} onRows={setRows} onRemoved={() => setProblems([])} />
      {rows.some(({ field }) => kindOf(field) === 'flag') ? (
        <p className="text-xs text-ink-2">
          With one hint set, the annotations of a call are known: hints that it then lacks are absent, not unknown. A
          hint is what a server says of its tool, and no guarantee.
        </p>
      ) : null}
      <Option
        title="Also what the catalog says of each call"
        hint="Annotations of its tool, groups of its user, tags of its agent and resource."
        checked={fromCatalog}
        onChecked={setFromCatalog}
      />
      <Option
        title="Also where a call says something else"
        hint="Without this, only what is not known is set."
        checked={replace}
        onChecked={setReplace}
      />
    </FormDialog>
  );
}

interface FactRowsProps {
  rows: readonly FactRow[];
  /** By the position of their rows. */
  problems: readonly (string | undefined)[];
  known: KnownWorld;
  onRows(rows: readonly FactRow[]): void;
  onRemoved(): void;
}

function FactRows({ rows, problems, known, onRows, onRemoved }: FactRowsProps) {
  const unused = FIELDS.find((field) => !rows.some((row) => row.field === field)) ?? 'ip';
  return (
    <>
      {rows.map((row, at) => (
        <FactRowFields
          key={at}
          row={row}
          problem={problems[at]}
          known={known}
          onChange={(next) => onRows(rows.map((old, i) => (i === at ? next : old)))}
          onRemove={() => {
            onRows(rows.filter((_, i) => i !== at));
            onRemoved();
          }}
        />
      ))}
      <Button onClick={() => onRows([...rows, emptyRow(unused)])}>
        <Plus size={14} aria-hidden />
        {rows.length === 0 ? 'A fact' : 'Another fact'}
      </Button>
    </>
  );
}

interface WhichCallsProps {
  total: number;
  /** How many calls are shown, where a filter leaves some out. */
  shown: number | undefined;
  which: 'all' | 'shown';
  onWhich(which: 'all' | 'shown'): void;
}

const WhichCalls = ({ total, shown, which, onWhich }: WhichCallsProps) =>
  shown === undefined ? (
    <p className="text-sm">All {counted(total, 'call')} of the trace. To set facts of some, filter the trace first.</p>
  ) : (
    <Segmented
      label="Calls"
      value={which}
      options={[
        { value: 'shown', label: `The ${counted(shown, 'call')} shown` },
        { value: 'all', label: `All ${number(total)}` },
      ]}
      onValue={onWhich}
    />
  );

interface OptionProps {
  title: string;
  hint: string;
  checked: boolean;
  onChecked(checked: boolean): void;
}

const Option = ({ title, hint, checked, onChecked }: OptionProps) => (
  <label className="flex items-start gap-2 text-sm">
    <input
      type="checkbox"
      className="mt-1 accent-accent"
      checked={checked}
      onChange={(event) => onChecked(event.target.checked)}
    />
    <span>
      {title}
      <span className="block text-xs text-ink-2">{hint}</span>
    </span>
  </label>
);

interface FactRowFieldsProps {
  row: FactRow;
  problem: string | undefined;
  known: KnownWorld;
  onChange(row: FactRow): void;
  onRemove(): void;
}

function FactRowFields({ row, problem, known, onChange, onRemove }: FactRowFieldsProps) {
  const label = FACT_WORDS[row.field];
  return (
    <div className="grid items-start gap-2 rounded-md border border-line p-2 sm:grid-cols-[minmax(0,1fr)_auto_minmax(0,1fr)_auto]">
      <Field label="Fact">
        {(id) => (
          <select
            id={id}
            className={`${INPUT} h-8 pointer-coarse:h-11`}
            value={row.field}
            onChange={(event) => onChange(emptyRow(event.target.value as FactField))}
          >
            {FIELDS.map((field) => (
              <option key={field} value={field}>
                {FACT_WORDS[field]}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Segmented
        label="It is"
        value={row.absent ? 'absent' : 'value'}
        options={[
          { value: 'value', label: 'this' },
          { value: 'absent', label: 'absent' },
        ]}
        onValue={(is) => onChange({ ...row, absent: is === 'absent' })}
      />
      <div>{row.absent ? null : <FactValue row={row} label={label} known={known} onChange={onChange} />}</div>
      <IconButton label={`Do not set: ${label}`} onClick={onRemove} className="sm:mt-5">
        <X size={14} aria-hidden />
      </IconButton>
      {problem === undefined ? null : (
        <p role="alert" className="text-xs text-deny sm:col-span-4">
          {label}: {problem}
        </p>
      )}
    </div>
  );
}

function FactValue({
  row,
  label,
  known,
  onChange,
}: Pick<FactRowFieldsProps, 'row' | 'known' | 'onChange'> & { label: string }) {
  const suggestions = suggestionsOf(row.field, known);
  switch (kindOf(row.field)) {
    case 'flag':
      return (
        <Segmented
          label={label}
          value={row.text}
          options={[
            { value: 'true', label: 'true' },
            { value: 'false', label: 'false' },
          ]}
          onValue={(text) => onChange({ ...row, text })}
        />
      );
    case 'texts':
      return (
        <TokenInput
          label={label}
          any="none"
          values={row.text === '' ? [] : row.text.split(', ')}
          suggestions={suggestions}
          onValues={(values) => onChange({ ...row, text: values.join(', ') })}
        />
      );
    case 'text':
      return (
        <SuggestInput
          label={label}
          value={row.text}
          suggestions={suggestions}
          onValue={(text) => onChange({ ...row, text })}
        />
      );
  }
}

/** Names that the catalog and the trace have for a fact. */
function suggestionsOf(field: FactField, known: KnownWorld): readonly Suggestion[] {
  switch (field) {
    case 'agent.slug':
      return named('agents');
    case 'agent.tags':
      return tagged('agents');
    case 'instance.id':
      return named('instances');
    case 'instance.tags':
      return tagged('instances');
    case 'user.email':
      return suggestionsFor('users', known).filter(({ value }) => value.includes('@'));
    case 'user.id':
      return suggestionsFor('users', known).filter(({ value }) => !value.includes('@'));
    case 'user.groups':
      return suggestionsFor('groups', known);
    case 'resource.slug':
      return named('resources');
    case 'resource.tags':
      return tagged('resources');
    default:
      return [];
  }

  function named(topic: 'agents' | 'instances' | 'resources'): readonly Suggestion[] {
    return suggestionsFor(topic, known).filter(({ value }) => !value.startsWith('tag:'));
  }
  function tagged(topic: 'agents' | 'instances' | 'resources'): readonly Suggestion[] {
    return suggestionsFor(topic, known)
      .filter(({ value }) => value.startsWith('tag:'))
      .map((suggestion) => ({ ...suggestion, value: suggestion.value.slice('tag:'.length) }));
  }
}
