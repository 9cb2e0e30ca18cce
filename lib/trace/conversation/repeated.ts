import { isObject } from '../shape';
import type { ImportOutput } from '../types';
import type { ToolCallPart } from './part';

/** Equal for equal values, whatever the order of their members. */
export const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    isObject(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner,
  );

/** Two 32-bit FNV-1a hashes and the length: few bytes for a text of any size. */
function fingerprint(text: string): string {
  let [a, b] = [0x811c9dc5, 0x01000193];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b ^ code, 0x85ebca6b) ^ (b >>> 13);
  }
  return `${text.length} ${a >>> 0} ${b >>> 0}`;
}

const contentOf = ({ name = '', args, broken }: ToolCallPart): string => {
  if (broken !== undefined) return 'broken';
  if (args === null) return 'unknown';
  return fingerprint('fault' in args ? `${name} fault` : `${name} ${canonical(args.args)}`);
};

/**
 * Calls by their id, so that one that is written down several times counts once. Some servers and clients count their ids anew (`call_0`),
 * so that an id alone says nothing: with another tool or other arguments it is another call.
 */
export class RepeatedCalls {
  readonly #seen = new Map<string, Set<string>>();

  /** True where the call came before: its id with the same tool and arguments, or with more than this part of it says. */
  has(id: string, part: ToolCallPart, out: ImportOutput): boolean {
    const content = contentOf(part);
    const known = this.#seen.get(id);
    if (known === undefined) {
      this.#seen.set(id, new Set([content]));
      return false;
    }
    if (known.has(content) || content === 'broken' || content === 'unknown') return true;
    const another = [...known].some((other) => other !== 'broken' && other !== 'unknown');
    known.add(content);
    if (another)
      out.note(
        'reused-call-id',
        (n) =>
          `${n} ${n === 1 ? 'call has' : 'calls have'} the id of an earlier one, but another tool or other arguments: read as calls of their own`,
      );
    return false;
  }
}
