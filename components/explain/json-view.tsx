import type { Json } from '@/lib/engine';
import { number } from '../ui/words';

const MOST_CHARACTERS = 20_000;

/** Indented JSON in the colours of conditions. A very long one is cut off, with a note. */
export function JsonView({ value }: { value: Json }) {
  const text = JSON.stringify(value, null, 2);
  const cut = text.length > MOST_CHARACTERS;
  return (
    <pre className="overflow-x-auto rounded-md bg-canvas p-2 font-mono text-xs leading-5 break-words whitespace-pre-wrap">
      <Coloured text={cut ? text.slice(0, MOST_CHARACTERS) : text} />
      {cut ? `\n… ${number(text.length - MOST_CHARACTERS)} more characters` : null}
    </pre>
  );
}

const TOKEN = /("(?:[^"\\]|\\.)*")(\s*:)?|\b(?:true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

function Coloured({ text }: { text: string }) {
  const parts = [];
  let at = 0;
  for (const match of text.matchAll(TOKEN)) {
    if (match.index > at) parts.push(text.slice(at, match.index));
    const colour =
      match[2] !== undefined
        ? 'text-syntax-name'
        : match[1] !== undefined
          ? 'text-syntax-string'
          : 'text-syntax-number';
    parts.push(
      <span key={match.index} className={colour}>
        {match[1] ?? match[0]}
      </span>,
    );
    if (match[2] !== undefined) parts.push(match[2]);
    at = match.index + match[0].length;
  }
  parts.push(text.slice(at));
  return parts;
}
