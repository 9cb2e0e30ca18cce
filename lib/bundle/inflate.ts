import { FlateErrorCode, Inflate, type FlateError } from 'fflate';
import { deflateRaw } from 'pako/browser/deflate';

export type InflatedBytes =
  | { readonly ok: true; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly ok: false; readonly fault: 'damaged' | 'truncated' | 'too-large' };

/** Input goes in by pieces of this many bytes: one of them yields four megabytes at most, so that is how far past the limit it can go. */
const PIECE = 4096;

/** Up to this size several ways are tried; what is larger fits into no link that is sent anywhere. */
const SHORT = 256 * 1024;

/**
 * Raw DEFLATE (RFC 1951), as short as zlib makes it: how much it gathers before it begins a new block decides some bytes, and which amount
 * is best depends on the text. (`fflate`, which decompresses, packs some four per cent less tightly.)
 */
export function deflate(bytes: Uint8Array): Uint8Array {
  const levels = bytes.length <= SHORT ? ([9, 8, 7, 6] as const) : ([9] as const);
  return levels
    .map((memLevel) => deflateRaw(bytes, { level: 9, memLevel }))
    .reduce((best, one) => (one.length < best.length ? one : best));
}

/**
 * Decompresses raw DEFLATE and stops as soon as more than `limit` bytes have come out, so that a small link cannot fill the memory.
 * Bytes that follow the last block are damage: nothing that was shared has any.
 */
export function inflate(compressed: Uint8Array, limit: number): InflatedBytes {
  const result = run(compressed, limit);
  // The library does not say where the last block ended. A stream that is still whole without its last byte ended before that.
  if (result.ok && run(compressed.subarray(0, -1), limit).ok) return { ok: false, fault: 'damaged' };
  return result;
}

function run(compressed: Uint8Array, limit: number): InflatedBytes {
  const pieces: Uint8Array[] = [];
  let length = 0;
  const stream = new Inflate((piece) => {
    pieces.push(piece);
    length += piece.length;
  });
  if (compressed.length === 0) return { ok: false, fault: 'truncated' };
  try {
    for (let at = 0; at < compressed.length; at += PIECE) {
      stream.push(compressed.subarray(at, at + PIECE), at + PIECE >= compressed.length);
      if (length > limit) return { ok: false, fault: 'too-large' };
    }
  } catch (error) {
    const truncated = (error as Partial<FlateError>).code === FlateErrorCode.UnexpectedEOF;
    return { ok: false, fault: truncated ? 'truncated' : 'damaged' };
  }
  return { ok: true, bytes: concatenated(pieces, length) };
}

function concatenated(pieces: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}
