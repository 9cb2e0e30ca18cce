'use client';
import { Dialog } from '../ui/dialog';
import { Button } from '../ui/button';
import { CloseButton } from '../ui/close-button';
import { DOCS_PAGES } from '../docs/pages';
import { SHORTCUTS } from '../docs/shortcuts';
import { siteAddress } from '../site/site-address';
import type { WorkbenchDialog } from '../session/dialogs';

interface HelpDialogProps {
  onClose(): void;
  openDialog(dialog: WorkbenchDialog): void;
}

export function HelpDialog({ onClose, openDialog }: HelpDialogProps) {
  return (
    <Dialog title="How this works" onClose={onClose} size="lg" footer={<CloseButton onClose={onClose} />}>
      <div className="grid gap-6 text-sm md:grid-cols-2">
        <HowItWorks />
        <div>
          <h3 className="mb-2 font-semibold">Keys</h3>
          <dl className="space-y-1.5">
            {SHORTCUTS.map(([keys, meaning]) => (
              <div key={keys} className="flex gap-3">
                <dt className="w-40 shrink-0 font-mono text-xs leading-5 text-ink-2">{keys}</dt>
                <dd>{meaning}</dd>
              </div>
            ))}
          </dl>
          <h3 className="mt-5 mb-2 font-semibold">Documentation</h3>
          <ul className="columns-2 gap-4 space-y-1 pointer-coarse:space-y-3">
            {DOCS_PAGES.map(({ segment, title }) => (
              <li key={segment}>
                <a
                  href={siteAddress(`docs/${segment}/`)}
                  target="_blank"
                  className="text-accent underline underline-offset-2"
                >
                  {title}
                  <span className="sr-only"> (opens a new tab)</span>
                </a>
              </li>
            ))}
          </ul>
          <h3 className="mt-5 mb-2 font-semibold">Your work</h3>
          <Button onClick={() => openDialog({ kind: 'data' })}>Data in this browser…</Button>
          <p className="mt-4 text-xs text-ink-2">Build {process.env.NEXT_PUBLIC_BUILD_ID ?? 'in development'}</p>
        </div>
      </div>
    </Dialog>
  );
}

const HowItWorks = () => (
  <div className="space-y-3">
    <p>
      An AI gateway controls the tool calls of agents. Its <strong>policy</strong> is a list of rules, read from top to
      bottom: the first rule that matches a call decides it. If none matches, the call is denied.
    </p>
    <p>
      A rule matches when it is active, every part of its <strong>scope</strong> covers the call, one of its{' '}
      <strong>tool patterns</strong> matches the tool’s name, and its <strong>condition</strong>, if it has one, is
      true.
    </p>
    <p>
      A <strong>conditional</strong> decision depends on facts that the trace does not contain. The simulator names
      these facts, and never guesses.
    </p>
    <p>
      Where the gateway’s documentation leaves something open, the simulator uses one named reading, and marks every
      decision that depends on it.
    </p>
    <p>
      To see what your edits change, save a version and compare with it, both in the policy’s menu. The comparison is
      also on{' '}
      <a
        href={siteAddress('compare/')}
        target="_blank"
        className="font-medium text-accent underline underline-offset-2"
      >
        a page of its own
        <span className="sr-only"> (opens a new tab)</span>
      </a>
      , which follows your edits in this tab; its address can be kept.
    </p>
    <p className="text-ink-2">
      This is an independent simulator, built from public documentation. Everything runs in this browser: nothing you
      open or write is sent anywhere.
    </p>
  </div>
);
