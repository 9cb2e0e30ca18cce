import { bundleOf, dismissalsOf, type Bundle } from '../bundle';
import { callId, type Call } from '../engine';
import { literalsOf } from './literals';
import { piecesOf, type TextPiece } from './pieces';
import { standIns } from './stand-ins';
import { mapCall, mapCatalog, mapTest, type ValueKind, type BundleVisitor } from './walk';

/** A value of a call, a test or the catalog, and what became of it. */
export interface RedactedValue {
  readonly value: string | number;
  readonly standIn: string | number;
  readonly kind: ValueKind;
  /** How often it is in what is shared. */
  readonly uses: number;
  /**
   * `replaced`; `kept` because the user chose so; `in-rules`: the rules themselves say it, so that it travels anyway; `plain`: it has nothing
   * that could be replaced (a zero, a dash, an empty text).
   */
  readonly fate: 'replaced' | 'kept' | 'in-rules' | 'plain';
}

export interface RedactedBundle {
  readonly bundle: Bundle;
  readonly values: readonly RedactedValue[];
  /** Fields that are not known here, as paths, each named once. */
  readonly dropped: readonly string[];
}

/** How a redacted bundle was made, for whoever tries single values. */
export interface Redaction extends RedactedBundle {
  /** The call with stand-ins for all its values but those of which `keeps` says otherwise. */
  redo(call: Call, keeps: (value: string | number) => boolean): Call;
}

const EMAIL = /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu;
/** A key that reads as a name in a program is one, and not personal data. */
const KEY = /^[\p{L}_$][\p{L}\p{N}_$.:-]{0,63}$/u;

/**
 * A bundle with stand-ins for argument values, e-mail addresses, names and addresses, the same stand-in for the same value throughout its
 * calls, tests, catalog and notes (docs/bundle-and-link.md, "Redaction"). The policy itself stays as it is, and so does its digest; fields that are not
 * known are left out, and so is what is reserved (invariants, exercises).
 *
 * @param keep values that stay, as text
 */
export function redact(bundle: Bundle, keep: ReadonlySet<string> = new Set()): Redaction {
  const literals = literalsOf(bundle);
  const kept: Keeps = (value) => keep.has(String(value));
  // First, all that is to be replaced is gathered: a stand-in must not be a value that occurs somewhere else.
  const gathered = gather(bundle);
  const { replaceKey, replaceText, replaceValue } = replacements(bundle, gathered, literals, kept);
  const visitor = (keeps: Keeps): BundleVisitor => ({
    value: (value, kind) => (keeps(value) ? value : replaceValue(value, kind)),
    key: (key) => (keeps(key) ? key : replaceKey(key)),
    callId: (id) => gathered.ids.get(id) ?? id,
    drop: () => undefined,
    isRule: gathered.isRule,
  });
  const visit = visitor(kept);
  const values = [...gathered.values.values()].map(({ value, kind, uses }): RedactedValue => {
    const after = visit.value(value, kind);
    const plain = kind !== 'text' && standInIsShape(String(value));
    const fate = kept(value) ? 'kept' : after !== value ? 'replaced' : plain || kind === 'text' ? 'plain' : 'in-rules';
    return { value, standIn: after, kind, uses, fate };
  });
  return {
    bundle: walk(bundle, visit, replaceText),
    values,
    dropped: [...gathered.dropped, ...topLevelDrops(bundle)],
    redo: (call, keeps) => mapCall(call, visitor(keeps)),
  };
}

/** Which values stay as they are. */
type Keeps = (value: string | number) => boolean;

interface GatheredValue {
  readonly value: string | number;
  kind: ValueKind;
  uses: number;
}

/** All of a bundle that may be replaced. */
interface GatheredValues {
  /** By their type and text. */
  readonly values: ReadonlyMap<string, GatheredValue>;
  readonly keys: ReadonlySet<string>;
  /** The new id of each call. */
  readonly ids: ReadonlyMap<string, string>;
  readonly dropped: ReadonlySet<string>;
  readonly isRule: (text: string) => boolean;
}

const valueKey = (value: string | number): string => `${typeof value} ${String(value)}`;

function gather(bundle: Bundle): GatheredValues {
  const rules = new Set<string>(bundle.rules.flatMap(({ id, name }) => [id, name]));
  const isRule = (text: string): boolean => rules.has(text);
  const values = new Map<string, GatheredValue>();
  const keys = new Set<string>();
  const dropped = new Set<string>();
  const ids = new Map<string, string>();
  walk(bundle, {
    value(value, kind) {
      const known = values.get(valueKey(value));
      if (known === undefined) values.set(valueKey(value), { value, kind, uses: 1 });
      else {
        known.uses++;
        // A value that is a text somewhere and an argument elsewhere is an argument.
        if (known.kind === 'text') known.kind = kind;
      }
      return value;
    },
    key(key) {
      keys.add(key);
      return key;
    },
    callId(id) {
      if (!ids.has(id)) ids.set(id, `call-${String(ids.size + 1)}`);
      return id;
    },
    drop: (path) => void dropped.add(path),
    isRule,
  });
  return { values, keys, ids, dropped, isRule };
}

interface Replacements {
  readonly replaceValue: BundleVisitor['value'];
  readonly replaceKey: (key: string) => string;
  /** A text in which values may occur, such as the notes. */
  readonly replaceText: (text: string) => string;
}

/** The same stand-in for the same piece of a value, wherever it occurs. */
function replacements(
  bundle: Bundle,
  { values, keys }: GatheredValues,
  literals: ReturnType<typeof literalsOf>,
  kept: Keeps,
): Replacements {
  const all = [...values.values()];
  const secrets = all.filter(({ kind, value }) => kind !== 'text' && !kept(value));
  const texts = [
    ...all.filter(({ kind }) => kind === 'text').map(({ value }) => String(value)),
    bundle.notes ?? '',
    ...dismissalsOf(bundle.dismissed).map(({ reason }) => reason),
  ];
  const names = secrets.filter(({ kind }) => kind === 'person').flatMap(({ value }) => namesIn(String(value)));
  const changedKeys = new Set([...keys].filter((key) => !KEY.test(key) && !literals.fields.has(key) && !kept(key)));
  const secretTexts = secrets.map(({ value }) => String(value));
  const sources = [...secretTexts, ...names, ...changedKeys, ...texts.flatMap((text) => text.match(EMAIL) ?? [])];
  const cut = (text: string) => piecesOf(text, literals.texts);
  const vocabulary = [...literals.words, ...wordsIn([...keys].filter((key) => !changedKeys.has(key)))];
  const standIn = standIns(
    (function* () {
      for (const text of sources) yield* cut(text);
    })(),
    new Set(vocabulary),
  );
  const replaced = (text: string): string => cut(text).map(standIn).join('');
  const replaceText = textReplacer([...secretTexts, ...names], replaced, kept);
  return {
    replaceText,
    replaceKey: (key) => (changedKeys.has(key) ? replaced(key) : key),
    replaceValue(value, kind) {
      if (typeof value === 'number') return numberOf(value, cut(digitsOnly(value)), standIn) as typeof value;
      const isText = (values.get(valueKey(value))?.kind ?? kind) === 'text';
      return (isText ? replaceText(value) : replaced(value)) as typeof value;
    },
  };
}

/** The parts of a bundle that are carried, each through a visitor. */
function walk(bundle: Bundle, visit: BundleVisitor, inTexts: (text: string) => string = (text) => text): Bundle {
  const { name, description, trace, tests, catalog, notes, dismissed, focus } = bundle;
  const calls = trace?.map((call) => mapCall(call, visit));
  return bundleOf(name, bundle, {
    ...(description === undefined ? {} : { description }),
    ...(calls === undefined ? {} : { trace: calls }),
    ...(tests === undefined ? {} : { tests: tests.map((test) => mapTest(test, visit)) }),
    ...(catalog === undefined ? {} : { catalog: mapCatalog(catalog, visit) }),
    ...(focus === undefined || !(trace ?? []).some(({ id }) => id === focus)
      ? {}
      : { focus: callId(visit.callId(focus)) }),
    ...(notes === undefined ? {} : { notes: inTexts(notes) }),
    // What was dismissed is text of the rules, which stay as they are.
    ...(dismissed === undefined
      ? {}
      : { dismissed: dismissalsOf(dismissed).map((one) => ({ ...one, reason: inTexts(one.reason) })) }),
  });
}

const CARRIED = [
  'format',
  'version',
  'name',
  'description',
  'settings',
  'rules',
  'catalog',
  'tests',
  'trace',
  'focus',
  'notes',
  'dismissed',
];
const topLevelDrops = (bundle: Bundle): string[] => Object.keys(bundle).filter((key) => !CARRIED.includes(key));

const wordsIn = (texts: readonly string[]): string[] =>
  texts.flatMap((text) => text.toLowerCase().match(/[\p{L}\p{M}]+|\p{Nd}+/gu) ?? []);

/** The words of a person's name, id or address that may be alone in a text. */
const namesIn = (person: string): string[] => person.match(/[\p{L}\p{M}]{3,}/gu) ?? [];

/** It carries no information: marks and white space, and zeros. */
const standInIsShape = (text: string): boolean => !/[\p{L}\p{M}1-9]|(?![0-9])\p{Nd}/u.test(text);

/** A number without its exponent, which stays. */
const digitsOnly = (value: number): string => /^[^e]*/.exec(String(value))?.[0] ?? '';

function numberOf(value: number, pieces: readonly TextPiece[], standIn: (piece: TextPiece) => string): number {
  const exponent = String(value).slice(digitsOnly(value).length);
  const digits = pieces.map(standIn).join('');
  const made = Number(digits + exponent);
  // The largest numbers have no room for larger digits, and the smallest are rounded back to what they were.
  if (!Number.isFinite(made)) return Number(`${digits}e+300`);
  return made === value && digits + exponent !== String(value) ? Number(digits) : made;
}

/**
 * Prose is not replaced as a whole: in it, the values that are replaced elsewhere are, with the names of people and all e-mail addresses.
 * A value counts where it is as words of its own.
 */
function textReplacer(
  secrets: readonly string[],
  replaced: (text: string) => string,
  kept: (value: string) => boolean,
): (text: string) => string {
  const sought = [...new Set(secrets)]
    .filter((value) => value.length >= 3 && /[\p{L}\p{N}]/u.test(value) && !kept(value))
    .sort((a, b) => b.length - a.length)
    .map((value) => ({ lower: value.toLowerCase(), value }));
  const isWord = (char: string | undefined) => char !== undefined && /[\p{L}\p{M}\p{N}]/u.test(char);
  return (text) => {
    if (kept(text)) return text;
    const spans: { start: number; end: number }[] = [];
    const free = (start: number, end: number) => spans.every((span) => end <= span.start || start >= span.end);
    for (const match of text.matchAll(EMAIL)) {
      if (!kept(match[0])) spans.push({ start: match.index, end: match.index + match[0].length });
    }
    const lower = text.toLowerCase();
    if (lower.length === text.length) {
      for (const { lower: one } of sought) {
        for (let at = lower.indexOf(one); at >= 0; at = lower.indexOf(one, at + one.length)) {
          const end = at + one.length;
          const alone = !(isWord(text[at - 1]) && isWord(text[at])) && !(isWord(text[end]) && isWord(text[end - 1]));
          if (alone && free(at, end)) spans.push({ start: at, end });
        }
      }
    }
    let result = '';
    let from = 0;
    for (const { start, end } of spans.sort((a, b) => a.start - b.start)) {
      result += text.slice(from, start) + replaced(text.slice(start, end));
      from = end;
    }
    return result + text.slice(from);
  };
}
