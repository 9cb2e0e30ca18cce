'use client';
import { useMemo, useState } from 'react';
import { encodeLink, writeBundle, type Bundle } from '@/lib/bundle';
import { siteAddress } from '../site/site-address';
import { Button } from '../ui/button';

interface EmbedActionsProps {
  bundle: Bundle;
  changed: boolean;
  onReset(): void;
}

/** Takes the present state away: as JSON, or to the playground; or returns to the state that the page around shows. */
export function EmbedActions({ bundle, changed, onReset }: EmbedActionsProps) {
  const [said, setSaid] = useState('');
  const link = useMemo(() => encodeLink(bundle), [bundle]);
  async function copy() {
    setSaid((await copied(writeBundle(bundle))) ? 'Copied as JSON' : 'The browser does not allow copying here');
  }
  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
      <Button look="plain" className="h-7 px-2 text-xs" onClick={() => void copy()}>
        Copy
      </Button>
      <Button look="plain" className="h-7 px-2 text-xs" disabled={!changed} onClick={onReset}>
        Reset
      </Button>
      <span role="status" className="text-xs text-ink-2">
        {said}
      </span>
      {link.ok ? (
        <a
          href={`${siteAddress('')}${link.fragment}`}
          target="_blank"
          rel="noopener"
          className="ml-auto inline-flex min-h-7 items-center rounded text-xs font-medium text-accent underline-offset-2 hover:underline pointer-coarse:min-h-11"
        >
          Open in playground
        </a>
      ) : null}
    </div>
  );
}

/** Copies a text; in a frame that may not use the clipboard, by the older command. */
async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = document.createElement('textarea');
    field.value = text;
    document.body.append(field);
    field.select();
    const done = document.execCommand('copy');
    field.remove();
    return done;
  }
}
