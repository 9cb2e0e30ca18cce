import { positions } from '../bundle';

/**
 * The line of a source, and a line with a caret under a range of it:
 *
 *     3 | request.args.amout > 5
 *       |              ^^^^^
 *
 * A range that goes over several lines is shown on its first one.
 */
export function excerpt(source: string, start: number, end: number): readonly string[] {
  const { line, column } = positions(source)(start);
  const text = source.split(/\r\n|\r|\n/)[line - 1] ?? '';
  const before = text.slice(0, column - 1);
  const marked = text.slice(column - 1, column - 1 + Math.max(1, end - start));
  const number = String(line);
  const gutter = ' '.repeat(number.length);
  // Tabs stay tabs, so that the caret is under its character however wide they are shown.
  const indent = [...before].map((character) => (character === '\t' ? '\t' : ' ')).join('');
  return [`${number} | ${text}`, `${gutter} | ${indent}${'^'.repeat(Math.max(1, [...marked].length))}`];
}
