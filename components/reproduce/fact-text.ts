import type { ClassValues, FactChange, FactPath } from '@/lib/analysis';
import { callField, type Json } from '@/lib/engine';

/** What the user says of a fact that an entry lacks. */
export interface SuppliedFact {
  readonly path: FactPath;
  readonly is: 'unknown' | 'absent' | 'value';
  /** The value as it was typed. */
  readonly text: string;
}

export type ReadFact = { readonly ok: true; readonly value: Json } | { readonly ok: false; readonly message: string };

/** A fact's value from a field of a form: inside arguments JSON, or else the text itself; elsewhere by the kind of the fact. */
export function readFact(text: string, path: FactPath): ReadFact {
  const trimmed = text.trim();
  if (path[0] === 'args' && path.length > 1) return argumentOf(trimmed);
  switch (callField(path.join('.'))?.kind) {
    case 'texts':
      return {
        ok: true,
        value: trimmed
          .split(',')
          .map((one) => one.trim())
          .filter((one) => one !== ''),
      };
    case 'time':
      return Number.isNaN(Date.parse(trimmed)) || !/T.*(?:Z|[+-]\d\d:\d\d)$/i.test(trimmed)
        ? { ok: false, message: 'a time is written as `2026-03-02T10:00:00Z`' }
        : { ok: true, value: trimmed };
    case 'flag':
      return /^(?:true|false)$/.test(trimmed)
        ? { ok: true, value: trimmed === 'true' }
        : { ok: false, message: 'this is `true` or `false`' };
    case 'object':
    case 'map':
      return objectOf(trimmed);
    default:
      return trimmed === '' ? { ok: false, message: 'a value is missing' } : { ok: true, value: trimmed };
  }
}

function argumentOf(text: string): ReadFact {
  if (text === '') return { ok: false, message: 'a value is missing' };
  const value = jsonOf(text);
  if (value === undefined) return { ok: true, value: text };
  if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value))
    return { ok: false, message: 'this number has more digits than can be kept' };
  return { ok: true, value };
}

function objectOf(text: string): ReadFact {
  const value = jsonOf(text);
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? { ok: true, value }
    : { ok: false, message: 'this is a JSON object, such as `{"amount": 20}`' };
}

function jsonOf(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** The text that `readFact` reads as this value. */
export function factText(value: Json, path: FactPath): string {
  if (Array.isArray(value) && path[0] !== 'args') return value.join(', ');
  if (typeof value !== 'string') return JSON.stringify(value);
  // A text that looks like JSON is quoted, or it would be read as what it looks like.
  return path[0] === 'args' && (value.trim() !== value || value === '' || jsonOf(value) !== undefined)
    ? JSON.stringify(value)
    : value;
}

/** A value of a class, to fill the form with; undefined where none stands for it. */
export function sampleOf(values: ClassValues): Json | undefined {
  switch (values.kind) {
    case 'absent':
    case 'other':
      return undefined;
    case 'values':
      return values.values[0];
    case 'range': {
      const { least, most, open } = values;
      if (least !== null && !open.includes('least')) return least;
      if (most !== null && !open.includes('most')) return most;
      if (least !== null && most !== null) return (least + most) / 2;
      return least === null ? (most ?? 0) - 1 : least + 1;
    }
  }
}

/** The facts that were given, as changes of the call; or what is wrong with them, by their position. */
export function changesOf(
  facts: readonly SuppliedFact[],
):
  | { readonly ok: true; readonly changes: readonly FactChange[] }
  | { readonly ok: false; readonly problems: readonly (string | undefined)[] } {
  const changes: FactChange[] = [];
  const problems = facts.map(({ path, is, text }): string | undefined => {
    if (is === 'unknown') return undefined;
    const read: ReadFact | undefined = is === 'value' ? readFact(text, path) : undefined;
    if (read?.ok === false) return read.message;
    changes.push({
      path,
      from: { kind: 'unknown' },
      to: read ? { kind: 'value', value: read.value } : { kind: 'absent' },
    });
    return undefined;
  });
  return problems.some((problem) => problem !== undefined) ? { ok: false, problems } : { ok: true, changes };
}
