/** One fact of a call: its path, its state, and the call with another state in its place (docs/semantics.md, "Calls, and facts that are not known"). */
import { formatPath } from '../../cel';
import type { Call, Json, JsonObject } from '../../engine';

/** Steps into a call's JSON: `['args', 'to', 0]`, `['agent', 'slug']`. */
export type FactPath = readonly (string | number)[];

/** A fact as it stands in a call. */
export type FactState = { readonly kind: 'value'; readonly value: Json } | { readonly kind: 'absent' | 'unknown' };

export interface FactChange {
  readonly path: FactPath;
  readonly from: FactState;
  /** A call can be changed to what is known only. */
  readonly to: { readonly kind: 'value'; readonly value: Json } | { readonly kind: 'absent' };
  /** The new value is one of many that would do. */
  readonly example?: true;
}

/** The members of a call that are objects, with all that each can hold: where one was known to be absent, so were these. */
const MEMBERS: Readonly<Record<string, readonly string[]>> = {
  agent: ['slug', 'name', 'tags'],
  instance: ['id', 'name', 'tags', 'client'],
  client: ['name', 'version', 'protocolVersion'],
  user: ['id', 'email', 'name', 'groups'],
  resource: ['slug', 'name', 'tags'],
  tool: ['name', 'title', 'annotations'],
};

const REQUEST: Readonly<Record<string, string>> = { args: 'args', time: 'time', ip: 'ip', user_agent: 'userAgent' };

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Where in a call the fact stands that a condition reads by these steps; undefined where a condition cannot read it. */
export function factPath(steps: FactPath): FactPath | undefined {
  const [root, member, ...rest] = steps;
  if (root === 'request') {
    const own = typeof member === 'string' ? REQUEST[member] : undefined;
    return own === undefined || (own !== 'args' && rest.length > 0) ? undefined : [own, ...rest];
  }
  if (typeof root !== 'string' || typeof member !== 'string') return undefined;
  return MEMBERS[root]?.includes(member) === true && root !== 'client' ? steps : undefined;
}

/** A fact's name as conditions write it: `request.args.to[0]`. */
export function factName(path: FactPath): string {
  const [root = '', ...rest] = path;
  const steps = rest.map((step) => (typeof step === 'number' ? BigInt(step) : step));
  if (typeof root === 'string' && MEMBERS[root] !== undefined) return formatPath(root, steps);
  const member = Object.entries(REQUEST).find(([, own]) => own === root)?.[0] ?? String(root);
  return formatPath('request', [member, ...steps]);
}

export function factAt(call: Call, path: FactPath): FactState {
  const inside = path[0] === 'args' || path[1] === 'annotations';
  let value: Json | undefined = call as unknown as JsonObject;
  for (const [i, step] of path.entries()) {
    if (value === null) return { kind: 'absent' };
    const next: Json | undefined = memberOf(value, step);
    // What a call says of its arguments and annotations is all that there is; a missing key elsewhere is not known.
    const whole = path[0] === 'args' ? i > 0 : i > 1;
    if (next === undefined) return { kind: inside && whole ? 'absent' : 'unknown' };
    value = next;
  }
  // A null inside the arguments is a value of JSON; elsewhere it says that there is none.
  const plain = path[0] === 'args' && path.length > 1;
  return value === null && !plain ? { kind: 'absent' } : { kind: 'value', value: value ?? null };
}

function memberOf(value: Json | undefined, step: string | number): Json | undefined {
  if (Array.isArray(value)) return typeof step === 'number' ? (value as readonly Json[])[step] : undefined;
  return isObject(value) && typeof step === 'string' && Object.hasOwn(value, step) ? value[step] : undefined;
}

/** The call with these facts in place of its own; all else, what is not known included, stays. */
export function withFacts(call: Call, changes: readonly FactChange[]): Call {
  const start: Json = { ...call } as unknown as JsonObject;
  return changes.reduce<Json>((changed, { path, to }) => put(changed, path, to, ''), start) as unknown as Call;
}

/** `own`: the member of a call that the holder is; `args` for all within the arguments. */
function put(holder: Json | undefined, [step, ...rest]: FactPath, to: FactChange['to'], own: string): Json {
  if (step === undefined) return to.kind === 'value' ? to.value : null;
  const gone = rest.length === 0 && to.kind === 'absent' && own === 'args';
  if (typeof step === 'number') {
    const list: readonly Json[] = Array.isArray(holder) ? holder : [];
    return gone ? list.toSpliced(step, 1) : list.toSpliced(step, 1, put(list[step], rest, to, own));
  }
  // Of what was known to be absent, all members were; of what was unknown, they stay unknown.
  const base: JsonObject = isObject(holder) ? holder : holder === null ? absentMembers(own) : {};
  if (gone) return Object.fromEntries(Object.entries(base).filter(([key]) => key !== step));
  const held = Object.hasOwn(base, step) ? base[step] : undefined;
  return { ...base, [step]: put(held, rest, to, own === 'args' ? own : step) };
}

const absentMembers = (own: string): JsonObject =>
  Object.fromEntries((MEMBERS[own] ?? []).map((member) => [member, null]));

export const sameFact = (a: FactPath, b: FactPath): boolean =>
  a.length === b.length && a.every((step, i) => step === b[i]);
