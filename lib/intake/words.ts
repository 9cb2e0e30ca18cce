import { check, parse } from '../cel';
import type { Effect, Json, Status } from '../engine';
import { isFacet, readingOf } from './fields';
import { readMarkup, withoutInvisible, type CellText } from '../text';

/** How a cell reads: as a value, or not at all. `undefined` is never a value here. */
export type CellRead<T> = { readonly ok: true; readonly value: T } | { readonly ok: false };

const read = <T>(value: T | undefined): CellRead<T> => (value === undefined ? { ok: false } : { ok: true, value });

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

export const effectOf = (cell: Json): CellRead<Effect> => read(own(EFFECT_WORDS, plain(String(cell))));

/** Marks that people put beside an effect, by what they say. */
const EFFECT_MARKS: { readonly [E in Effect]: RegExp } = {
  allow: /[✅✔☑🟢👍]/gu,
  deny: /[❌✖✗✘🚫⛔🔴🛑👎]/gu,
  gated: /[🟡🟠⚠🔒🔐🚧]/gu,
};

/** Why a cell that reads as an effect may mean another one; a clause that follows the cell. */
export function effectDoubt(cell: Json, effect: Effect): string | undefined {
  const left = String(cell)
    .replace(/\uFE0F/gu, '')
    .replace(EFFECT_MARKS[effect], '')
    .replace(/\*\*|`|[\p{L}\s_-]/gu, '')
    .replace(/\.$/, '');
  return left === '' ? undefined : `has \`${left}\` beside it, so that it may mean another one`;
}

const STATE_MARKS = { active: /[✅✔☑🟢]/u, disabled: /[❌✖☐🔴⬜]/u } as const;

/**
 * An empty cell says what a bundle means that leaves the status out: active. A mark says it alone, such as that of a checkbox; one that does
 * not agree with the word beside it leaves it open.
 */
export function statusOf(cell: Json): CellRead<Status> {
  const text = cell === null ? '' : String(cell).trim();
  if (text === '') return read<Status>('active');
  const marks = (['active', 'disabled'] as const).filter((status) => STATE_MARKS[status].test(text));
  const word = plain(text);
  const [mark] = marks;
  const status = word === '' ? mark : own(STATUS_WORDS, word);
  const agrees = marks.length < 2 && (mark === undefined || (mark === 'active') === (status === 'active'));
  return read(agrees ? status : undefined);
}

/** Words for "everything"; a dash and an empty cell say it of a facet. */
const EVERYTHING = /^(?:\*|all|any|every|everything|anything|every(?:one|body)|any(?:one|body))$/i;
const EVERY_ONE_OF = /^(?:all|any|every) (?:mcp )?(\p{L}+)$/iu;
const NOTHING_SAID = /^(?:|-+|–|—|n\/?a)$/i;
/** What takes away from a list, or may mean either of everything and nothing: no selector can say it. */
const EXCEPTION =
  /^(?:none|nothing|nobody|no \p{L}+|empty)$|^[([<](?:none|nothing|nobody|no \p{L}+|empty)[)\]>]$|^!|^not\s|\s?\bexcept\b|\bbut not\b|\bother than\b/iu;

/** `all`, `(all)`, `all users`; but `all admins` names some of them. */
function saysEverything(entry: string): boolean {
  const word =
    /^(?:\((.*)\)|\[(.*)\]|<(.*)>)$/s
      .exec(entry)
      ?.slice(1)
      .find((inside) => inside !== undefined)
      ?.trim() ?? entry;
  if (EVERYTHING.test(word)) return word !== '*' || entry === word;
  const kind = readingOf(EVERY_ONE_OF.exec(word)?.[1] ?? '');
  return kind !== undefined && (kind === 'tools' || isFacet(kind));
}

/** Where a cell comes from: a member of JSON says exactly what it says, a cell of a table may have markup around it. */
export type CellSource = 'json' | 'markdown' | 'html' | 'separated';

/** A list of selectors or patterns: undefined says everything, an empty list that nothing was said. */
export interface CellList {
  readonly entries: readonly string[] | undefined;
  /** Why an entry may not say what it seems to, each a clause in lower case. */
  readonly doubts: readonly string[];
}

/** The entries of a cell: JSON, or parted by commas, semicolons and line breaks, those within braces and brackets aside. */
export function listOf(cell: Json, source: CellSource): CellRead<CellList> {
  if (cell === null) return listed([], []);
  if (Array.isArray(cell)) {
    return cell.every((entry) => typeof entry === 'string') ? listed(cell.map(trimmed), []) : { ok: false };
  }
  if (typeof cell !== 'string') return { ok: false };
  const text = cell.trim();
  if (/^\[\s*(?:"|\])/.test(text)) {
    try {
      const value: unknown = JSON.parse(text);
      if (Array.isArray(value)) return listOf(value as Json, source);
    } catch {
      // A list of JSON that does not parse is no list, unless it is a link of Markdown.
      if (!text.includes('](')) return { ok: false };
    }
  }
  const read = source === 'json' ? literally(text) : readMarkup(text, { markdown: source === 'markdown' });
  const doubts = new Set(read.doubts);
  const entries = parted(withoutBrackets(read)).map((entry) => undecorated(entry, source, doubts));
  return listed(entries, [...doubts]);
}

function listed(entries: readonly string[], doubts: readonly string[]): CellRead<CellList> {
  const values = entries.filter((entry) => !NOTHING_SAID.test(entry));
  if (values.some((value) => EXCEPTION.test(value))) return { ok: false };
  const everything = values.some(saysEverything);
  return { ok: true, value: { entries: everything ? undefined : [...new Set(values)], doubts } };
}

const trimmed = (text: string): string => text.trim();
const literally = (text: string): CellText => ({ text, literal: [], doubts: [] });

function parted({ text, literal }: CellText): CellText[] {
  const parts: CellText[] = [];
  let depth = 0;
  let from = 0;
  const cut = (to: number): void => {
    parts.push({ text: text.slice(from, to), literal: literal.slice(from, to), doubts: [] });
    from = to + 1;
  };
  for (let at = 0; at < text.length; at++) {
    const here = text.charAt(at);
    if (here === '{' || here === '[' || here === '(') depth++;
    else if (here === '}' || here === ']' || here === ')') depth = Math.max(0, depth - 1);
    if (depth === 0 && (here === ',' || here === ';' || here === '\n' || here === '\r')) cut(at);
  }
  cut(text.length);
  return parts;
}

/** A whole cell in brackets that is a list, without them: no tool has a name of one character out of a list. */
function withoutBrackets(cell: CellText): CellText {
  if (!/^\s*\[[^[\]]*\]\s*$/.test(cell.text) || !/[,;\n]/.test(cell.text)) return cell;
  const from = cell.text.indexOf('[') + 1;
  const to = cell.text.lastIndexOf(']');
  return { text: cell.text.slice(from, to), literal: cell.literal.slice(from, to), doubts: cell.doubts };
}

const BULLET = /^(?:[•·‣▪]\s*|[-*+]\s+)/;
const QUOTES = /^(?:"(.+)"|'(.+)'|“(.+)”|„(.+)[“”]|‘(.+)’|«(.+)»)$/s;

/**
 * An entry without the marks that Markdown and lists put around a name. A star is a pattern's own unless two are on both sides; `*x*` in
 * Markdown may be either, which is a doubt.
 */
function undecorated({ text: whole, literal }: CellText, source: CellSource, doubts: Set<string>): string {
  const start = whole.length - whole.trimStart().length;
  const bullet = literal[start] === true ? null : BULLET.exec(whole.slice(start));
  let from = start + (bullet?.[0].length ?? 0);
  let to = Math.max(from, whole.trimEnd().length);
  const isMark = (at: number, mark: string): boolean => whole.charAt(at) === mark && literal[at] !== true;
  for (const mark of ['*', '_']) {
    if (to - from > 4 && [from, from + 1, to - 1, to - 2].every((at) => isMark(at, mark))) {
      from += 2;
      to -= 2;
      if (source !== 'markdown') doubts.add(`${mark}${mark} around a name may be emphasis or part of it`);
    }
  }
  const text = whole.slice(from, to).trim();
  for (const mark of ['*', '_']) {
    if (source === 'markdown' && to - from > 2 && isMark(from, mark) && isMark(to - 1, mark)) {
      doubts.add(
        `\`${text.slice(0, 60)}\` is emphasis in Markdown, unless \`${mark}\` is part of the name: put it in backticks`,
      );
    }
  }
  return (
    QUOTES.exec(text)
      ?.slice(1)
      .find((inside) => inside !== undefined)
      ?.trim() ?? text
  );
}

/** The words of a cell: a name, a description, an id. In a comma-separated file they are exactly what they are. */
export function textOf(cell: Json, source: CellSource): CellRead<string> {
  if (typeof cell === 'number') return read(String(cell));
  if (typeof cell !== 'string') return { ok: cell === null, value: '' };
  const isMarkup = source === 'markdown' || source === 'html';
  const text = isMarkup ? readMarkup(cell, { markdown: source === 'markdown' }).text.trim() : cell.trim();
  return read(/^(`+|\*\*|__|"|')(.+)\1$/s.exec(text)?.[2]?.trim() ?? text);
}

/** A word without markup, for effects and states: `[Deny](…)`, `&#10060; Deny`, `:x: Deny`. */
export function wordOf(cell: Json, source: CellSource): Json {
  if (typeof cell !== 'string' || source === 'json') return cell;
  return readMarkup(cell, { markdown: source === 'markdown' }).text.replace(/:[a-z][a-z0-9_+-]*:/g, ' ');
}

/** A condition as it was read, or null where a cell says that there is none. */
export interface ConditionCell {
  readonly text: string | null;
  /** Curly quotes, markup or invisible characters were taken out, without which it does not compile as it is. */
  readonly repaired: boolean;
  /** It compiles as it is and without its markup, and says two things. */
  readonly doubtful: boolean;
}

export function conditionOf(cell: Json, source: CellSource): CellRead<ConditionCell> {
  if (cell === null) return read({ text: null, repaired: false, doubtful: false });
  if (typeof cell !== 'string') return { ok: false };
  const raw = cell.trim();
  const code = source === 'json' ? undefined : /^(`+)(?!`)([^]*[^`])\1$/.exec(raw)?.[2]?.trim();
  const text = code?.includes('`') === false ? code : raw;
  if (NOTHING_SAID.test(text) || /^(?:always|none)$/i.test(text)) {
    return read({ text: null, repaired: false, doubtful: false });
  }
  const isCode = text !== raw || source === 'json';
  const undone = isCode ? text : readMarkup(text, { markdown: source === 'markdown' }).text.trim();
  const straight = (one: string): string => one.replace(/[“”„]/g, '"').replace(/[‘’‚]/g, "'");
  const candidates = [undone, straight(undone), straight(text)].map((one) => withoutInvisible(one).text);
  const repaired = candidates.find((one) => one !== text && conditionProblem(one) === undefined);
  if (conditionProblem(text) !== undefined)
    return read({ text: repaired ?? text, repaired: repaired !== undefined, doubtful: false });
  // In a comma-separated file a backslash is the condition's own.
  const other = source === 'separated' ? withoutInvisible(text).text : candidates[0];
  const doubtful = other !== undefined && other !== text && conditionProblem(other) === undefined;
  return read({ text, repaired: false, doubtful });
}

/** Why a condition does not compile, in the first problem's words. */
export function conditionProblem(text: string): string | undefined {
  const parsed = parse(text);
  const found = parsed.diagnostics.length > 0 ? parsed.diagnostics : check(parsed, { result: 'bool' }).diagnostics;
  return found.find(({ severity }) => severity === 'error')?.message;
}
