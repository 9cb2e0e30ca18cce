'use client';
import { Command } from 'cmdk';
import { TriangleAlert } from 'lucide-react';
import { useEffect, useRef, type ClipboardEvent, type KeyboardEvent } from 'react';
import { Chip } from '../ui/chip';
import { Marked } from '../ui/worded';
import type { SentenceTopic } from './sentence';
import { useTypedEntry, type TypedEntry } from './typed-entry';
import { ValueChoices, type TakeValues } from './value-choices';

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
      <ValueChoices picker={props} entry={entry} take={take} />
    </Command>
  );
}

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
