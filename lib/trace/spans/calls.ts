import { callId, type JsonObject } from '../../engine';
import { EventIds } from '../formats/ids';
import type { ImportedCall, ImportOutput } from '../types';
import { noteUnreadable, readRecorded, type RecordedArguments } from './arguments';
import { joinedKey, ModelAnswers, type UnansweredCall } from './model-answers';
import type { ModelToolCall, SpanRole } from './span';

/** Where a span is among the others. */
export interface SpanPlace {
  readonly trace: string;
  readonly id: string;
  readonly parent: string | undefined;
}

/** A tool call as one span records it. `facts` are those of a call but for its id, tool and arguments. */
export interface SpanCall extends SpanPlace {
  readonly tool: string;
  /** The model's id of the call, and that of the request. */
  readonly modelId: string | undefined;
  readonly requestId: string | undefined;
  readonly facts: Omit<ImportedCall, 'id' | 'tool' | 'args' | 'source'>;
  readonly recorded: RecordedArguments | null;
}

/** What a model's answer proposes, with where and when it did. */
export interface ModelProposal extends SpanPlace {
  readonly calls: readonly ModelToolCall[];
  readonly facts: SpanCall['facts'];
}

interface PendingCall extends SpanCall {
  readonly args: JsonObject | undefined;
}

/**
 * The call that a span records, while it is held back. `outer`: the span of the same call around it, which has the call then; `inner`:
 * the span of the same call inside it.
 */
interface CallSlot {
  held: PendingCall | null;
  outer: CallSlot | null;
  inner: CallSlot | null;
}

/** A span that was seen: what it is, and the call that it records. */
interface SeenSpan {
  readonly parent: string | undefined;
  readonly role: SpanRole;
  readonly agent: string | undefined;
  readonly call: CallSlot | null;
}

/** How many calls are held back, so that spans of one call find each other whatever their order. */
const WINDOW = 65_536;
/** How many spans, such as those of HTTP requests, may lie between two spans of one call. */
const REACH = 16;

/**
 * Gathers the calls of a file of spans, and counts once what several spans record: a span that was exported twice (the
 * same id), a client's and a server's span of one call (one lies in the other, with the same tool, no model or agent
 * between them and no arguments that differ; a second such span inside the same one is a call that was made again), and the tool call in a model's answer that a span of the tool carries out.
 * Calls come out in the order of the spans that are kept; those of model answers without such a span come last.
 */
export class SpanCalls {
  readonly #events = new EventIds();
  readonly #spans = new Map<string, SeenSpan>();
  readonly #held = new Set<CallSlot>();
  /** Calls whose enclosing span has not been seen, by that span. */
  readonly #waiting = new Map<string, CallSlot[]>();
  readonly #answers = new ModelAnswers<ModelProposal>();

  /** Takes a span that is no tool call; false where it was seen before. */
  other(place: SpanPlace, role: SpanRole, agent: string | undefined, out: ImportOutput): boolean {
    return this.#see(place, { role, agent, call: null }, out);
  }

  propose(proposal: ModelProposal): void {
    this.#answers.answer(proposal);
  }

  call(call: SpanCall, out: ImportOutput): void {
    const args = call.recorded && 'args' in call.recorded ? call.recorded.args : undefined;
    const slot: CallSlot = { held: { ...call, args }, outer: null, inner: null };
    if (!this.#see(call, { role: 'tool', agent: undefined, call: slot }, out)) return;
    this.#answers.ran(call);
    this.#held.add(slot);
    this.#join(slot, call.parent, call.trace, out);
    if (this.#held.size > WINDOW) this.#release(out);
  }

  end(out: ImportOutput): void {
    while (this.#held.size > 0) this.#release(out);
    const { proposed, unanswered: left } = this.#answers.settle();
    for (const call of left) this.#fromModel(call, out);
    const matched = proposed - left.length;
    if (matched > 0)
      out.note(
        'model-answer',
        (n) =>
          `${n} tool ${n === 1 ? 'call' : 'calls'} of model answers ${n === 1 ? 'has' : 'have'} a span of the tool too: counted once`,
        matched,
      );
    if (left.length > 0)
      out.note(
        'model-answer-only',
        (n) => `${n} ${n === 1 ? 'call is' : 'calls are'} read from model answers: no span says that the tool ran`,
        left.length,
      );
  }

  #see(place: SpanPlace, seen: Omit<SeenSpan, 'parent'>, out: ImportOutput): boolean {
    const key = joinedKey(place.trace, place.id);
    if (!this.#events.first(key, out)) return false;
    this.#spans.set(key, { parent: place.parent, ...seen });
    const waiting = this.#waiting.get(key);
    if (!waiting) return true;
    this.#waiting.delete(key);
    for (const slot of waiting) this.#join(slot, place.id, place.trace, out);
    return true;
  }

  /** Looks for a span around a call that records the same call, from the span `from` on; waits where it is not there yet. */
  #join(slot: CallSlot, from: string | undefined, trace: string, out: ImportOutput): void {
    let at = from;
    for (let steps = 0; at !== undefined && slot.held && steps < REACH; steps++) {
      const key = joinedKey(trace, at);
      const around = this.#spans.get(key);
      if (!around) {
        const waiting = this.#waiting.get(key);
        if (waiting) waiting.push(slot);
        else this.#waiting.set(key, [slot]);
        return;
      }
      if (around.call) {
        if (around.call !== slot) this.#merge(around.call, slot, out);
        return;
      }
      if (around.role !== 'other') return;
      at = around.parent;
    }
  }

  /** Makes one call of two where nothing that they state differs; the outer span's facts go first. */
  #merge(around: CallSlot, inner: CallSlot, out: ImportOutput): void {
    const outer = outermost(around);
    const [a, b] = [outer.held, inner.held];
    if (!a || !b || outer === inner || !sameCall(a, b)) return;
    // No model's answer is for the inner span alone, whether it repeats the one around it or was made again.
    this.#answers.inside(b, a);
    if (around.inner) return;
    around.inner = inner;
    inner.outer = outer;
    outer.held = {
      ...a,
      modelId: a.modelId ?? b.modelId,
      requestId: a.requestId ?? b.requestId,
      args: a.args ?? b.args,
      facts: { ...b.facts, ...a.facts },
    };
    inner.held = null;
    this.#held.delete(inner);
    out.note(
      'nested-span',
      (n) =>
        `${n} ${n === 1 ? 'call was' : 'calls were'} recorded by a span inside another (client and server): counted once`,
    );
  }

  /** Gives out the call that has been held back for longest. */
  #release(out: ImportOutput): void {
    const [slot] = this.#held;
    if (!slot) return;
    this.#held.delete(slot);
    const call = slot.held;
    slot.held = null;
    if (!call) return;
    if (call.args === undefined && call.recorded) noteUnreadable(out);
    this.#give(call, call.id, call.args, call.modelId ?? call.requestId ?? call.id, out);
  }

  #give(
    { trace, tool, facts, parent }: Pick<PendingCall, 'trace' | 'tool' | 'facts' | 'parent'>,
    id: string,
    args: JsonObject | undefined,
    source: string,
    out: ImportOutput,
  ): void {
    const agent = facts.agent === undefined ? this.#agentAround(trace, parent) : undefined;
    out.call({
      // A span's id is unique in its trace only.
      id: callId(trace === '' ? id : `${trace}-${id}`),
      ...facts,
      ...(agent === undefined ? {} : { agent: agentNamed(agent) }),
      tool: { name: tool },
      ...(args === undefined ? {} : { args }),
      source: { id: source },
    });
  }

  /** The agent in whose span a call lies. */
  #agentAround(trace: string, from: string | undefined): string | undefined {
    let at = from;
    for (let steps = 0; at !== undefined && steps < REACH; steps++) {
      const around = this.#spans.get(joinedKey(trace, at));
      if (!around || around.agent !== undefined) return around?.agent;
      at = around.parent;
    }
    return undefined;
  }

  #fromModel({ answer: proposal, call, at }: UnansweredCall<ModelProposal>, out: ImportOutput): void {
    const read = call.args === undefined || call.args === null ? null : readRecorded(call.args, true);
    if (read && !('args' in read)) noteUnreadable(out);
    const args = read && 'args' in read ? read.args : undefined;
    const id = `${proposal.id}-${at + 1}`;
    const facts = call.server === undefined ? proposal.facts : { ...proposal.facts, resource: { slug: call.server } };
    this.#give({ ...proposal, facts, tool: call.tool }, id, args, call.id ?? id, out);
  }
}

/** An agent by its name, which may be for people: only what reads as a slug is taken for one. */
export function agentNamed(name: string): { readonly slug?: string; readonly name: string } {
  return /^[a-z0-9][a-z0-9._-]*$/.test(name) ? { slug: name, name } : { name };
}

/** The slot that has the call: spans of client, proxy and server lie in each other. The way is made shorter for the next time. */
function outermost(slot: CallSlot): CallSlot {
  let at = slot;
  while (at.outer) {
    at.outer = at.outer.outer ?? at.outer;
    at = at.outer;
  }
  return at;
}

/** Whether nothing that two spans state of their calls differs. */
function sameCall(a: PendingCall, b: PendingCall): boolean {
  if (a.tool !== b.tool || (a.args && b.args && !sameJson(a.args, b.args))) return false;
  const [from, to] = [a.facts.resource?.slug, b.facts.resource?.slug];
  return from === undefined || to === undefined || from === to;
}

/** Equal JSON values, whatever the order of keys. INVARIANT: nested no deeper than an entry may be. */
function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every(
      (key) =>
        Object.hasOwn(b, key) && sameJson((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]),
    )
  );
}
