import { useState } from 'react';
import type { SubjectKind } from '@/lib/analysis';
import { EFFECT_CODES } from '@/lib/trace';
import { accessCsv, accessMarkdown, type AccessTable } from '@/lib/wording';
import type { AccessAnswer } from '@/lib/worker';
import { useSession } from '../session/session';
import { useShownPolicy } from '../session/shown-policy';
import { Button } from '../ui/button';
import { copyText } from '../ui/copy-text';
import { notify } from '../ui/notify';
import { number } from '../ui/words';
import type { AccessRow } from './access-grid';
import { standInsFor } from './stand-ins';

interface CopyAccessProps {
  /** Undefined while it is computed. */
  readonly access: AccessAnswer | undefined;
  readonly kind: SubjectKind;
  /** The rows that are shown: those that are copied. */
  readonly rows: readonly AccessRow[];
}

/** Copies the matrix as it is filtered; names of people are replaced unless the user says otherwise. */
export function CopyAccess({ access, kind, rows }: CopyAccessProps) {
  const { replay } = useSession();
  const { rules, settings } = useShownPolicy();
  const [names, setNames] = useState<'replaced' | 'as-they-are'>('replaced');

  async function copy(write: (table: AccessTable) => string, what: string) {
    if (access === undefined) return;
    const replaced = names === 'replaced' && kind !== 'agents';
    const table = {
      subjects: replaced
        ? await standInsFor(replay, { rules, settings }, access.subjects)
        : access.subjects.map(({ key }) => key),
      rows: rows.map(({ effects, moreKnown: _moreKnown, ...row }) => ({
        ...row,
        effects: Array.from(effects, (code) => EFFECT_CODES[code] ?? 'conditional'),
      })),
    };
    await copyText(
      write(table),
      `Copied ${number(rows.length)} tools as ${what}${replaced ? ', with stand-ins for names' : ''}`,
    );
  }

  const onCopy = (write: (table: AccessTable) => string, what: string) =>
    void copy(write, what).catch((error: unknown) =>
      notify(`Not copied: ${error instanceof Error ? error.message : String(error)}`),
    );

  return (
    <>
      {kind === 'agents' ? null : (
        <label className="mr-auto flex items-center gap-2 text-sm">
          <input
            type="checkbox"
            className="accent-accent"
            checked={names === 'replaced'}
            onChange={(event) => setNames(event.target.checked ? 'replaced' : 'as-they-are')}
          />
          Copy with stand-ins for names
        </label>
      )}
      <Button disabled={rows.length === 0} onClick={() => onCopy(accessMarkdown, 'Markdown')}>
        Copy as Markdown
      </Button>
      <Button disabled={rows.length === 0} onClick={() => onCopy(accessCsv, 'CSV')}>
        Copy as CSV
      </Button>
    </>
  );
}
