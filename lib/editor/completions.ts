/** What can be written at an offset of a condition. */
import type { ConditionContext } from './context';
import { ExpressionKnowledge } from './known';
import { itemsAt, type Completion, type CompletionItem, type CompletionKind } from './completion-items';
import { cursorAt, type CursorPlace } from './cursor';

/**
 * Completions at an offset (UTF-16), best first. Total: for any text, and with any schemas.
 */
export function completionsAt(source: string, offset: number, context: ConditionContext): readonly Completion[] {
  const placed = cursorAt(source, offset);
  const knowledge = new ExpressionKnowledge(placed.root, context);
  return itemsAt(placed, knowledge, context, source).map((item) => {
    const { isSnippet = false, ...rest } = item;
    const range = rangeOf(placed.place, item);
    // Parentheses that are there already are kept.
    return CALLED.has(item.kind) && source[range.end] === '('
      ? { ...rest, insert: item.label, isSnippet: false, ...range }
      : { ...rest, isSnippet, ...range };
  });
}

const CALLED: ReadonlySet<CompletionKind> = new Set(['function', 'method', 'macro']);

/** A member that is no plain name is written with an index, which takes the dot's place. */
function rangeOf(place: CursorPlace, item: CompletionItem): { start: number; end: number } {
  if (place.kind === 'nowhere') return { start: 0, end: 0 };
  const start = place.kind === 'member' && item.insert.startsWith('[') ? place.dot : place.start;
  return { start, end: place.end };
}
