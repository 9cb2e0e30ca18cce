import { decodeLink, looksLikeBundle, looksLikeLink, readBundle, type Bundle, type Problem } from '@/lib/bundle';

/** What pasted text or a file holds. */
export type ReadPolicy =
  | { readonly ok: true; readonly bundle: Bundle }
  | { readonly ok: false; readonly message: string; readonly problems: readonly Problem[] };

/** Reads a link or a bundle's JSON. `message` is lower case and has no full stop. */
export function readPolicyText(text: string): ReadPolicy {
  if (!looksLikeBundle(text) && looksLikeLink(text)) {
    const decoded = decodeLink(text);
    if (decoded.ok) return { ok: true, bundle: decoded.bundle };
    return { ok: false, message: decoded.refusal.message, problems: decoded.refusal.problems };
  }
  if (!/^\s*\{/.test(text))
    return { ok: false, message: 'this is neither a link to a policy nor a policy bundle', problems: [] };
  const read = readBundle(text);
  return read.ok
    ? { ok: true, bundle: read.bundle }
    : { ok: false, message: 'this bundle is not valid', problems: read.problems };
}
