'use client';
import { Popover } from 'radix-ui';
import { Fragment, memo, useRef, useState, type KeyboardEvent } from 'react';
import { OutsideText } from '../ui/outside/outside-text';
import { Pill } from './pill';
import { ValuesPicker } from './values-picker';
import { selectorWords, type SentenceTopic } from './sentence';

interface ValuesPillProps {
  place: SentenceTopic;
  label: string;
  /** Its text where nothing was chosen. */
  any: string;
  values: readonly string[];
  /** Resources that the rule covers: tools of others are shown apart. */
  resources: readonly string[];
  /** Whether a required value is missing. */
  missing: boolean;
  onValues(place: SentenceTopic, values: readonly string[]): void;
  onCatalog(): void;
}

const MOST_SHOWN = 5;

/** A pill with several values. It opens a list to choose from and to type into; typing on the pill opens it too. */
export const ValuesPill = memo(function ValuesPill(props: ValuesPillProps) {
  const { place, label, any, values, missing } = props;
  const onValues = (next: readonly string[]) => props.onValues(place, next);
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState('');
  const trigger = useRef<HTMLButtonElement>(null);
  /** Whether Tab left the list: the focus moves to the next pill and must not return to this one. */
  const leaving = useRef(false);
  const everything = place === 'tools' && values.includes('*');
  const shown = everything ? [] : values;
  const words = shown.map((value) => selectorWords(place, value));

  function openWith(text: string) {
    setTyped(text);
    setOpen(true);
  }

  function add(...added: readonly string[]) {
    const fresh = added.map((one) => one.trim()).filter((one) => one !== '');
    if (fresh.length > 0) onValues(withValues(place, values, fresh));
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.nativeEvent.isComposing) return;
    if (event.key === 'Backspace' || event.key === 'Delete') {
      event.preventDefault();
      onValues(values.slice(0, -1));
    } else if (event.key === 'ArrowDown') {
      event.preventDefault();
      openWith('');
    } else if (event.key.length === 1 && event.key !== ' ') {
      event.preventDefault();
      openWith(event.key);
    }
  }

  return (
    <Popover.Root open={open} onOpenChange={(next) => (next ? openWith('') : setOpen(false))}>
      <Popover.Trigger asChild>
        <Pill
          ref={trigger}
          look={missing ? 'missing' : shown.length === 0 ? 'open' : 'chosen'}
          label={label}
          says={shown.length === 0 ? any : words.join(' or ')}
          onKeyDown={onKeyDown}
        >
          {shown.length === 0 ? any : <ChosenValues words={words} />}
        </Pill>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          aria-label={label}
          align="start"
          sideOffset={4}
          collisionPadding={8}
          className="z-50 flex max-h-[min(24rem,var(--radix-popover-content-available-height))] w-[min(24rem,var(--radix-popover-content-available-width))] flex-col overflow-hidden rounded-lg border border-line bg-paper shadow-float"
          onInteractOutside={() => add(typed)}
          onCloseAutoFocus={(event) => {
            if (leaving.current) event.preventDefault();
            leaving.current = false;
          }}
        >
          <ValuesPicker
            {...props}
            onValues={onValues}
            text={typed}
            onText={setTyped}
            onAdd={add}
            onClose={() => setOpen(false)}
            onLeave={() => {
              leaving.current = true;
              trigger.current?.focus();
              setOpen(false);
            }}
          />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
});

/** The values with some added. `*` covers all other tool patterns, so `*` and other patterns replace each other. */
function withValues(place: SentenceTopic, values: readonly string[], added: readonly string[]): readonly string[] {
  if (place !== 'tools') return [...new Set([...values, ...added])];
  if (added.includes('*')) return ['*'];
  return [...new Set([...(values.includes('*') ? [] : values), ...added])];
}

function ChosenValues({ words }: { words: readonly string[] }) {
  const more = words.length - MOST_SHOWN;
  return (
    <span className="min-w-0 wrap-anywhere">
      {words.slice(0, MOST_SHOWN).map((text, i) => (
        <Fragment key={text}>
          {i === 0 ? '' : <span className="text-ink-2"> or </span>}
          <span className="font-mono text-xs">
            <OutsideText text={text} spaces />
          </span>
        </Fragment>
      ))}
      {more <= 0 ? null : <span className="text-ink-2"> or {more} more</span>}
    </span>
  );
}
