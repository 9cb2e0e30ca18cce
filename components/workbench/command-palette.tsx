'use client';
import { Command, useCommandState } from 'cmdk';
import { Dialog as Radix } from 'radix-ui';
import { useEffect, useRef } from 'react';
import type { FocusReturn } from '../ui/focus';
import type { WorkbenchDialog } from '../session/dialogs';
import { usePaletteGroups } from './palette-entries';

interface CommandPaletteProps {
  openDialog(dialog: WorkbenchDialog): void;
  onClose(): void;
  readOnly: boolean;
  /** What is looked for. */
  text: string;
  onText(text: string): void;
  /** Whether Enter was pressed already, before the palette was there. */
  entered: boolean;
  focusReturn: FocusReturn;
  /** For the field that is shown until then. */
  onEntered?(entered: boolean): void;
}

const ITEM =
  'flex min-h-8 items-center gap-2 rounded-md px-2 text-sm data-[selected=true]:bg-sunken pointer-coarse:min-h-11';
const GROUP =
  '[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:py-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-ink-2';

/** Everything that can be done, found by typing. */
export function CommandPalette({
  openDialog,
  onClose,
  readOnly,
  text,
  onText,
  entered,
  focusReturn,
}: CommandPaletteProps) {
  const groups = usePaletteGroups(openDialog, readOnly);
  function choose(run: () => void) {
    onClose();
    run();
  }
  return (
    <Radix.Root open onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-black/40" />
        <Radix.Content
          {...focusReturn}
          aria-describedby={undefined}
          className="fixed inset-x-3 top-[12dvh] z-50 mx-auto max-w-lg overflow-hidden rounded-xl border border-line bg-paper shadow-float"
        >
          <Radix.Title className="sr-only">Commands</Radix.Title>
          <Command label="Commands" loop>
            <Command.Input
              autoFocus
              value={text}
              onValueChange={onText}
              // Goes on where the typing was when the palette came.
              onFocus={({ currentTarget: input }) => input.setSelectionRange(input.value.length, input.value.length)}
              placeholder="What do you want to do?"
              className="h-11 w-full border-b border-line bg-transparent px-3 text-sm outline-none placeholder:text-ink-3"
            />
            <Command.List className="max-h-[50dvh] overflow-auto p-1">
              <Command.Empty className="px-3 py-6 text-center text-sm text-ink-2">No match.</Command.Empty>
              {groups.map(({ heading, entries }) => (
                <Command.Group key={heading} heading={heading} className={GROUP}>
                  {entries.map(({ label, search, run }) => (
                    <Command.Item
                      key={search ?? label}
                      value={search ?? label}
                      onSelect={() => choose(run)}
                      className={ITEM}
                    >
                      {label}
                    </Command.Item>
                  ))}
                </Command.Group>
              ))}
            </Command.List>
            {entered ? <FirstTaken text={text} /> : null}
          </Command>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** Takes the first match of a text once the list has been searched for it. */
function FirstTaken({ text }: { text: string }) {
  const place = useRef<HTMLSpanElement>(null);
  const searched = useCommandState(({ search, filtered }) => search === text && filtered.count > 0);
  useEffect(() => {
    if (!searched) return;
    place.current?.parentElement?.querySelector<HTMLElement>('[cmdk-item]:not([aria-disabled=true])')?.click();
  }, [searched]);
  return <span ref={place} hidden />;
}
