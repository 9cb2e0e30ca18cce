/**
 * The original address of a link whose `#` was encoded as `%23` in transit, so that its fragment arrived as a part of the path; `null` for
 * any other address. Only a fragment of the form of our links is accepted, so the repair is certain.
 */
export function repairedAddress(href: string): string | null {
  const url = new URL(href);
  const found = /^(.*?)%23(1\..+)$/i.exec(url.pathname);
  if (!found) return null;
  const [, before = '', fragment = ''] = found;
  // Assigned part by part: the result stays on this origin, whatever the path looks like.
  url.pathname = before.endsWith('/') ? before : `${before}/`;
  url.hash = fragment;
  return url.href;
}
