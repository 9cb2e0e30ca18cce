/** Where and why a text is not JSON (RFC 8259), in our words: engines differ in theirs. */

export interface JsonFault {
  /** UTF-16 offset of the first character that cannot be. */
  readonly at: number;
  readonly message: string;
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/** The first fault of a text, or null where it is JSON. Nesting is kept in a list, not in the call stack. */
export function jsonFault(text: string): JsonFault | null {
  const open: ('{' | '[')[] = [];
  let at = 0;
  let state: 'value' | 'first-element' | 'first-key' | 'key' | 'after' = 'value';
  const fault = (wanted: string): JsonFault => {
    const code = text.codePointAt(at);
    return code === undefined
      ? { at, message: `the text ends where ${wanted} is expected` }
      : { at, message: `found \`${String.fromCodePoint(code)}\` where ${wanted} is expected` };
  };
  for (;;) {
    at = skipSpace(text, at);
    const char = text[at];
    const inside = open[open.length - 1];
    const close = inside === '{' ? '}' : ']';
    if (state === 'after') {
      if (inside === undefined) return at < text.length ? fault('the end') : null;
      if (char === close) open.pop();
      else if (char === ',') state = inside === '{' ? 'key' : 'value';
      else return fault(`\`,\` or \`${close}\``);
      at++;
    } else if (char === close && (state === 'first-key' || state === 'first-element')) {
      open.pop();
      at++;
      state = 'after';
    } else if (state === 'key' || state === 'first-key') {
      if (char !== '"') return fault('a key in double quotes');
      const end = scanString(text, at);
      if (typeof end !== 'number') return end;
      at = skipSpace(text, end);
      if (text[at] !== ':') return fault('`:`');
      at++;
      state = 'value';
    } else if (char === '{' || char === '[') {
      open.push(char);
      at++;
      state = char === '{' ? 'first-key' : 'first-element';
    } else {
      const end = char === '"' ? scanString(text, at) : scanWord(text, at);
      if (end === null) return fault('a value');
      if (typeof end !== 'number') return end;
      at = end;
      state = 'after';
    }
  }
}

function skipSpace(text: string, from: number): number {
  let at = from;
  for (;;) {
    const unit = text.charCodeAt(at);
    if (unit !== 0x20 && unit !== 0x0a && unit !== 0x0d && unit !== 0x09) return at;
    at++;
  }
}

function scanWord(text: string, at: number): number | null {
  for (const pattern of [NUMBER, WORD]) {
    pattern.lastIndex = at;
    if (pattern.test(text)) return pattern.lastIndex;
  }
  return null;
}

/** The end of the string that opens at `from`, or its fault. */
function scanString(text: string, from: number): number | JsonFault {
  for (let at = from + 1; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 0x22) return at + 1;
    if (unit < 0x20) return { at, message: 'a string holds a control character or a line break' };
    if (unit !== 0x5c) continue;
    ESCAPE.lastIndex = at;
    if (!ESCAPE.test(text)) return { at, message: 'a string holds an unknown escape' };
    at = ESCAPE.lastIndex - 1;
  }
  return { at: from, message: 'a string is not closed' };
}
