/** What each class of values of a fact that is not known would decide: "up to 500 allowed, above denied, absent denied". */
import { parsePath } from '../../cel';
import {
  callPathOf,
  compilePolicy,
  decide,
  type Call,
  type CompiledPolicy,
  type DecisionRow,
  type Json,
  type Rule,
} from '../../engine';
import { nearTimes } from './candidates';
import { sameFact, withFacts, type FactChange, type FactPath } from './fact';
import { aimsToLeave, aimsToMatch } from './rule-aims';
import { ConditionTerms } from './terms';

/** The answer for a class of values. */
export interface ValueClass {
  readonly values: ClassValues;
  readonly gives: Pick<DecisionRow, 'effect' | 'decidedBy'>;
}

export type ClassValues =
  /** The fact is known to be absent. */
  | { readonly kind: 'absent' }
  /** Numbers from `least` to `most`; null where there is no bound. The bounds are included unless `open` names them. */
  | {
      readonly kind: 'range';
      readonly least: number | null;
      readonly most: number | null;
      readonly open: readonly ('least' | 'most')[];
    }
  /** These values, which rules name. */
  | { readonly kind: 'values'; readonly values: readonly Json[] }
  /** Of times that decide alike, the first and the last of those beside each other. */
  | { readonly kind: 'examples'; readonly values: readonly Json[] }
  /** Any value that no rule names: tried with one text, and with `false` where rules ask for truth values. */
  | { readonly kind: 'other' };

/** A missing fact, with what its values would decide. */
export interface MissingFact {
  /** As conditions write it: `request.args.amount`. */
  readonly name: string;
  readonly path: FactPath;
  readonly classes: readonly ValueClass[];
}

const MOST_VALUES = 40;
const MOST_FACTS = 8;

/** The facts that a conditional decision waits for, each taken by itself, the other ones left as they are. */
export async function missingFacts(compiled: CompiledPolicy, call: Call): Promise<readonly MissingFact[]> {
  const { decidedBy } = decide(compiled, call);
  if (decidedBy.kind !== 'undecided') return [];
  const found: MissingFact[] = [];
  for (const name of decidedBy.waitsFor.slice(0, MOST_FACTS)) {
    const path = pathNamed(name);
    if (path !== undefined) found.push({ name, path, classes: await valueClasses(compiled, call, path) });
  }
  return found;
}

function pathNamed(name: string): FactPath | undefined {
  const steps = parsePath(name);
  return steps === undefined
    ? undefined
    : callPathOf(steps.map((step) => (typeof step === 'bigint' ? Number(step) : step)));
}

/** The classes of values of one fact of a call, in the order: numbers upwards, values that rules name, others, absent. */
export async function valueClasses(
  compiled: CompiledPolicy,
  call: Call,
  path: FactPath,
): Promise<readonly ValueClass[]> {
  const values = await namedValues(compiled, call, path);
  const answer = (to: FactChange['to']): ValueClass['gives'] => {
    const { effect, decidedBy } = decide(compiled, withFacts(call, [{ path, to }]));
    return { effect, decidedBy };
  };
  const absent: ValueClass = { values: { kind: 'absent' }, gives: answer({ kind: 'absent' }) };
  if (path.length === 1 && path[0] === 'time') return [...timeClasses(values, answer), absent];
  const numbers = values.filter((value) => typeof value === 'number');
  const rest = values.filter((value) => typeof value !== 'number');
  const named = grouped(rest.map((value) => ({ value, gives: answer({ kind: 'value', value }) })));
  const lists = rest.some(Array.isArray);
  const other: ValueClass[] =
    numbers.length > 0 || rest.length === 0 || rest.every((value) => typeof value === 'boolean')
      ? []
      : [{ values: { kind: 'other' }, gives: answer({ kind: 'value', value: lists ? [] : UNNAMED }) }];
  return [...ranges(numbers, (value) => answer({ kind: 'value', value })), ...named, ...other, absent];
}

/** A Monday. */
const SOME_WEEK = '2026-01-05T00:00:00Z';

/** Times are tried hour by hour over a week, beside those that rules compare with: conditions ask for hours, days, and bounds. */
function timeClasses(
  named: readonly Json[],
  answer: (to: FactChange['to']) => ValueClass['gives'],
): readonly ValueClass[] {
  const week = [SOME_WEEK, ...nearTimes(SOME_WEEK).map(({ value }) => value)].filter(
    (time) => String(time) >= SOME_WEEK,
  );
  const times = [...new Set([...named.filter((value) => typeof value === 'string'), ...week])].sort();
  const classes: { first: Json; last: Json; isOpen: boolean; gives: ValueClass['gives'] }[] = [];
  for (const value of times) {
    const gives = answer({ kind: 'value', value });
    const known = classes.find((one) => sameAnswer(one.gives, gives));
    for (const other of classes) if (other !== known) other.isOpen = false;
    if (known === undefined) classes.push({ first: value, last: value, isOpen: true, gives });
    else if (known.isOpen) known.last = value;
  }
  return classes.map(({ first, last, gives }) => ({
    values: { kind: 'examples', values: first === last ? [first] : [first, last] },
    gives,
  }));
}

/** A text that no rule is likely to name. */
const UNNAMED = 'zzz-unnamed-zzz';

const sameAnswer = (a: ValueClass['gives'], b: ValueClass['gives']): boolean => JSON.stringify(a) === JSON.stringify(b);

function grouped(answers: readonly { readonly value: Json; readonly gives: ValueClass['gives'] }[]): ValueClass[] {
  const classes: { values: Json[]; gives: ValueClass['gives'] }[] = [];
  for (const { value, gives } of answers) {
    const known = classes.find((one) => sameAnswer(one.gives, gives));
    if (known) known.values.push(value);
    else classes.push({ values: [value], gives });
  }
  return classes.map(({ values, gives }) => ({ values: { kind: 'values', values }, gives }));
}

/** Numbers at, just below and just above each value that rules compare with, joined where the answer is the same. */
function ranges(values: readonly number[], answer: (value: number) => ValueClass['gives']): ValueClass[] {
  if (values.length === 0) return [];
  const bounds = [...new Set(values)].sort((a, b) => a - b);
  const [first = 0, last = 0] = [bounds[0], bounds.at(-1)];
  /** Between two bounds the answer is the same everywhere, as far as rules compare with nothing else. */
  const points = bounds.flatMap((bound, i) => {
    const next = bounds[i + 1];
    return [{ at: bound, exact: true }, ...(next === undefined ? [] : [{ at: (bound + next) / 2, exact: false }])];
  });
  const probes = [
    { at: first - 1 - Math.abs(first), exact: false },
    ...points,
    { at: last + 1 + Math.abs(last), exact: false },
  ];
  const classes: ValueClass[] = [];
  let from = 0;
  for (let i = 1; i <= probes.length; i++) {
    const [start, here] = [probes[from], probes[i]];
    if (start === undefined) break;
    const gives = answer(start.at);
    if (here !== undefined && sameAnswer(gives, answer(here.at))) continue;
    const [before, end] = [probes[from - 1], probes[i - 1]];
    const open: ('least' | 'most')[] = [];
    if (!start.exact && before) open.push('least');
    if (end && !end.exact && here) open.push('most');
    classes.push({
      values: {
        kind: 'range',
        least: start.exact ? start.at : (before?.at ?? null),
        most: end?.exact ? end.at : (here?.at ?? null),
        open,
      },
      gives,
    });
    from = i;
  }
  return classes;
}

/** Values that the undecided rules compare the fact with. */
async function namedValues(compiled: CompiledPolicy, call: Call, path: FactPath): Promise<Json[]> {
  const found = new Map<string, Json>();
  const decision = decide(compiled, call);
  const waiting = decision.decidedBy.kind === 'undecided' ? decision.decidedBy.ruleIds : [];
  for (const rule of compiled.policy.rules.filter(({ id }) => waiting.includes(id))) {
    for (const value of await valuesOfRule(compiled, rule, call, path)) {
      if (found.size < MOST_VALUES) found.set(JSON.stringify(value), value);
    }
  }
  return [...found.values()];
}

async function valuesOfRule(
  compiled: CompiledPolicy,
  rule: Rule,
  call: Call,
  path: FactPath,
): Promise<readonly Json[]> {
  const { settings } = compiled.policy;
  const alone = await compilePolicy({ rules: [{ ...rule, status: 'active' }], settings }, compiled);
  const [step] = decide(alone, call).steps;
  const terms = rule.condition === null ? undefined : await ConditionTerms.of(rule.condition);
  if (step === undefined) return [];
  const aimed = { rule, terms, toolNames: [] };
  const aims = [...aimsToMatch(aimed, step, call), ...aimsToLeave(aimed, step, call)];
  return aims
    .flat()
    .flatMap((change) => (sameFact(change.path, path) && change.to.kind === 'value' ? [change.to.value] : []));
}
