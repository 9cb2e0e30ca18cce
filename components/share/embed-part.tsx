'use client';
import { useMemo, useState } from 'react';
import type { Bundle } from '@/lib/bundle';
import { EMBED_HEIGHTS, type EmbedScriptFile } from '@/lib/embed';
import { siteAddress } from '../site/site-address';
import { EmbedChoices } from './embed-choices';
import { missingFor, snippetOf, type EmbedChoice } from './embed-example';
import { EmbedPreview } from './embed-preview';
import { EmbedSnippets } from './embed-snippets';

const FIRST_CHOICE: EmbedChoice = {
  view: 'policy',
  theme: 'auto',
  height: EMBED_HEIGHTS.policy,
  editable: true,
  rules: [],
  readable: false,
  pinned: true,
  task: '',
  hint: '',
};

/** What the build says of the script under its own name; `npm run dev` has none. */
const PINNED_SCRIPT: EmbedScriptFile | undefined = process.env.NEXT_PUBLIC_EMBED_SCRIPT
  ? { name: process.env.NEXT_PUBLIC_EMBED_SCRIPT, integrity: process.env.NEXT_PUBLIC_EMBED_INTEGRITY ?? '' }
  : undefined;

/** An example for another page: how it looks, a preview of it, and the text to put there. */
export function EmbedPart({ bundle }: { bundle: Bundle }) {
  const [choice, setChoice] = useState(FIRST_CHOICE);
  const snippet = useMemo(() => {
    const playground = `${location.origin}${siteAddress('')}`;
    return snippetOf(bundle, choice, { playground, pinnedScript: PINNED_SCRIPT });
  }, [bundle, choice]);
  const missing =
    missingFor(choice.view, bundle) ?? (needsTask(choice) ? 'Write what the reader is to do.' : undefined);
  const change = (part: Partial<EmbedChoice>) => setChoice((now) => ({ ...now, ...part }));
  return (
    <div className="space-y-4" data-testid="embed">
      <EmbedChoices bundle={bundle} choice={choice} onChoice={change} />
      {missing !== undefined ? (
        <p role="status" className="rounded-md bg-gated-soft px-3 py-2 text-gated">
          {missing}
        </p>
      ) : snippet === undefined ? (
        <p role="alert" className="rounded-md bg-deny-soft px-3 py-2 text-deny">
          This is too large for a link, and so for an example: leave something out.
        </p>
      ) : (
        <>
          <EmbedPreview snippet={snippet} onHeight={(height) => change({ height })} />
          <EmbedSnippets snippet={snippet} />
        </>
      )}
    </div>
  );
}

const needsTask = ({ view, task }: EmbedChoice): boolean => view === 'exercise' && task.trim() === '';
