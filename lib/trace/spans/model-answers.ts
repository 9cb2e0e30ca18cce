import type { ModelToolCall } from './span';

/** What a model's answer proposes, in the trace of its span. */
interface ModelAnswer {
  readonly trace: string;
  readonly calls: readonly ModelToolCall[];
}

/** A call in a model's answer that no span of the tool carries out. `at`: which of the answer's calls it is. */
export interface UnansweredCall<A extends ModelAnswer> {
  readonly answer: A;
  readonly call: ModelToolCall;
  readonly at: number;
}

/** A tool's span, by the model's id of its call, where the span states it. */
export interface RanCall {
  readonly trace: string;
  readonly tool: string;
  readonly modelId: string | undefined;
}

/** How many spans of a tool have no model answer yet: those that state the model's id of the call, and those that do not. */
interface OpenSpans {
  named: number;
  unnamed: number;
}

/** Matches the calls in models' answers with the spans of the tools that ran: by the call's id where both state it, else one for one. */
export class ModelAnswers<A extends ModelAnswer> {
  readonly #answers: A[] = [];
  readonly #open = new Map<string, OpenSpans>();
  readonly #ids = new Set<string>();

  answer(answer: A): void {
    if (answer.calls.length > 0) this.#answers.push(answer);
  }

  ran(call: RanCall): void {
    this.#spans(call)[call.modelId === undefined ? 'unnamed' : 'named']++;
    if (call.modelId !== undefined) this.#ids.add(joinedKey(call.trace, call.modelId));
  }

  /** The span inside `outer` is of the same call, or of a call that the model did not ask for. */
  inside(inner: RanCall, outer: RanCall): void {
    // Of two spans of which one states the id, it is the other that no answer is left for.
    const named = inner.modelId !== undefined && outer.modelId !== undefined;
    this.#spans(inner)[named ? 'named' : 'unnamed']--;
  }

  /** How many calls the answers propose, without those that an answer repeats, and which of them no span carries out. */
  settle(): { readonly proposed: number; readonly unanswered: readonly UnansweredCall<A>[] } {
    const seen = new Set<string>();
    const open: UnansweredCall<A>[] = [];
    let proposed = 0;
    for (const answer of this.#answers)
      answer.calls.forEach((call, at) => {
        const id = call.id === undefined ? null : joinedKey(answer.trace, call.id);
        // A model's span inside another model's span repeats its answer.
        if (id !== null && seen.has(id)) return;
        if (id !== null) seen.add(id);
        proposed++;
        if (id !== null && this.#ids.has(id)) this.#spans({ trace: answer.trace, tool: call.tool }).named--;
        else open.push({ answer, call, at });
      });
    const unanswered = open.filter(({ answer, call }) => {
      const spans = this.#spans({ trace: answer.trace, tool: call.tool });
      if (spans.unnamed > 0) spans.unnamed--;
      else if (call.id === undefined && spans.named > 0) spans.named--;
      else return true;
      return false;
    });
    return { proposed, unanswered };
  }

  #spans({ trace, tool }: Omit<RanCall, 'modelId'>): OpenSpans {
    const key = joinedKey(trace, tool);
    const known = this.#open.get(key);
    if (known) return known;
    const none: OpenSpans = { named: 0, unnamed: 0 };
    this.#open.set(key, none);
    return none;
  }
}

/** Two texts as one key: the length keeps them apart. */
export const joinedKey = (a: string, b: string): string => `${a.length}:${a}${b}`;
