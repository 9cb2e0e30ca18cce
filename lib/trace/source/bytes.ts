/** Bytes to text, with the place of the first byte that is not UTF-8. */

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const lenient = new TextDecoder('utf-8', { ignoreBOM: true });

/** Text of well-formed UTF-8, or null. */
export function decode(bytes: Uint8Array): string | null {
  try {
    return strict.decode(bytes);
  } catch {
    return null;
  }
}

/** Text with stand-ins for what is not UTF-8: for excerpts and guesses, never for calls. */
export const decodeLeniently = (bytes: Uint8Array): string => lenient.decode(bytes);

/** Length of the sequence that a byte opens, 0 where it opens none. */
function sequenceLength(byte: number): number {
  if (byte < 0x80) return 1;
  if (byte >= 0xc2 && byte <= 0xdf) return 2;
  if (byte >= 0xe0 && byte <= 0xef) return 3;
  if (byte >= 0xf0 && byte <= 0xf4) return 4;
  return 0;
}

/** True where the second byte makes the sequence overlong, a surrogate, or past U+10FFFF (RFC 3629). */
function badSecond(first: number, second: number): boolean {
  if (first === 0xe0) return second < 0xa0;
  if (first === 0xed) return second > 0x9f;
  if (first === 0xf0) return second < 0x90;
  if (first === 0xf4) return second > 0x8f;
  return false;
}

/**
 * How far the bytes are well-formed: `end` is the index of the first byte that is not, or of a sequence that the end
 * cuts off; `cut` distinguishes the two.
 */
export function wellFormed(bytes: Uint8Array): { readonly end: number; readonly cut: boolean } {
  let i = 0;
  while (i < bytes.length) {
    const first = bytes[i] ?? 0;
    const length = sequenceLength(first);
    if (length === 0) return { end: i, cut: false };
    for (let k = 1; k < length; k++) {
      const next = bytes[i + k];
      if (next === undefined) return { end: i, cut: true };
      if ((next & 0xc0) !== 0x80 || (k === 1 && badSecond(first, next))) return { end: i, cut: false };
    }
    i += length;
  }
  return { end: i, cut: false };
}

/** Index of a sequence that the end of the bytes cuts off, or the length. */
export function completeEnd(bytes: Uint8Array): number {
  const from = Math.max(0, bytes.length - 3);
  for (let i = bytes.length - 1; i >= from; i--) {
    const byte = bytes[i] ?? 0;
    if ((byte & 0xc0) === 0x80) continue;
    return i + sequenceLength(byte) > bytes.length ? i : bytes.length;
  }
  return bytes.length;
}

export function concat(parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts;
  if (parts.length === 1 && only) return only;
  const whole = new Uint8Array(parts.reduce((n, part) => n + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Bytes that UTF-8 takes for a text; a lone surrogate counts as its stand-in. */
export function utf8Length(text: string): number {
  let length = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) length += 1;
    else if (unit < 0x800) length += 2;
    else if (unit >= 0xd800 && unit < 0xdc00 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00) {
      length += 4;
      i++;
    } else length += 3;
  }
  return length;
}

/** What a file is by its first bytes where it is not UTF-8 text at all, in words; null where it may be text. */
export function notText(head: Uint8Array): string | null {
  const [a, b, c, d] = head;
  if (a === 0x1f && b === 0x8b) return 'the file is compressed (gzip): unpack it first';
  if (a === 0x28 && b === 0xb5 && c === 0x2f && d === 0xfd) return 'the file is compressed (zstd): unpack it first';
  if (a === 0x50 && b === 0x4b && (c === 3 || c === 5)) return 'the file is a zip archive: unpack it first';
  const probe = head.subarray(0, 4096);
  const zeros = probe.reduce((n, byte) => n + (byte === 0 ? 1 : 0), 0);
  if (zeros > probe.length / 8) return 'the file is not UTF-8 text (it may be UTF-16 or binary)';
  return null;
}

/** What reads the text of a file that opens with a byte order mark of UTF-16; undefined for any other. What is no UTF-16 becomes U+FFFD. */
export function utf16Decoder([first, second]: Uint8Array): TextDecoder | undefined {
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le');
  return first === 0xfe && second === 0xff ? new TextDecoder('utf-16be') : undefined;
}

/** Length of the byte order mark that opens the bytes. */
export const bomLength = (head: Uint8Array): number =>
  head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0;
