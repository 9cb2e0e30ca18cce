/** A condition as a formula: comparisons of one path with constants are understood, all else is opaque. */
import {
  activation,
  check,
  childrenOf,
  compile,
  DECISION_DECLARATIONS,
  parse,
  type CallExpr,
  type Expr,
  type Macro,
} from '../cel';
import { readsOf, type Json } from '../engine';
import {
  all,
  any,
  constant,
  ERROR,
  factAtom,
  FALSE,
  not,
  TRUE,
  type AtomOutcomes,
  type Formula,
  type OpaqueAtom,
  type OutcomeSet,
} from './formula';
import { TIME_METHODS } from './facts';
import { constantOf, pathOf } from './condition-operands';
import { numbersThat, uniteNumbers, type NumberSet } from './number-sets';
import { globLanguage, literalLanguage, testedLanguage, type TextLanguage } from './text-languages';
import { Remembered } from './remembered';
import type { ValueTest } from './value-sets';

const OPERATORS: Readonly<Record<string, '<' | '<=' | '>' | '>='>> = {
  '_<_': '<',
  '_<=_': '<=',
  '_>_': '>',
  '_>=_': '>=',
};
const TURNED = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' } as const;

/** Conditions as expressions, each text once; null where it does not compile. */
const expressionsKnown = new Remembered<Expr | null>(10_000);

/** Undefined where the condition does not compile. */
export const conditionExpression = (source: string): Expr | undefined =>
  expressionsKnown.get(source, () => parseCondition(source)) ?? undefined;

function parseCondition(source: string): Expr | null {
  const parsed = parse(source);
  if (parsed.diagnostics.length > 0) return null;
  const { diagnostics } = check(parsed, { declarations: DECISION_DECLARATIONS, result: 'bool' });
  return diagnostics.some(({ severity }) => severity === 'error') ? null : parsed.expr;
}

/** Conditions as formulas, each text once. */
const conditionsKnown = new Remembered<Promise<Formula>>(10_000);

/** A condition that does not compile is an error on every call. */
export const conditionFormula = (source: string): Promise<Formula> =>
  conditionsKnown.get(source, async () => {
    const expr = conditionExpression(source);
    return expr ? partFormula(expr, source) : constant(ERROR);
  });

/** One part of a condition as a formula. */
export async function partFormula(expr: Expr, source: string): Promise<Formula> {
  if (expr.kind === 'literal' && expr.value.type === 'bool') return constant(expr.value.value ? TRUE : FALSE);
  if (expr.kind === 'call') {
    const parts = (): Promise<Formula[]> => Promise.all(expr.args.map((part) => partFormula(part, source)));
    if (expr.function === '_&&_') return all(await parts());
    if (expr.function === '_||_') return any(await parts());
    if (expr.function === '!_') return not(all(await parts()));
    if (expr.function === '_?_:_') {
      const [test = constant(ERROR), yes = constant(ERROR), no = constant(ERROR)] = await parts();
      return { kind: 'if', test, yes, no };
    }
  }
  return leafFormula(expr, source.slice(expr.start, expr.end));
}

/** Atoms by their texts, so that the same text is the same atom in every condition. */
const partsKnown = new Remembered<Promise<Formula>>(20_000);

const leafFormula = (expr: Expr, text: string): Promise<Formula> =>
  partsKnown.get(text, async () => understood(expr) ?? (await fixed(expr, text)) ?? (await opaque(expr, text)));

const NOTHING = activation({});

/** A test that reads no fact, or whose pattern is refused: it has one outcome. */
async function fixed(expr: Expr, text: string): Promise<Formula | undefined> {
  const pattern = expr.kind === 'call' && expr.function === 'matches' ? expr.args.at(-1) : undefined;
  const patternText = pattern && text.slice(pattern.start - expr.start, pattern.end - expr.start);
  if (patternText !== undefined && (await fixedOutcome(`"".matches(${patternText})`)) === ERROR) return constant(ERROR);
  const outcome = await fixedOutcome(text);
  return outcome === undefined ? undefined : constant(outcome);
}

async function fixedOutcome(text: string): Promise<OutcomeSet | undefined> {
  const compiled = await compile(text);
  if (!compiled.ok || compiled.program.reads.length > 0) return undefined;
  const result = compiled.program.evaluate(NOTHING);
  if (typeof result !== 'boolean') return ERROR;
  return result ? TRUE : FALSE;
}

async function opaque(expr: Expr, text: string): Promise<OpaqueAtom> {
  const compiled = await compile(text);
  const program = compiled.ok ? compiled.program : undefined;
  const paths = program?.reads ?? [];
  return { kind: 'opaque', source: text, program, paths, reads: readsOf(paths), constants: constantsIn(expr) };
}

function constantsIn(expr: Expr): readonly Json[] {
  const own = constantOf(expr);
  return [...(own === undefined ? [] : [own.value]), ...childrenOf(expr).flatMap(constantsIn)];
}

function understood(expr: Expr): Formula | undefined {
  if (expr.kind === 'macro') return presence(expr);
  const path = pathOf(expr);
  if (path) return factAtom(path, { true: TRUE, false: FALSE });
  if (expr.kind !== 'call') return undefined;
  return comparison(expr) ?? membership(expr) ?? textTest(expr);
}

function presence(expr: Macro): Formula | undefined {
  const [select] = expr.args;
  const path = expr.name === 'has' && select ? pathOf(select) : undefined;
  if (!path) return undefined;
  return factAtom(path, { ...onEvery(TRUE), absent: FALSE });
}

/** The same outcome for every value that is there. */
const onEvery = (outcome: OutcomeSet): AtomOutcomes => ({
  ...{ null: outcome, true: outcome, false: outcome, other: outcome },
  ...{ numbers: outcome, texts: outcome, lists: outcome, maps: outcome },
});

function comparison(expr: CallExpr): Formula | undefined {
  const [left, right] = expr.args;
  if (!left || !right || expr.target) return undefined;
  if (expr.function === '_==_' || expr.function === '_!=_') {
    const equal = equality(left, right) ?? equality(right, left);
    return equal && expr.function === '_!=_' ? not(equal) : equal;
  }
  const operator = OPERATORS[expr.function];
  return operator && (order(left, operator, right) ?? order(right, TURNED[operator], left));
}

function equality(left: Expr, right: Expr): Formula | undefined {
  const [one, other] = [pathOf(left), pathOf(right)];
  // JSON has no NaN, so that each value equals itself.
  if (one && JSON.stringify(one) === JSON.stringify(other)) return factAtom(one, onEvery(TRUE));
  const value = constantOf(right);
  if (!value) return undefined;
  const measured = measure(left);
  if (measured && typeof value.value === 'number') return measured(numbersThat('==', value.value));
  const path = pathOf(left);
  return path && factAtom(path, equalTo([value.value]));
}

/** True of any of these scalars. */
function equalTo(values: readonly Json[]): AtomOutcomes {
  const numbers = values.filter((value) => typeof value === 'number');
  const texts = values.filter((value) => typeof value === 'string');
  const has = (value: Json): OutcomeSet => (values.includes(value) ? TRUE : FALSE);
  return {
    ...onEvery(FALSE),
    null: has(null),
    true: has(true),
    false: has(false),
    ...(numbers.length === 0
      ? {}
      : { numbers: { kind: 'numbers', numbers: uniteNumbers(numbers.map((one) => numbersThat('==', one))) } }),
    ...(texts.length === 0 ? {} : { texts: { kind: 'language', language: literalLanguage(texts) } }),
  };
}

function order(left: Expr, operator: '<' | '<=' | '>' | '>=', right: Expr): Formula | undefined {
  const value = constantOf(right)?.value;
  if (typeof value === 'number') {
    const numbers = numbersThat(operator, value);
    const measured = measure(left)?.(numbers);
    const path = pathOf(left);
    return measured ?? (path && factAtom(path, { numbers: { kind: 'numbers', numbers } }));
  }
  const path = typeof value === 'string' ? pathOf(left) : undefined;
  return path && factAtom(path, { texts: { kind: 'language', language: orderedTexts(operator, String(value)) } });
}

function orderedTexts(operator: '<' | '<=' | '>' | '>=', bound: string): TextLanguage {
  const tests: Record<typeof operator, (order: number) => boolean> = {
    '<': (order) => order < 0,
    '<=': (order) => order <= 0,
    '>': (order) => order > 0,
    '>=': (order) => order >= 0,
  };
  return testedLanguage(`${operator} ${JSON.stringify(bound)}`, (text) =>
    tests[operator](compareByCodePoint(text, bound)),
  );
}

function compareByCodePoint(a: string, b: string): number {
  const [left, right] = [Array.from(a), Array.from(b)];
  const at = left.findIndex((character, i) => character !== right[i]);
  if (at < 0) return left.length - right.length;
  return right[at] === undefined ? 1 : (left[at]?.codePointAt(0) ?? 0) - (right[at].codePointAt(0) ?? 0);
}

/** `size(path)`, `path.size()`, and parts of the time: numbers that are derived from one fact. */
function measure(expr: Expr): ((numbers: NumberSet) => Formula) | undefined {
  if (expr.kind !== 'call') return undefined;
  const [operand, ...more] = expr.target ? [expr.target, ...expr.args] : expr.args;
  const path = operand && more.length === 0 ? pathOf(operand) : undefined;
  if (!path) return undefined;
  if (expr.function === 'size') {
    return (size) => {
      const test: ValueTest = { kind: 'size', size };
      return factAtom(path, { texts: test, lists: test, maps: test });
    };
  }
  if (!expr.target || !Object.hasOwn(TIME_METHODS, expr.function) || path.join('.') !== 'request.time')
    return undefined;
  return (numbers) => factAtom([...path, expr.function], { numbers: { kind: 'numbers', numbers } });
}

function membership(expr: CallExpr): Formula | undefined {
  const [element, container] = expr.args;
  if (expr.function !== '@in' || !element || !container) return undefined;
  const within = pathOf(container);
  const value = constantOf(element);
  if (within && value) {
    const member: ValueTest = { kind: 'member', member: JSON.stringify(value.value) };
    const isKey = typeof value.value === 'string';
    // The keys of an object of a call, such as `request.args`, are facts of their own.
    return factAtom(within, { lists: member, maps: isKey ? member : FALSE });
  }
  const path = pathOf(element);
  if (!path || container.kind !== 'list') return undefined;
  const values = container.elements.map(constantOf);
  return values.every((one) => one !== undefined) ? factAtom(path, equalTo(values.map((one) => one.value))) : undefined;
}

function textTest(expr: CallExpr): Formula | undefined {
  const [argument] = expr.args;
  const path = expr.target && pathOf(expr.target);
  const text = argument && expr.args.length === 1 ? constantOf(argument)?.value : undefined;
  if (!path || typeof text !== 'string') return undefined;
  const language = languageOf(expr.function, text);
  return language && factAtom(path, { texts: { kind: 'language', language } });
}

function languageOf(method: string, text: string): TextLanguage | undefined {
  switch (method) {
    case 'startsWith':
      return globLanguage([[text, '']]);
    case 'endsWith':
      return globLanguage([['', text]]);
    case 'contains':
      return globLanguage([['', text, '']]);
    case 'matches':
      return plainPattern(text);
    default:
      return undefined;
  }
}

/** A regular expression that is only literal text, possibly anchored, or alternatives of such text between both anchors. */
function plainPattern(pattern: string): TextLanguage | undefined {
  const [, start = '', body = '', end = ''] = /^(\^?)([\s\S]*?)((?<!\\)\$|)$/.exec(pattern) ?? [];
  const group = /^\((?:\?:)?([^()]*)\)$/.exec(body)?.[1];
  const literals = (group ?? body).split('|').map(literalOf);
  if (!literals.every((one) => one !== undefined)) return undefined;
  // Without a group, anchors belong to the first and the last alternative alone.
  if (group === undefined && literals.length > 1 && (start !== '' || end !== '')) return undefined;
  return globLanguage(literals.map((one) => [...(start === '' ? [''] : []), one, ...(end === '' ? [''] : [])]));
}

/** The text that a piece of a regular expression stands for, if it has no special characters. */
function literalOf(piece: string): string | undefined {
  if (!/^(?:[A-Za-z0-9_\-@:/ ,=]|\\[.\\/*+?()[\]{}|^$-])*$/.test(piece)) return undefined;
  return piece.replace(/\\(.)/g, '$1');
}
