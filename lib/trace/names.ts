import type { Json } from '../engine';
import type { CallPartName } from './packed';

/** By what each part of a call is known to people; undefined where that is not known, null where it is known to be absent. */
export type NamedPart = 'agent' | 'instance' | 'user' | 'resource' | 'tool';

const MEMBERS: Readonly<Record<NamedPart, readonly string[]>> = {
  agent: ['slug'],
  instance: ['name', 'id'],
  user: ['email', 'id'],
  resource: ['slug'],
  tool: ['name'],
};

export const NAMED_PARTS = Object.keys(MEMBERS) as readonly (NamedPart & CallPartName)[];

/** The name of a part's value: the first of its names that there is. */
export function nameIn(part: NamedPart, value: Json | undefined): string | null | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return value === undefined ? undefined : null;
  let found: string | null | undefined = null;
  for (const member of MEMBERS[part]) {
    const name = (value as Readonly<Record<string, Json | undefined>>)[member];
    if (typeof name === 'string') return name;
    if (name === undefined) found = undefined;
  }
  return found;
}

/** All names that a value of the part goes by. */
export function namesIn(part: NamedPart, value: Json | undefined): readonly string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  return MEMBERS[part].flatMap((member) => {
    const name = (value as Readonly<Record<string, Json | undefined>>)[member];
    return typeof name === 'string' ? [name] : [];
  });
}
