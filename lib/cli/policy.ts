import {
  decodeLink,
  digestOf,
  looksLikeBundle,
  looksLikeLink,
  readBundle,
  shortDigest,
  type Bundle,
  type BundleProblem,
} from '../bundle';
import { profileSentence, profileWords } from '../wording';
import { readAll, type CliIo } from './io';
import { plain } from './printable';

export type OpenedPolicy =
  | { readonly ok: true; readonly bundle: Bundle; readonly warnings: readonly BundleProblem[] }
  /** `reason` is filled where it is a link that was not opened. */
  | { readonly ok: false; readonly reason: string | undefined; readonly problems: readonly BundleProblem[] };

/** What FILE means wherever a policy is expected: a bundle's file, a file with a link in it, a link itself, or `-`. */
export async function openPolicy(file: string, io: CliIo): Promise<OpenedPolicy> {
  if (file !== '-' && !io.exists(file) && looksLikeLink(file)) return fromLink(file);
  const bytes = await readAll(io, file);
  const text = textOf(bytes);
  if (!looksLikeBundle(text) && looksLikeLink(text)) return fromLink(text);
  const read = readBundle(bytes);
  return read.ok ? read : { ...read, reason: undefined };
}

/** The text of a file with a link in it, which PowerShell writes in UTF-16. What is no UTF-8 is read for links alone. */
function textOf(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}

function fromLink(text: string): OpenedPolicy {
  const decoded = decodeLink(text);
  if (decoded.ok) return decoded;
  const { code, message, problems } = decoded.refusal;
  return { ok: false, reason: message, problems: problems.length > 0 ? problems : [{ pointer: '', code, message }] };
}

/** Opens a policy, or says on standard error why not: then the command's answer is no. */
export async function requirePolicy(file: string, io: CliIo): Promise<Bundle | undefined> {
  const opened = await openPolicy(file, io);
  if (opened.ok) {
    for (const warning of opened.warnings) io.err(`warning: ${problemLine(warning)}`);
    const profile = profileSentence(opened.bundle.settings.readings);
    if (profile !== undefined) io.err(profile);
    return opened.bundle;
  }
  if (opened.reason !== undefined) io.err(opened.reason);
  for (const problem of opened.problems) {
    if (problem.message !== opened.reason) io.err(problemLine(problem));
  }
  return undefined;
}

/** `3:14 /rules/0/effect: sentence (code)`. */
export function problemLine({ pointer, code, message, position }: BundleProblem): string {
  const place = position === undefined ? '' : `${String(position.line)}:${String(position.column)} `;
  return plain(`${place}${pointer === '' ? '' : `${pointer}: `}${message} (${code})`);
}

/** `\`Finance\`, 3 rules, digest 9f3a·17c2`. */
export function described(bundle: Bundle): string {
  const rules = bundle.rules.length === 1 ? '1 rule' : `${String(bundle.rules.length)} rules`;
  const profile = profileWords(bundle.settings.readings).length > 0 ? ', with a profile of its gateway' : '';
  return `\`${plain(bundle.name)}\`, ${rules}, digest ${shortDigest(digestOf(bundle))}${profile}`;
}
