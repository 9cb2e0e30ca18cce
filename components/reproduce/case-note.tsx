import { changedFindings } from '@/lib/reproduce';
import type { ReproducedEntries } from '@/lib/worker';
import { counted } from '../ui/words';
import type { OpenedCase } from './use-incoming-parts';

/** Which case is open, its notes, and whether it shows what it showed when it was saved. */
export function CaseNote({ opened, entries }: { opened: OpenedCase; entries: ReproducedEntries | undefined }) {
  const { name, notes, findings } = opened;
  const changed = entries === undefined ? undefined : changedFindings(findings, entries.notable);
  return (
    <section aria-label="Case" className="space-y-1 rounded-lg border border-line bg-canvas p-4 text-sm">
      <p className="break-words">
        Case <strong className="font-semibold">{name === '' ? 'without a name' : name}</strong>
      </p>
      {notes === '' ? null : <p className="max-w-prose break-words whitespace-pre-wrap">{notes}</p>}
      {changed === undefined ? null : changed === 0 ? (
        <p role="status" className="text-ink-2">
          {findings.length === 1 ? 'Its finding is' : `Its ${counted(findings.length, 'finding')} are`} the same as when
          it was saved.
        </p>
      ) : (
        <p role="alert" className="text-gated">
          {counted(changed, 'finding is another', 'findings are others')} than when the case was saved: by another
          version of this page, or by a changed file.
        </p>
      )}
    </section>
  );
}
