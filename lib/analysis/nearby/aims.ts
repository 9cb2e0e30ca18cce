/**
 * What would have to be different in a call for a condition to give another answer: guesses made from the condition's tree, each a set of
 * facts to be changed together. None is a promise; `near-miss.ts` decides with each.
 */
import type { CallExpr as CelCall, Expr, Macro } from '../../cel';
import { callPathOf, type Call, type Json } from '../../engine';
import { candidatesFor, nearTimes, type CandidateValue } from './candidates';
import { factAt, sameFact, withFacts, type FactChange, type FactPath } from './fact';
import { jsonOf } from './json-value';
import { factsOf, type ConditionTerms } from './terms';

export type FactChanges = readonly FactChange[];

/** Facts changed together, at most; and ways kept at each node of the tree. */
export const MOST_TOGETHER = 2;
const MOST_WAYS = 24;

interface ConditionContextOfCall {
  readonly terms: ConditionTerms;
  readonly call: Call;
  readonly facts: ReturnType<typeof factsOf>;
  /** What a macro's variable stands for: an element of a list of the call. */
  readonly variables: ReadonlyMap<string, FactPath>;
}

/** Ways to make a condition give `wanted` for a call, as far as its tree shows any; the smallest first. */
export function aimsAt(terms: ConditionTerms, call: Call, wanted: boolean): readonly FactChanges[] {
  const found = ways(terms.expr, wanted, { terms, call, facts: factsOf(call), variables: new Map() });
  return found.filter((aim) => aim.length > 0).sort((a, b) => a.length - b.length);
}

function ways(expr: Expr, wanted: boolean, place: ConditionContextOfCall): readonly FactChanges[] {
  if (place.terms.value(expr, place.facts) === wanted) return [[]];
  if (expr.kind === 'macro') return macroWays(expr, wanted, place);
  if (expr.kind === 'call') {
    const [first, second, third] = expr.args;
    switch (expr.function) {
      case '!_':
        return first ? ways(first, !wanted, place) : [];
      case '_&&_':
      case '_||_': {
        const every = wanted === (expr.function === '_&&_');
        const found = every ? together(expr.args, wanted, place) : either(expr.args, wanted, place);
        const turning = checkedAims(found, expr, wanted, place);
        // Of two bounds on one time each alone is met by times that the other forbids.
        return turning.length > 0 ? turning : checked(expr, wanted, timeGuesses(expr, place), place);
      }
      case '_?_:_':
        if (!first || !second || !third) return [];
        return [
          ...joined(ways(first, true, place), ways(second, wanted, place)),
          ...joined(ways(first, false, place), ways(third, wanted, place)),
        ].slice(0, MOST_WAYS);
    }
  }
  return leafWays(expr, wanted, place);
}

const either = (terms: readonly Expr[], wanted: boolean, place: ConditionContextOfCall): readonly FactChanges[] =>
  terms.flatMap((term) => ways(term, wanted, place)).slice(0, MOST_WAYS);

const together = (terms: readonly Expr[], wanted: boolean, place: ConditionContextOfCall): readonly FactChanges[] =>
  terms.reduce<readonly FactChanges[]>(
    (sofar, term) => (sofar.length === 0 ? [] : joined(sofar, ways(term, wanted, place))),
    [[]],
  );

/** Each of one with each of the other; two changes of one fact become one, where they agree. */
function joined(some: readonly FactChanges[], others: readonly FactChanges[]): readonly FactChanges[] {
  const all: readonly (FactChanges | undefined)[] = some.flatMap((a) => others.map((b) => merged(a, b)));
  return all.flatMap((aim) => (aim !== undefined && aim.length <= MOST_TOGETHER ? [aim] : [])).slice(0, MOST_WAYS);
}

/** Undefined where they want different values of one fact. */
function merged(a: FactChanges, b: FactChanges): FactChanges | undefined {
  let result: FactChanges = a;
  for (const change of b) {
    const same = result.find(({ path }) => sameFact(path, change.path));
    if (same === undefined) result = [...result, change];
    else if (same.example) result = result.map((one) => (one === same ? change : one));
    else if (!change.example && JSON.stringify(same.to) !== JSON.stringify(change.to)) return undefined;
  }
  return result;
}

/** A part without parts of its own kind: a comparison, a test, a bare fact. */
function leafWays(expr: Expr, wanted: boolean, place: ConditionContextOfCall): readonly FactChanges[] {
  const guesses = [
    ...comparisonGuesses(expr, wanted, place),
    ...bareGuesses(expr, wanted, place),
    ...looseGuesses(expr, place),
  ];
  return checked(expr, wanted, guesses, place);
}

/** Guesses that turn the part itself, as far as it can be asked: the first one; of a list of values, the first few. */
function checked(
  expr: Expr,
  wanted: boolean,
  guesses: readonly FactChange[],
  place: ConditionContextOfCall,
): readonly FactChanges[] {
  const kept: FactChanges[] = [];
  const most = expr.kind === 'call' && expr.function === '@in' && wanted ? MOST_WAYS / 3 : 1;
  for (const guess of guesses) {
    if (kept.length >= most) break;
    const value = place.terms.value(expr, factsOf(withFacts(place.call, [guess])));
    if (value === undefined || value === wanted) kept.push([guess]);
  }
  return kept;
}

const OPERATORS = /^(?:_([=!<>]=?)_|@in|contains|startsWith|endsWith|matches)$/;
const CONVERSIONS = ['int', 'uint', 'double', 'string', 'dyn', 'timestamp', 'duration'];

function comparisonGuesses(expr: Expr, wanted: boolean, place: ConditionContextOfCall): FactChange[] {
  if (expr.kind !== 'call' || !OPERATORS.test(expr.function)) return [];
  const [left, right] = expr.target ? [expr.target, ...expr.args] : expr.args;
  if (!left || !right) return [];
  const operator = expr.function.replace(/[_@]/g, '');
  return [
    ...sideGuesses(operator, 'left', left, right, wanted, place),
    ...sideGuesses(operator, 'right', right, left, wanted, place),
  ];
}

function sideGuesses(
  operator: string,
  side: 'left' | 'right',
  fact: Expr,
  other: Expr,
  wanted: boolean,
  place: ConditionContextOfCall,
): FactChange[] {
  const bound = valueOf(other, place);
  if (bound === undefined) return [];
  const sized = sizedOf(fact);
  if (sized) {
    const path = pathOf(sized, place);
    return path ? shortened(path, candidatesFor(operator, side, undefined, bound, wanted), place) : [];
  }
  const inner = isConversion(fact) ? fact.args[0] : fact;
  const path = inner && pathOf(inner, place);
  if (!path) return [];
  const from = factAt(place.call, path);
  const current = from.kind === 'value' ? from.value : undefined;
  return candidatesFor(operator, side, current, bound, wanted).flatMap((candidate) =>
    (inner === fact ? [candidate] : [candidate, { ...candidate, value: String(candidate.value) }]).map((one) =>
      changeTo(path, one, place.call),
    ),
  );
}

const isConversion = (expr: Expr): expr is CelCall =>
  expr.kind === 'call' && !expr.target && expr.args.length === 1 && CONVERSIONS.includes(expr.function);

const sizedOf = (expr: Expr): Expr | undefined =>
  expr.kind === 'call' && expr.function === 'size' ? (expr.target ?? expr.args[0]) : undefined;

/** A list or text cut to a size. */
function shortened(path: FactPath, sizes: readonly CandidateValue[], { call }: ConditionContextOfCall): FactChange[] {
  const fact = factAt(call, path);
  if (fact.kind !== 'value') return [];
  const { value } = fact;
  return sizes.flatMap(({ value: size }) => {
    if (typeof size !== 'number' || size < 0) return [];
    if (Array.isArray(value)) return [changeTo(path, { value: (value as readonly Json[]).slice(0, size) }, call)];
    if (typeof value !== 'string') return [];
    return [changeTo(path, { value: [...value].slice(0, size).join('') }, call)];
  });
}

/** A fact that is itself the answer: `request.args.confirmed`. */
function bareGuesses(expr: Expr, wanted: boolean, place: ConditionContextOfCall): FactChange[] {
  const path = pathOf(expr, place);
  return path ? [changeTo(path, { value: wanted }, place.call)] : [];
}

/** For what is not understood: the literals that are beside a fact, and for a time those near it. */
function looseGuesses(expr: Expr, place: ConditionContextOfCall): FactChange[] {
  const { paths, literals } = readIn(expr, place);
  return [
    ...timeGuesses(expr, place),
    ...paths.flatMap((path) =>
      path[0] === 'time'
        ? []
        : literals.slice(0, 6).map((value) => changeTo(path, { value, example: true }, place.call)),
    ),
  ];
}

function timeGuesses(expr: Expr, place: ConditionContextOfCall): FactChange[] {
  const fact = factAt(place.call, TIME);
  if (fact.kind !== 'value' || typeof fact.value !== 'string') return [];
  if (!readIn(expr, place).paths.some((path) => sameFact(path, TIME))) return [];
  return nearTimes(fact.value).map((candidate) => changeTo(TIME, candidate, place.call));
}

const TIME: FactPath = ['time'];

function readIn(expr: Expr, place: ConditionContextOfCall): { paths: FactPath[]; literals: Json[] } {
  const found = { paths: [] as FactPath[], literals: [] as Json[] };
  collect(expr, place, found.paths, found.literals);
  return found;
}

function collect(expr: Expr, place: ConditionContextOfCall, paths: FactPath[], literals: Json[]): void {
  const path = pathOf(expr, place);
  if (path) {
    if (!paths.some((one) => sameFact(one, path))) paths.push(path);
    return;
  }
  const value = expr.kind === 'literal' ? valueOf(expr, place) : undefined;
  if (value !== undefined) literals.push(value);
  if (expr.kind === 'call')
    for (const part of expr.target ? [expr.target, ...expr.args] : expr.args) collect(part, place, paths, literals);
}

function macroWays(expr: Macro, wanted: boolean, place: ConditionContextOfCall): readonly FactChanges[] {
  const [body] = expr.args;
  if (!body) return [];
  if (expr.name === 'has') {
    const path = pathOf(body, place);
    if (!path) return [];
    const to = wanted ? { kind: 'value' as const, value: 'example' } : { kind: 'absent' as const };
    return [[{ path, from: factAt(place.call, path), to, ...(wanted ? { example: true as const } : {}) }]];
  }
  const list = expr.target && pathOf(expr.target, place);
  const fact = list && factAt(place.call, list);
  const every = expr.name === 'all' ? wanted : expr.name === 'exists' ? !wanted : undefined;
  if (!list || expr.variable === undefined || fact === undefined || every === undefined) return [];
  if (fact.kind !== 'value' || !Array.isArray(fact.value)) return seededWays(expr, wanted, every, list, place);
  const items: readonly Json[] = fact.value;
  const inner = expr.name === 'all' ? wanted : !every;
  const wayOf = (i: number): readonly FactChanges[] =>
    ways(body, inner, { ...place, variables: new Map([...place.variables, [expr.variable ?? '', [...list, i]]]) });
  const single = (item: Json): Call => withFacts(place.call, [changeTo(list, { value: [item] }, place.call)]);
  const holds = items.map((item) => place.terms.value(expr, factsOf(single(item))) === wanted);
  if (!every) {
    // One element is enough: one that is there, changed.
    return items.flatMap((_, i) => wayOf(i)).slice(0, MOST_WAYS);
  }
  const failing = holds.flatMap((ok, i) => (ok ? [] : [i]));
  const left = items.filter((_, i) => holds[i]);
  const changed = failing.reduce<readonly FactChanges[]>((sofar, i) => joined(sofar, wayOf(i)), [[]]);
  return checkedAims([...changed, [changeTo(list, { value: left }, place.call)]], expr, wanted, place);
}

/** A list where there is none: an empty one, or one of a single element that does. */
function seededWays(
  expr: Macro,
  wanted: boolean,
  every: boolean,
  list: FactPath,
  place: ConditionContextOfCall,
): readonly FactChanges[] {
  const given = (items: readonly Json[]): FactChange => changeTo(list, { value: items, example: true }, place.call);
  if (every) return checkedAims([[given([])]], expr, wanted, place);
  const seeded = withFacts(place.call, [given(['example'])]);
  const inner = ways(expr, wanted, { ...place, call: seeded, facts: factsOf(seeded) });
  const filled = inner.flatMap((aim) => {
    const fact = factAt(withFacts(seeded, aim), list);
    return fact.kind === 'value' && Array.isArray(fact.value) ? [[given(fact.value)]] : [];
  });
  return checkedAims(filled, expr, wanted, place).slice(0, 1);
}

const checkedAims = (
  aims: readonly FactChanges[],
  expr: Expr,
  wanted: boolean,
  place: ConditionContextOfCall,
): readonly FactChanges[] =>
  aims
    .filter((aim) => {
      const value = place.terms.value(expr, factsOf(withFacts(place.call, aim)));
      return value === undefined || value === wanted;
    })
    .slice(0, MOST_WAYS);

/** The fact of the call that an expression reads, where its path is constant. */
function pathOf(expr: Expr, place: ConditionContextOfCall): FactPath | undefined {
  const steps = stepsOf(expr, place);
  if (steps === undefined) return undefined;
  return steps.kind === 'call' ? steps.path : callPathOf(steps.path);
}

/** `call`: already a path into the call, by way of a macro's variable. */
function stepsOf(expr: Expr, place: ConditionContextOfCall): { kind: 'root' | 'call'; path: FactPath } | undefined {
  if (expr.kind === 'ident') {
    const bound = place.variables.get(expr.name);
    return bound ? { kind: 'call', path: bound } : { kind: 'root', path: [expr.name] };
  }
  if (expr.kind === 'select') {
    const inner = stepsOf(expr.operand, place);
    return inner && { ...inner, path: [...inner.path, expr.field] };
  }
  const [operand, index] = expr.kind === 'call' && expr.function === '_[_]' ? expr.args : [];
  const inner = operand && stepsOf(operand, place);
  const key = index?.kind === 'literal' ? valueOf(index, place) : undefined;
  if (!inner || (typeof key !== 'string' && typeof key !== 'number')) return undefined;
  return { ...inner, path: [...inner.path, key] };
}

function valueOf(expr: Expr, { terms, facts }: ConditionContextOfCall): Json | undefined {
  if (expr.kind !== 'literal') return jsonOf(terms.value(expr, facts));
  const { value } = expr;
  switch (value.type) {
    case 'null':
      return null;
    case 'int':
    case 'uint':
      return Number.isSafeInteger(Number(value.value)) ? Number(value.value) : undefined;
    case 'bytes':
      return undefined;
    default:
      return value.value;
  }
}

function changeTo(path: FactPath, { value, example }: CandidateValue, call: Call): FactChange {
  return { path, from: factAt(call, path), to: { kind: 'value', value }, ...(example ? { example } : {}) };
}
