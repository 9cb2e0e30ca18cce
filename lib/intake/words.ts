import { check, parse } from '../cel';
import type { Effect, Json, Status } from '../engine';

/** How a cell reads: as a value, or not at all. `undefined` is never a value here. */
export type Read<T> = { readonly ok: true; readonly value: T } | { readonly ok: false };

const read = <T>(value: T | undefined): Read<T> => (value === undefined ? { ok: false } : { ok: true, value });

/** Letters alone, in lower case: `✅ **Allow**` and `allow` are one. */
const plain = (text: string): string =>
  text
    .toLowerCase()
    .match(/\p{L}+/gu)
    ?.join(' ') ?? '';

const EFFECT_WORDS: Readonly<Record<string, Effect>> = {
  allow: 'allow',
  allowed: 'allow',
  allows: 'allow',
  permit: 'allow',
  permitted: 'allow',
  deny: 'deny',
  denied: 'deny',
  denies: 'deny',
  block: 'deny',
  blocked: 'deny',
  forbid: 'deny',
  reject: 'deny',
  gated: 'gated',
  gate: 'gated',
  'allow if': 'gated',
  'allowed if': 'gated',
};

const STATUS_WORDS: Readonly<Record<string, Status>> = {
  active: 'active',
  enabled: 'active',
  on: 'active',
  true: 'active',
  yes: 'active',
  live: 'active',
  draft: 'draft',
  disabled: 'disabled',
  inactive: 'disabled',
  off: 'disabled',
  false: 'disabled',
  no: 'disabled',
  paused: 'disabled',
};

const own = <T>(words: Readonly<Record<string, T>>, word: string): T | undefined =>
  Object.hasOwn(words, word) ? words[word] : undefined;

export const effectOf = (cell: Json): Read<Effect> => read(own(EFFECT_WORDS, plain(String(cell))));

/** An empty cell says what a bundle means that leaves the status out: active. */
export function statusOf(cell: Json): Read<Status> {
  const word = plain(String(cell));
  if (String(cell).trim() === '' || cell === null) return read<Status>('active');
  return read(own(STATUS_WORDS, word));
}

/** Words for "everything"; a dash and an empty cell say it of a facet. */
const EVERYTHING = /^(?:\*|all|any|every|everything|anything|everyone|anyone|(?:all|any|every) \p{L}+)$/iu;
const NOTHING_SAID = /^(?:|-+|–|—|n\/?a)$/i;
/** What takes away from a list, or may mean either of everything and nothing: no selector can say it. */
const EXCEPTION = /^none$|^!|^not\s|\s?\bexcept\b|\bbut not\b|\bother than\b/i;

/** A list of selectors or patterns: undefined says everything, an empty list that nothing was said. */
export type Listed = readonly string[] | undefined;

/** The entries of a cell: JSON, or parted by commas, semicolons and line breaks, those within braces and brackets aside. */
export function listOf(cell: Json): Read<Listed> {
  if (cell === null) return read<Listed>([]);
  if (Array.isArray(cell)) return listed(cell);
  if (typeof cell !== 'string') return { ok: false };
  const text = cell.trim();
  if (/^\[\s*(?:"|\])/.test(text)) {
    try {
      const value: unknown = JSON.parse(text);
      if (Array.isArray(value)) return listed(value);
    } catch {
      return { ok: false };
    }
  }
  return listed(parted(text));
}

function listed(entries: readonly unknown[]): Read<Listed> {
  if (!entries.every((entry) => typeof entry === 'string')) return { ok: false };
  const values = entries.map(bare).filter((entry) => !NOTHING_SAID.test(entry));
  if (values.some((value) => EXCEPTION.test(value))) return { ok: false };
  return values.some((value) => EVERYTHING.test(value))
    ? { ok: true, value: undefined }
    : { ok: true, value: [...new Set(values)] };
}

function parted(text: string): string[] {
  const parts = [''];
  let depth = 0;
  for (const here of text.replace(/<br\s*\/?>/gi, '\n')) {
    if (here === '{' || here === '[' || here === '(') depth++;
    else if (here === '}' || here === ']' || here === ')') depth = Math.max(0, depth - 1);
    if (depth === 0 && (here === ',' || here === ';' || here === '\n' || here === '\r')) parts.push('');
    else parts[parts.length - 1] = `${parts.at(-1) ?? ''}${here}`;
  }
  return parts;
}

/** Without the marks that Markdown and lists put around a name; a star is a pattern's own, unless it stands on both sides twice. */
function bare(entry: string): string {
  const text = entry.trim().replace(/^[•·]\s*/, '');
  return /^(`+|\*\*|__|"|')(.+)\1$/s.exec(text)?.[2]?.trim() ?? text;
}

export const textOf = (cell: Json): Read<string> =>
  typeof cell === 'string'
    ? read(bare(cell))
    : typeof cell === 'number'
      ? read(String(cell))
      : { ok: cell === null, value: '' };

/** A condition as it stands, or null where a cell says that there is none. `mended`: curly quotes were made straight. */
export function conditionOf(cell: Json): Read<{ readonly text: string | null; readonly mended: boolean }> {
  if (cell === null) return read({ text: null, mended: false });
  if (typeof cell !== 'string') return { ok: false };
  const text = /^(`+)(.+)\1$/s.exec(cell.trim())?.[2]?.trim() ?? cell.trim();
  if (NOTHING_SAID.test(text) || /^(?:always|none)$/i.test(text)) return read({ text: null, mended: false });
  const straight = text.replace(/[“”„]/g, '"').replace(/[‘’‚]/g, "'");
  const mended = straight !== text && conditionProblem(text) !== undefined && conditionProblem(straight) === undefined;
  return read({ text: mended ? straight : text, mended });
}

/** Why a condition does not compile, in the first problem's words. */
export function conditionProblem(text: string): string | undefined {
  const parsed = parse(text);
  const found = parsed.diagnostics.length > 0 ? parsed.diagnostics : check(parsed, { result: 'bool' }).diagnostics;
  return found.find(({ severity }) => severity === 'error')?.message;
}
