/** A decision with what a replay counts beside it: which rules were skipped, and which one stands next in line. */
import type { CompiledPolicy } from './compile';
import { isWaiting } from './conditions';
import { choicesOf, evaluator, rowOf } from './decide';
import { callIdOf, readCall } from './facts';
import { judge } from './judge';
import { callId, type Call, type DecidedBy, type Row } from './model';
import type { Route } from './routes';

export interface LineUp {
  readonly row: Row;
  /** Indexes of the rules whose step is `condition-error`: their condition errs, and nothing above certainly decides. */
  readonly erred: readonly number[];
  /** What would decide if the deciding rule were not there; undefined where no single rule decides. */
  readonly next: DecidedBy | undefined;
}

const NONE: readonly number[] = [];
/** Routes on which no condition hangs have one answer for all calls. */
const settled = new WeakMap<Route, LineUp>();

/** `row` equals what `decideRow` gives. Never throws. */
export function lineUp(compiled: CompiledPolicy, call: Call): LineUp {
  const read = readCall(call);
  const route = compiled.router.routeOf(read);
  const known = settled.get(route);
  if (known) return { ...known, row: { ...known.row, id: callId(callIdOf(read)) } };
  const choices = choicesOf(compiled);
  const valueOf = evaluator(compiled, read);
  const judgement = judge(route.entries, valueOf, choices);
  const row = rowOf(read, route, judgement, valueOf, choices);
  const { kind } = judgement.decidedBy;
  const decided = kind === 'rule' || kind === 'gate';
  const found: LineUp = {
    row,
    erred: erredAbove(route, judgement.end, valueOf),
    // INVARIANT: where a rule decides, all above it are certainly passed, so that those below it are all that is left.
    next: decided ? judge(route.entries.slice(judgement.end + 1), valueOf, choices).decidedBy : undefined,
  };
  if (isUnconditional(route)) settled.set(route, found);
  return found;
}

function erredAbove(route: Route, end: number, valueOf: ReturnType<typeof evaluator>): readonly number[] {
  let erred: number[] | undefined;
  for (let i = 0; i < end; i++) {
    const entry = route.entries[i];
    if (!entry) continue;
    const value = valueOf(entry);
    if (typeof value !== 'boolean' && !isWaiting(value)) (erred ??= []).push(entry.rule.index);
  }
  return erred ?? NONE;
}

function isUnconditional({ entries, flips }: Route): boolean {
  const all = [entries, ...flips.map((flip) => flip.entries)];
  return all.every((list) => list.every(({ rule }) => rule.condition === undefined));
}
