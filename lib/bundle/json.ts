import { keepsItsValue, type Json, type JsonObject } from '../engine';
import { LIMITS } from './limits';
import { member, MOST_PROBLEMS, quoted } from './problem';

/** A fault in the JSON text itself; `offset` is in UTF-16 units. */
export interface JsonProblem {
  readonly code: JsonFaultCode;
  readonly message: string;
  readonly pointer: string;
  readonly offset: number;
}

export type JsonFaultCode =
  'json-syntax' | 'duplicate-key' | 'lone-surrogate' | 'number-range' | 'number-inexact' | 'too-deep' | 'too-many';

export interface JsonReadOptions {
  /** Levels of lists and objects; 128 where it is left out. */
  readonly maxDepth?: number;
  /** Also report numbers that a double changes (`number-inexact`): integers beyond 2^53, too many digits, `-0`. */
  readonly exactNumbers?: boolean;
}

export interface JsonRead {
  /** Undefined where a fault ended the reading; what comes after such a fault was not looked at. */
  readonly value: Json | undefined;
  /** At most 10,000. */
  readonly problems: readonly JsonProblem[];
}

/**
 * Reads one JSON document (RFC 8259, held to RFC 7493) strictly and in linear time; never throws.
 *
 * `JSON.parse` is not enough: it lets duplicate keys pass, the last one winning, and another reader may take the first. Refused besides
 * are lone surrogates, numbers beyond the range of a double, and nesting past the limit; `-0` and the key `__proto__` are kept.
 * A leading byte order mark is skipped. Duplicate keys and lone surrogates are reported and reading goes on, so that all of them show.
 */
export function readJson(text: string, options: JsonReadOptions = {}): JsonRead {
  const reader = new JsonReader(text, options.maxDepth ?? LIMITS.depth, options.exactNumbers ?? false);
  const value = reader.document();
  return { value, problems: reader.problems };
}

/** Sets an own property, whatever its name: plain assignment to `__proto__` would change the prototype instead. */
export function setOwn(object: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__') {
    Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
  } else {
    object[key] = value;
  }
}

/** Ends the reading from any depth; never leaves this file. */
class JsonReadError extends Error {}

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const LITERALS: readonly (readonly [string, boolean | null])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
];
const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

class JsonReader {
  private at = 0;
  private readonly path: (string | number)[] = [];
  readonly problems: JsonProblem[] = [];

  constructor(
    private readonly text: string,
    private readonly maxDepth: number,
    private readonly exactNumbers: boolean,
  ) {}

  document(): Json | undefined {
    try {
      if (this.text.charCodeAt(0) === 0xfeff) this.at = 1;
      this.space();
      const value = this.value();
      this.space();
      if (this.at < this.text.length) this.unexpected('the end of the document');
      return value;
    } catch (fault) {
      if (fault instanceof JsonReadError) return undefined;
      throw fault;
    }
  }

  private value(): Json {
    const { text } = this;
    const unit = text.charCodeAt(this.at);
    if (unit === 0x22) return this.string();
    if (unit === 0x7b) return this.object();
    if (unit === 0x5b) return this.array();
    if (unit === 0x2d || (unit >= 0x30 && unit <= 0x39)) return this.number();
    for (const [word, value] of LITERALS) {
      if (text.startsWith(word, this.at)) {
        this.at += word.length;
        return value;
      }
    }
    return this.unexpected('a value');
  }

  private object(): JsonObject {
    const object: Record<string, Json> = {};
    this.enter();
    this.space();
    if (this.text.charCodeAt(this.at) === 0x7d) return this.leave(object);
    for (;;) {
      const keyAt = this.at;
      if (this.text.charCodeAt(this.at) !== 0x22) this.unexpected(keyAt === 0 ? 'a value' : 'a key in double quotes');
      const key = this.string();
      this.path.push(key);
      if (Object.hasOwn(object, key)) this.report('duplicate-key', keyAt, `duplicate key ${quoted(key)}`);
      this.space();
      this.expect(0x3a, '`:`');
      this.space();
      setOwn(object, key, this.value());
      this.path.pop();
      this.space();
      if (this.text.charCodeAt(this.at) === 0x7d) return this.leave(object);
      this.expect(0x2c, '`,` or `}`');
      this.space();
    }
  }

  private array(): Json[] {
    let array: Json[] = [];
    this.enter();
    this.space();
    if (this.text.charCodeAt(this.at) === 0x5d) return this.leave(array);
    for (let length = 0; ; length++) {
      this.path.push(length);
      const value = this.value();
      // A list of one that is made by `push` has room for seventeen, which two million of them show.
      if (length === 0) array = [value];
      else array.push(value);
      this.path.pop();
      this.space();
      if (this.text.charCodeAt(this.at) === 0x5d) return this.leave(array);
      this.expect(0x2c, '`,` or `]`');
      this.space();
    }
  }

  private depth = 0;
  private containers = 0;

  private enter(): void {
    if (++this.containers > LIMITS.containers) {
      this.fail('too-many', this.at, 'more than 1,000,000 lists and objects');
    }
    if (++this.depth > this.maxDepth) {
      this.fail('too-deep', this.at, `nested deeper than ${String(this.maxDepth)} levels`);
    }
    this.at++;
  }

  private leave<T>(container: T): T {
    this.depth--;
    this.at++;
    return container;
  }

  /** INVARIANT: runs of plain text are cut out as slices, so a string costs time in proportion to its length. */
  private string(): string {
    const { text } = this;
    const startAt = this.at++;
    let result = '';
    let runAt = this.at;
    for (;;) {
      const unit = text.charCodeAt(this.at);
      if (unit === 0x22) {
        result += text.slice(runAt, this.at++);
        break;
      }
      if (unit === 0x5c) {
        result += text.slice(runAt, this.at);
        result += this.escape();
        runAt = this.at;
      } else if (unit >= 0x20) {
        this.at++;
      } else if (Number.isNaN(unit)) {
        this.fail('json-syntax', this.at, 'the text ends inside a string');
      } else {
        this.fail('json-syntax', this.at, 'a control character in a string is not escaped');
      }
    }
    const lone = loneSurrogate(result);
    if (lone !== undefined) {
      this.report('lone-surrogate', startAt, `lone surrogate ${quoted(lone)} in ${quoted(result)}`);
    }
    return result;
  }

  private escape(): string {
    const letter = this.text.charAt(this.at + 1);
    const plain = ESCAPES[letter];
    if (plain !== undefined) {
      this.at += 2;
      return plain;
    }
    const digits = this.text.slice(this.at + 2, this.at + 6);
    if (letter !== 'u' || !/^[0-9a-fA-F]{4}$/.test(digits)) {
      this.fail('json-syntax', this.at, 'a backslash starts no valid escape');
    }
    this.at += 6;
    return String.fromCharCode(Number.parseInt(digits, 16));
  }

  private number(): number {
    NUMBER.lastIndex = this.at;
    const digits = NUMBER.exec(this.text)?.[0];
    if (digits === undefined) return this.unexpected('a digit', this.at + 1);
    const value = Number(digits);
    if (!Number.isFinite(value)) {
      this.report('number-range', this.at, `number ${quoted(digits)} is beyond the range of a double`);
    } else if (this.exactNumbers && !keepsItsValue(digits, value)) {
      this.report('number-inexact', this.at, `number ${quoted(digits)} would become ${quoted(String(value))}`);
    }
    this.at += digits.length;
    if (/[0-9.+\-a-zA-Z_]/.test(this.text.charAt(this.at))) this.unexpected('the end of a number');
    return value;
  }

  private space(): void {
    for (;;) {
      const unit = this.text.charCodeAt(this.at);
      if (unit !== 0x20 && unit !== 0x0a && unit !== 0x0d && unit !== 0x09) return;
      this.at++;
    }
  }

  private expect(unit: number, what: string): void {
    if (this.text.charCodeAt(this.at) !== unit) this.unexpected(what);
    this.at++;
  }

  private unexpected(wanted: string, at = this.at): never {
    const found = this.text.codePointAt(at);
    const what = found === undefined ? 'the text ends' : `found ${quoted(String.fromCodePoint(found))}`;
    return this.fail('json-syntax', at, `${what} where ${wanted} should be`);
  }

  private fail(code: JsonFaultCode, offset: number, message: string): never {
    this.report(code, offset, message);
    throw new JsonReadError();
  }

  private report(code: JsonFaultCode, offset: number, message: string): void {
    if (this.problems.length === MOST_PROBLEMS) return;
    this.problems.push({ code, message, offset, pointer: this.path.reduce<string>(member, '') });
  }
}

/** The first half of a surrogate pair that is without the other, or undefined. */
export function loneSurrogate(text: string): string | undefined {
  return /\p{Surrogate}/u.exec(text)?.[0];
}
