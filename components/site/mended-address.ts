/**
 * The address that a link had before something on its way wrote the `#` as `%23`, so that the link's fragment arrived as a
 * part of the path; `null` for any other address. Only a fragment of the form of our links is taken for one, so this is certain.
 */
export function mendedAddress(href: string): string | null {
  const url = new URL(href);
  const found = /^(.*?)%23(1\..+)$/i.exec(url.pathname);
  if (!found) return null;
  const [, before = '', fragment = ''] = found;
  // Assigned part by part: the result stays on this origin, whatever the path looks like.
  url.pathname = before.endsWith('/') ? before : `${before}/`;
  url.hash = fragment;
  return url.href;
}
