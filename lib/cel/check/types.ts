/**
 * The static types of CEL, and how they unify: cel-go's `checker/types.go` for the default environment (protobuf's well-known messages, no
 * optionals).
 *
 * INVARIANT: the simple types are singletons; build no second `{ kind: 'int' }` but with `wrapperOf`.
 */
export type TypeKind =
  | 'dyn'
  | 'error'
  | 'null'
  | 'bool'
  | 'int'
  | 'uint'
  | 'double'
  | 'string'
  | 'bytes'
  | 'timestamp'
  | 'duration'
  | 'list'
  | 'map'
  | 'type'
  | 'message'
  | 'param';

/**
 * A type. `params` holds a list's element, a map's key and value, or the type that a `type(…)` denotes (none for a bare `type`);
 * `id` distinguishes type parameters and is 0 for all else.
 */
export interface Type {
  readonly kind: TypeKind;
  readonly params: readonly Type[];
  readonly id: number;
  /** How many types it is made of. */
  readonly weight: number;
  /** A wrapper message's type: the type that it wraps, or null. Like that type to the checker, but that null may stand for it. */
  readonly nullable?: true;
  /** Finer than CEL's own types, for advice and completion: the known members of a map. The checker proper never looks at it. */
  readonly fields?: TypeFields;
  /** Whether the map may hold members beside `fields`. */
  readonly open?: boolean;
}

export type TypeFields = Readonly<Record<string, TypeField>>;

export interface TypeField {
  readonly type: Type;
  /** May be absent, so that reading it can fail. */
  readonly optional: boolean;
  /** Shown by the gateway's own documentation. Absent means that this does not apply (a tool's arguments). */
  readonly documented?: boolean;
  readonly doc?: string;
}

const NONE: readonly Type[] = [];
const simple = (kind: TypeKind, id = 0): Type => ({ kind, params: NONE, id, weight: 1 });

/**
 * INVARIANT: no type is larger than this; a larger one is `dyn`. Otherwise `[1].map(x, {x: x}).map(x, {x: x})…` doubles its type with every
 * call. (cel-go sets no limit, and runs out of memory.)
 */
const MAX_WEIGHT = 1_000;

function make(kind: TypeKind, params: readonly Type[]): Type {
  const weight = params.reduce((sum, param) => sum + param.weight, 1);
  return weight > MAX_WEIGHT ? DYN : { kind, params, id: 0, weight };
}

export const DYN = simple('dyn');
export const ERROR = simple('error');
export const NULL = simple('null');
export const BOOL = simple('bool');
export const INT = simple('int');
export const UINT = simple('uint');
export const DOUBLE = simple('double');
export const STRING = simple('string');
export const BYTES = simple('bytes');
export const TIMESTAMP = simple('timestamp');
export const DURATION = simple('duration');
export const TYPE = simple('type');
/** `google.protobuf.Empty`, the only message that is no other type. */
export const EMPTY = simple('message');
/** The type of a wrapper message: `wrapper(int)`. */
export const wrapperOf = (type: Type): Type => ({ ...type, nullable: true });

export const listOf = (element: Type): Type => make('list', [element]);
export const mapOf = (key: Type, value: Type): Type => make('map', [key, value]);
/** The type of a name that denotes `of`, as `int` has the type `type(int)`. */
export const typeOf = (of: Type): Type => make('type', [of]);
/** A map whose members are known; `open` if there may be others, which are then of the type `rest`. */
export const objectOf = (fields: TypeFields, open = false, rest = DYN): Type => ({
  ...mapOf(STRING, rest),
  fields,
  open,
});
/**
 * `dyn`, with the knowledge that the value comes from JSON: no int, uint, bytes, timestamp or duration can be in it.
 * INVARIANT: distinguished from `DYN` by identity; to the checker it is `dyn`.
 */
export const JSON_VALUE = simple('dyn');
/** A type parameter. Ids below `FIRST_FREE_PARAM` are the letters of a declaration; fresh ones are counted up from there. */
export const paramOf = (id: number): Type => simple('param', id);
export const FIRST_FREE_PARAM = 2;
export const PARAM_A = paramOf(0);
export const PARAM_B = paramOf(1);

const NAMED: Readonly<Record<string, Type>> = {
  dyn: DYN,
  null: NULL,
  bool: BOOL,
  int: INT,
  uint: UINT,
  double: DOUBLE,
  string: STRING,
  bytes: BYTES,
  timestamp: TIMESTAMP,
  duration: DURATION,
  'google.protobuf.Timestamp': TIMESTAMP,
  'google.protobuf.Duration': DURATION,
  'google.protobuf.Empty': EMPTY,
  type: TYPE,
  A: PARAM_A,
  B: PARAM_B,
};

/** A type as cel-go prints it: `map(string, dyn)`, `list(int)`, `timestamp`, `type(int)`. */
export function formatType(type: Type): string {
  if (type.kind === 'error') return '!error!';
  if (type.kind === 'param') return `_var${type.id}`;
  if (type.kind === 'message') return 'google.protobuf.Empty';
  if (type.nullable) return `wrapper(${type.kind})`;
  return type.params.length ? `${type.kind}(${type.params.map(formatType).join(', ')})` : type.kind;
}

/**
 * Reads a type as `formatType` writes it; `A` and `B` are type parameters. Undefined where the text is not a type.
 */
export function parseType(text: string): Type | undefined {
  let at = 0;
  const one = (): Type | undefined => {
    const name = /^ *([\w.]+)/.exec(text.slice(at));
    if (!name) return undefined;
    at += name[0].length;
    if (text[at] !== '(') return Object.hasOwn(NAMED, name[1] ?? '') ? NAMED[name[1] ?? ''] : undefined;
    const params: Type[] = [];
    do {
      at++;
      const param = one();
      if (!param) return undefined;
      params.push(param);
    } while (text[at] === ',');
    if (text[at++] !== ')') return undefined;
    const arity = { list: 1, map: 2, type: 1 }[name[1] ?? ''];
    return arity === params.length ? make(name[1] as TypeKind, params) : undefined;
  };
  const type = one();
  return type && at === text.length ? type : undefined;
}

export function sameType(a: Type, b: Type): boolean {
  return (
    a === b ||
    (a.kind === b.kind &&
      a.id === b.id &&
      a.params.length === b.params.length &&
      a.params.every((param, i) => sameType(param, b.params[i] ?? ERROR)))
  );
}

const isDyn = (type: Type): boolean => type.kind === 'dyn';
const isWild = (type: Type): boolean => type.kind === 'dyn' || type.kind === 'error';
/** cel-go lets null stand for a message (a timestamp and a duration are such there) and for a wrapper. */
const isNullable = (type: Type): boolean =>
  type.nullable === true || ['null', 'timestamp', 'duration', 'message'].includes(type.kind);

function isEqualOrLessSpecific(a: Type, b: Type): boolean {
  if (isDyn(a) || a.kind === 'param') return true;
  if (isDyn(b) || b.kind === 'param' || a.kind !== b.kind) return false;
  return a.kind === 'type' || a.params.every((param, i) => isEqualOrLessSpecific(param, b.params[i] ?? ERROR));
}

/** The more general of two types that are known to unify. */
export const mostGeneral = (a: Type, b: Type): Type => (isEqualOrLessSpecific(a, b) ? a : b);

/**
 * What the type parameters of one check stand for so far.
 *
 * cel-go copies its map before each attempt and drops the copy when it fails; here a trail of what was overwritten undoes it.
 */
export class Substitution {
  #bound: (Type | undefined)[] = [];
  #trail: [id: number, before: Type | undefined][] = [];
  #free = FIRST_FREE_PARAM;
  /**
   * INVARIANT: the work of one check is bounded. Past the bound (which no expression of the permitted length needs) everything is `dyn`.
   */
  #left = 20_000_000;

  fresh(): Type {
    return paramOf(this.#free++);
  }

  /** Whether `from` may be used where `to` is wanted; binds type parameters on both sides, and only if it may. */
  assign(from: Type, to: Type): boolean {
    return this.#attempt(() => this.#assignable(from, to));
  }

  /** `assign` for lists of the same length: all of them or none. */
  assignAll(from: readonly Type[], to: readonly Type[]): boolean {
    return from.length === to.length && this.#attempt(() => this.#allAssignable(from, to));
  }

  /** Replaces what is bound; what is free stays, or becomes `dyn` if `freeToDyn`. */
  apply(type: Type, freeToDyn = false): Type {
    if (this.#left-- < 0) return DYN;
    if (type.kind === 'param') {
      const bound = this.#bound[type.id];
      return bound ? this.apply(bound, freeToDyn) : freeToDyn ? DYN : type;
    }
    if (!type.params.length) return type;
    const params = type.params.map((param) => this.apply(param, freeToDyn));
    return params.every((param, i) => param === type.params[i]) ? type : make(type.kind, params);
  }

  #attempt(run: () => boolean): boolean {
    const before = this.#trail.length;
    if (run()) return true;
    while (this.#trail.length > before) {
      const [id, type] = this.#trail.pop() ?? [0, undefined];
      this.#bound[id] = type;
    }
    return false;
  }

  #bind(param: Type, type: Type): void {
    this.#trail.push([param.id, this.#bound[param.id]]);
    this.#bound[param.id] = type;
  }

  #allAssignable(from: readonly Type[], to: readonly Type[]): boolean {
    for (let i = 0; i < from.length; i++) {
      if (!this.#assignable(from[i] ?? ERROR, to[i] ?? ERROR)) return false;
    }
    return true;
  }

  #assignable(from: Type, to: Type): boolean {
    if (from === to || this.#left-- < 0) return true;
    if (to.kind === 'param') {
      const known = this.#bound[to.id] !== undefined;
      if (this.#substitutes(from, to)) return true;
      if (known) return false;
    }
    if (from.kind === 'param') return this.#substitutes(to, from);
    if (isWild(from) || isWild(to)) return true;
    if (from.kind === 'null') return isNullable(to);
    if (to.kind === 'null') return isNullable(from);
    // A type is a type is a type: what it denotes decides nothing.
    return from.kind === to.kind && (from.kind === 'type' || this.#allAssignable(from.params, to.params));
  }

  /** Whether `param` can stand for `type`; a known binding is widened to the more general of the two. */
  #substitutes(type: Type, param: Type): boolean {
    if (sameType(type, param)) return true;
    const known = this.#bound[param.id];
    if (!known) {
      if (this.#occurs(param, type)) return false;
      this.#bind(param, type);
      return true;
    }
    if (sameType(type, known)) return true;
    if (!this.#assignable(type, known)) return false;
    const wider = mostGeneral(type, known);
    if (!this.#occurs(param, wider)) this.#bind(param, wider);
    return true;
  }

  #occurs(param: Type, within: Type): boolean {
    if (this.#left-- < 0) return true;
    if (within.kind === 'param') {
      if (within.id === param.id) return true;
      const bound = this.#bound[within.id];
      return bound !== undefined && this.#occurs(param, bound);
    }
    // INVARIANT: also within a `type(…)`, or `{}.map(c, [c, type(c)])` would bind a parameter to itself.
    return within.params.some((inner) => this.#occurs(param, inner));
  }
}
