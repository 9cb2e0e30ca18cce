'use client';
import { Command } from 'cmdk';
import { Check, CornerDownLeft, TriangleAlert } from 'lucide-react';
import { useEffect, useMemo, useRef, type ClipboardEvent, type KeyboardEvent } from 'react';
import { portabilityWarning } from '@/lib/engine';
import { Chip } from '../ui/chip';
import { Marked } from '../ui/worded';
import { useKnown } from '../session/use-catalog';
import type { SentenceTopic } from './sentence';
import { findSuggestions, suggestionsFor, type Suggestion } from './suggestions';
import { beginningWith, isPattern, knownTools, matchTools, matchWords, type KnownTool } from './tool-matches';
import { useMatchers } from './use-matchers';
import { number } from '../ui/words';

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

/** What stands in a place of the sentence, and what else could: typed freely, or chosen from what is known. */
export function ValuesPicker(props: ValuesPickerProps) {
  const { place, label, any, values, resources, text, onText, onValues, onAdd, onClose, onLeave, onCatalog } = props;
  const known = useKnown();
  const input = useRef<HTMLInputElement>(null);
  const wanted = text.trim();
  const suggestions = useMemo(() => suggestionsFor(place, known, resources), [place, known, resources]);
  const tools = useMemo(() => knownTools(known, resources), [known, resources]);
  const matcherOf = useMatchers(place === 'tools' ? [...values, wanted] : []);
  const byPattern = place === 'tools' && isPattern(wanted);
  const matches = useMemo(
    () => (place === 'tools' && wanted !== '' && matcherOf ? matchTools([wanted], tools, matcherOf) : undefined),
    [place, wanted, tools, matcherOf],
  );
  const wider = useMemo(() => (place === 'tools' ? beginningWith(wanted, tools) : undefined), [place, wanted, tools]);
  const found = useMemo(
    () => (byPattern ? [] : findSuggestions(suggestions, wanted).filter(({ value }) => value !== wanted)),
    [byPattern, suggestions, wanted],
  );
  const nothingKnown = suggestions.length === 0;
  const unknown =
    !nothingKnown && place !== 'tools' && wanted !== '' && !suggestions.some(({ value }) => value === wanted);
  const verdict =
    matches === undefined
      ? unknown && found.length === 0
        ? 'not among what is known: kept as you typed it'
        : undefined
      : matchWords(matches, tools);
  const warning = place === 'tools' ? portabilityWarning(wanted) : undefined;

  useEffect(() => input.current?.focus(), []);

  function take(...added: readonly string[]) {
    onAdd(...added);
    onText('');
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Tab') {
      take(text);
      // Behind the first field comes nothing that a key does not reach otherwise: Tab goes on in the sentence.
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
            // Backspace takes the last one away, and choosing one again in the list any other.
            tabStop={false}
            title={
              matcherOf && place === 'tools'
                ? `${value} ${matchWords(matchTools([value], tools, matcherOf), tools)}`
                : undefined
            }
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
          onKeyDown={onKeyDown}
          onPaste={onPaste}
          autoCapitalize="off"
          placeholder={HINTS[place]}
          className="h-7 min-w-32 flex-1 bg-transparent px-1 font-mono text-xs outline-none placeholder:font-sans placeholder:text-ink-3 pointer-coarse:h-11"
        />
      </div>
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
      <Command.List
        label={`Suggestions for ${label.toLowerCase()}`}
        className="min-h-0 flex-1 overflow-auto p-1"
        // Choosing by mouse leaves the focus where one types on.
        onMouseDown={(event) => event.preventDefault()}
      >
        {wanted === '' ? (
          <Command.Item value="close" onSelect={onClose} className={`${ITEM} text-ink-2`}>
            <CornerDownLeft size={14} aria-hidden className="shrink-0" />
            {values.length > 0 ? 'Done' : place === 'tools' ? 'Close' : sentenceCase(any)}
          </Command.Item>
        ) : (
          <Command.Item value="add" onSelect={() => take(wanted)} className={ITEM}>
            <CornerDownLeft size={14} aria-hidden className="shrink-0 text-ink-2" />
            <span className="min-w-0 truncate">
              {values.includes(wanted) ? 'Chosen already: ' : 'Add '}
              <code className="font-mono text-xs">{wanted}</code>
            </span>
          </Command.Item>
        )}
        {wider === undefined || values.includes(wider) ? null : (
          <Command.Item value="wider" onSelect={() => take(wider)} className={ITEM}>
            <span className="w-3.5 shrink-0" />
            <span className="min-w-0 truncate">
              Add <code className="font-mono text-xs">{wider}</code>
            </span>
            <span className="ml-auto shrink-0 text-xs text-ink-2">
              {matcherOf ? matchWords(matchTools([wider], tools, matcherOf), tools) : null}
            </span>
          </Command.Item>
        )}
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
            {sentenceCase(any)}
            <span className="ml-auto text-xs text-ink-2">removes what is chosen</span>
          </Command.Item>
        ) : null}
        {byPattern && matches !== undefined ? (
          <Matched tools={matches.inside} onSelect={take} />
        ) : (
          <Found
            found={found}
            values={values}
            onSelect={(value) =>
              values.includes(value) ? onValues(values.filter((one) => one !== value)) : take(value)
            }
          />
        )}
        {nothingKnown ? (
          <Command.Item value="catalog" onSelect={onCatalog} className={`${ITEM} text-ink-2`}>
            <span className="w-3.5" />
            Nothing is known yet: fill the catalog…
          </Command.Item>
        ) : null}
      </Command.List>
    </Command>
  );
}

const sentenceCase = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

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
