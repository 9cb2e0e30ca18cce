import type { Expr, Macro } from '../syntax/ast';
import type { Observer } from '../evaluate/plan-context';
import { NoValue, type Result, type Value } from '../values/values';

/** What was evaluated once: the whole expression, or one round of a macro's body. */
export interface RecordFrame {
  readonly element: Value | undefined;
  readonly values: Map<number, Result>;
  /** The rounds of the macros in it, by node id: the first hundred and the last. */
  readonly rounds: Map<number, MacroRounds>;
}

export interface MacroRounds {
  readonly frames: RecordFrame[];
  count: number;
}

const KEPT = 100;

/** With macros in macros a hundred rounds of each would be a million: past so many rounds in all, each macro keeps its last alone. */
const KEPT_IN_ALL = 5_000;

const frame = (element: Value | undefined): RecordFrame => ({ element, values: new Map(), rounds: new Map() });

/** The frame of a round that is not kept serves the next one. */
function emptied(last: RecordFrame | undefined, element: Value): RecordFrame {
  if (!last) return frame(element);
  last.values.clear();
  last.rounds.clear();
  return { element, values: last.values, rounds: last.rounds };
}

/** Keeps every node's result; those in a macro's body, for each of its rounds. */
export class Recorder implements Observer {
  readonly whole = frame(undefined);
  /** From the whole inwards: the running rounds of the macros around what is evaluated now. */
  #rounds = 0;
  readonly #open: { readonly macro: number; readonly frame: RecordFrame }[] = [];

  get #current(): RecordFrame {
    return this.#open.at(-1)?.frame ?? this.whole;
  }

  node(expr: Expr, result: Result): void {
    if (expr.kind === 'macro') this.#close(expr.id);
    this.#current.values.set(expr.id, result);
  }

  round(macro: Macro, element: Value): void {
    this.#close(macro.id);
    const { rounds } = this.#current;
    let held = rounds.get(macro.id);
    if (!held) rounds.set(macro.id, (held = { frames: [], count: 0 }));
    const next =
      held.count++ > KEPT || this.#rounds++ > KEPT_IN_ALL ? emptied(held.frames.pop(), element) : frame(element);
    held.frames.push(next);
    this.#open.push({ macro: macro.id, frame: next });
  }

  #close(macro: number): void {
    const at = this.#open.findIndex((open) => open.macro === macro);
    if (at >= 0) this.#open.length = at;
  }
}

/** The round that made a macro's result what it is: the first that decided it or has no value; else the last. */
export function decisiveRound(macro: Macro, { frames }: MacroRounds): RecordFrame | undefined {
  const body = macro.args[0]?.id ?? -1;
  const decides = macro.name === 'all' ? false : macro.name === 'exists' ? true : undefined;
  return (
    frames.find(({ values }) => decides !== undefined && values.get(body) === decides) ??
    frames.find(({ values }) => values.get(body) instanceof NoValue) ??
    frames.at(-1)
  );
}
