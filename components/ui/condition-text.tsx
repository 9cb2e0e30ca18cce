import { clsx } from 'clsx';
import { tokenize, type Token } from '@/lib/cel';

const COLOURS: Partial<Record<Token['kind'], string>> = {
  ident: 'text-syntax-name',
  string: 'text-syntax-string',
  bytes: 'text-syntax-string',
  int: 'text-syntax-number',
  uint: 'text-syntax-number',
  double: 'text-syntax-number',
  keyword: 'text-syntax-keyword',
  comment: 'text-ink-3',
};

/** A condition in our own lexer's colours: what is shown wherever no editor is open. */
export function ConditionText({ source, className }: { source: string; className?: string }) {
  const tokens = tokenize(source);
  const parts: { text: string; colour: string | undefined }[] = [];
  let at = 0;
  for (const token of tokens) {
    if (token.start > at) parts.push({ text: source.slice(at, token.start), colour: undefined });
    parts.push({ text: source.slice(token.start, token.end), colour: COLOURS[token.kind] });
    at = token.end;
  }
  if (at < source.length) parts.push({ text: source.slice(at), colour: undefined });
  return (
    <code className={clsx('font-mono break-words whitespace-pre-wrap', className)}>
      {parts.map((part, i) =>
        part.colour === undefined ? (
          part.text
        ) : (
          <span key={i} className={part.colour}>
            {part.text}
          </span>
        ),
      )}
    </code>
  );
}
