/** Random conditions over values that grow: texts, bytes, lists and maps that are doubled again and again, then used in every way. */
import { activation } from './evaluate/activation';
import { compile, type Program } from './evaluate/program';
import { constantOf, type Observer } from './evaluate/plan-context';
import type { Expr } from './syntax/ast';
import { pick, type RandomNumber } from './fuzz-source';
import { randomFrom } from '../testdata/random';
import { MAX_STEPS, budget } from './values/budget';
import { encodeResult } from './values/encode';
import { show } from './values/display';
import { CelMap, NoValue, isError, isList, isUnknown, type Result, type Value } from './values/values';

/** What an evaluation may allocate, in bytes: a step is worth at most 64. */
export const MAX_ALLOCATED = 64 * MAX_STEPS;

const DIGITS = '[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]';
const SEEDS =
  `"0123456789abcdef" ; "a" ; "" ; "é😀" ; "1" ; "(" ; "(a*)*" ; "a|b|" ; "[a-z]{9}" ; "(?i)k" ; ".*" ; "\\\\pL" ; b"0123456789abcdef"
  ; b"\\xff" ; [1, 2] ; [] ; [1.5, "a", null] ; {"a": 1} ; {} ; 1 ; 1u ; 0.5 ; null ; "1h" ; timestamp(0) ; duration("1s") ; request.args.text
  ; request.args.list ; request.args.map ; request.args`.split(/\s+;\s+/);
const GROWTHS = [
  ...[
    'x + x',
    'x + x',
    'x + x',
    'x + x + x',
    '[x, x]',
    '[x, [x]]',
    '{"a": x, "b": x}',
    '{1: x, 2u: [x]}',
    '[x] + [x, x]',
  ],
  ...['string(x)', 'bytes(x)', 'x == x', 'dyn(x)', 'type(x)'],
];
const USES =
  `s == s ; s == t ; s != [s] ; s < t ; s >= s ; s + t == t + s ; s in [s, t] ; s in t ; s.contains(t) ; s.startsWith(s) ; t.endsWith(s)
  ; "abc".matches(s + string(i)) ; "abc".matches(s) ; s.matches(t) ; s.matches("(a|b)*c$") ; size(s) > size(t) ; size(s + t) > i ; string(s) == s
  ; bytes(s) == bytes(t) ; double(s) > 0.0 ; int(s) > 0 ; uint(s) == 1u ; bool(s) ; duration(s) > duration("1h") ; timestamp(s) < timestamp(t)
  ; s[i] == t ; s["a"] == t["a"] ; {s: t}[s] == t ; [s, t][0] == s ; type(s) == type(t) ; s.all(e, e == t) ; s.exists(e, e in t)
  ; s.map(e, e + e) == t ; s.filter(e, true) == s ; s.exists_one(e, e == s) ; [s, s].map(e, e + t).size() > 0 ; has(s.a) || has(t.b.c)
  ; string(s + t).contains("zz") ; (s + t).matches(string(i) + "{3}") ; s.getHours(t) == 1 ; s ? t : s ; s && t ; s || t ; !s ; -s == t
  ; s * t == s / t ; s % t == s - t ; string(bytes(s)) == s ; timestamp(i).getHours(s) == i ; s == {"a": s, "b": t}`.split(
    /\s+;\s+/,
  );

const JSON_FACTS = {
  request: {
    args: {
      text: 'lorem ipsum '.repeat(2000),
      list: Array.from({ length: 500 }, (_, n) => n),
      map: { a: { b: 1 }, c: ['d'] },
    },
  },
};
const GIVEN = activation(JSON_FACTS);
const PARTIAL = activation(JSON_FACTS, ['request.args.map', 'user']);

/** Most values grow a little, some as far as the steps allow. */
function grown(next: RandomNumber): string {
  const times = Math.floor(next() < 0.8 ? next() * 12 : next() * 45);
  const growth = pick(next, GROWTHS);
  const mixed = next() < 0.3;
  const seed = pick(next, SEEDS);
  // Untyped, nearly every use of it passes the type check.
  return `[${next() < 0.85 ? `dyn(${seed})` : seed}]${Array.from({ length: times }, () => `.map(x, dyn(${mixed ? pick(next, GROWTHS) : growth}))`).join('')}`;
}

/** The next condition: one or two grown values, used once or in loops. */
export function grownCondition(next: RandomNumber): string {
  const use = next() < 0.2 ? `${pick(next, USES)} || ${pick(next, USES)}` : pick(next, USES);
  const loops = next();
  const depth = loops < 0.8 ? 0 : loops < 0.95 ? 1 : loops < 0.99 ? 2 : 3;
  const macro = next() < 0.5 ? 'all' : 'map';
  const names = ['i', 'j', 'k'].slice(0, depth);
  const body = names.reduceRight(
    (inner, name) => `${DIGITS}.${macro}(${name}, ${inner})`,
    depth > 0 ? `${use} || true` : use.replace(/\bi\b/g, '1'),
  );
  const second = next() < 0.5 ? '[s]' : grown(next);
  return `${grown(next)}.${macro}(s, ${second}.${macro}(t, dyn(${body}) || true))`;
}

/** What a value takes in memory, in bytes, as engines of 64 bits keep it: generously, since tables and lists grow in leaps. */
function bytesOf(value: Value): number {
  if (typeof value === 'string') return 32 + 2 * value.length;
  if (value instanceof Uint8Array) return 220 + value.length;
  if (isList(value)) return value.length > 0 ? 184 + 12 * value.length : 32;
  return value instanceof CelMap ? 220 + 60 * value.length : 0;
}

/** Counts what an evaluation makes. */
class Allocations implements Observer {
  bytes = 0;
  readonly #seen = new WeakSet<object>();

  node(expr: Expr, result: Result): void {
    const makes =
      expr.kind === 'map' ||
      expr.kind === 'macro' ||
      // A list of literals is made once, with the condition.
      (expr.kind === 'list' && constantOf(expr) === undefined) ||
      (expr.kind === 'call' && /^(_\+_|string|bytes)$/.test(expr.function));
    if (!makes || result instanceof NoValue) return;
    if (typeof result === 'object' && result !== null) {
      if (this.#seen.has(result)) return;
      this.#seen.add(result);
    }
    this.bytes += bytesOf(result);
  }

  round(): void {
    // A round makes what its nodes make.
  }
}

/** What one condition over grown values took at most: milliseconds of one evaluation, and bytes that it made. */
export interface GrownMeasures {
  readonly milliseconds: number;
  readonly bytes: number;
}

/** What is wrong with how a condition over grown values is evaluated, or what that took. Exceptions are left to pass. */
export function measureGrown(program: Program, now: () => number): string | GrownMeasures {
  let [milliseconds, bytes] = [0, 0];
  for (const given of [GIVEN, PARTIAL]) {
    const started = now();
    const result = program.evaluate(given);
    milliseconds = Math.max(milliseconds, now() - started);
    const spent = MAX_STEPS - budget.left;
    const over = spent > MAX_STEPS;
    if (over && !isUnknown(result) && !(isError(result) && result.code === 'cost'))
      return `${spent} steps, and no error`;
    const allocations = new Allocations();
    const observed = program.observe(given, allocations);
    if (MAX_STEPS - budget.left !== spent) return `${spent} steps, and ${MAX_STEPS - budget.left} with an observer`;
    if (allocations.bytes > MAX_ALLOCATED) return `${allocations.bytes} bytes are made in ${spent} steps`;
    bytes = Math.max(bytes, allocations.bytes);
    encodeResult(result);
    if (JSON.stringify(show(result)) !== JSON.stringify(show(observed))) return 'another result with an observer';
  }
  return { milliseconds, bytes };
}

export interface GrownFuzzOptions {
  readonly seed: number;
  readonly runs: number;
  /** A clock in milliseconds. */
  readonly now: () => number;
  readonly until?: number;
  /** An evaluation that takes longer, in milliseconds, is a failure. */
  readonly slow?: number;
}

export interface GrownFuzzReport {
  readonly runs: number;
  /** How many validated, and how many of those ended with `cost`. */
  readonly valid: number;
  readonly costly: number;
  readonly slowest: { readonly source: string; readonly milliseconds: number };
  readonly largest: { readonly source: string; readonly bytes: number };
  readonly failure: { readonly source: string; readonly problem: string } | undefined;
}

export async function fuzzGrown({
  seed,
  runs,
  now,
  until = Infinity,
  slow = 1000,
}: GrownFuzzOptions): Promise<GrownFuzzReport> {
  const next = randomFrom(seed);
  const report = {
    runs: 0,
    valid: 0,
    costly: 0,
    slowest: { source: '', milliseconds: 0 },
    largest: { source: '', bytes: 0 },
  };
  // What is loaded on demand is loaded before anything is timed.
  await compile('"a".matches("a") && timestamp(0).getHours("UTC") == 0');
  while (report.runs < runs && now() < until) {
    const source = grownCondition(next);
    report.runs++;
    let measured: string | GrownMeasures | undefined;
    try {
      const compiled = await compile(source, { result: 'any' });
      if (!compiled.ok) continue;
      report.valid++;
      measured = measureGrown(compiled.program, now);
      if (budget.left < 0) report.costly++;
    } catch (error) {
      measured = `threw ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
    }
    if (typeof measured === 'string') return { ...report, failure: { source, problem: measured } };
    const { milliseconds, bytes } = measured;
    if (milliseconds > report.slowest.milliseconds) report.slowest = { source, milliseconds };
    if (bytes > report.largest.bytes) report.largest = { source, bytes };
    if (milliseconds > slow) return { ...report, failure: { source, problem: `took ${Math.round(milliseconds)} ms` } };
  }
  return { ...report, failure: undefined };
}
