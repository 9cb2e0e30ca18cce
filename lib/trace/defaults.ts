import { CALL_FIELDS } from '../engine';
import { isRfc3339 } from './time';
import { isObject } from './shape';
import { DEFAULT_FIELDS, type DefaultField, type CallDefaults, type ImportedCall } from './types';

const isField = (text: string): text is DefaultField => (DEFAULT_FIELDS as readonly string[]).includes(text);

export type ParsedDefault =
  | { readonly ok: true; readonly field: DefaultField; readonly value: string | readonly string[] }
  | { readonly ok: false; readonly message: string };

/** Reads `agent.slug=claude-code`; tags and groups are separated by commas. */
export function parseDefault(text: string): ParsedDefault {
  const at = text.indexOf('=');
  if (at < 0)
    return {
      ok: false,
      message: `\`${text}\` is not a default: write \`field=value\`, such as \`agent.slug=claude-code\``,
    };
  const field = text.slice(0, at).trim();
  const value = text.slice(at + 1).trim();
  if (!isField(field))
    return {
      ok: false,
      message: `\`${field}\` takes no default; these do: ${DEFAULT_FIELDS.map((name) => `\`${name}\``).join(', ')}`,
    };
  if (value === '') return { ok: false, message: `the default for \`${field}\` is empty` };
  if (field === 'time' && !isRfc3339(value))
    return { ok: false, message: `\`${value}\` is not a time: write it as \`2026-11-22T10:00:00Z\`` };
  return {
    ok: true,
    field,
    value:
      CALL_FIELDS[field].kind === 'texts'
        ? value
            .split(',')
            .map((item) => item.trim())
            .filter(Boolean)
        : value,
  };
}

/**
 * Fills facts that the call lacks. What is known stays, also what is known to be absent (`null`), and so does
 * everything under a `null`.
 */
export function applyDefaults(defaults: CallDefaults): (call: ImportedCall) => ImportedCall {
  const entries = DEFAULT_FIELDS.flatMap((field) => {
    const value = defaults[field];
    return value === undefined ? [] : [{ path: field.split('.'), value }];
  });
  if (entries.length === 0) return (call) => call;
  return (call) => entries.reduce((filled, { path, value }) => fill(filled, path, value), call);
}

function fill<T extends object>(object: T, path: readonly string[], value: string | readonly string[]): T {
  const [key = '', ...rest] = path;
  const present: unknown = Object.hasOwn(object, key) ? object[key as keyof T] : undefined;
  if (rest.length === 0) return present === undefined ? { ...object, [key]: value } : object;
  if (present === undefined) return { ...object, [key]: fill({}, rest, value) };
  if (!isObject(present)) return object;
  const filled = fill(present, rest, value);
  return filled === present ? object : { ...object, [key]: filled };
}
