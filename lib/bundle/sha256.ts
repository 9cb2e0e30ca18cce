import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

/** SHA-256 in lower-case hexadecimal digits. A small library and not the platform's: that one is absent on plain HTTP. */
export function sha256Hex(bytes: Uint8Array): string {
  return bytesToHex(sha256(bytes));
}

/** The same of bytes that come in pieces. */
export function sha256OfPieces(): { add(piece: Uint8Array): void; hex(): string } {
  const hash = sha256.create();
  return { add: (piece) => void hash.update(piece), hex: () => bytesToHex(hash.digest()) };
}
