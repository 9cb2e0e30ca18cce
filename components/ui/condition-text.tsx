import { clsx } from 'clsx';
import { memo } from 'react';
import { tokenize, type TokenKind } from '@/lib/cel';

const COLOURS: Partial<Record<TokenKind, string>> = {
  variable: 'text-syntax-name',
  macro: 'text-syntax-keyword',
  keyword: 'text-syntax-keyword',
  string: 'text-syntax-string',
  bytes: 'text-syntax-string',
  number: 'text-syntax-number',
  comment: 'text-ink-3',
  reserved: 'text-deny',
  error: 'text-deny',
};

/** A read-only condition, coloured by our own lexer. */
export const ConditionText = memo(function ConditionText(props: { source: string; className?: string }) {
  const { source, className } = props;
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
});
