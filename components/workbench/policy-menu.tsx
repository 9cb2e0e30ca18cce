'use client';
import {
  BookOpen,
  ChevronDown,
  Copy,
  FileDown,
  FlaskConical,
  FolderOpen,
  GitCompareArrows,
  Grid3x3,
  History,
  ListChecks,
  NotebookPen,
  Pencil,
  Plus,
  SearchCheck,
  Trash2,
  TriangleAlert,
  type LucideIcon,
} from 'lucide-react';
import { useState } from 'react';
import type { PolicyId } from '@/lib/store';
import { ActionMenu } from '../ui/action-menu';
import type { MenuEntry } from '../ui/menu-entry';
import { Button } from '../ui/button';
import { notify } from '../ui/notify';
import type { WorkbenchDialog } from '../session/dialogs';
import { openReproduce } from './open-reproduce';
import { downloadBundle } from './own-bundle';
import { useSession, useWorkspace } from '../session/session';
import { partOf } from '../ui/part';

const AskName = partOf(() => import('../ui/ask-name').then((module) => module.AskName));

/** Shows the open policy, the others, and actions on it. */
export function PolicyMenu({ openDialog }: { openDialog(dialog: WorkbenchDialog): void }) {
  const { workspace } = useSession();
  const { policy, policies, draft } = useWorkspace('policy', 'policies', 'draft');
  const [renaming, setRenaming] = useState(false);

  async function remove() {
    const { id, name } = policy;
    const outcome = await workspace.deletePolicy(id);
    if (outcome.kind === 'opened') {
      notify(`Deleted ${name}`, { action: { label: 'Undo', onClick: () => void workspace.restorePolicy(id) } });
    }
  }

  const action = (label: string, icon: LucideIcon, run: () => unknown, danger = false): MenuEntry => ({
    kind: 'action',
    label,
    icon,
    danger,
    run: () => void run(),
  });
  const entries: readonly MenuEntry[] = [
    {
      kind: 'choice',
      heading: 'Policies in this browser',
      chosen: policy.id,
      options: policies.map(({ id, name, rules }) => ({
        value: id,
        label: name,
        detail: `${rules} ${rules === 1 ? 'rule' : 'rules'}`,
      })),
      choose: (id) => void workspace.openPolicy(id as PolicyId),
    },
    { kind: 'line' },
    action('New policy', Plus, () => workspace.createPolicy()),
    action('Open a policy…', FolderOpen, () => openDialog({ kind: 'open' })),
    action('All policies and archive…', FolderOpen, () => openDialog({ kind: 'policies' })),
    { kind: 'line' },
    action('Rename…', Pencil, () => setRenaming(true)),
    action('Notes…', NotebookPen, () => openDialog({ kind: 'notes' })),
    action('Duplicate', Copy, () => workspace.duplicatePolicy(policy.id)),
    action('Catalog…', BookOpen, () => openDialog({ kind: 'catalog' })),
    action('Effective access…', Grid3x3, () => openDialog({ kind: 'access' })),
    { kind: 'line' },
    action('History…', History, () => openDialog({ kind: 'history' })),
    action('Versions…', History, () => openDialog({ kind: 'versions' })),
    action('Compare…', GitCompareArrows, () => openDialog({ kind: 'compare' })),
    action('Reproduce decisions…', SearchCheck, () => openReproduce(policy)),
    action('Findings…', TriangleAlert, () => openDialog({ kind: 'findings' })),
    action('Tests…', FlaskConical, () => openDialog({ kind: 'tests' })),
    action('Coverage…', ListChecks, () => openDialog({ kind: 'coverage' })),
    { kind: 'line' },
    action('Download as a bundle', FileDown, () => downloadBundle({ policy, draft }, openDialog)),
    action('Delete', Trash2, remove, true),
  ];
  return (
    <>
      <ActionMenu entries={entries} align="start">
        <Button
          look="plain"
          className="min-w-0 shrink! px-1.5 font-semibold text-ink"
          aria-label={`Policy: ${policy.name}`}
        >
          <span className="truncate">{policy.name}</span>
          <ChevronDown size={14} aria-hidden className="shrink-0" />
        </Button>
      </ActionMenu>
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
