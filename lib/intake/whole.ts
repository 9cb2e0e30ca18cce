import { decodeLink, looksLikeBundle, looksLikeLink, readBundle, type Bundle, type BundleWarning } from '../bundle';
import type { IntakeForm, IncomingPolicy } from './model';

/**
 * Reads a link or a bundle's JSON, which are read whole or refused with every problem: what an address holds, and what a comparison or a
 * list of tests asks for. Never throws. `readIncoming` reads rules and tables as well.
 */
export function readWhole(source: string): IncomingPolicy {
  if (!looksLikeBundle(source) && looksLikeLink(source)) return fromLink(source);
  if (/^\ufeff?\s*\{/.test(source)) return fromBundle(source);
  const message = 'this is neither a link to a policy nor a policy bundle';
  return { ok: false, form: undefined, message, problems: [] };
}

export function fromLink(text: string): IncomingPolicy {
  const decoded = decodeLink(text);
  return decoded.ok ? whole('link', decoded) : { ok: false, form: 'link', ...decoded.refusal };
}

export function fromBundle(text: string): IncomingPolicy {
  const read = readBundle(text);
  if (read.ok) return whole('bundle', read);
  const message = 'this bundle is not valid, and nothing of it was opened';
  return { ok: false, form: 'bundle', message, problems: read.problems };
}

function whole(
  form: IntakeForm,
  read: { readonly bundle: Bundle; readonly warnings: readonly BundleWarning[] },
): IncomingPolicy {
  const { bundle, warnings } = read;
  return { ok: true, form, bundle, warnings, remarks: [], columns: [], idsMade: false };
}
