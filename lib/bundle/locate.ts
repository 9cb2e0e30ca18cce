/** Where the value and the key of a pointer are in a text, as UTF-16 offsets. */
export interface PointerLocation {
  readonly value: number;
  /** The offset of the member's key; of the value itself where it is in an array or is the document. */
  readonly key: number;
}

interface PointerNode {
  place?: PointerLocation;
  readonly children: Map<string, PointerNode>;
}

/**
 * Finds pointers in the text of a document, in one pass over it however many they are.
 *
 * Problems are rare and documents large, so positions are not kept while reading: they are looked for when there is something to say.
 * A pointer that leads nowhere (a member that is missing) is answered with the place of the nearest value that holds it.
 *
 * INVARIANT: `text` was read by `readJson` with a value, so it is well-formed JSON; this scanner relies on it.
 */
export function locate(text: string, pointers: Iterable<string>): (pointer: string) => PointerLocation {
  const root: PointerNode = { children: new Map() };
  for (const pointer of pointers) {
    let node = root;
    for (const token of tokens(pointer)) {
      let next = node.children.get(token);
      if (next === undefined) node.children.set(token, (next = { children: new Map() }));
      node = next;
    }
  }
  const start = skipSpace(text, text.charCodeAt(0) === 0xfeff ? 1 : 0);
  walk(text, start, start, root);
  return (pointer) => {
    let place = root.place ?? { value: start, key: start };
    let node: PointerNode | undefined = root;
    for (const token of tokens(pointer)) {
      node = node.children.get(token);
      if (node?.place === undefined) return { value: place.value, key: place.value };
      place = node.place;
    }
    return place;
  };
}

function tokens(pointer: string): readonly string[] {
  return pointer === ''
    ? []
    : pointer
        .slice(1)
        .split('/')
        .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** Visits the value at `at` and returns the offset after it. Recursion goes no deeper than the pointers do. */
function walk(text: string, at: number, key: number, node: PointerNode): number {
  // Of two members with one key the last one is the value that was read, hence no look at what is here already.
  node.place = { value: at, key };
  const opening = text[at];
  if (node.children.size === 0 || (opening !== '{' && opening !== '[')) return skipValue(text, at);
  const closing = opening === '{' ? '}' : ']';
  let next = skipSpace(text, at + 1);
  for (let index = 0; next < text.length && text[next] !== closing; index++) {
    let token = String(index);
    const keyAt = next;
    if (opening === '{') {
      const keyEnd = skipString(text, next);
      token = keyOf(text.slice(next, keyEnd));
      next = skipSpace(text, skipSpace(text, keyEnd) + 1);
    }
    const child = node.children.get(token);
    next = skipSpace(text, child === undefined ? skipValue(text, next) : walk(text, next, keyAt, child));
    if (text[next] === ',') next = skipSpace(text, next + 1);
  }
  return next + 1;
}

function keyOf(quotedKey: string): string {
  return quotedKey.includes('\\') ? String(JSON.parse(quotedKey)) : quotedKey.slice(1, -1);
}

function skipSpace(text: string, at: number): number {
  while (at < text.length && ' \n\r\t'.includes(text.charAt(at))) at++;
  return at;
}

function skipString(text: string, at: number): number {
  for (at++; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 0x5c) at++;
    else if (unit === 0x22) return at + 1;
  }
  return at;
}

function skipValue(text: string, at: number): number {
  let depth = 0;
  while (at < text.length) {
    const unit = text.charAt(at);
    if (unit === '"') at = skipString(text, at);
    else if ('{[}]'.includes(unit)) {
      depth += unit === '{' || unit === '[' ? 1 : -1;
      at++;
    } else if (depth > 0) at++;
    else while (at < text.length && !',}] \n\r\t'.includes(text.charAt(at))) at++;
    if (depth === 0) return at;
  }
  return at;
}
