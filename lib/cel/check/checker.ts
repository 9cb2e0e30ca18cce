/**
 * The type checker: cel-go's `checker/checker.go` (v0.28.1, default environment), over the tree as it was written. A macro is checked
 * as its expansion would be, without building it.
 */
import type { CallExpr, Expr, Macro, Select, StructExpr } from '../syntax/ast';
import * as say from './checker-words';
import { bySource, type Diagnostic, type SourceRange } from '../syntax/diagnostic';
import { MACROS } from '../syntax/macros';
import { MESSAGES } from './messages';
import { FUNCTIONS, NAMED_VALUE_TYPES, type FunctionOverload } from './stdlib';
import {
  BOOL,
  BYTES,
  DOUBLE,
  DYN,
  ERROR,
  INT,
  NULL,
  STRING,
  Substitution,
  UINT,
  listOf,
  mapOf,
  mostGeneral,
  sameType,
  typeOf,
  type Type,
} from './types';

/** Variables and their types. A name may be qualified (`a.b`), which is then found before the field `b` of `a`. */
export type Declarations = Readonly<Record<string, Type>>;

const FACTS = mapOf(STRING, DYN);

/** What a condition of a policy may name, as a decision declares it (docs/semantics.md, "Conditions"). */
export const DECISION_DECLARATIONS: Declarations = {
  agent: FACTS,
  instance: FACTS,
  user: FACTS,
  resource: FACTS,
  tool: FACTS,
  request: FACTS,
};

export interface CheckOptions {
  readonly declarations?: Declarations;
  /** `bool`: the whole must be a bool, or untyped; otherwise a `not-bool` error. */
  readonly result?: 'bool' | 'any';
}

export interface CheckedExpr {
  readonly type: Type;
  /** The type of every node by its id, type parameters resolved. */
  readonly typeOf: ReadonlyMap<number, Type>;
  /**
   * What cel-go would run, by node id: a call's overload ids, in order; for a select that is a qualified name (`google.protobuf.Timestamp`,
   * a declared `a.b`) that name.
   *
   * INVARIANT: conversions and parts of times run only the overloads named here. `int(x["k"])` is resolved to `int64_to_int64` alone, as
   * the untyped result of an index takes the type of the first overload it fits; with a double in it, that is "no such overload".
   */
  readonly references: ReadonlyMap<number, readonly string[]>;
  readonly diagnostics: readonly Diagnostic[];
}

/** Types `parsed.expr`. Total: never throws, goes on after an error, and an error is not reported again by what surrounds it. */
export function check(parsed: { readonly expr: Expr }, options: CheckOptions = {}): CheckedExpr {
  const checker = new Checker(options.declarations ?? DECISION_DECLARATIONS);
  return checker.run(parsed.expr, options.result ?? 'any');
}

const LITERALS = { null: NULL, bool: BOOL, int: INT, uint: UINT, double: DOUBLE, string: STRING, bytes: BYTES };

interface TypeScope {
  readonly name: string;
  readonly type: Type;
  readonly outer: TypeScope | undefined;
}

/** One check. `advise.ts` runs another, over the vocabulary's finer types. */
export class Checker {
  private readonly declarations: Declarations;
  protected readonly substitution = new Substitution();
  protected readonly types = new Map<number, Type>();
  protected readonly references = new Map<number, readonly string[]>();
  protected readonly diagnostics: Diagnostic[] = [];
  protected scope: TypeScope | undefined;
  /**
   * Whether numbers of different types may be compared (`1 < 1.5`). cel-go's default environment switches that off, but loses the switch
   * when it enters a comprehension: what is checked from then on may. So `1 < 1.5` is refused, and `[1].all(x, 1 < 1.5)` is not.
   *
   * INVARIANT: operands are checked in cel-go's order (arguments before the target of a method), as the order decides.
   */
  protected mixed = false;

  constructor(declarations: Declarations) {
    this.declarations = declarations;
  }

  run(expr: Expr, result: 'bool' | 'any'): CheckedExpr {
    this.check(expr);
    for (const [id, type] of this.types) {
      if (type.kind === 'param' || type.params.length) this.types.set(id, this.substitution.apply(type, true));
    }
    const type = this.types.get(expr.id) ?? ERROR;
    if (result === 'bool' && type.kind !== 'bool' && type.kind !== 'dyn' && type.kind !== 'error') {
      this.diagnostics.push(say.notACondition(expr, type));
    }
    const diagnostics = this.diagnostics.sort(bySource);
    return { type, typeOf: this.types, references: this.references, diagnostics };
  }

  protected check(expr: Expr): Type {
    const type = this.infer(expr);
    this.types.set(expr.id, type);
    return type;
  }

  protected infer(expr: Expr): Type {
    switch (expr.kind) {
      case 'literal':
        return LITERALS[expr.value.type];
      case 'ident':
        return this.ident(expr.name) ?? this.fail(this.undeclared(expr.name, expr));
      case 'select':
        return this.select(expr);
      case 'call':
        return this.call(expr);
      case 'list': {
        let element: Type | undefined;
        for (const item of expr.elements) element = this.join(element, this.check(item));
        return listOf(element ?? this.substitution.fresh());
      }
      case 'map': {
        let key: Type | undefined;
        let value: Type | undefined;
        for (const entry of expr.entries) {
          key = this.join(key, this.check(entry.key));
          value = this.join(value, this.check(entry.value));
        }
        return mapOf(key ?? this.substitution.fresh(), value ?? this.substitution.fresh());
      }
      case 'struct':
        return this.struct(expr);
      case 'macro':
        return this.macro(expr);
      case 'error':
        for (const part of expr.parts) this.check(part);
        return ERROR;
    }
  }

  protected fail(diagnostic: Diagnostic): Type {
    this.diagnostics.push(diagnostic);
    return ERROR;
  }

  protected undeclared(name: string, range: SourceRange): Diagnostic {
    const names = [...Object.keys(this.declarations), ...NAMED_VALUE_TYPES.keys()];
    for (let scope = this.scope; scope; scope = scope.outer) names.unshift(scope.name);
    return say.undeclaredName(name, range, names);
  }

  /** The type of a name, which may be qualified; iteration variables hide all else, and a leading dot hides them. */
  protected ident(name: string): Type | undefined {
    const absolute = name.startsWith('.');
    if (!absolute) {
      const local = this.local(name);
      if (local) return local;
    }
    const key = absolute ? name.slice(1) : name;
    return Object.hasOwn(this.declarations, key) ? this.declarations[key] : NAMED_VALUE_TYPES.get(key);
  }

  protected local(name: string): Type | undefined {
    for (let scope = this.scope; scope; scope = scope.outer) if (scope.name === name) return scope.type;
    return undefined;
  }

  /** The dotted name that a chain of selects spells, if it does and no iteration variable is its root. */
  protected qualified(expr: Expr): string | undefined {
    let name = '';
    let node = expr;
    for (; node.kind === 'select'; node = node.operand) name = `.${node.field}${name}`;
    return node.kind === 'ident' && !this.local(node.name) ? node.name + name : undefined;
  }

  protected select(expr: Select): Type {
    const name = this.qualified(expr);
    const type = name === undefined ? undefined : this.ident(name);
    if (name !== undefined && type) {
      this.references.set(expr.id, [name.startsWith('.') ? name.slice(1) : name]);
      return type;
    }
    return this.field(expr);
  }

  protected field(expr: Select): Type {
    return this.fieldOf(expr, this.substitution.apply(this.check(expr.operand)));
  }

  protected fieldOf(expr: Select, operand: Type): Type {
    switch (operand.kind) {
      case 'map':
        return this.substitution.apply(operand.params[1] ?? DYN);
      case 'param':
        this.substitution.assign(DYN, operand);
        return DYN;
      case 'dyn':
      case 'error':
        return DYN;
      default:
        this.fail(say.noFields(expr, this.substitution.apply(operand, true)));
        return DYN;
    }
  }

  protected call(expr: CallExpr): Type {
    const { target, args, function: name } = expr;
    const overloads = FUNCTIONS.get(name);
    if (name === '_&&_' || name === '_||_') {
      let ok = true;
      for (const arg of args) ok = this.bool(arg, this.check(arg), name.slice(1, 3)) && ok;
      this.references.set(expr.id, [name === '_&&_' ? 'logical_and' : 'logical_or']);
      return ok ? BOOL : ERROR;
    }
    if (!overloads && MACROS.has(name)) {
      // A macro with the wrong number of arguments is parsed as a call; its variable is then no name to look up.
      if (target) this.check(target);
      for (const arg of args) if (arg.kind !== 'ident') this.check(arg);
      return this.fail(say.undeclaredFunction(expr));
    }
    const types = args.map((arg) => this.check(arg));
    if (target) types.unshift(this.check(target));
    return overloads ? this.apply(expr, overloads, types) : this.fail(say.undeclaredFunction(expr));
  }

  /** The type of a call whose operands have these types (that of the target first); `shown` are named where no overload fits. */
  protected apply(
    expr: CallExpr,
    overloads: readonly FunctionOverload[],
    types: readonly Type[],
    shown: readonly Type[] = types,
  ): Type {
    const resolved = this.resolve(overloads, !!expr.target, types);
    if (resolved) {
      this.references.set(expr.id, resolved.ids);
      return resolved.type;
    }
    const named = shown.map((type) => this.substitution.apply(type, true));
    return this.fail(say.noMatchingOverload(expr, overloads, named));
  }

  /** The overloads that fit, and their result: of the first, or `dyn` where results differ. */
  protected resolve(
    overloads: readonly FunctionOverload[],
    member: boolean,
    types: readonly Type[],
  ): { ids: string[]; type: Type } | undefined {
    let found: { ids: string[]; type: Type } | undefined;
    for (const overload of overloads) {
      if (overload.member !== member || overload.params.length !== types.length || (overload.mixed && !this.mixed))
        continue;
      let { params, result } = overload;
      if (overload.generic) {
        const fresh = [this.substitution.fresh(), this.substitution.fresh()];
        params = params.map((param) => instantiate(param, fresh));
        result = instantiate(result, fresh);
      }
      if (!this.substitution.assignAll(types, params)) continue;
      result = this.substitution.apply(result);
      if (!found) found = { ids: [overload.id], type: result };
      else {
        found.ids.push(overload.id);
        if (found.type.kind !== 'dyn' && !sameType(found.type, result)) found.type = DYN;
      }
    }
    return found;
  }

  protected bool(expr: Expr, type: Type, of: string): boolean {
    if (this.substitution.assign(type, BOOL)) return true;
    this.fail(say.notBoolean(of, expr, this.substitution.apply(type, true)));
    return false;
  }

  protected join(before: Type | undefined, type: Type): Type {
    if (!before) return type;
    return this.substitution.assign(before, type) ? mostGeneral(before, type) : DYN;
  }

  protected struct(expr: StructExpr): Type {
    const name = expr.name.startsWith('.') ? expr.name.slice(1) : expr.name;
    const message = MESSAGES.get(name);
    const values = expr.fields.map((field) => this.check(field.value));
    if (!message) return this.fail(say.noMessage(expr, name, this.ident(expr.name) !== undefined));
    expr.fields.forEach((field, i) => {
      const given = values[i] ?? ERROR;
      const wanted = Object.hasOwn(message.fields, field.field) ? message.fields[field.field]?.type : undefined;
      if (!wanted) this.fail(say.noSuchField(field, name, Object.keys(message.fields)));
      else if (!this.substitution.assign(wanted, given)) {
        this.fail(say.noMatchingField(field, wanted, this.substitution.apply(given, true)));
      }
    });
    return message.type;
  }

  protected macro(expr: Macro): Type {
    const [first, second] = expr.args;
    if (expr.name === 'has') {
      if (first?.kind === 'select') this.types.set(first.id, this.field(first));
      else if (first) this.check(first);
      return BOOL;
    }
    if (expr.target) {
      const range = this.substitution.apply(this.check(expr.target));
      this.mixed = true;
      this.scope = { name: expr.variable ?? '', type: this.element(expr, expr.target, range), outer: this.scope };
    }
    const type = first ? this.step(expr, first, second) : ERROR;
    if (expr.target) this.scope = this.scope?.outer;
    return type;
  }

  /** What the variable of a macro stands for: an element of a list, a key of a map. */
  protected element(macro: Macro, target: Expr, range: Type): Type {
    switch (range.kind) {
      case 'list':
      case 'map':
        return range.params[0] ?? DYN;
      case 'dyn':
      case 'error':
      case 'param':
        this.substitution.assign(DYN, range);
        return DYN;
      default:
        return this.fail(say.notARange(macro, target, range));
    }
  }

  /** The body of a macro, as one step of its expansion types it: `accu && p`, `p ? accu + 1 : accu`, `p ? accu + [t] : accu`. */
  protected step(macro: Macro, first: Expr, second: Expr | undefined): Type {
    if (macro.name === 'all' || macro.name === 'exists' || macro.name === 'exists_one') {
      this.bool(first, this.check(first), macro.name);
      return BOOL;
    }
    const accumulator = listOf(this.substitution.fresh());
    let element = this.check(first);
    if (macro.name === 'filter' || second) {
      this.bool(first, element, macro.name);
      element = second ? this.check(second) : (this.scope?.type ?? DYN);
    }
    const step = this.resolve(FUNCTIONS.get('_+_') ?? [], false, [accumulator, listOf(element)]);
    if (step) this.substitution.assign(accumulator, step.type);
    return this.substitution.apply(accumulator);
  }
}

function instantiate(type: Type, fresh: readonly Type[]): Type {
  if (type.kind === 'param') return fresh[type.id] ?? type;
  const [a, b] = type.params.map((param) => instantiate(param, fresh));
  return !a ? type : b ? mapOf(a, b) : type.kind === 'list' ? listOf(a) : typeOf(a);
}
