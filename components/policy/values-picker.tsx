'use client';
import { Command } from 'cmdk';
import { Check, CircleHelp, CornerDownLeft, TriangleAlert } from 'lucide-react';
import { useEffect, useMemo, useRef, type ClipboardEvent, type KeyboardEvent } from 'react';
import { portabilityWarning } from '@/lib/engine';
import { Chip } from '../ui/chip';
import { Marked } from '../ui/worded';
import { useKnown } from '../session/use-catalog';
import { openHelp } from '../site/help-link';
import type { SentenceTopic } from './sentence';
import { findSuggestions, suggestionsFor, type Suggestion } from './suggestions';
import {
  beginningWith,
  isOnlyBeginning,
  isPattern,
  knownTools,
  matchTools,
  matchWords,
  type KnownTool,
} from './tool-matches';
import { useMatchers } from './use-matchers';
import { capital, number } from '../ui/words';

interface ValuesPickerProps {
  place: SentenceTopic;
  label: string;
  any: string;
  values: readonly string[];
  resources: readonly string[];
  text: string;
  onText(text: string): void;
  onValues(values: readonly string[]): void;
  onAdd(...values: readonly string[]): void;
  onClose(): void;
  /** By Tab: on to what comes after the pill. */
  onLeave(): void;
  onCatalog(): void;
}

const MOST_SHOWN = 60;
const ITEM =
  'flex min-h-8 cursor-default items-center gap-2 rounded-md px-2 text-sm data-[selected=true]:bg-sunken pointer-coarse:min-h-11';
const GROUP =
  '[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-1.5 [&_[cmdk-group-heading]]:pb-0.5 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-ink-2';

const HINTS = {
  agents: 'a slug, or tag:NAME',
  instances: 'an id, or tag:NAME',
  users: 'an e-mail address or id',
  groups: 'a group',
  tools: 'a name, or send_* with * for any characters',
  resources: 'a slug, or tag:NAME',
} satisfies Record<SentenceTopic, string>;

/** The values of one part of the sentence, and those it could have: typed freely, or chosen from what is known. */
export function ValuesPicker(props: ValuesPickerProps) {
  const { place, label, values, text, onText, onValues, onAdd } = props;
  const input = useRef<HTMLInputElement>(null);
  const entry = useTypedEntry(props);
  useEffect(() => input.current?.focus(), []);

  function take(...added: readonly string[]) {
    onAdd(...added);
    onText('');
  }
  function onPaste(event: ClipboardEvent) {
    const lines = event.clipboardData.getData('text').split(/[\r\n\t]+/);
    if (lines.filter((line) => line.trim() !== '').length < 2) return;
    event.preventDefault();
    take(...lines);
  }
  return (
    <Command
      label={`${label}: type, or choose below`}
      shouldFilter={false}
      vimBindings={false}
      loop
      className="contents"
    >
      <div className="flex shrink-0 flex-wrap items-center gap-1 border-b border-line px-2 py-1.5">
        {values.map((value) => (
          <Chip
            key={value}
            value={value}
            // Backspace removes the last one, and choosing one again in the list any other.
            tabStop={false}
            title={withWords(value, entry.wordsOf(value))}
            onRemove={() => {
              onValues(values.filter((other) => other !== value));
              input.current?.focus();
            }}
          />
        ))}
        <Command.Input
          ref={input}
          value={text}
          onValueChange={onText}
          onKeyDown={(event) => onEntryKey(event, props, take)}
          onPaste={onPaste}
          autoCapitalize="off"
          placeholder={HINTS[place]}
          className="h-7 min-w-32 flex-1 bg-transparent px-1 font-mono text-xs outline-none placeholder:font-sans placeholder:text-ink-3 pointer-coarse:h-11"
        />
      </div>
      <EntryNotes entry={entry} />
      <Choices picker={props} entry={entry} take={take} />
    </Command>
  );
}

/** What is known of the text that is being typed: what it matches, what begins with it, and what to warn of. */
function useTypedEntry({ place, values, resources, text }: ValuesPickerProps) {
  const known = useKnown();
  const wanted = text.trim();
  const ofTools = place === 'tools';
  const suggestions = useMemo(() => suggestionsFor(place, known, resources), [place, known, resources]);
  const tools = useMemo(() => knownTools(known, resources), [known, resources]);
  const matcherOf = useMatchers(ofTools ? [...values, wanted] : []);
  const byPattern = ofTools && isPattern(wanted);
  const matches = useMemo(
    () => (ofTools && wanted !== '' && matcherOf ? matchTools([wanted], tools, matcherOf) : undefined),
    [ofTools, wanted, tools, matcherOf],
  );
  const wider = useMemo(() => (ofTools ? beginningWith(wanted, tools) : undefined), [ofTools, wanted, tools]);
  const found = useMemo(
    () => (byPattern ? [] : findSuggestions(suggestions, wanted).filter(({ value }) => value !== wanted)),
    [byPattern, suggestions, wanted],
  );
  const nearest = wider ?? found.find(({ value }) => value.startsWith(wanted))?.value;
  const nothingKnown = suggestions.length === 0;
  const isUnknown = !nothingKnown && !ofTools && wanted !== '' && !suggestions.some(({ value }) => value === wanted);
  const unknownWords = isUnknown && found.length === 0 ? 'not among what is known: kept as you typed it' : undefined;
  return {
    wanted,
    found,
    nothingKnown,
    /** The tools that a typed pattern matches; undefined while no pattern is typed. */
    matched: byPattern ? matches?.inside : undefined,
    /** A pattern for all tools that begin with what is typed, else a known tool that does. */
    nearest: wanted === '' ? undefined : nearest,
    /** Whether the text by itself is nothing known, so that Enter takes what begins with it. */
    onlyBeginning:
      ofTools &&
      isOnlyBeginning(
        wanted,
        nearest,
        suggestions.map(({ value }) => value),
      ),
    verdict: matches === undefined ? unknownWords : matchWords(matches, tools),
    warning: ofTools ? portabilityWarning(wanted) : undefined,
    /** What a tool pattern matches, in words. */
    wordsOf: (pattern: string) =>
      matcherOf && ofTools ? matchWords(matchTools([pattern], tools, matcherOf), tools) : undefined,
  };
}

type TypedEntry = ReturnType<typeof useTypedEntry>;
type TakeValues = (...added: readonly string[]) => void;

const withWords = (value: string, words: string | undefined) => (words === undefined ? undefined : `${value} ${words}`);

/** The keys that the field has besides those of the list. */
function onEntryKey(event: KeyboardEvent, picker: ValuesPickerProps, take: TakeValues): void {
  const { text, values, onValues, onClose, onLeave } = picker;
  if (event.nativeEvent.isComposing) return;
  if (event.key === 'Tab') {
    take(text);
    // Nothing after the first field needs Tab: it goes on in the sentence.
    event.stopPropagation();
    onLeave();
  } else if (event.key === 'Backspace' && text === '') {
    onValues(values.slice(0, -1));
  } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    take(text);
    onClose();
  } else if ((event.key === 'Home' || event.key === 'End') && text !== '') {
    // They belong to the text, not to the list.
    event.stopPropagation();
  }
}

function EntryNotes({ entry: { wanted, verdict, warning } }: { entry: TypedEntry }) {
  return (
    <div role="status" className="shrink-0 text-xs empty:hidden">
      {verdict === undefined ? null : (
        <p className="px-3 pt-1.5 text-ink-2">
          <code className="font-mono break-all text-ink">{wanted}</code> {verdict}
        </p>
      )}
      {warning === undefined ? null : (
        <p className="flex items-start gap-1 px-3 pt-1.5 text-gated">
          <TriangleAlert size={12} className="mt-0.5 shrink-0" aria-hidden />
          <span className="min-w-0 break-words">
            <Marked text={warning} />
          </span>
        </p>
      )}
    </div>
  );
}

interface ChoicesProps {
  picker: ValuesPickerProps;
  entry: TypedEntry;
  take: TakeValues;
}

function Choices({ picker, entry, take }: ChoicesProps) {
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

const SCOPE_HELP = ['scope/', 'scope and tags'] as const;

/** Adds what is typed; with nothing typed, closes the picker. */
function EntryChoice({ picker: { place, any, values, onClose }, entry: { wanted }, take }: ChoicesProps) {
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
function NearestChoice({ picker: { values }, entry: { nearest, onlyBeginning, wordsOf }, take }: ChoicesProps) {
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
function BroadChoices({ picker: { place, any, values, onValues }, entry: { wanted }, take }: ChoicesProps) {
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
