/** A fact's value as a text in a form. */
import { callField, type Json } from '../../engine';
import type { FactPath } from './fact';

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
