/** What an answer needs to know of a JSON-RPC message that is not read as a whole. */
export interface Envelope {
  /** Undefined where there is none, or none that could be found; null where it is one that an answer could not repeat exactly. */
  readonly id: string | number | null | undefined;
  readonly method: string | undefined;
}

/** An id as an answer repeats it: null for a number that a double changes, since that could be the id of another request. */
export function answerableId(id: unknown): Envelope['id'] {
  if (typeof id === 'string') return id;
  if (typeof id !== 'number') return undefined;
  return Number.isInteger(id) && !Number.isSafeInteger(id) ? null : id;
}

/** An id or a method longer than this is not looked at further. */
const MAX_SCALAR_BYTES = 1024;
const [QUOTE, BACKSLASH, COMMA, COLON, OPEN_BRACKET, CLOSE_BRACKET, OPEN_BRACE, CLOSE_BRACE] = [
  0x22, 0x5c, 0x2c, 0x3a, 0x5b, 0x5d, 0x7b, 0x7d,
] as const;

/**
 * Finds `id` and `method` of a message while its bytes run through, in constant memory: for a message that is too large, or too deep,
 * to be kept. It trusts the text to be JSON; where it is not, it finds nothing or something, and never fails.
 */
export class EnvelopeScan {
  #depth = 0;
  #inString = false;
  #escaped = false;
  #key: string | undefined;
  #scalar: number[] = [];
  readonly #found = new Map<string, unknown>();

  feed(bytes: Uint8Array): this {
    for (const byte of bytes) this.#byte(byte);
    return this;
  }

  get envelope(): Envelope {
    const method = this.#found.get('method');
    return {
      id: answerableId(this.#found.get('id')),
      method: typeof method === 'string' ? method : undefined,
    };
  }

  #byte(byte: number): void {
    if (this.#inString) {
      this.#keep(byte);
      if (this.#escaped) this.#escaped = false;
      else if (byte === BACKSLASH) this.#escaped = true;
      else if (byte === QUOTE) this.#inString = false;
      return;
    }
    if (byte === OPEN_BRACE || byte === OPEN_BRACKET) this.#depth++;
    else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
      this.#endMember();
      this.#depth--;
    } else if (byte === COMMA) this.#endMember();
    else if (byte === COLON) this.#endKey();
    else {
      if (byte === QUOTE) this.#inString = true;
      if (byte > 0x20) this.#keep(byte);
    }
  }

  #keep(byte: number): void {
    if (this.#depth === 1 && this.#scalar.length <= MAX_SCALAR_BYTES) this.#scalar.push(byte);
  }

  #endKey(): void {
    if (this.#depth !== 1) return;
    const key = this.#takeScalar();
    this.#key = typeof key === 'string' ? key : undefined;
  }

  #endMember(): void {
    if (this.#depth !== 1) return;
    const value = this.#takeScalar();
    if (this.#key !== undefined && value !== undefined) this.#found.set(this.#key, value);
    this.#key = undefined;
  }

  #takeScalar(): unknown {
    const text = Buffer.from(this.#scalar).toString('utf8');
    this.#scalar = [];
    if (text === '' || text.length > MAX_SCALAR_BYTES) return undefined;
    try {
      return JSON.parse(text) as unknown;
    } catch {
      return undefined;
    }
  }
}
