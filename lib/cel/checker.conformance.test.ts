/**
 * The checker against cel-go's own: the type and the resolved overloads of every node, as the conformance suite records them, and which
 * expressions it refuses.
 */
import {
  getCheckingSuite,
  getComprehensionSuite,
  getConformanceSuite,
  type IncrementalTest,
} from '@bufbuild/cel-spec/testdata/tests.js';
import { describe, expect, test } from 'vitest';
import type { Expr, Macro } from './syntax/ast';
import { check, type CheckedExpr, type Declarations } from './check/checker';
import { parse } from './syntax/parser';
import { BOOL, BYTES, DOUBLE, INT, NULL, STRING, UINT, formatType, listOf, parseType, type Type } from './check/types';

const CORE =
  'basic comparisons conversions fields fp_math integer_math lists logic macros namespace parse plumbing string timestamps type_deductions'.split(
    ' ',
  );

/**
 * The shape of `checkedAst` in the suite: every node followed by `~type`, and `^` what it was resolved to. Literals are left out.
 * Macros are written as the comprehension that cel-go expands them to.
 */
function debug(expr: Expr, checked: CheckedExpr): string {
  const show = (node: Expr): string => debug(node, checked);
  const type = typeAt(expr, checked);
  const reference = checked.references.get(expr.id)?.join('|');
  const end = `~${formatType(type)}${reference ? `^${reference}` : ''}`;
  switch (expr.kind) {
    case 'literal':
      return end;
    case 'ident':
      return `${expr.name}${end}^${expr.name.replace(/^\./, '')}`;
    case 'select':
      return reference ? `${reference}${end}` : `${show(expr.operand)}.${expr.field}${end}`;
    case 'list':
      return `[${expr.elements.map(show).join(',')}]${end}`;
    case 'map':
      return `{${expr.entries.map(({ key, value }) => `${show(key)}:${show(value)}`).join(',')}}${end}`;
    case 'call': {
      const args = expr.args.map(show);
      if (expr.function === '_&&_' || expr.function === '_||_') return balanced(expr.function, args, end);
      return `${expr.target ? `${show(expr.target)}.` : ''}${expr.function}(${args.join(',')})${end}`;
    }
    case 'macro':
      return macro(expr, show, type, checked);
    case 'struct':
      return `${expr.name}{${expr.fields.map(({ value }) => show(value)).join(',')}}${end}^${expr.name}`;
    case 'error':
      return '~!error!';
  }
}

const typeAt = (expr: Expr, checked: CheckedExpr): Type => checked.typeOf.get(expr.id) ?? listOf(checked.type);

/** A chain of `&&` or `||`, which cel-go balances. */
function balanced(name: string, args: readonly string[], end: string): string {
  if (args.length === 1) return args[0] ?? '';
  const middle = Math.ceil(args.length / 2);
  return `${name}(${balanced(name, args.slice(0, middle), end)},${balanced(name, args.slice(middle), end)})${end}`;
}

function macro(expr: Macro, show: (node: Expr) => string, type: Type, checked: CheckedExpr): string {
  const [first, second] = expr.args;
  if (!first) return '';
  if (expr.name === 'has')
    return first.kind === 'select' ? `${show(first.operand)}.${first.field}~test-only~~bool` : '';
  const accuType = expr.name === 'exists_one' ? 'int' : formatType(type);
  const accu = `@result~${accuType}^@result`;
  const range = expr.target ? show(expr.target) : '';
  const around = (init: string, condition: string, step: string, result = accu): string =>
    `__comprehension__(${expr.variable},${range},@result,${init},${condition},${step},${result})~${formatType(type)}`;
  const append = (element: string): string => `_+_(${accu},[${element}]~${accuType})~${accuType}^add_list`;
  const gated = (step: string): string => `_?_:_(${show(first)},${step},${accu})~${accuType}^conditional`;
  switch (expr.name) {
    case 'all':
      return around(
        '~bool',
        `@not_strictly_false(${accu})~bool^not_strictly_false`,
        `_&&_(${accu},${show(first)})~bool^logical_and`,
      );
    case 'exists':
      return around(
        '~bool',
        `@not_strictly_false(!_(${accu})~bool^logical_not)~bool^not_strictly_false`,
        `_||_(${accu},${show(first)})~bool^logical_or`,
      );
    case 'exists_one':
      return around('~int', '~bool', gated(`_+_(${accu},~int)~int^add_int64`), `_==_(${accu},~int)~bool^equals`);
    case 'map':
      return around(`[]~${accuType}`, '~bool', second ? gated(append(show(second))) : append(show(first)));
    case 'filter': {
      const element = expr.target && typeAt(expr.target, checked).params[0];
      const name = expr.variable ?? '';
      return around(
        `[]~${accuType}`,
        '~bool',
        gated(append(`${name}~${formatType(element ?? type.params[0] ?? type)}^${name}`)),
      );
    }
  }
}

/** The `~type^reference` of each node, in the order written. */
function adornments(text: string): string[] {
  const found: string[] = [];
  // cel-go's optional types, which the suite's environment has, share the index operator.
  const plain = text.replaceAll('~test-only~', '').replaceAll(/\|optional_\w+/g, '');
  for (let at = plain.indexOf('~'); at >= 0; at = plain.indexOf('~', at + 1)) {
    let end = at + 1;
    for (let depth = 0; end < plain.length; end++) {
      const char = plain[end] ?? '';
      if (char === '(' && /\w/.test(plain[end - 1] ?? '')) depth++;
      else if (char === ')' && depth) depth--;
      else if (!/[\w.|^@!]/.test(char) && !(depth && /[ ,]/.test(char))) break;
    }
    // The order in which overloads are listed is the printer's.
    const [type = '', references = ''] = plain.slice(at + 1, end).split('^');
    found.push(`${type}^${references.split('|').sort().join('|')}`);
  }
  return found;
}

interface Row {
  readonly file: string;
  readonly name: string;
  readonly test: IncrementalTest;
}

function rows(suite: ReturnType<typeof getConformanceSuite>, path: readonly string[] = []): Row[] {
  const here = [...path, suite.name];
  return [
    ...suite.tests.map((one) => ({
      file: here[1] ?? suite.name,
      name: [...here.slice(2), one.name].join('/'),
      test: one,
    })),
    ...suite.suites.flatMap((inner) => rows(inner, here)),
  ];
}

/** The variables that a test declares, or why it cannot apply: messages, functions and containers are not in our environment. */
function declarationsOf({ original }: IncrementalTest): Declarations | string {
  if (original.container) return 'has a container';
  const declared: Record<string, Type> = {};
  for (const { name, declKind } of original.typeEnv) {
    const type = declKind.case === 'ident' && declKind.value.type ? protoType(declKind.value.type) : undefined;
    if (!type) return `declares ${name}, a function or a message`;
    declared[name] = type;
  }
  return declared;
}

type ProtoType = NonNullable<
  Extract<IncrementalTest['original']['typeEnv'][number]['declKind'], { case: 'ident' }>['value']['type']
>;

function protoType({ typeKind: kind }: ProtoType): Type | undefined {
  switch (kind.case) {
    case 'primitive':
      return parseType(['', 'bool', 'int', 'uint', 'double', 'string', 'bytes'][kind.value] ?? '');
    case 'wellKnown':
      return parseType(['', 'any', 'timestamp', 'duration'][kind.value] ?? '');
    case 'dyn':
      return parseType('dyn');
    case 'null':
      return parseType('null');
    case 'listType': {
      const element = kind.value.elemType && protoType(kind.value.elemType);
      return element && listOf(element);
    }
    case 'mapType': {
      const { keyType, valueType } = kind.value;
      const [key, value] = [keyType && protoType(keyType), valueType && protoType(valueType)];
      return key && value && parseType(`map(${formatType(key)}, ${formatType(value)})`);
    }
    default:
      return undefined;
  }
}

const MESSAGES = /TestAll|NestedTestAll|google\.protobuf|GlobalEnum|cel\.expr/;
const EXTENSIONS = /\b(proto\.|math\.|cel\.|optional|strings\.|base64\.)|\.\?|\[\?/;
/** The suite's errors are of its parser too. */
const REFUSED =
  /undeclared reference|no matching overload|expected type|does not support field|is not a|cannot be range/;

/** What cel-go's own tests declare beside what is particular to one of them. */
const COMMON: Declarations = { is: STRING, ii: INT, iu: UINT, iz: BOOL, ib: BYTES, id: DOUBLE, ix: NULL };
/**
 * Compares one test; false where it cannot apply: with `undeclared` also where the Go code of the test declares what the suite does not show.
 */
function compare({ name, test: one }: Row, undeclared = false): boolean {
  const source = one.original.expr;
  const declarations = declarationsOf(one);
  if (typeof declarations === 'string' || MESSAGES.test(source) || EXTENSIONS.test(source)) return false;
  const parsed = parse(source);
  if (one.original.disableMacros || parsed.diagnostics.length) return false;
  const checked = check(parsed, { declarations: { ...COMMON, ...declarations } });
  if (undeclared && !one.error && checked.diagnostics.some(({ code }) => code.startsWith('undeclared'))) return false;
  const found = checked.diagnostics.map((each) => each.message);
  expect(found.length > 0, `${name}: ${source}: ${found.join()} / ${one.error ?? ''}`).toBe(
    REFUSED.test(one.error ?? ''),
  );
  if (one.checkedAst === undefined || source.includes('~')) return true;
  expect(formatType(checked.type), source).toBe(one.type);
  const recorded = adornments(one.checkedAst.replaceAll(/"(?:[^"\\]|\\.)*"/g, '""'));
  expect(adornments(debug(parsed.expr, checked)), source).toEqual(recorded);
  return true;
}

describe('the types and overloads of every node, as the conformance suite records them', () => {
  const all = rows(getConformanceSuite());
  test.each(CORE)('%s', (file) => {
    expect(all.filter((row) => row.file === file && compare(row)).length).toBeGreaterThan(0);
  });
  test('nearly all of the core applies', () => {
    expect(all.filter((row) => CORE.includes(row.file) && compare(row)).length).toBeGreaterThan(1000);
  });
});

test.each([
  ['checking', getCheckingSuite, 60],
  ['comprehension', getComprehensionSuite, 10],
] as const)("cel-go's own tests: %s", (_, suite, least) => {
  expect(rows(suite()).filter((row) => compare(row, true)).length).toBeGreaterThan(least);
});
