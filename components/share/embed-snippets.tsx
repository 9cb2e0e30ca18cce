'use client';
import { useState } from 'react';
import { frameSnippet, htmlSnippet, reactSnippet, staticSnippet, type EmbedSnippet } from '@/lib/embed';
import { Button } from '../ui/button';
import { copyText } from '../ui/copy-text';
import { Field } from '../ui/field';
import { Segmented } from '../ui/segmented';

interface SnippetBlock {
  /** Where this text belongs. */
  readonly label: string;
  readonly text: string;
}

const PLACES = {
  html: {
    label: 'HTML',
    blocks: (snippet) => {
      const { head, element } = htmlSnippet(snippet);
      return [
        { label: 'In the head of the page, once', text: head },
        { label: 'Where the example is', text: element },
      ];
    },
  },
  react: {
    label: 'MDX, React',
    blocks: (snippet) => {
      const { component, use } = reactSnippet(snippet);
      return [
        { label: 'PolicyPlayground.jsx, once in a site', text: component },
        { label: 'In the page', text: use },
      ];
    },
  },
  frame: {
    label: 'Markdown',
    blocks: (snippet) => [{ label: 'A frame: it needs no script in the page', text: frameSnippet(snippet) }],
  },
  static: {
    label: 'No script',
    blocks: (snippet) => [{ label: 'The rules as text, with a link', text: staticSnippet(snippet) }],
  },
} as const satisfies Record<string, { label: string; blocks: (snippet: EmbedSnippet) => readonly SnippetBlock[] }>;

type SnippetPlace = keyof typeof PLACES;

const OPTIONS = (Object.keys(PLACES) as SnippetPlace[]).map((value) => ({ value, label: PLACES[value].label }));

/** The text to put into a page, for each kind of page. */
export function EmbedSnippets({ snippet }: { snippet: EmbedSnippet }) {
  const [place, setPlace] = useState<SnippetPlace>('html');
  return (
    <div className="space-y-3">
      <Segmented<SnippetPlace> label="Snippet for" value={place} options={OPTIONS} onValue={setPlace} />
      {PLACES[place].blocks(snippet).map(({ label, text }) => (
        <div key={label} className="space-y-1">
          <Field label={label}>
            {(id) => (
              <textarea
                id={id}
                readOnly
                value={text}
                rows={Math.min(12, text.split('\n').length)}
                onFocus={({ target }) => target.select()}
                spellCheck={false}
                className="w-full rounded-md border border-line-strong/70 bg-canvas p-2 font-mono text-xs whitespace-pre"
              />
            )}
          </Field>
          <Button onClick={() => void copyText(text, 'Snippet copied', 'select the text and copy it')}>
            Copy<span className="sr-only">: {label}</span>
          </Button>
        </div>
      ))}
    </div>
  );
}
