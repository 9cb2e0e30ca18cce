import { utf8Length } from './bytes';
import { entryEnd, isSpace, type EntryCapture } from './entry-capture';
import { parse } from './exact';
import { jsonFault } from './fault';
import { excerpt, MAX_DEPTH, MAX_ENTRY, TOO_DEEP, tooDeep } from './limits';
import type { ImportReject, SourceRecord } from '../types';

type DocumentPiece = { readonly record: SourceRecord } | { readonly reject: ImportReject };

/** Where the cutter is, outside of an entry. */
type CutterState = 'root' | 'element' | 'after-element' | 'key' | 'colon' | 'member' | 'after-member' | 'stopped';

interface DocumentLevel {
  readonly kind: '[' | '{';
  /** The path of the list, for its elements. */
  readonly path: string;
  index: number;
  /** Whether a `,` was the last thing seen: a closing bracket cannot follow it. */
  comma: boolean;
  /** Of an object: the key at hand, and its members so far but for those that are given out one by one. */
  key: string;
  readonly members: Record<string, unknown>;
}

const levelOf = (kind: DocumentLevel['kind'], path: string): DocumentLevel => ({
  kind,
  path,
  index: 0,
  comma: false,
  key: '',
  members: {},
});

/** Sets an own member, whatever its name: `__proto__` too. */
function setMember(members: Record<string, unknown>, key: string, value: unknown): void {
  Object.defineProperty(members, key, { value, enumerable: true, writable: true, configurable: true });
}

/**
 * Cuts JSON text into entries as it arrives, and gives each to `JSON.parse`: the elements of a top-level list, those of
 * a list under one of the `wrappers` (a key, or keys inside each other as `log/entries`) of a top-level object, and what else that object holds. Several top-level
 * values may follow each other. What precedes a fault is kept; the remainder is one reject, with its offset in bytes.
 */
export class DocumentCutter {
  /** Paths of lists whose elements are entries, and of the objects around those lists. */
  readonly #lists: ReadonlySet<string>;
  readonly #around: ReadonlySet<string>;
  #place: CutterState = 'root';
  #root = -1;
  #levels: DocumentLevel[] = [];
  #capture: EntryCapture | null = null;
  #unwrapped = false;
  #rootOffset = 0;
  /** Bytes before the chunk at hand, and the chunk, to turn its UTF-16 offsets into those of bytes. */
  #base: number;
  #chunk = '';
  #ascii = true;
  #measured = 0;
  #measuredBytes = 0;
  #out: DocumentPiece[] = [];

  constructor(wrappers: readonly string[], offset = 0) {
    this.#lists = new Set(wrappers.map((wrapper) => `/${wrapper}`));
    this.#around = new Set(wrappers.flatMap((wrapper) => outerPaths(`/${wrapper}`)));
    this.#base = offset;
  }

  get stopped(): boolean {
    return this.#place === 'stopped';
  }

  /** `bytes`: how many bytes the text was. */
  push(text: string, bytes = utf8Length(text)): readonly DocumentPiece[] {
    this.#chunk = text;
    this.#ascii = bytes === text.length;
    this.#measured = 0;
    this.#measuredBytes = 0;
    this.#out = [];
    let i = 0;
    while (i < text.length && this.#place !== 'stopped') {
      if (this.#capture) i = this.#continue(this.#capture, i);
      else if (isSpace(text.charCodeAt(i))) i++;
      else i = this.#step(i);
    }
    this.#base += bytes;
    this.#chunk = '';
    return this.#out;
  }

  /** No more text. `why` says so where the text ended for another reason than the end of the file. */
  end(why?: string): readonly DocumentPiece[] {
    this.#out = [];
    const capture = this.#capture;
    if (this.#place === 'stopped') return this.#out;
    if (capture?.bare && capture.what === 'root' && why === undefined) this.#finish(capture);
    else if (capture) {
      const text = capture.parts.join('').slice(0, 1024);
      this.#stop(capture.offset, why ?? 'the file ends in the middle of a value', text);
    } else if (this.#levels.length > 0)
      this.#stop(this.#base, why ?? `the file ends before a closing \`${this.#closer()}\``, '');
    else if (why !== undefined) this.#stop(this.#base, why, '');
    return this.#out;
  }

  #closer(): string {
    return this.#levels[this.#levels.length - 1]?.kind === '{' ? '}' : ']';
  }

  /** Byte offset in the file of an index of the chunk at hand. */
  #at(index: number): number {
    if (this.#ascii) return this.#base + index;
    if (index < this.#measured) return this.#base + utf8Length(this.#chunk.slice(0, index));
    this.#measuredBytes += utf8Length(this.#chunk.slice(this.#measured, index));
    this.#measured = index;
    return this.#base + this.#measuredBytes;
  }

  #stop(offset: number, reason: string, text: string): void {
    // What a top-level object held before the fault is kept too.
    while (this.#unwrapped && this.#levels[0]?.kind === '{') {
      const level = this.#levels.pop();
      if (level?.kind === '{') this.#closeObject(level);
    }
    this.#place = 'stopped';
    this.#capture = null;
    this.#out.push({ reject: { offset, reason, excerpt: excerpt(text) } });
  }

  #fault(index: number, wanted: string): number {
    const char = String.fromCodePoint(this.#chunk.codePointAt(index) ?? 0);
    const reason = `not JSON from here on: found \`${char}\` where ${wanted} is expected`;
    this.#stop(this.#at(index), reason, this.#chunk.slice(index, index + 1024));
    return index;
  }

  /** Begins an entry, where the character can begin one. */
  #value(what: EntryCapture['what'], i: number): number {
    return ',:]}'.includes(this.#chunk[i] ?? '') ? this.#fault(i, 'a value') : this.#begin(what, i);
  }

  /** One structural character, outside of entries. */
  #step(i: number): number {
    const char = this.#chunk[i] ?? '';
    const level = this.#levels[this.#levels.length - 1];
    switch (this.#place) {
      case 'root':
        this.#root++;
        this.#rootOffset = this.#at(i);
        if (char === '[') return this.#open(levelOf('[', ''), 'element', i);
        if (char === '{') {
          this.#unwrapped = false;
          return this.#open(levelOf('{', ''), 'key', i);
        }
        return this.#value('root', i);
      case 'element':
        if (char === ']' && level && !level.comma) return this.#close(i);
        return this.#value('element', i);
      case 'after-element':
        if (char === ']') return this.#close(i);
        if (char !== ',') return this.#fault(i, '`,` or `]`');
        if (level) level.comma = true;
        this.#place = 'element';
        return i + 1;
      case 'key':
        if (char === '}' && level && !level.comma) return this.#close(i);
        if (char !== '"') return this.#fault(i, 'a key in double quotes');
        return this.#begin('key', i);
      case 'colon':
        if (char !== ':') return this.#fault(i, '`:`');
        this.#place = 'member';
        return i + 1;
      case 'member':
        return this.#member(`${level?.path ?? ''}/${level?.key ?? ''}`, char, i);
      case 'after-member':
        if (char === '}') return this.#close(i);
        if (char !== ',') return this.#fault(i, '`,` or `}`');
        if (level) level.comma = true;
        this.#place = 'key';
        return i + 1;
      case 'stopped':
        return this.#chunk.length;
    }
  }

  /** Begins the value of a member: a list of entries and an object around one are gone into. */
  #member(path: string, char: string, i: number): number {
    if (char === '[' && this.#lists.has(path)) {
      this.#unwrapped = true;
      return this.#open(levelOf('[', path), 'element', i);
    }
    if (char === '{' && this.#around.has(path)) return this.#open(levelOf('{', path), 'key', i);
    return this.#value('member', i);
  }

  #open(level: DocumentLevel, place: CutterState, i: number): number {
    this.#levels.push(level);
    this.#place = place;
    return i + 1;
  }

  #close(i: number): number {
    const level = this.#levels.pop();
    if (level?.kind === '{') this.#closeObject(level);
    const outer = this.#levels[this.#levels.length - 1];
    if (outer) outer.comma = false;
    this.#place = outer ? 'after-member' : 'root';
    return i + 1;
  }

  /** An object without its lists of entries is a member of the one around it; the outermost is given out. */
  #closeObject({ members }: DocumentLevel): void {
    const outer = this.#levels[this.#levels.length - 1];
    if (outer) return setMember(outer.members, outer.key, members);
    const record = { value: members, root: this.#root, path: '', offset: this.#rootOffset };
    this.#out.push({ record: this.#unwrapped ? { ...record, rest: true } : record });
  }

  #begin(what: EntryCapture['what'], i: number): number {
    const char = this.#chunk[i] ?? '';
    const container = char === '{' || char === '[';
    this.#capture = {
      what,
      offset: this.#at(i),
      parts: [],
      length: 0,
      depth: container ? 1 : 0,
      inString: char === '"',
      escaped: false,
      bare: !container && char !== '"',
    };
    return this.#continue(this.#capture, i, i + 1);
  }

  /** Goes on with an entry from `from`; `scan` is the first character not yet looked at. */
  #continue(capture: EntryCapture, from: number, scan = from): number {
    const end = entryEnd(capture, this.#chunk, scan);
    const upTo = end < 0 ? this.#chunk.length : end;
    capture.length += upTo - from;
    if (capture.length <= MAX_ENTRY) capture.parts.push(this.#chunk.slice(from, upTo));
    else if (capture.parts.length > 0) capture.parts = [capture.parts.join('').slice(0, 1024)];
    if (end >= 0) this.#finish(capture);
    return upTo;
  }

  #finish(capture: EntryCapture): void {
    this.#capture = null;
    const level = this.#levels[this.#levels.length - 1];
    const path = capture.what === 'element' ? `${level?.path ?? ''}/${level?.index ?? 0}` : '';
    const text = capture.parts.join('');
    if (capture.length > MAX_ENTRY) {
      const reason = `the entry is longer than ${MAX_ENTRY / 1024 / 1024} MiB`;
      this.#out.push({ reject: { offset: capture.offset, path, reason, excerpt: excerpt(text) } });
    } else {
      const value = parse(text);
      if (value === undefined) {
        const fault = jsonFault(text);
        const offset = capture.offset + utf8Length(text.slice(0, fault?.at ?? 0));
        const reason = `not JSON from here on: ${fault?.message ?? 'a fault'} (at offset ${offset})`;
        return this.#stop(capture.offset, reason, text);
      }
      if (capture.length > MAX_DEPTH && tooDeep(value))
        this.#out.push({ reject: { offset: capture.offset, path, reason: TOO_DEEP, excerpt: excerpt(text) } });
      else if (capture.what === 'key' && level) level.key = String(value);
      else if (capture.what === 'member' && level) setMember(level.members, level.key, value);
      else this.#out.push({ record: { value, root: this.#root, path, offset: capture.offset } });
    }
    if (capture.what === 'element') {
      if (level) {
        level.index++;
        level.comma = false;
      }
      this.#place = 'after-element';
    } else if (capture.what === 'key') this.#place = 'colon';
    else if (capture.what === 'member') {
      if (level) level.comma = false;
      this.#place = 'after-member';
    } else this.#place = 'root';
  }
}

/** The paths of the objects around a list: `/log` of `/log/entries`. */
function outerPaths(path: string): string[] {
  const steps = path.split('/').slice(1, -1);
  return steps.map((_, i) => `/${steps.slice(0, i + 1).join('/')}`);
}
