'use client';
import { useEffect, useState, type SyntheticEvent } from 'react';
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
 * Opens the present state in the playground. Its address is compressed, which takes longer than a decision: it is made in idle time, or when
 * the reader comes to the link before that.
 */
function PlaygroundLink({ bundle }: { bundle: Bundle }) {
  const [made, setMade] = useState<{ readonly of: Bundle; readonly address: string | undefined }>();
  const isPresent = made?.of === bundle;
  useEffect(() => {
    if (isPresent) return undefined;
    return whenIdle(() => setMade({ of: bundle, address: addressOf(bundle) }));
  }, [bundle, isPresent]);
  if (isPresent && made.address === undefined) return null;

  function makeNow({ currentTarget }: SyntheticEvent<HTMLAnchorElement>) {
    if (isPresent) return;
    const address = addressOf(bundle);
    // Before the event's default action, which may be to follow the link.
    if (address !== undefined) currentTarget.href = address;
    setMade({ of: bundle, address });
  }

  return (
    <a
      href={isPresent ? made.address : undefined}
      role="link"
      tabIndex={0}
      target="_blank"
      rel="noopener"
      onPointerDown={makeNow}
      onFocus={makeNow}
      onClick={makeNow}
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

/** Runs it once the page has nothing else to do; returns what takes that back. */
function whenIdle(task: () => void): () => void {
  // Safari has no idle callbacks.
  if (typeof requestIdleCallback !== 'function') {
    const timer = setTimeout(task, 200);
    return () => clearTimeout(timer);
  }
  const request = requestIdleCallback(task, { timeout: 1_000 });
  return () => cancelIdleCallback(request);
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
