const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Base64 with padding (RFC 4648, section 4). */
export function base64(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const [a = 0, b = 0, c = 0] = bytes.subarray(i, i + 3);
    const triple = (a << 16) | (b << 8) | c;
    for (let k = 0; k < 4; k++) text += i + k > bytes.length ? '=' : DIGITS.charAt((triple >> (18 - 6 * k)) & 63);
  }
  return text;
}
