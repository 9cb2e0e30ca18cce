'use client';
import type { WorkbenchPane } from './pane-tabs';

const LINKS = [
  ['policy', 'Skip to the policy'],
  ['trace', 'Skip to the trace'],
  ['explanation', 'Skip to the explanation'],
] as const satisfies readonly (readonly [WorkbenchPane, string])[];

/** The first stops of the Tab key, visible while they are in focus. */
export function SkipLinks({ onPane }: { onPane(pane: WorkbenchPane): void }) {
  return (
    <nav aria-label="Skip to a part" className="sr-only focus-within:not-sr-only">
      <div className="flex flex-wrap gap-x-3 gap-y-1 border-b border-line bg-paper px-3 py-2 text-sm">
        {LINKS.map(([pane, words]) => (
          <a
            key={pane}
            href={`#${pane}`}
            className="font-medium text-accent underline underline-offset-2"
            onClick={(event) => {
              // The fragment of the address belongs to links with policies.
              event.preventDefault();
              onPane(pane);
            }}
          >
            {words}
          </a>
        ))}
      </div>
    </nav>
  );
}
