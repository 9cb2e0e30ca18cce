'use client';
import { useState, type KeyboardEvent, type SyntheticEvent } from 'react';
import { encodeLink, writeBundle, type Bundle } from '@/lib/bundle';
import { validateRule } from '@/lib/engine';
import { siteAddress } from '../site/site-address';
import { Button } from '../ui/button';

interface EmbedActionsProps {
  bundle: Bundle;
  changed: boolean;
  onReset(): void;
}

/** Takes the present state away: as JSON, or to the playground; or returns to the state that the page around shows. */
export function EmbedActions({ bundle, changed, onReset }: EmbedActionsProps) {
  const [said, setSaid] = useState({ of: bundle, text: '' });
  async function copy() {
    const done = await copied(writeBundle(bundle));
    setSaid({ of: bundle, text: done ? 'Copied as JSON' : 'The browser does not allow copying here' });
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
        {said.of === bundle ? said.text : ''}
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
  const [made, setMade] = useState<{ readonly of: Bundle } & MadeAddress>();
  const present = made?.of === bundle ? made : undefined;

  function make({ currentTarget }: SyntheticEvent<HTMLAnchorElement>) {
    if (present !== undefined) return;
    const address = addressOf(bundle);
    // Before the event's default action, which may be to follow the link.
    if (address.ok) currentTarget.href = address.href;
    setMade({ of: bundle, ...address });
  }
  // The state may have changed while the link had the focus.
  const onKeyDown = (event: KeyboardEvent<HTMLAnchorElement>) => {
    if (event.key === 'Enter') make(event);
  };

  const refused = present?.ok === false ? present.reason : undefined;
  return (
    <span className="ml-auto inline-flex flex-wrap items-center justify-end gap-x-2">
      <span role="status" className="text-xs text-ink-2">
        {refused}
      </span>
      <a
        href={present?.ok === true ? present.href : undefined}
        // Without an address it would be no link, and not reached by keyboard.
        role="link"
        tabIndex={0}
        aria-disabled={refused !== undefined}
        onKeyDown={onKeyDown}
        target="_blank"
        rel="noopener"
        onPointerEnter={make}
        onPointerDown={make}
        onFocus={make}
        onClick={make}
        className="inline-flex min-h-7 items-center rounded text-xs font-medium text-accent underline-offset-2 hover:underline pointer-coarse:min-h-11"
      >
        Open in playground
      </a>
    </span>
  );
}

type MadeAddress = { readonly ok: true; readonly href: string } | { readonly ok: false; readonly reason: string };

/** The playground refuses what is no valid policy, and a link has a length. */
function addressOf(bundle: Bundle): MadeAddress {
  const faulty = bundle.rules.findIndex((rule) => validateRule(rule).length > 0);
  if (faulty >= 0) return { ok: false, reason: `Rule ${String(faulty + 1)} is not complete` };
  const link = encodeLink(bundle);
  return link.ok
    ? { ok: true, href: `${siteAddress('')}${link.fragment}` }
    : { ok: false, reason: 'Too long for a link: copy it instead' };
}

/** Copies a text; in a frame that may not use the clipboard, by the older command. */
async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const { activeElement } = document;
    const field = document.createElement('textarea');
    field.value = text;
    document.body.append(field);
    field.select();
    const done = document.execCommand('copy');
    field.remove();
    if (activeElement instanceof HTMLElement) activeElement.focus();
    return done;
  }
}
