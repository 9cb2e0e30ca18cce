import { Command } from 'cmdk';
import { Check, CircleHelp, CornerDownLeft } from 'lucide-react';
import { openHelp } from '../site/help-link';
import type { SentenceTopic } from './sentence';
import type { Suggestion } from './suggestions';
import type { KnownTool } from './tool-matches';
import { capital, number } from '../ui/words';
import type { TypedEntry } from './typed-entry';

const MOST_SHOWN = 60;
const ITEM =
  'flex min-h-8 cursor-default items-center gap-2 rounded-md px-2 text-sm data-[selected=true]:bg-sunken pointer-coarse:min-h-11';
const GROUP =
  '[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-1.5 [&_[cmdk-group-heading]]:pb-0.5 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-ink-2';

/** Takes values as they were typed or chosen. */
export type TakeValues = (...added: readonly string[]) => void;

interface ValueChoicesProps {
  picker: {
    readonly place: SentenceTopic;
    readonly label: string;
    /** The words for no value. */
    readonly any: string;
    readonly values: readonly string[];
    onValues(values: readonly string[]): void;
    onClose(): void;
    onCatalog(): void;
  };
  entry: TypedEntry;
  take: TakeValues;
}

/** The list under the field: what is typed, what begins with it, and what is known. */
export function ValueChoices({ picker, entry, take }: ValueChoicesProps) {
  const { label, values, onValues, onCatalog } = picker;
  return (
    <Command.List
      label={`Suggestions for ${label.toLowerCase()}`}
      className="min-h-0 flex-1 overflow-auto p-1"
      // Choosing by mouse leaves the focus in the field.
      onMouseDown={(event) => event.preventDefault()}
    >
      {entry.onlyBeginning ? <NearestChoice picker={picker} entry={entry} take={take} /> : null}
      <EntryChoice picker={picker} entry={entry} take={take} />
      {entry.onlyBeginning ? null : <NearestChoice picker={picker} entry={entry} take={take} />}
      <BroadChoices picker={picker} entry={entry} take={take} />
      {entry.matched !== undefined ? (
        <Matched tools={entry.matched} onSelect={take} />
      ) : (
        <Found
          found={entry.found}
          values={values}
          onSelect={(value) => (values.includes(value) ? onValues(values.filter((one) => one !== value)) : take(value))}
        />
      )}
      {entry.nothingKnown ? (
        <Command.Item value="catalog" onSelect={onCatalog} className={`${ITEM} text-ink-2`}>
          <span className="w-3.5" />
          Nothing is known yet: fill the catalog…
        </Command.Item>
      ) : null}
      <HelpChoice place={picker.place} />
    </Command.List>
  );
}

const SCOPE_HELP = ['scope/', 'scope and tags'] as const;

function HelpChoice({ place }: { place: SentenceTopic }) {
  const [to, about] = place === 'tools' ? (['tool-patterns/', 'tool patterns'] as const) : SCOPE_HELP;
  return (
    <Command.Item value="help" onSelect={() => openHelp(to)} className={`${ITEM} text-xs text-ink-2`}>
      <CircleHelp size={14} aria-hidden className="shrink-0" />
      Help: {about}
      <span className="sr-only"> (opens a new tab)</span>
    </Command.Item>
  );
}

/** Adds what is typed; with nothing typed, closes the picker. */
function EntryChoice({ picker: { place, any, values, onClose }, entry: { wanted }, take }: ValueChoicesProps) {
  if (wanted === '') {
    return (
      <Command.Item value="close" onSelect={onClose} className={`${ITEM} text-ink-2`}>
        <CornerDownLeft size={14} aria-hidden className="shrink-0" />
        {values.length > 0 ? 'Done' : place === 'tools' ? 'Close' : capital(any)}
      </Command.Item>
    );
  }
  return (
    <Command.Item value="add" onSelect={() => take(wanted)} className={ITEM}>
      <CornerDownLeft size={14} aria-hidden className="shrink-0 text-ink-2" />
      <span className="min-w-0 truncate">
        {values.includes(wanted) ? 'Chosen already: ' : 'Add '}
        <code className="font-mono text-xs">{wanted}</code>
      </span>
    </Command.Item>
  );
}

/** All tools that begin with what is typed, or a known tool that does. */
function NearestChoice({ picker: { values }, entry: { nearest, onlyBeginning, wordsOf }, take }: ValueChoicesProps) {
  // What the text is the beginning of is among the suggestions below, unless it is a pattern.
  if (nearest === undefined || values.includes(nearest) || (!onlyBeginning && !nearest.endsWith('*'))) return null;
  return (
    <Command.Item value="nearest" onSelect={() => take(nearest)} className={ITEM}>
      <span className="w-3.5 shrink-0" />
      <span className="min-w-0 truncate">
        Add <code className="font-mono text-xs">{nearest}</code>
      </span>
      <span className="ml-auto shrink-0 text-xs text-ink-2">{wordsOf(nearest)}</span>
    </Command.Item>
  );
}

/** With nothing typed, any tool or value. */
function BroadChoices({ picker: { place, any, values, onValues }, entry: { wanted }, take }: ValueChoicesProps) {
  return (
    <>
      {wanted === '' && place === 'tools' && !values.includes('*') ? (
        <Command.Item value="every" onSelect={() => take('*')} className={ITEM}>
          <span className="w-3.5" />
          <code className="font-mono text-xs">*</code>
          <span className="ml-auto text-xs text-ink-2">any tool</span>
        </Command.Item>
      ) : null}
      {wanted === '' && place !== 'tools' && values.length > 0 ? (
        <Command.Item value="any" onSelect={() => onValues([])} className={ITEM}>
          <span className="w-3.5" />
          {capital(any)}
          <span className="ml-auto text-xs text-ink-2">removes what is chosen</span>
        </Command.Item>
      ) : null}
    </>
  );
}

interface MatchingValuesProps {
  found: readonly Suggestion[];
  values: readonly string[];
  onSelect(value: string): void;
}

function Found({ found, values, onSelect }: MatchingValuesProps) {
  if (found.length === 0) return null;
  return (
    <Command.Group heading="Suggestions" className={GROUP}>
      {found.slice(0, MOST_SHOWN).map(({ value, detail }) => (
        <Command.Item key={value} value={`known ${value}`} onSelect={() => onSelect(value)} className={ITEM}>
          <span className="flex w-3.5 shrink-0 justify-center">
            {values.includes(value) ? <Check size={14} aria-label="chosen" /> : null}
          </span>
          <code className="max-w-[70%] shrink-0 truncate font-mono text-xs">{value}</code>
          <span className="ml-auto min-w-0 truncate text-xs text-ink-2">{detail}</span>
        </Command.Item>
      ))}
      <More count={found.length - MOST_SHOWN} />
    </Command.Group>
  );
}

function Matched({ tools, onSelect }: { tools: readonly KnownTool[]; onSelect(name: string): void }) {
  if (tools.length === 0) return null;
  return (
    <Command.Group heading="Tools it matches" className={GROUP}>
      {tools.slice(0, MOST_SHOWN).map(({ resource, name }) => (
        <Command.Item
          key={`${resource ?? ''}/${name}`}
          value={`match ${resource ?? ''} ${name}`}
          onSelect={() => onSelect(name)}
          className={ITEM}
        >
          <span className="w-3.5 shrink-0" />
          <code className="max-w-[70%] shrink-0 truncate font-mono text-xs">{name}</code>
          <span className="ml-auto min-w-0 truncate text-xs text-ink-2">{resource}</span>
        </Command.Item>
      ))}
      <More count={tools.length - MOST_SHOWN} />
    </Command.Group>
  );
}

/** What the list leaves out is said, and is no choice. */
function More({ count }: { count: number }) {
  if (count <= 0) return null;
  return (
    <Command.Item value="more" disabled className="px-2 py-1 text-xs text-ink-2">
      and {number(count)} more: type to find one
    </Command.Item>
  );
}
