'use client';
import { useState, type SyntheticEvent } from 'react';
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
      <PlaygroundLink bundle={bundle} />
    </div>
  );
}

/**
 * Opens the present state in the playground. Its address is compressed, which takes longer than a decision: it is made when the reader comes
 * to the link, by pointer or keyboard.
 */
function PlaygroundLink({ bundle }: { bundle: Bundle }) {
  const [made, setMade] = useState<{ readonly of: Bundle; readonly address: string | undefined }>();
  const isPresent = made?.of === bundle;
  if (isPresent && made.address === undefined) return null;

  function make({ currentTarget }: SyntheticEvent<HTMLAnchorElement>) {
    if (isPresent) return;
    const address = addressOf(bundle);
    // Before the event's default action, which may be to follow the link.
    if (address !== undefined) currentTarget.href = address;
    setMade({ of: bundle, address });
  }

  return (
    <a
      href={isPresent ? made.address : undefined}
      // Without an address it would be no link, and not reached by keyboard.
      role="link"
      tabIndex={0}
      target="_blank"
      rel="noopener"
      onPointerEnter={make}
      onPointerDown={make}
      onFocus={make}
      onClick={make}
      className="ml-auto inline-flex min-h-7 items-center rounded text-xs font-medium text-accent underline-offset-2 hover:underline pointer-coarse:min-h-11"
    >
      Open in playground
    </a>
  );
}

/** Undefined where the bundle is too long for a link. */
function addressOf(bundle: Bundle): string | undefined {
  const link = encodeLink(bundle);
  return link.ok ? `${siteAddress('')}${link.fragment}` : undefined;
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
