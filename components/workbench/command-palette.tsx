'use client';
import { Command, useCommandState } from 'cmdk';
import { Dialog as Radix } from 'radix-ui';
import { useEffect, useRef } from 'react';
import type { PolicyId, TraceId } from '@/lib/store';
import type { FocusReturn } from '../ui/focus';
import { setTheme } from '../ui/theme';
import { notify } from '../ui/notify';
import { siteAddress } from '../site/site-address';
import type { WorkbenchDialog } from '../session/dialogs';
import { openReproduce } from './open-reproduce';
import { downloadBundle } from './own-bundle';
import { useReplay, useSession, useWorkspace } from '../session/session';

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

interface PaletteEntry {
  readonly label: string;
  readonly own?: true;
  run(): void;
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
  const { workspace, replay } = useSession();
  const { policy, policies, draft } = useWorkspace('policy', 'policies', 'draft');
  const { traces, open } = useReplay('traces', 'open');
  const actions: readonly PaletteEntry[] = [
    { label: 'Add a rule', own: true, run: () => workspace.editNewRule() },
    { label: 'Undo', own: true, run: () => void workspace.undo() },
    { label: 'Redo', own: true, run: () => void workspace.redo() },
    { label: 'Import a trace, or open a sample', run: () => openDialog({ kind: 'import' }) },
    { label: 'Compose a call', run: () => openDialog({ kind: 'compose' }) },
    ...(open === undefined
      ? []
      : [{ label: 'Set facts of calls of the trace', run: () => openDialog({ kind: 'facts' }) }]),
    { label: 'Share this policy', run: () => openDialog({ kind: 'share' }) },
    { label: 'Share this decision', run: () => openDialog({ kind: 'share', decision: true }) },
    { label: 'Open a policy: a link, a file, or a table of rules', run: () => openDialog({ kind: 'open' }) },
    { label: 'Catalog of resources, tools, agents and users', own: true, run: () => openDialog({ kind: 'catalog' }) },
    { label: 'Effective access: who may use which tool', run: () => openDialog({ kind: 'access' }) },
    { label: 'Compare with a version, another policy or a bundle', run: () => openDialog({ kind: 'compare' }) },
    {
      label: 'Compare on a page of its own, in a new tab',
      own: true,
      run: () => void window.open(siteAddress('compare/'), '_blank'),
    },
    { label: 'Versions: save, compare, bring back', own: true, run: () => openDialog({ kind: 'versions' }) },
    {
      label: 'Reproduce decisions of an audit log, in a new tab',
      own: true,
      run: () => void openReproduce(policy),
    },
    { label: 'Notes: what this policy is for', own: true, run: () => openDialog({ kind: 'notes' }) },
    { label: 'Tests of this policy', run: () => openDialog({ kind: 'tests' }) },
    { label: 'Coverage: what the trace and the tests have tried', run: () => openDialog({ kind: 'coverage' }) },
    { label: 'Findings: what is probably wrong with this policy', run: () => openDialog({ kind: 'findings' }) },
    { label: 'New policy', own: true, run: () => void workspace.createPolicy().then(() => notify('New policy')) },
    { label: 'Download this policy as a bundle', own: true, run: () => downloadBundle({ policy, draft }, openDialog) },
    { label: 'Theme: as the system', run: () => setTheme('system') },
    { label: 'Theme: light', run: () => setTheme('light') },
    { label: 'Theme: dark', run: () => setTheme('dark') },
    { label: 'Data in this browser: storage, download, delete', run: () => openDialog({ kind: 'data' }) },
    { label: 'Help and shortcuts', run: () => openDialog({ kind: 'help' }) },
  ];
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
              <Command.Empty className="px-3 py-6 text-center text-sm text-ink-2">Nothing of that name.</Command.Empty>
              <Command.Group heading="Do" className={GROUP}>
                {actions
                  .filter((entry) => !(readOnly && entry.own))
                  .map(({ label, run }) => (
                    <Command.Item key={label} value={label} onSelect={() => choose(run)} className={ITEM}>
                      {label}
                    </Command.Item>
                  ))}
              </Command.Group>
              {readOnly ? null : (
                <Command.Group heading="Rules" className={GROUP}>
                  {policy.rules.map((rule, i) => (
                    <Command.Item
                      key={rule.id}
                      value={`rule ${i + 1} ${rule.name} ${rule.id}`}
                      onSelect={() => choose(() => workspace.editRule(rule.id))}
                      className={ITEM}
                    >
                      Edit rule {i + 1}: {rule.name}
                    </Command.Item>
                  ))}
                </Command.Group>
              )}
              {readOnly || policies.length < 2 ? null : (
                <Command.Group heading="Policies" className={GROUP}>
                  {policies.map(({ id, name }: { id: PolicyId; name: string }) => (
                    <Command.Item
                      key={id}
                      value={`policy ${name} ${id}`}
                      onSelect={() => choose(() => void workspace.openPolicy(id))}
                      className={ITEM}
                    >
                      Open policy: {name}
                    </Command.Item>
                  ))}
                </Command.Group>
              )}
              <Command.Group heading="Traces" className={GROUP}>
                {traces.map(({ id, name }: { id: TraceId; name: string }) => (
                  <Command.Item
                    key={id}
                    value={`trace ${name} ${id}`}
                    onSelect={() => choose(() => void replay.openTrace(id, 0))}
                    className={ITEM}
                  >
                    Open trace: {name}
                  </Command.Item>
                ))}
              </Command.Group>
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
