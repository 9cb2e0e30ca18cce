'use client';
import { useId, useState } from 'react';
import type { MappedField, FieldMapping } from '@/lib/trace';
import type { ImportPreview } from '@/lib/worker';
import { Button } from '../ui/button';
import { INPUT } from '../ui/field';
import { FIELD_WORDS } from './field-words';

interface ImportMappingProps {
  mapping: NonNullable<ImportPreview['mapping']>;
  /** The kind of a place in the source: a column, or a path. */
  place: 'column' | 'path';
  /** The user's choices so far. */
  chosen: FieldMapping;
  /** Whether a choice is remembered when the file is imported. */
  remembered: boolean;
  onMapping(mapping: FieldMapping): void;
}

/** Always shown: the fields that decisions depend on most. */
const USUAL: ReadonlySet<MappedField> = new Set([
  'time',
  'agent.slug',
  'user.email',
  'resource.slug',
  'tool.name',
  'args',
  'recorded.effect',
  'recorded.ruleName',
]);

const FROM_WORDS = {
  guess: 'Guessed from the names.',
  remembered: 'As you mapped a file with the same columns before.',
  given: 'As you chose here.',
} as const;

/** Where each field of a call is read from. A change is read at once. */
export function ImportMapping({ mapping, place, chosen, remembered, onMapping }: ImportMappingProps) {
  // Open from the start where the most important field was not found.
  const [open, setOpen] = useState(mapping.mapping['tool.name'] === undefined);
  const ordered = (Object.keys(FIELD_WORDS) as MappedField[]).filter((field) => mapping.fields.includes(field));
  const shown = (field: MappedField) => USUAL.has(field) || mapping.mapping[field] !== undefined;
  const rows = (fields: readonly MappedField[]) => (
    <div className="space-y-2">
      {fields.map((field) => (
        <MappingRow
          key={field}
          field={field}
          mapping={mapping}
          place={place}
          onPath={(path) => onMapping({ ...chosen, [field]: path })}
        />
      ))}
    </div>
  );
  const more = ordered.filter((field) => !shown(field));
  return (
    <details
      className="rounded-md border border-line"
      open={open}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary className="cursor-pointer px-3 py-2">
        Which {place} is which <span className="text-ink-2">— {mapping.available.length} to choose from</span>
      </summary>
      <div className="space-y-3 border-t border-line px-3 py-3">
        <div className="flex flex-wrap items-center justify-between gap-2">
          <p className="text-xs text-ink-2" data-testid="mapping-from">
            {FROM_WORDS[mapping.from]}
            {mapping.from === 'given' && remembered ? ' Remembered for files of this shape when you import.' : null}
          </p>
          {mapping.from === 'guess' ? null : (
            <Button look="plain" onClick={() => onMapping({})}>
              Guess again
            </Button>
          )}
        </div>
        {rows(ordered.filter(shown))}
        {more.length === 0 ? null : (
          <details>
            <summary className="cursor-pointer text-xs text-ink-2">{more.length} more fields</summary>
            <div className="mt-2">{rows(more)}</div>
          </details>
        )}
      </div>
    </details>
  );
}

interface MappingRowProps {
  field: MappedField;
  mapping: ImportMappingProps['mapping'];
  place: ImportMappingProps['place'];
  onPath(path: string): void;
}

function MappingRow({ field, mapping, place, onPath }: MappingRowProps) {
  const id = useId();
  const path = mapping.mapping[field];
  const samples = path === undefined || !Object.hasOwn(mapping.samples, path) ? undefined : mapping.samples[path];
  // A stored path may not be among those of the first entries.
  const options =
    path === undefined || mapping.available.includes(path) ? mapping.available : [path, ...mapping.available];
  return (
    <div className="grid items-center gap-x-3 gap-y-0.5 sm:grid-cols-[10rem_14rem_1fr]">
      <label htmlFor={id} className="text-xs font-medium text-ink-2">
        {FIELD_WORDS[field]}
      </label>
      <select
        id={id}
        aria-describedby={`${id}-samples`}
        className={`${INPUT} h-8 min-w-0 pointer-coarse:h-11`}
        value={path ?? ''}
        onChange={(event) => onPath(event.target.value)}
      >
        <option value="">not used</option>
        {options.map((name) => (
          <option key={name} value={name}>
            {name === '' ? `(a ${place} without a name)` : name}
          </option>
        ))}
      </select>
      <p id={`${id}-samples`} className="min-w-0 truncate font-mono text-xs text-ink-2">
        {path === undefined ? '' : samples === undefined ? 'nothing in the first entries' : samples.join(' · ')}
      </p>
    </div>
  );
}
