import { DocumentCutter } from './document';

/** For tests: what comes of a document that arrives in pieces of so many characters. */
export const cutInPieces = (text: string, wrappers: readonly string[], size: number) => {
  const cutter = new DocumentCutter(wrappers);
  const pieces = [];
  for (let at = 0; at < text.length; at += size) pieces.push(...cutter.push(text.slice(at, at + size)));
  return [...pieces, ...cutter.end()];
};
