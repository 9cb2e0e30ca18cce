import { activation } from './evaluate/activation';
import { advise } from './explain/advise';
import { check, DECISION_DECLARATIONS } from './check/checker';
import type { Expr } from './syntax/ast';
import { encodeResult } from './values/encode';
import { expand } from './syntax/expand';
import { explain } from './explain/explain';
import { format } from './syntax/format';
import { generate, mutate, pick, respace } from './fuzz-source';
import { randomFrom } from '../testdata/random';
import type { Json } from '../json';
import { parse, type ParsedSource } from './syntax/parser';
import { compile, type Program } from './evaluate/program';
import { tokenize } from './syntax/tokens';
import { childrenOf } from './syntax/tree';
import { treeText } from './syntax/tree-text';

/** Facts to evaluate against; `__proto__` and `constructor` are ordinary keys. */
const FACTS = JSON.parse(`{
  "agent": { "slug": "claude-code", "name": "Claude Code", "tags": ["a", "b"], "constructor": "c" },
  "instance": { "id": "i-7" }, "resource": { "slug": "slack", "tags": ["prod"] }, "tool": { "name": "send_message" },
  "user": { "email": "ana@acme.example", "groups": ["finance", "é😀"] },
  "request": { "ip": "203.0.113.7", "time": "2024-02-29T23:59:59.5Z", "args": { "n": 2, "amount": 1e3, "name": "a", "x": null, "flag": true,
    "list": [1, "a", [2], {"y": 1}], "pattern": "a+", "content-type": "text/plain", "__proto__": { "y": 1 } } } }`) as Readonly<
  Record<string, Json>
>;

const KNOWN = activation(FACTS, [], ['request.time']);
const NO_ARGUMENTS = activation(FACTS, ['request.args'], ['request.time']);
const NO_USER = activation(FACTS, ['user', 'request.time'], []);

/** What is wrong with how `lib/cel` takes a source: one line, or nothing. Exceptions are left to pass. */
export async function problemOf(source: string): Promise<string | undefined> {
  const parsed = parse(source);
  return ranges(source, parsed) ?? formatting(source, parsed) ?? checking(parsed) ?? (await evaluating(source));
}

function ranges(source: string, { expr, diagnostics }: ParsedSource): string | undefined {
  let last = 0;
  for (const { start, end } of tokenize(source)) {
    if (start < last || end <= start || /[^ \t\r\n\f]/.test(source.slice(last, start)))
      return 'tokens overlap or leave text out';
    last = end;
  }
  if (/[^ \t\r\n\f]/.test(source.slice(last))) return 'tokens leave the end out';
  if (diagnostics.some(({ start, end }) => start < 0 || end < start || end > source.length))
    return 'a diagnostic is out of range';
  const seen = new Set<number>();
  const walk = (node: Expr, start: number, end: number): string | undefined => {
    if (seen.has(node.id)) return 'an id stands for two nodes';
    seen.add(node.id);
    if (node.start < start || node.end > end || node.end < node.start)
      return `a ${node.kind} is outside the node above it`;
    if (node.kind === 'error' && diagnostics.length === 0) return 'an error node without a diagnostic';
    for (const child of childrenOf(node)) {
      const problem = walk(child, node.start, node.end);
      if (problem) return problem;
    }
    return undefined;
  };
  return walk(expr, 0, source.length);
}

function formatting(source: string, { expr, diagnostics, comments }: ParsedSource): string | undefined {
  expand(expr);
  const formatted = format(source);
  if (diagnostics.length > 0) return formatted === source ? undefined : 'a source that does not parse was formatted';
  const again = parse(formatted);
  if (again.diagnostics.length > 0) return `formatting broke it: ${formatted}`;
  if (treeText(again.expr) !== treeText(expr)) return `formatting changed it: ${formatted}`;
  const words = (text: string, list: ParsedSource['comments']) =>
    list.map(({ start, end }) => text.slice(start, end).trimEnd()).join('\n');
  if (words(source, comments) !== words(formatted, again.comments)) return `formatting lost a comment: ${formatted}`;
  return format(formatted) === formatted ? undefined : `formatting twice differs: ${formatted}`;
}

function checking(parsed: ParsedSource): string | undefined {
  const checked = check(parsed, { declarations: DECISION_DECLARATIONS });
  const advice = advise(parsed, { checked });
  const outside = [...checked.diagnostics, ...advice].find(
    ({ start, end }) => start < 0 || end < start || end > parsed.source.length,
  );
  return outside && `${outside.code} is out of range`;
}

async function evaluating(source: string): Promise<string | undefined> {
  const compiled = await compile(source, { result: 'any' });
  if (!compiled.ok) return undefined;
  const { program } = compiled;
  const known = answer(program, KNOWN);
  if (known !== answer(program, KNOWN)) return 'evaluating twice differs';
  explain(program, KNOWN);
  for (const partial of [NO_ARGUMENTS, NO_USER]) {
    const answered = answer(program, partial);
    explain(program, partial);
    // What is known although a fact is not must stay so when the fact is learnt. (Facts that NO_USER lacks differ: `request.time`.)
    if (partial === NO_ARGUMENTS && answered !== '{"unknown":true}' && kind(answered) !== kind(known)) {
      return `without the arguments it gives ${answered}, with them ${known}`;
    }
  }
  return undefined;
}

function answer(program: Program, facts: typeof KNOWN): string {
  return JSON.stringify(encodeResult(program.evaluate(facts)));
}

/** Errors differ in what they say, for one that is met first may hide another. */
const kind = (answered: string) => (answered.startsWith('{"error"') ? 'error' : answered);

export interface FuzzOptions {
  readonly seed: number;
  readonly runs: number;
  /** Sources to mutate. */
  readonly corpus: readonly string[];
  /** A clock in milliseconds, for `until` and to find slow sources. */
  readonly now: () => number;
  /** When to stop whatever `runs` says, on that clock. */
  readonly until?: number;
  /** No source may take longer than this, in milliseconds. */
  readonly slow?: number;
}

export interface FuzzFailure {
  readonly source: string;
  readonly problem: string;
}

export interface FuzzReport {
  readonly runs: number;
  /** How many of them parsed, and how many compiled. */
  readonly parsed: number;
  readonly slowest: { readonly source: string; readonly milliseconds: number };
  readonly failure: FuzzFailure | undefined;
}

/** Random and mutated sources through all of `lib/cel`, until one fails; the failing source is cut down to what matters. */
export async function fuzz({
  seed,
  runs,
  corpus,
  now,
  until = Infinity,
  slow = 5_000,
}: FuzzOptions): Promise<FuzzReport> {
  const next = randomFrom(seed);
  let slowest = { source: '', milliseconds: 0 };
  let parsed = 0;
  let run = 0;
  let failure: FuzzFailure | undefined;
  for (; run < runs && !failure; run++) {
    const source = sourceOf(next, corpus);
    const started = now();
    const problem = await attempt(source);
    const milliseconds = now() - started;
    if (milliseconds > slowest.milliseconds) slowest = { source, milliseconds };
    if (problem !== undefined) failure = await shrink(source, problem);
    else if (milliseconds > slow) failure = { source, problem: `took ${Math.round(milliseconds)} ms` };
    if (parse(source).diagnostics.length === 0) parsed++;
    if (now() >= until) break;
  }
  return { runs: run, parsed, slowest, failure };
}

/** The next source: half of them made by the grammar, half mutated; some respaced. */
export function sourceOf(next: () => number, corpus: readonly string[]): string {
  const fresh = () => generate(next, 1 + Math.floor(next() * 4), next() < 0.8 ? 'bool' : 'any');
  const base = next() < 0.5 || corpus.length === 0 ? fresh() : pick(next, corpus);
  const mutated = next() < 0.5 ? base : mutate(next, base, next() < 0.5 ? fresh() : pick(next, corpus));
  return next() < 0.4 ? respace(next, mutated, next() * 0.5) : mutated;
}

async function attempt(source: string): Promise<string | undefined> {
  try {
    return await problemOf(source);
  } catch (error) {
    return `threw ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
  }
}

/** Leaves out stretches of a failing source while it goes on failing. */
async function shrink(source: string, problem: string): Promise<FuzzFailure> {
  let failure = { source, problem };
  for (let size = source.length >> 1; size > 0; size >>= 1) {
    for (let at = 0; at < failure.source.length;) {
      const shorter = failure.source.slice(0, at) + failure.source.slice(at + size);
      const still = await attempt(shorter);
      if (still === undefined) at += size;
      else failure = { source: shorter, problem: still };
    }
  }
  return failure;
}
