/** Searching in text in linear time, whatever the text and the part. */

/** Up to this length the engine's own search is used: in the worst case it looks at every character of the part at every place. */
const SHORT = 32;

/** `text.includes(part)`; with a long part in time linear in both, where engines may take their product. */
export function includesText(text: string, part: string): boolean {
  if (part.length <= SHORT || part.length > text.length) return text.includes(part);
  // Most texts do not even contain how the part begins.
  const at = text.indexOf(part.slice(0, SHORT));
  return at >= 0 && includesFrom(text, at, part);
}

/** Knuth, Morris and Pratt: `back[i]` is how much of the part's beginning the first `i + 1` characters end with. */
function includesFrom(text: string, from: number, part: string): boolean {
  const back = new Int32Array(part.length);
  for (let i = 1, length = 0; i < part.length; i++) {
    while (length > 0 && part.charCodeAt(i) !== part.charCodeAt(length)) length = back[length - 1] ?? 0;
    if (part.charCodeAt(i) === part.charCodeAt(length)) length++;
    back[i] = length;
  }
  for (let i = from, length = 0; i < text.length; i++) {
    while (length > 0 && text.charCodeAt(i) !== part.charCodeAt(length)) length = back[length - 1] ?? 0;
    if (text.charCodeAt(i) === part.charCodeAt(length)) length++;
    if (length === part.length) return true;
  }
  return false;
}
