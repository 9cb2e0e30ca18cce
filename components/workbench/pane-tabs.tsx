'use client';
import { clsx } from 'clsx';
import { ListOrdered, MessageSquareText, ScrollText, type LucideIcon } from 'lucide-react';

export type WorkbenchPane = 'policy' | 'trace' | 'explanation';

const PANES = {
  policy: { label: 'Policy', icon: ListOrdered },
  trace: { label: 'Trace', icon: ScrollText },
  explanation: { label: 'Explanation', icon: MessageSquareText },
} satisfies Record<WorkbenchPane, { label: string; icon: LucideIcon }>;

/** On a narrow screen one part is visible at a time. */
export function PaneTabs({ pane, onPane }: { pane: WorkbenchPane; onPane(pane: WorkbenchPane): void }) {
  return (
    <nav
      aria-label="Parts of the workbench"
      className="grid shrink-0 grid-cols-3 border-t border-line bg-paper lg:hidden"
    >
      {Object.entries(PANES).map(([name, { label, icon: Icon }]) => (
        <button
          key={name}
          type="button"
          aria-current={pane === name ? 'page' : undefined}
          onClick={() => onPane(name as WorkbenchPane)}
          className={clsx(
            'flex h-12 flex-col items-center justify-center text-xs',
            pane === name ? 'font-medium text-accent' : 'text-ink-2',
          )}
        >
          <Icon size={16} aria-hidden />
          {label}
        </button>
      ))}
    </nav>
  );
}
