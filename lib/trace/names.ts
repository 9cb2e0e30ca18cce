import type { Call, CallFieldWith, Json } from '../engine';
import type { CallPartName } from './packed';

/** The parts of a call that tables and filters show by a name. */
export type NamedPart = Exclude<CallPartName & CallFieldWith<{ readonly kind: 'object' }>, 'recorded'>;

/** The members that hold a part's name, the preferred one first. */
const MEMBERS: { readonly [P in NamedPart]: readonly (keyof NonNullable<Call[P]>)[] } = {
  agent: ['slug'],
  instance: ['name', 'id'],
  user: ['email', 'id'],
  resource: ['slug'],
  tool: ['name'],
};

export const NAMED_PARTS = Object.keys(MEMBERS) as readonly NamedPart[];

/** The name of a part's value: the first of its names that there is. Undefined where it is not known, null where it is known to be absent. */
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
