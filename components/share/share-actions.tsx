'use client';
import { writeBundle, type Bundle } from '@/lib/bundle';
import { Button } from '../ui/button';
import { copyText } from '../ui/copy-text';
import { download } from '../ui/download';
import { useSession } from '../session/session';
import { policyMarkdown } from './policy-markdown';

interface ShareActionsProps {
  /** The shown policy's. */
  name: string;
  /** Undefined until it may be shared. */
  ready: Bundle | undefined;
  link: string | undefined;
}

/** The forms in which a bundle leaves: a file, JSON, Markdown, a link. */
export function ShareActions({ name, ready, link }: ShareActionsProps) {
  const { replay } = useSession();

  /** The explanation quotes the call's values, so it is one of the call as it is shared. */
  async function copyMarkdown(of: Bundle, to: string) {
    const focus = of.trace?.find(({ id }) => id === of.focus);
    const explained = focus === undefined ? undefined : await replay.explainUnder(of, focus);
    copy(policyMarkdown(of, explained, to), 'Markdown');
  }

  return (
    <>
      <Button
        disabled={ready === undefined}
        onClick={() => ready !== undefined && download(writeBundle(ready), `${name}.policy.json`)}
      >
        Download as a file
      </Button>
      <Button disabled={ready === undefined} onClick={() => ready !== undefined && copy(writeBundle(ready), 'JSON')}>
        Copy JSON
      </Button>
      <Button
        disabled={ready === undefined || link === undefined}
        onClick={() => ready !== undefined && link !== undefined && void copyMarkdown(ready, link)}
      >
        Copy Markdown
      </Button>
      <Button look="primary" disabled={link === undefined} onClick={() => link !== undefined && copy(link, 'Link')}>
        Copy link
      </Button>
    </>
  );
}

const copy = (text: string, what: string) => void copyText(text, `${what} copied`, 'select the text and copy it');
