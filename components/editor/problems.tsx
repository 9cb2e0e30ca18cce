'use client';
import type { Diagnostic } from '@/lib/cel';
import { fixesOf, withEdits, type ConditionContext } from '@/lib/editor';
import { Button } from '../ui/button';

interface FixesProps {
  source: string;
  diagnostic: Diagnostic;
  context: ConditionContext;
  onChange(source: string): void;
}

/** The fixes of a problem, a button each. */
export function Fixes({ source, diagnostic, context, onChange }: FixesProps) {
  const fixes = fixesOf(source, [diagnostic], context);
  if (fixes.length === 0) return null;
  return (
    <p className="mt-1 flex flex-wrap gap-1">
      {fixes.map(({ title, edits }) => (
        <Button key={title} className="h-7 px-2 text-xs" onClick={() => onChange(withEdits(source, edits))}>
          {title.replaceAll('`', '')}
        </Button>
      ))}
    </p>
  );
}

/** A problem in a sentence, with its position; the user's text in backticks. */
export function problemWords({ message, start, end, help }: Diagnostic, source: string): string {
  const before = source.slice(0, start).split('\n');
  const place = `line ${before.length}, column ${(before.at(-1) ?? '').length + 1}`;
  const excerpt = source.slice(start, Math.min(end, start + 40));
  return `${message}${help === undefined ? '' : ` (${help})`}, at ${place}${excerpt === '' ? '' : `: \`${excerpt}\``}`;
}
