'use client';
import { Command, HelpCircle, Monitor, Moon, Redo2, Share2, Sun, Undo2 } from 'lucide-react';
import { useMemo } from 'react';
import { shortDigest } from '@/lib/bundle';
import { changesNothing } from '@/lib/workspace';
import { ActionMenu } from '../ui/action-menu';
import type { MenuEntry } from '../ui/menu-entry';
import { Button, IconButton } from '../ui/button';
import { setTheme, useTheme, type Theme } from '../ui/theme';
import type { WorkbenchDialog } from '../session/dialogs';
import { PolicyMenu } from './policy-menu';
import { useSession, useWorkspace } from '../session/session';
import { useShownPolicy } from '../session/shown-policy';
import { useAskBeforeLeaving } from './use-ask-before-leaving';
import { useDigest } from '../session/use-digest';

interface TopBarProps {
  openDialog(dialog: WorkbenchDialog): void;
  /** Whether a policy is being previewed: the user's own cannot be changed until that ends. */
  readOnly: boolean;
}

export function TopBar({ openDialog, readOnly }: TopBarProps) {
  return (
    <header className="flex h-12 shrink-0 items-center gap-1 max-sm:gap-0 border-b border-line bg-paper pr-2 pl-3">
      {readOnly ? <ShownName /> : <PolicyMenu openDialog={openDialog} />}
      <Digest />
      <Saved readOnly={readOnly} />
      <span className="flex-1" />
      <UndoRedo readOnly={readOnly} />
      <IconButton
        label="Commands (Ctrl or ⌘ + K)"
        className="max-sm:hidden"
        onClick={() => openDialog({ kind: 'commands' })}
      >
        <Command size={16} aria-hidden />
      </IconButton>
      <Button look="primary" className="mx-1 max-sm:px-2" onClick={() => openDialog({ kind: 'share' })}>
        <Share2 size={14} aria-hidden />
        <span className="max-sm:sr-only">Share</span>
      </Button>
      <ThemeMenu />
      <IconButton label="Help and shortcuts (?)" onClick={() => openDialog({ kind: 'help' })}>
        <HelpCircle size={16} aria-hidden />
      </IconButton>
    </header>
  );
}

function ShownName() {
  return <span className="min-w-0 truncate px-1.5 text-sm font-semibold">{useShownPolicy().name}</span>;
}

/** The policy's digest, by which two people can check that they see the same policy. */
function Digest() {
  const { rules, settings, from } = useShownPolicy();
  const unsaved = useUnsavedRule() && from === 'draft';
  const digest = useDigest(useMemo(() => ({ rules, settings }), [rules, settings]));
  const short = digest === undefined ? '·········' : shortDigest(digest);
  return (
    <button
      type="button"
      className="hidden h-7 shrink-0 rounded-md px-1.5 font-mono text-xs text-ink-2 hover:bg-sunken sm:block"
      title={`SHA-256 of the policy${unsaved ? ' with the unsaved rule' : ''}: ${digest ?? 'computing'}. Click to copy it.`}
      aria-label={`Policy digest${unsaved ? ' with the unsaved rule' : ''} ${short}; copy the whole digest`}
      onClick={() => digest === undefined || void navigator.clipboard?.writeText(digest)}
      aria-busy={digest === undefined}
      data-digest={digest}
    >
      {short}
      {unsaved ? <span className="ml-1 font-sans text-gated max-lg:hidden">with the unsaved rule</span> : null}
    </button>
  );
}

/** Whether a rule is being edited, and differs from how it is saved. */
function useUnsavedRule(): boolean {
  const { policy, draft } = useWorkspace('policy', 'draft');
  return draft !== null && !changesNothing(draft, policy.rules);
}

/** Undo and redo, labelled with the step. */
function UndoRedo({ readOnly }: { readOnly: boolean }) {
  const { workspace } = useSession();
  const { undo, redo } = useWorkspace('history').history;
  return (
    <>
      <IconButton
        label={undo === null ? 'Nothing to undo' : `Undo: ${undo}`}
        disabled={readOnly || undo === null}
        onClick={() => void workspace.undo()}
      >
        <Undo2 size={16} aria-hidden />
      </IconButton>
      <IconButton
        label={redo === null ? 'Nothing to redo' : `Redo: ${redo}`}
        disabled={readOnly || redo === null}
        onClick={() => void workspace.redo()}
      >
        <Redo2 size={16} aria-hidden />
      </IconButton>
    </>
  );
}

/** Whether the user's work is saved; the browser asks before the page is closed while it is not. */
function Saved({ readOnly }: { readOnly: boolean }) {
  const { workspace } = useSession();
  const { saved: state } = useWorkspace('saved');
  const unsaved = useUnsavedRule();
  useAskBeforeLeaving();
  if (readOnly) return null;
  switch (state.kind) {
    case 'saving':
      return <span className="hidden text-xs text-ink-2 sm:inline">saving…</span>;
    case 'saved':
      return (
        <span className="hidden text-xs text-ink-2 sm:inline" role="status">
          {unsaved ? 'the edit is kept' : 'saved'}
        </span>
      );
    case 'memory':
      return (
        <span
          className="text-xs font-medium text-gated"
          role="status"
          title={`This browser does not store: ${state.reason}`}
        >
          not saved
        </span>
      );
    case 'failed':
      return (
        <Button look="danger" onClick={() => void workspace.retrySave()} title={state.failure.message} className="h-7">
          Not saved. Try again
        </Button>
      );
  }
}

const THEMES = {
  system: { label: 'As the system', icon: Monitor },
  light: { label: 'Light', icon: Sun },
  dark: { label: 'Dark', icon: Moon },
} as const;

function ThemeMenu() {
  const theme = useTheme();
  const { icon: Icon, label } = THEMES[theme];
  const entries: readonly MenuEntry[] = [
    {
      kind: 'choice',
      heading: 'Theme',
      chosen: theme,
      options: Object.entries(THEMES).map(([value, one]) => ({ value, label: one.label })),
      choose: (value) => setTheme(value as Theme),
    },
  ];
  return (
    <ActionMenu entries={entries} align="end">
      <IconButton label={`Theme: ${label.toLowerCase()}`} data-known-as="theme">
        <Icon size={16} aria-hidden />
      </IconButton>
    </ActionMenu>
  );
}
