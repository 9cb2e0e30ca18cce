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

/** Null where the part says less than a whole call does. */
const contentOf = ({ name = '', args, broken }: ToolCallPart): string | null => {
  if (broken !== undefined || args === null) return null;
  return fingerprint('fault' in args ? `${name} fault` : `${name} ${canonical(args.args)}`);
};

/** Where in a file a call is written. */
export interface WrittenPlace {
  /** The list of messages or items around it; a list has a call once. Undefined for events of a stream. */
  readonly list?: string | undefined;
  /** The id that the source gives the message around it. */
  readonly message?: string | undefined;
  /** Where that message is: a message that is written again is at another place. */
  readonly messageAt?: string | undefined;
}

interface WrittenCall {
  readonly name: string | undefined;
  content: string | null;
  message: string | undefined;
  messageAt: string | undefined;
  readonly lists: Set<string>;
  answered: boolean;
}

/** So many lists are remembered of each call. */
const MOST_LISTS = 64;

export const noteRepeatedCall = (out: ImportOutput): void =>
  out.note(
    'repeated-call',
    (n) =>
      `${n} ${n === 1 ? 'copy of a call' : 'copies of calls'} left out: the same id and tool, and no other arguments, as the call that ${n === 1 ? 'it repeats' : 'they repeat'}`,
  );

/**
 * Calls by their id, so that one that is written down several times counts once. Some servers and clients count their ids anew (`call_0`),
 * so that an id alone says nothing. Another call is one with another tool or other arguments, one in another message or item of the same
 * list, and one that a stream brings after the result of the first.
 */
export class RepeatedCalls {
  readonly #seen = new Map<string, WrittenCall[]>();

  /** True where the call came before: its id with the same tool and arguments, or with more than this part of it says. */
  has(id: string, part: ToolCallPart, place: WrittenPlace, out: ImportOutput): boolean {
    const content = contentOf(part);
    const known = this.#seen.get(id) ?? [];
    const first = known.find((call) => fits(call, part.name, content) && isSame(call, place));
    const call = first ?? newCall(part.name, content);
    if (place.list !== undefined) addTo(call.lists, place.list);
    call.message ??= place.message;
    call.messageAt = place.messageAt;
    if (first !== undefined) {
      const isRepeated = first.content !== null || content === null;
      first.content ??= content;
      if (isRepeated) noteRepeatedCall(out);
      return isRepeated;
    }
    this.#seen.set(id, [...known, call]);
    if (known.length > 0)
      out.note(
        'reused-call-id',
        (n) =>
          `${n} ${n === 1 ? 'call has' : 'calls have'} the id of an earlier one, but another tool, other arguments or a later place (another message, or after the result): read as calls of their own`,
      );
    return false;
  }

  /** The result of a call has come. */
  answered(id: string): void {
    for (const call of this.#seen.get(id) ?? []) call.answered = true;
  }
}

const newCall = (name: string | undefined, content: string | null): WrittenCall => ({
  name,
  content,
  message: undefined,
  messageAt: undefined,
  lists: new Set(),
  answered: false,
});

const fits = (call: WrittenCall, name: string | undefined, content: string | null): boolean =>
  call.content === null || content === null ? call.name === name : call.content === content;

function isSame(call: WrittenCall, { list, message, messageAt }: WrittenPlace): boolean {
  if (message !== undefined && call.message !== undefined)
    return message === call.message && messageAt !== call.messageAt;
  return list === undefined ? !call.answered : !call.lists.has(list);
}

function addTo(lists: Set<string>, list: string): void {
  lists.add(list);
  const [oldest] = lists;
  if (lists.size > MOST_LISTS && oldest !== undefined) lists.delete(oldest);
}
