import { canonical, NotCanonicalError } from './canonical';
import { fromBase64url, toBase64url } from './base64url';
import { deflate, inflate } from './inflate';
import { LIMITS } from './limits';
import type { Bundle } from './model';
import type { BundleProblem } from './problem';
import { readBundle, type BundleWarning } from './read';
import { count } from './shape';
import { scan, scanRepaired, type LinkCandidate } from './scan';
import { sha256Hex } from './sha256';
import { writtenBundle } from './written';

/** `#1.<payload>.<check>`, to be put after a page's address; only `A-Z a-z 0-9 - _ .` after the `#`. */
export type LinkFragment = `#1.${string}.${string}`;

export type EncodedLink =
  | { readonly ok: true; readonly fragment: LinkFragment }
  | { readonly ok: false; readonly problems: readonly BundleProblem[] };

export type DecodedLink =
  | {
      readonly ok: true;
      readonly bundle: Bundle;
      readonly warnings: readonly BundleWarning[];
      /** The link as it should have been: without white space, text around it, or whatever else had to be repaired. */
      readonly fragment: LinkFragment;
      readonly repaired: boolean;
    }
  | { readonly ok: false; readonly refusal: LinkRefusal };

/** Why a link is not opened. `problems` is filled where the link is whole and what it holds is refused. */
export interface LinkRefusal {
  readonly code: LinkRefusalCode;
  readonly message: string;
  readonly problems: readonly BundleProblem[];
}

export const REFUSALS = {
  'not-a-link': 'no link was found here: one looks like `…#1.` and many letters, a dot, and 12 more',
  'newer-version': 'this link was made by a newer version of the playground, and this one cannot read it',
  truncated: 'the end of this link is missing: copy the whole of it, or ask for it again',
  damaged: 'this link was changed after it was made, and what was shared cannot be recovered from it: ask for it again',
  'too-large': 'what this link holds is larger than the limit of 4 MiB',
  'several-links': 'there is more than one link here: paste the one that is meant',
  'invalid-bundle': 'this link is whole, but what it holds is not a valid bundle',
} as const;
export type LinkRefusalCode = keyof typeof REFUSALS;

/**
 * The link of a bundle: base64url of raw DEFLATE of its canonical JSON, and a check over that JSON (docs/bundle-and-link.md, "Link").
 * Refused is what could not be opened again: more than 2,000 calls, more than 4 MiB, lone surrogates.
 */
export function encodeLink(bundle: Bundle): EncodedLink {
  const calls = bundle.trace?.length ?? 0;
  if (calls > LIMITS.linkCalls) {
    const message = `a link carries at most ${count(LIMITS.linkCalls)} calls, and this trace has ${count(calls)}`;
    return refused('/trace', 'too-many', message);
  }
  let text: string;
  try {
    text = canonical(writtenBundle(bundle));
  } catch (error) {
    if (error instanceof NotCanonicalError) return refused(error.pointer, error.code, error.message);
    throw error;
  }
  const bytes = new TextEncoder().encode(text);
  if (bytes.length > LIMITS.bytes) return refused('', 'too-large', 'the bundle is larger than the limit of 4 MiB');
  return { ok: true, fragment: fragmentOf(toBase64url(deflate(bytes)), bytes) };
}

function refused(pointer: string, code: string, message: string): EncodedLink {
  return { ok: false, problems: [{ pointer, code, message }] };
}

function fragmentOf(payload: string, bytes: Uint8Array): LinkFragment {
  return `#1.${payload}.${sha256Hex(bytes).slice(0, 12)}`;
}

/**
 * Opens a link: a fragment, an address that ends in one, or a text that has one somewhere in it. Never throws.
 *
 * INVARIANT: nothing is opened but bytes that the link's own check vouches for; every repair is a guess at where the link begins, ends or was
 * broken, and the check decides whether the guess was right. With two different links in one text none is opened.
 *
 * A payload that is valid but not canonical is opened, with a warning: it is what was shared, and only its writer was careless.
 */
export function decodeLink(text: string): DecodedLink {
  const opened = new Map<string, OpenedLink & { ok: true }>();
  let refusal: LinkRefusalCode | undefined;
  for (const candidate of scan(text)) {
    const result = open(candidate);
    if (result.ok) opened.set(result.fragment, result);
    else refusal ??= result.code;
  }
  // Something in the text did not open, or there is no link in it as it is: the check decides which repair was right.
  if (opened.size === 0 || refusal !== undefined) {
    for (const candidate of scanRepaired(text)) {
      const result = open(candidate);
      if (result.ok) opened.set(result.fragment, result);
    }
  }
  if (opened.size > 1) return no('several-links');
  const [whole] = opened.values();
  if (whole === undefined) return no(refusal ?? 'not-a-link');
  const read = readBundle(whole.bytes, { link: true });
  if (!read.ok)
    return no(
      read.problems.some((problem) => problem.code === 'newer-version') ? 'newer-version' : 'invalid-bundle',
      read.problems,
    );
  const { bundle, warnings } = read;
  return { ok: true, bundle, warnings, fragment: whole.fragment, repaired: !text.endsWith(whole.fragment) };
}

function no(code: LinkRefusalCode, problems: readonly BundleProblem[] = []): DecodedLink {
  return { ok: false, refusal: { code, message: REFUSALS[code], problems } };
}

/** Whether a text is meant as a bundle: it may have links in its notes, and is read as a bundle also where something is wrong with it. */
export function looksLikeBundle(text: string): boolean {
  return /^\ufeff?\s*\{/.test(text) && /"(?:format|rules)"\s*:/.test(text);
}

/** Whether a text is meant as a link to a policy, so that a page knows a broken link from an anchor such as `#rules`. */
export function looksLikeLink(text: string): boolean {
  return scan(text).length > 0 || !scanRepaired(text).next().done;
}

type OpenedLink =
  | { readonly ok: true; readonly fragment: LinkFragment; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly ok: false; readonly code: LinkRefusalCode };

function open(candidate: LinkCandidate): OpenedLink {
  if (candidate.kind === 'newer') return { ok: false, code: 'newer-version' };
  if (candidate.kind === 'truncated') return { ok: false, code: 'truncated' };
  if (candidate.kind === 'damaged') return { ok: false, code: 'damaged' };
  const { payload, check } = candidate;
  const compressed = fromBase64url(payload);
  if (compressed === undefined) return { ok: false, code: 'damaged' };
  const inflated = inflate(compressed, LIMITS.bytes);
  // With the check in place the end is not missing: where the data end too early, something in between was lost.
  if (!inflated.ok) return { ok: false, code: inflated.fault === 'too-large' ? 'too-large' : 'damaged' };
  const fragment = fragmentOf(payload, inflated.bytes);
  return fragment.endsWith(`.${check}`)
    ? { ok: true, fragment, bytes: inflated.bytes }
    : { ok: false, code: 'damaged' };
}
