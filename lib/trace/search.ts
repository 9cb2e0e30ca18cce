import type { Json } from '../engine';
import { restOf } from './columns';
import { namesIn, type NamedPart } from './names';

/** Looks for a text, in any case. */
export interface TextMatcher {
  /** In the names of a part of a call. */
  inPart(part: NamedPart, value: Json | undefined): boolean;
  /** In the id and the arguments (keys and values) of a line (see `PackedCalls.lines`). */
  inLine(line: string | undefined): boolean;
}

export function textMatcher(text: string): TextMatcher {
  const wanted = text.trim();
  const pattern = patternOf(wanted);
  // As it would be inside of a JSON text: a line without it need not be read.
  const written = patternOf(JSON.stringify(wanted).slice(1, -1));
  return {
    inPart: (part, value) =>
      namesIn(part, value).some((name) => pattern.test(name)) || pattern.test(memberOf(value, 'name')),
    inLine(line) {
      if (line === undefined || !written.test(line)) return false;
      const { id, args } = restOf(line);
      return pattern.test(id ?? '') || searchJson(args ?? null, pattern);
    },
  };
}

const patternOf = (text: string): RegExp => new RegExp(text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&'), 'i');

function memberOf(value: Json | undefined, member: string): string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return '';
  const found = (value as Readonly<Record<string, Json | undefined>>)[member];
  return typeof found === 'string' ? found : '';
}

/** True where a key or a value matches. Walks with a list of its own: arguments may nest to any depth. */
export function searchJson(value: Json, pattern: RegExp): boolean {
  const waiting: Json[] = [value];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    if (typeof at === 'object' && at !== null) {
      for (const [key, inner] of Object.entries(at)) {
        if (!Array.isArray(at) && pattern.test(key)) return true;
        waiting.push(inner as Json);
      }
    } else if (at !== null && pattern.test(String(at))) return true;
  }
  return false;
}
