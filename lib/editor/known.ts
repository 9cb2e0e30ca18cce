/**
 * What is known of the value of an expression: its type, its members, and for an argument what the tools' schemas say of it.
 *
 * Finer than the type check: it looks into JSON Schemas, unions and references included. It serves completion and hovers, never a verdict.
 */
import { check, formatType, VOCABULARY, type Expr, type TypeFields, type Type } from '../cel';
import type { ConditionContext } from './context';
import {
  argumentRoots,
  descriptionOf,
  elementNodes,
  kindsOf,
  membersOf,
  countTools,
  typeWords,
  type SchemaNode,
} from './schema';
import type { ExprPath } from './tree';

/** One step into a value: a member's name, or into the elements of a list. */
export type KnownPathStep = string | typeof ELEMENT;
export const ELEMENT: unique symbol = Symbol('element');

export interface KnownExpression {
  /** The kinds of CEL types that it may have (`string`, `list`, `map`, …); empty where anything is possible. */
  readonly kinds: readonly string[];
  /** The type in words. */
  readonly type: string;
  /** Where in the facts it is; undefined for what is computed. */
  readonly steps: readonly KnownPathStep[] | undefined;
  /** The schemas that describe it, where it is an argument. */
  readonly schemas: readonly SchemaNode[];
  /** May be absent from a call. */
  readonly optional: boolean;
  readonly doc: string | undefined;
  readonly fields?: TypeFields;
  readonly element?: Type | undefined;
}

const UNKNOWN: KnownExpression = {
  kinds: [],
  type: 'dyn',
  steps: undefined,
  schemas: [],
  optional: false,
  doc: undefined,
};

function ofType(type: Type, steps?: readonly KnownPathStep[]): KnownExpression {
  return {
    ...UNKNOWN,
    kinds: type.kind === 'dyn' || type.kind === 'error' ? [] : [type.kind],
    type: type.fields ? 'map' : formatType(type),
    steps,
    ...(type.fields ? { fields: type.fields } : {}),
    element: type.kind === 'list' || type.kind === 'map' ? type.params[0] : undefined,
  };
}

/** What schemas say by themselves, once for each set of them. */
const said = new WeakMap<readonly SchemaNode[], Pick<KnownExpression, 'kinds' | 'type' | 'doc'>>();

function ofSchemas(schemas: readonly SchemaNode[], steps: readonly KnownPathStep[], tools: number): KnownExpression {
  let says = said.get(schemas);
  if (!says) {
    const kinds = kindsOf(schemas);
    says = { kinds: kinds.includes('dyn') ? [] : kinds, type: typeWords(schemas), doc: descriptionOf(schemas) };
    said.set(schemas, says);
  }
  const optional = countTools(schemas) < tools || schemas.some((node) => !node.required);
  return { ...UNKNOWN, ...says, steps, schemas, optional };
}

/** Answers for one tree, in one context. */
export class ExpressionKnowledge {
  readonly #context: ConditionContext;
  readonly #types: ReadonlyMap<number, Type>;

  constructor(root: Expr, context: ConditionContext) {
    this.#context = context;
    this.#types = check({ expr: root }).typeOf;
  }

  /** What is known of the last node of a path from the root, whose iteration variables it may name. */
  of(path: ExprPath): KnownExpression {
    const expr = path.at(-1);
    if (!expr) return UNKNOWN;
    const above = path.slice(0, -1);
    const inner = (child: Expr): KnownExpression => this.of([...path, child]);
    switch (expr.kind) {
      case 'ident':
        return this.variable(expr.name, above);
      case 'select':
        return this.member(inner(expr.operand), expr.field);
      case 'call': {
        const [first, second, third] = expr.args;
        if (expr.function === '_[_]' && first && second) {
          const name = second.kind === 'literal' && second.value.type === 'string' ? second.value.value : undefined;
          const target = inner(first);
          return name === undefined ? this.element(target) : this.member(target, name);
        }
        if (expr.function === '_?_:_' && second && third) {
          const yes = inner(second);
          return yes.kinds.length > 0 ? yes : inner(third);
        }
        if (expr.function === 'dyn' && first) return { ...inner(first), steps: undefined };
        return this.#checked(expr);
      }
      case 'macro': {
        // What `filter` leaves is of the kind that it was given.
        if (expr.name === 'filter' && expr.target) return { ...inner(expr.target), steps: undefined, doc: undefined };
        return this.#checked(expr);
      }
      default:
        return this.#checked(expr);
    }
  }

  #checked(expr: Expr): KnownExpression {
    const type = this.#types.get(expr.id);
    return type ? ofType(type) : UNKNOWN;
  }

  /** A name: an iteration variable of a macro above, else a fact. */
  variable(name: string, above: ExprPath): KnownExpression {
    for (let at = above.length - 1; at >= 0; at--) {
      const macro = above[at];
      // The list that a macro goes through does not see its variable.
      if (macro?.kind !== 'macro' || macro.variable !== name || !macro.target || above[at + 1] === macro.target)
        continue;
      return this.element(this.of([...above.slice(0, at + 1), macro.target]));
    }
    const field = Object.hasOwn(VOCABULARY, name) ? VOCABULARY[name] : undefined;
    if (!field) return UNKNOWN;
    const doc = this.#context.docs?.VARIABLE_DOCS[name]?.doc;
    return { ...ofType(field.type, [name]), optional: field.optional, doc };
  }

  /** The names of a value's members that are known. */
  members(of: KnownExpression): readonly string[] {
    if (this.#isArguments(of)) return [...membersOf(this.#roots()).keys()];
    return of.schemas.length > 0 ? [...membersOf(of.schemas).keys()] : Object.keys(of.fields ?? {});
  }

  member(of: KnownExpression, name: string): KnownExpression {
    const steps = of.steps && [...of.steps, name];
    if (this.#isArguments(of)) return this.#argument(membersOf(this.#roots()).get(name) ?? [], steps ?? []);
    if (of.schemas.length > 0) return this.#argument(membersOf(of.schemas).get(name) ?? [], steps ?? []);
    const field = of.fields && Object.hasOwn(of.fields, name) ? of.fields[name] : undefined;
    if (!field) return { ...UNKNOWN, steps };
    const doc = this.#context.docs?.VARIABLE_DOCS[(steps ?? []).map(String).join('.')]?.doc;
    return { ...ofType(field.type, steps), optional: field.optional, doc };
  }

  /** What a list holds, or the keys of a map. */
  element(of: KnownExpression): KnownExpression {
    const steps: readonly KnownPathStep[] | undefined = of.steps && [...of.steps, ELEMENT];
    if (of.schemas.length > 0) {
      if (of.kinds.length === 1 && of.kinds[0] === 'map') return { ...UNKNOWN, kinds: ['string'], type: 'string' };
      return this.#argument(elementNodes(of.schemas), steps ?? []);
    }
    return of.element ? ofType(of.element, steps) : UNKNOWN;
  }

  #argument(schemas: readonly SchemaNode[], steps: readonly KnownPathStep[]): KnownExpression {
    return schemas.length === 0 ? { ...UNKNOWN, steps } : ofSchemas(schemas, steps, this.#context.tools.length);
  }

  #roots(): readonly SchemaNode[] {
    return argumentRoots(this.#context.tools);
  }

  #isArguments({ steps }: KnownExpression): boolean {
    return steps?.length === 2 && steps[0] === 'request' && steps[1] === 'args';
  }
}
