import { parse } from './exact';

/** A JSON object or list inside a text, and the words before it (after the value before). */
export interface EmbeddedValue {
  readonly value: unknown;
  readonly before: string;
}

/** What a text holds: its JSON values in order, and the words that belong to none. */
export interface EmbeddedValues {
  readonly values: readonly EmbeddedValue[];
  /** All that is outside of the values. */
  readonly words: string;
}

/** Brackets of words that are tried in vain before the rest is taken as words; it bounds the work on a hostile line. */
const MOST_VAIN = 64;

/**
 * The JSON objects, and lists of objects, inside a text: behind words (`data:`, a log's prefix), after each other without a separator,
 * between the frames of a protocol. Brackets of words (`[info]`, `{ metadata: undefined }`) are no values.
 */
export function embeddedValues(text: string): EmbeddedValues {
  const values: EmbeddedValue[] = [];
  const words: string[] = [];
  let from = 0;
  let vain = 0;
  for (let at = nextBracket(text, 0); at >= 0 && vain < MOST_VAIN;) {
    const end = balancedEnd(text, at);
    const value = end < 0 ? undefined : parse(text.slice(at, end));
    if (holdsObject(value)) {
      const before = text.slice(from, at);
      values.push({ value, before });
      words.push(before);
      from = end;
      at = nextBracket(text, end);
    } else {
      vain++;
      at = nextBracket(text, at + 1);
    }
  }
  words.push(text.slice(from));
  return { values, words: words.join(' ').trim() };
}

/** The values of a line that holds nothing but JSON, several after each other; undefined for any other line. */
export function adjacentValues(text: string): readonly unknown[] | undefined {
  const { values, words } = embeddedValues(text);
  // RFC 7464 puts a record separator before each value; some writers put a comma between them.
  return values.length > 1 && /^[\s,\x1e]*$/.test(words) ? values.map(({ value }) => value) : undefined;
}

const holdsObject = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (!Array.isArray(value) || value.some((item) => typeof item === 'object' && item !== null));

function nextBracket(text: string, from: number): number {
  const object = text.indexOf('{', from);
  const list = text.indexOf('[', from);
  return object < 0 ? list : list < 0 ? object : Math.min(object, list);
}

/** Index after the bracket that closes the one at `from`, or -1. */
function balancedEnd(text: string, from: number): number {
  let depth = 0;
  let inString = false;
  for (let i = from; i < text.length; i++) {
    const char = text[i];
    if (inString) {
      if (char === '\\') i++;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else if (char === '{' || char === '[') depth++;
    else if ((char === '}' || char === ']') && --depth === 0) return i + 1;
  }
  return -1;
}
