/** One fact of a call: its path, its state, and the call with another state in its place (docs/semantics.md, "Calls, and facts that are not known"). */
import { isObject } from '../../json';
import { formatPath } from '../../cel';
import { callField, celPathOf, memberNames, type Call, type CallPath, type Json, type JsonObject } from '../../engine';

/** Steps into a call's JSON: `['args', 'to', 0]`, `['agent', 'slug']`. */
export type FactPath = CallPath;

/** A fact as it is in a call. */
export type FactState = { readonly kind: 'value'; readonly value: Json } | { readonly kind: 'absent' | 'unknown' };

export interface FactChange {
  readonly path: FactPath;
  readonly from: FactState;
  /** A call can be changed to what is known only. */
  readonly to: { readonly kind: 'value'; readonly value: Json } | { readonly kind: 'absent' };
  /** The new value is one of many that would do. */
  readonly example?: true;
  /** The tool pattern that the new name was made from, because no known tool matches it. */
  readonly pattern?: string;
}

/** A fact's name as conditions write it: `request.args.to[0]`. */
export function factName(path: FactPath): string {
  const [root = '', ...steps] = celPathOf(path);
  return formatPath(
    String(root),
    steps.map((step) => (typeof step === 'number' ? BigInt(step) : step)),
  );
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
export function withFacts(call: Call, changes: readonly Pick<FactChange, 'path' | 'to'>[]): Call {
  const start: Json = { ...call } as unknown as JsonObject;
  return changes.reduce<Json>((changed, { path, to }) => put(changed, path, to, ''), start) as unknown as Call;
}

/** `around`: the dotted path of the holder, empty for the call itself; `args` for all within the arguments. */
function put(holder: Json | undefined, [step, ...rest]: FactPath, to: FactChange['to'], around: string): Json {
  if (step === undefined) return to.kind === 'value' ? to.value : null;
  const gone = rest.length === 0 && to.kind === 'absent' && around === 'args';
  if (typeof step === 'number') {
    const list: readonly Json[] = Array.isArray(holder) ? holder : [];
    return gone ? list.toSpliced(step, 1) : list.toSpliced(step, 1, put(list[step], rest, to, around));
  }
  // Of what was known to be absent, all members were; of what was unknown, they stay unknown.
  const base: JsonObject = isObject(holder) ? holder : holder === null ? absentMembers(around) : {};
  if (gone) return Object.fromEntries(Object.entries(base).filter(([key]) => key !== step));
  const value = Object.hasOwn(base, step) ? base[step] : undefined;
  const inner = around === 'args' ? around : around === '' ? step : `${around}.${step}`;
  return { ...base, [step]: put(value, rest, to, inner) };
}

/** The members of an object, each absent; a hint of annotations that is missing is absent as it is. */
const absentMembers = (object: string): JsonObject =>
  Object.fromEntries(
    memberNames(object)
      .filter((name) => callField(`${object}.${name}`)?.missing === 'unknown')
      .map((name) => [name, null]),
  );

export const sameFact = (a: FactPath, b: FactPath): boolean =>
  a.length === b.length && a.every((step, i) => step === b[i]);
