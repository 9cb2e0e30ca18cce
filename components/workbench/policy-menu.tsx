'use client';
import { BookOpen, ChevronDown, Copy, FileDown, FolderOpen, Pencil, Plus, Trash2 } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useState } from 'react';
import type { PolicyId } from '@/lib/store';
import { AskName } from '../ui/ask-name';
import { Button } from '../ui/button';
import { MenuChoice, MenuContent, MenuItem, MenuLabel, MenuSeparator } from '../ui/menu';
import { notify } from '../ui/notify';
import type { WorkbenchDialog } from './dialogs';
import { downloadBundle } from './own-bundle';
import { useSession, useWorkspace } from './session';

/** Which policy is open, the others, and what can be done with it. */
export function PolicyMenu({ openDialog }: { openDialog(dialog: WorkbenchDialog): void }) {
  const { workspace } = useSession();
  const { policy, policies } = useWorkspace();
  const [renaming, setRenaming] = useState(false);

  async function remove() {
    const { id, name } = policy;
    const outcome = await workspace.deletePolicy(id);
    if (outcome.kind === 'opened') {
      notify(`Deleted ${name}`, { action: { label: 'Undo', onClick: () => void workspace.restorePolicy(id) } });
    }
  }

  return (
    <>
      <DropdownMenu.Root modal={false}>
        <DropdownMenu.Trigger asChild>
          <Button
            look="plain"
            className="min-w-0 shrink! px-1.5 font-semibold text-ink"
            aria-label={`Policy: ${policy.name}`}
          >
            <span className="truncate">{policy.name}</span>
            <ChevronDown size={14} aria-hidden className="shrink-0" />
          </Button>
        </DropdownMenu.Trigger>
        <MenuContent align="start">
          <MenuLabel>Policies in this browser</MenuLabel>
          <DropdownMenu.RadioGroup value={policy.id} onValueChange={(id) => void workspace.openPolicy(id as PolicyId)}>
            {policies.map((other) => (
              <MenuChoice key={other.id} value={other.id}>
                <span className="max-w-64 truncate">{other.name}</span>
                <span className="ml-auto pl-3 text-xs text-ink-2">
                  {other.rules} {other.rules === 1 ? 'rule' : 'rules'}
                </span>
              </MenuChoice>
            ))}
          </DropdownMenu.RadioGroup>
          <MenuSeparator />
          <MenuItem icon={Plus} onSelect={() => void workspace.createPolicy()}>
            New policy
          </MenuItem>
          <MenuItem icon={FolderOpen} onSelect={() => openDialog({ kind: 'open' })}>
            Open a link or file…
          </MenuItem>
          <MenuSeparator />
          <MenuItem icon={Pencil} onSelect={() => setRenaming(true)}>
            Rename…
          </MenuItem>
          <MenuItem icon={Copy} onSelect={() => void workspace.duplicatePolicy(policy.id)}>
            Duplicate
          </MenuItem>
          <MenuItem icon={BookOpen} onSelect={() => openDialog({ kind: 'catalog' })}>
            Catalog…
          </MenuItem>
          <MenuItem icon={FileDown} onSelect={() => downloadBundle(policy)}>
            Download as a bundle
          </MenuItem>
          <MenuItem icon={Trash2} danger onSelect={() => void remove()}>
            Delete
          </MenuItem>
        </MenuContent>
      </DropdownMenu.Root>
      {renaming ? (
        <AskName
          title="Rename the policy"
          name={policy.name}
          onClose={() => setRenaming(false)}
          onName={(name) => workspace.dispatch({ kind: 'rename', name })}
        />
      ) : null}
    </>
  );
}
