/**
 * What the type check lets pass and yet is surely, or likely, not meant: the checker once more, over the vocabulary's finer types.
 *
 * Warnings and information only; no verdict depends on it (docs/semantics.md, "Conditions").
 */
import * as say from './advise-words';
import type { CallExpr, Expr, Macro, Select } from '../syntax/ast';
import { Checker, type CheckedExpr, type Declarations } from '../check/checker';
import { inOrder, type Diagnostic, type SourceRange } from '../syntax/diagnostic';
import { isForeignMember } from '../check/instead';
import { failingParts } from './failing-parts';
import { guardsOf, pathOf } from './paths';
import { FUNCTIONS, type FunctionOverload } from '../check/stdlib';
import { BOOL, DOUBLE, DYN, ERROR, JSON_VALUE, listOf, mapOf, type TypeField, type Type } from '../check/types';
import { TIME_PARTS } from '../values/time';
import { VOCABULARY } from './vocabulary';
import { isZone, meantZones } from './zone-advice';

export interface AdviseOptions {
  /** What `check` found: its errors are not repeated. */
  readonly checked: CheckedExpr;
  /** The members of `request.args` (an object type, as `argsType` makes one of JSON Schemas); without it they may be anything JSON. */
  readonly argsType?: Type;
}

type WrittenExpr = { readonly source: string; readonly expr: Expr };

/** Warnings (`warning`) and remarks (`info`) about an expression that was read and checked. Total; in the order of the source. */
export function advise(parsed: WrittenExpr, options: AdviseOptions): readonly Diagnostic[] {
  const { diagnostics } = new Advisor(parsed.source, options).run(parsed.expr, 'any');
  const isRefused = options.checked.diagnostics.some(({ severity }) => severity === 'error');
  const failing = isRefused ? [] : failingParts(parsed.expr, options.checked).map(say.alwaysFails);
  return inOrder([...diagnostics, ...failing]);
}

/** The vocabulary with the arguments' own types put in. */
function vocabulary(argsType: Type | undefined): Readonly<Record<string, TypeField>> {
  const { request } = VOCABULARY;
  const args = request?.type.fields?.['args'];
  if (!argsType || !request || !args) return VOCABULARY;
  const fields = { ...request.type.fields, args: { ...args, type: argsType } };
  return { ...VOCABULARY, request: { ...request, type: { ...request.type, fields } } };
}

const EQUALITY = new Set(['_==_', '_!=_']);
const ORDER = new Set(['_<_', '_<=_', '_>_', '_>=_']);
const ARITHMETIC = new Set(['_+_', '_-_', '_*_', '_/_', '_%_']);
const CONVERSIONS = new Set(['int', 'uint', 'double', 'bool', 'string', 'bytes', 'timestamp', 'duration']);
/** What no JSON value is. */
const NOT_JSON = new Set(['int', 'uint', 'bytes', 'timestamp', 'duration']);

class Advisor extends Checker {
  readonly #facts: Readonly<Record<string, TypeField>>;
  readonly #reported: ReadonlySet<string>;
  readonly #checked: CheckedExpr;
  readonly #remarked = new Set<string>();
  readonly #mayBeAbsent = new Set<string>();
  /** Nodes whose value is only read through: the `agent` of `agent.slug`. */
  readonly #inner = new Set<number>();
  /** What the `has()` at hand asks for. */
  #asked: number | undefined;
  /** Paths that are known to be there, by the `has()` around. */
  #guards: ReadonlySet<string> = new Set();

  readonly #source: string;

  constructor(source: string, { checked, argsType }: AdviseOptions) {
    const facts = vocabulary(argsType);
    super(Object.fromEntries(Object.entries(facts).map(([name, { type }]) => [name, type])) satisfies Declarations);
    this.#source = source;
    this.#facts = facts;
    this.#checked = checked;
    this.#reported = new Set(checked.diagnostics.map(key));
  }

  /** What the finer types refuse never works: a warning, unless the checker has refused it as well. */
  protected override fail(found: Diagnostic): Type {
    if (!this.#reported.has(key(found))) this.#note(say.neverWorks(found));
    return ERROR;
  }

  #note(diagnostic: Diagnostic): void {
    this.diagnostics.push(diagnostic);
  }

  protected override check(expr: Expr): Type {
    if (!this.#inner.has(expr.id)) this.#remark(expr);
    return super.check(expr);
  }

  /** A remark on a fact that the vendor does not document, once a path. */
  #remark(expr: Expr): void {
    const path = pathOf(expr, (name) => this.local(name) === undefined);
    if (!path) return;
    let fields: Readonly<Record<string, TypeField>> | undefined = this.#facts;
    let documented: boolean | undefined;
    let depth = 0;
    for (const name of path) {
      const field: TypeField | undefined = fields && Object.hasOwn(fields, name) ? fields[name] : undefined;
      if (!field) break;
      documented = field.documented;
      fields = field.type.fields;
      depth++;
    }
    const shown = path.slice(0, depth).join('.');
    if (documented !== false || path.some((_, i) => this.#remarked.has(path.slice(0, i + 1).join('.')))) return;
    this.#remarked.add(shown);
    this.#note(say.undocumented(shown, expr));
  }

  protected override field(expr: Select): Type {
    this.#inner.add(expr.operand.id);
    const path = pathOf(expr, (name) => this.local(name) === undefined);
    const operand = this.substitution.apply(this.check(expr.operand));
    if (operand.fields) return this.#member(operand, expr.field, path, { start: expr.fieldStart, end: expr.fieldEnd });
    if (operand === JSON_VALUE && isForeignMember(expr.field))
      this.#note(say.foreignMember(expr, this.#asked === expr.id, this.#source));
    if (operand === JSON_VALUE) return JSON_VALUE;
    return this.fieldOf(expr, operand);
  }

  /** A member of an object, read at `range`. */
  #member(object: Type, name: string, path: readonly string[] | undefined, range: SourceRange): Type {
    const fields = object.fields ?? {};
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (!field) {
      const found = say.unknownField(
        name,
        Object.keys(fields),
        path?.slice(0, -1).join('.'),
        object.open === true,
        range,
      );
      if (found) this.#note(found);
      return object.open ? (object.params[1] ?? DYN) : DYN;
    }
    if (field.optional && path) this.#unguarded(path, range);
    return field.type;
  }

  /** Says once that a path may be absent; what lies below it goes without saying. */
  #unguarded(path: readonly string[], range: SourceRange): void {
    const asked = (depth: number): boolean => this.#mayBeAbsent.has(path.slice(0, depth).join('\n'));
    if (this.#guards.has(path.join('\n')) || path.some((_, i) => asked(i + 1))) return;
    this.#mayBeAbsent.add(path.join('\n'));
    this.#note(say.unguarded(path, range));
  }

  protected override apply(expr: CallExpr, overloads: readonly FunctionOverload[], types: readonly Type[]): Type {
    const [a = ERROR, b = ERROR] = types.map((type) => this.substitution.apply(type));
    const { function: name, args } = expr;
    const [first, second] = args;
    if (name === '_[_]' && first && second?.kind === 'literal' && second.value.type === 'string') {
      const path = pathOf(expr, (root) => this.local(root) === undefined);
      if (a.fields) return this.#member(a, second.value.value, path, second);
    }
    if (name === '_[_]' && a === JSON_VALUE) return JSON_VALUE;
    const json = a === JSON_VALUE ? b : b === JSON_VALUE ? a : undefined;
    if (json && NOT_JSON.has(json.kind) && second && this.#neverJson(expr, json, a === JSON_VALUE)) return ERROR;
    if (CONVERSIONS.has(name) && first?.kind === 'call') this.#conversion(expr, first);
    this.#zone(expr);
    if (name === '_?_:_' && types[2] && (a.kind === 'bool' || a.kind === 'dyn')) {
      // Branches that differ only by the finer types are as good as untyped.
      return super.resolve(overloads, false, types)?.type ?? DYN;
    }
    const fine = EQUALITY.has(name) || ORDER.has(name) || name === '@in' ? types.map(looser) : types;
    const operands = name === '_[_]' ? [a, b.kind === 'double' ? DYN : b] : fine;
    const compares = EQUALITY.has(name) || (name === '@in' && b.params.length > 0);
    if (compares && !this.resolve(overloads, false, operands)) return this.#neverEqual(expr, a, b);
    return super.apply(expr, overloads, operands, types);
  }

  #neverEqual(expr: CallExpr, a: Type, b: Type): Type {
    const refused = this.#reported.has(key({ code: 'no-matching-overload', start: expr.start, end: expr.end }));
    if (!refused) this.#note(say.neverEqual(expr, a, b, this.#source));
    return BOOL;
  }

  /** An operator on a JSON value and a type that JSON does not have. True if it was worth a warning. */
  #neverJson(expr: CallExpr, other: Type, jsonFirst: boolean): boolean {
    const { function: name } = expr;
    const number = other.kind === 'int' || other.kind === 'uint';
    if (number ? !ARITHMETIC.has(name) : !ARITHMETIC.has(name) && !EQUALITY.has(name) && !ORDER.has(name)) return false;
    const [left, right] = expr.args;
    if (!left || !right) return false;
    const [value, typed] = jsonFirst ? [left, right] : [right, left];
    this.#note(
      number ? say.jsonNumber(expr, value, typed, this.#source) : say.neverJson(expr, value, other, this.#source),
    );
    return true;
  }

  /** A zone that is written out and that Go does not know fails on every call. */
  #zone({ function: name, target, args: [zone, other] }: CallExpr): void {
    if (!target || other || !Object.hasOwn(TIME_PARTS, name)) return;
    if (zone?.kind !== 'literal' || zone.value.type !== 'string' || isZone(zone.value.value)) return;
    this.#note(say.unknownZone(zone.value.value, meantZones(zone.value.value), zone));
  }

  /**
   * `int(request.args["n"])`: cel-go gives the untyped value under a string index the type of the conversion's first overload, and runs that
   * one alone.
   */
  #conversion(expr: CallExpr, index: CallExpr): void {
    const [target, name] = index.args;
    if (index.function !== '_[_]' || !target || !name) return;
    const only = this.#checked.references.get(expr.id);
    const bound = this.#checked.references.get(index.id)?.join() === 'index_map';
    if (only?.length !== 1 || !bound || this.#checked.typeOf.get(target.id)?.kind !== 'dyn') return;
    const takes = FUNCTIONS.get(expr.function)?.[0]?.params[0] ?? DYN;
    this.#note(say.onlyFirst(expr, index, takes, NOT_JSON.has(takes.kind), this.#source));
  }

  protected override call(expr: CallExpr): Type {
    const [first] = expr.args;
    if (expr.function === '_[_]' && first) this.#inner.add(first.id);
    const before = this.#guards;
    // What holds for the whole of `a && b` holds in each: where `has(x)` is false, it absorbs the failing `x`. Likewise `!has(x) || x`.
    if (expr.function === '_&&_') this.#guard(expr.args, true);
    if (expr.function === '_||_') this.#guard(expr.args, false);
    const [condition, yes, no] = expr.args;
    if (expr.function === '_?_:_' && condition && yes && no) {
      const types = [this.check(condition)];
      for (const [branch, when] of [[yes, true] as const, [no, false] as const]) {
        this.#guard([condition], when);
        types.push(this.check(branch));
        this.#guards = before;
      }
      return this.apply(expr, FUNCTIONS.get(expr.function) ?? [], types);
    }
    const type = super.call(expr);
    this.#guards = before;
    return type;
  }

  #guard(terms: readonly Expr[], when: boolean): void {
    const found = terms.flatMap((term) => guardsOf(term, when));
    if (found.length) this.#guards = new Set([...this.#guards, ...found.map((path) => path.join('\n'))]);
  }

  protected override macro(expr: Macro): Type {
    const [select] = expr.args;
    if (expr.name !== 'has' || select?.kind !== 'select') return super.macro(expr);
    const before = this.#guards;
    this.#guard([expr], true);
    this.#remark(select);
    this.#asked = select.id;
    const type = super.macro(expr);
    this.#guards = before;
    return type;
  }

  protected override element(expr: Macro, target: Expr, range: Type): Type {
    return range === JSON_VALUE ? JSON_VALUE : super.element(expr, target, range);
  }
}

const key = ({ code, start, end }: Pick<Diagnostic, 'code' | 'start' | 'end'>): string => `${code} ${start} ${end}`;

/** Numbers of all types compare with each other at run time, so for a comparison they are one type. */
function looser(type: Type): Type {
  const [a, b] = type.params;
  if (type.kind === 'int' || type.kind === 'uint') return DOUBLE;
  if (type.kind === 'list' && a) return listOf(looser(a));
  return type.kind === 'map' && a && b ? mapOf(looser(a), looser(b)) : type;
}
