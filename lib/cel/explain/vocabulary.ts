/**
 * What a condition can name: the variables of a call with the gateway's finer types, and the functions, methods, macros and operators.
 *
 * INVARIANT: what is built at load is marked as pure, so that a bundle that only evaluates leaves it out.
 *
 * The one table behind warnings, completion, hovers, signature help and the documentation page. Its texts are in `vocabulary-docs.ts`,
 * so that the engine does not carry them; verdicts come from `DECISION_DECLARATIONS` alone (docs/semantics.md, "Conditions").
 */
import { formatParam, signature } from '../check/checker-words';
import { MACROS } from '../syntax/macros';
import { FUNCTIONS } from '../check/stdlib';
import { symbolOf } from '../syntax/tree';
import { DYN, JSON_VALUE, STRING, mapOf, objectOf, parseType, type TypeField, type Type } from '../check/types';

/** Path, type, and flags: `documented` by the vendor; `?` may be absent from a call (a fact the gateway need not know). */
const TABLE = `agent.slug string documented
agent.name string
agent.tags list(string)
instance.id string
instance.name string
instance.tags list(string)
instance.client.name string ?
instance.client.version string ?
instance.client.protocolVersion string ?
user.id string
user.email string
user.name string ?
user.groups list(string)
resource.slug string
resource.name string
resource.tags list(string)
tool.name string
tool.title string ?
tool.annotations.readOnlyHint bool ?
tool.annotations.destructiveHint bool ?
tool.annotations.idempotentHint bool ?
tool.annotations.openWorldHint bool ?
request.args json documented
request.time timestamp
request.ip string ?
request.user_agent string ?`;

export interface CelVariable {
  /** As written in a condition: `request.args`. */
  readonly path: string;
  readonly type: Type;
  readonly documented: boolean;
  readonly optional: boolean;
}

/** Every fact that a call may carry, in the order of the documentation. */
export const VARIABLES: readonly CelVariable[] = /* @__PURE__ */ readTable();

function readTable(): CelVariable[] {
  return TABLE.split('\n').map((line) => {
    const [path = '', type = '', ...flags] = line.split(' ');
    return {
      path,
      type: type === 'json' ? mapOf(STRING, JSON_VALUE) : (parseType(type) ?? DYN),
      documented: flags.includes('documented'),
      optional: flags.includes('?'),
    };
  });
}

/** The variables as a tree: `agent`, `request` and so on, each an object with its known members. A group is optional if all in it is. */
export const VOCABULARY: Readonly<Record<string, TypeField>> = /* @__PURE__ */ group(VARIABLES, 0);

function group(variables: readonly CelVariable[], depth: number): Readonly<Record<string, TypeField>> {
  const groups = new Map<string, CelVariable[]>();
  for (const variable of variables) {
    const name = variable.path.split('.')[depth] ?? '';
    groups.set(name, [...(groups.get(name) ?? []), variable]);
  }
  return Object.fromEntries(
    [...groups].map(([name, members]): [string, TypeField] => {
      const [first] = members;
      const leaf = first?.path.split('.').length === depth + 1;
      return [
        name,
        {
          type: leaf ? first.type : objectOf(group(members, depth + 1)),
          optional: members.every((one) => one.optional),
          documented: members.some((one) => one.documented),
        },
      ];
    }),
  );
}

export interface CelCallable {
  readonly name: string;
  readonly kind: 'function' | 'method' | 'macro' | 'operator';
  /** How it is written with which types: `string.contains(string) -> bool`. */
  readonly signatures: readonly string[];
}

/** Everything that can be called, from the checker's own table: a function that is also a method is listed as both. */
export const CALLABLES: readonly CelCallable[] = /* @__PURE__ */ listCallables();

function listCallables(): CelCallable[] {
  // Macros take a variable's name and an expression, which no type can say.
  const macros = [...MACROS].map(([name, forms]): CelCallable => {
    const result = name === 'map' || name === 'filter' ? 'list' : 'bool';
    return { name, kind: 'macro', signatures: forms.map((form) => `${form} -> ${result}`) };
  });
  const declared = [...FUNCTIONS].flatMap(([name, overloads]) =>
    [true, false].flatMap((member): CelCallable[] => {
      const own = overloads.filter((one) => one.member === member);
      if (!own.length) return [];
      const operator = !/^[a-z]\w*$/i.test(name);
      const signatures = own.map(({ params, result }) => {
        const written = operator ? infix(name, params.map(formatParam)) : signature(name, member, params);
        return `${written} -> ${formatParam(result)}`;
      });
      return [{ name, kind: operator ? 'operator' : member ? 'method' : 'function', signatures }];
    }),
  );
  return [...macros, ...declared];
}

/** An operator as it is written: `int + int`, `list(A)[int]`, `bool ? A : A`. */
function infix(name: string, operands: readonly string[]): string {
  const [a = '', b = '', c = ''] = operands;
  if (name === '_?_:_') return `${a} ? ${b} : ${c}`;
  if (name === '_[_]') return `${a}[${b}]`;
  const symbol = symbolOf(name);
  return operands.length === 1 ? `${symbol}${a}` : `${a} ${symbol} ${b}`;
}
