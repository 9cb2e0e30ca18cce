/** An entry of a document while its text arrives. */
export interface EntryCapture {
  readonly what: 'element' | 'member' | 'key' | 'root';
  readonly offset: number;
  parts: string[];
  length: number;
  depth: number;
  inString: boolean;
  escaped: boolean;
  /** A number or word: it ends before the next delimiter, not with it. */
  readonly bare: boolean;
}

export const isSpace = (unit: number): boolean => unit === 0x20 || unit === 0x0a || unit === 0x0d || unit === 0x09;

/** Index after the entry's last character in this chunk, from `from` on, or -1 where the chunk ends first. */
export function entryEnd(capture: EntryCapture, text: string, from: number): number {
  for (let i = from; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (capture.escaped) capture.escaped = false;
    else if (capture.inString) {
      if (unit === 0x5c) capture.escaped = true;
      else if (unit === 0x22) {
        capture.inString = false;
        if (capture.depth === 0) return i + 1;
      }
    } else if (capture.bare) {
      if (unit === 0x2c || unit === 0x5d || unit === 0x7d || isSpace(unit)) return i;
    } else if (unit === 0x22) capture.inString = true;
    else if (unit === 0x7b || unit === 0x5b) capture.depth++;
    else if ((unit === 0x7d || unit === 0x5d) && --capture.depth === 0) return i + 1;
  }
  return -1;
}
