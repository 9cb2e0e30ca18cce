import { readCallArguments } from '../conversation/part';
import { canonical } from '../conversation/repeated';
import type { CallSink, PartPlace } from '../conversation/sink';
import { isObject, member, type UnknownObject, text } from '../shape';
import type { ImportOutput } from '../types';

/*
 * Events of LangChain's `astream_events` (JavaScript: `streamEvents`): `on_tool_start`, `on_tool_end` and `on_tool_error` of one
 * `run_id` are one run of a tool, whose `data.input` only the end may have. Most runs carry out a call that a model's message
 * (`on_chat_model_end`) holds too: these are one call, joined by the `tool_call_id` of the tool's message, else by tool and
 * arguments, else by the tool alone where the run's arguments are not recorded.
 * Source: reference.langchain.com/python/langchain-core/runnables/base/Runnable/astream_events (`StreamEvent`);
 * langchain-ai/langchain `libs/core/langchain_core/tracers/event_stream.py`.
 */

const EVENT = /^on_(chat_model|llm|tool|chain|prompt|parser|retriever)_(start|stream|end|error)$/;

export const isLangchainEvent = (value: UnknownObject): boolean => EVENT.test(String(member(value, 'event')));

interface ToolRun {
  readonly at: PartPlace;
  readonly name: string | undefined;
  input: unknown;
  /** The model's call that was carried out, as the tool's message names it. */
  call: string | undefined;
}

interface ModelCall {
  readonly name: string;
  /** Undefined where the message came in pieces. */
  readonly args: string | undefined;
}

/** Holds the runs of tools back until all that models asked for is known. */
export class ToolRuns {
  readonly #sink: CallSink;
  readonly #runs = new Map<string, ToolRun>();
  readonly #calls = new Map<string, ModelCall>();
  #unnamed = 0;

  constructor(sink: CallSink) {
    this.#sink = sink;
  }

  /** A call in a model's message, which the reader of messages takes. */
  called(value: UnknownObject, at: PartPlace): void {
    const id = text(member(value, 'id'));
    const name = text(member(value, 'name'));
    if (id === undefined || name === undefined || !Object.hasOwn(value, 'args')) return;
    const args = member(value, 'args');
    const key = JSON.stringify([at.conversation, id]);
    // What came in pieces may come whole later.
    if (isObject(args) || !this.#calls.has(key))
      this.#calls.set(key, { name, args: isObject(args) ? canonical(args) : undefined });
  }

  /** True for an event of a tool. */
  event(value: UnknownObject, at: PartPlace): boolean {
    const kind = /^on_tool_(start|end|error)$/.exec(String(member(value, 'event')))?.[1];
    if (kind === undefined) return false;
    const data = member(value, 'data');
    const inner = isObject(data) ? data : {};
    const key = `${at.conversation} ${text(member(value, 'run_id')) ?? this.#withoutId(kind, value, at)}`;
    let run = this.#runs.get(key);
    if (!run) this.#runs.set(key, (run = { at, name: text(member(value, 'name')), input: undefined, call: undefined }));
    run.input ??= member(inner, 'input');
    run.call ??= calledBy(inner);
    return true;
  }

  /** An end without a `run_id` is that of the last start of its tool. */
  #withoutId(kind: string, value: UnknownObject, at: PartPlace): string {
    const name = text(member(value, 'name')) ?? '';
    const own = `without id ${at.conversation} ${name} `;
    if (kind !== 'start') {
      const started = [...this.#runs.keys()].findLast((key) => key.startsWith(`${at.conversation} ${own}`));
      if (started !== undefined) return started.slice(at.conversation.length + 1);
    }
    return `${own}${this.#unnamed++}`;
  }

  /** The end of the file: runs that carry out no call of a model's are calls of their own. */
  end(out: ImportOutput): void {
    const left = [...this.#runs.values()]
      .filter(({ at, call }) => call === undefined || !this.#calls.delete(JSON.stringify([at.conversation, call])))
      .filter((run) => !this.#join(run, ({ args }) => args !== undefined && args === argumentsOf(run)))
      .filter((run) => !this.#join(run, ({ args }) => args === undefined || argumentsOf(run) === undefined));
    for (const { at, name, input, call } of left) {
      const known = input !== undefined && input !== null && input !== '';
      const args = known ? readCallArguments(input) : null;
      const cut = args !== null && 'fault' in args;
      if (cut)
        out.note(
          'arguments-unreadable',
          (n) => `the recorded arguments of ${n} ${n === 1 ? 'call' : 'calls'} are cut or cannot be read: left unknown`,
        );
      this.#sink.take({ name, args: cut ? null : args, id: call, nameAt: '/name', argsAt: '/data/input' }, at, out);
    }
    this.#runs.clear();
  }

  #join(run: ToolRun, fits: (call: ModelCall) => boolean): boolean {
    for (const [key, call] of this.#calls) {
      const [conversation] = JSON.parse(key) as [string, string];
      if (call.name !== run.name || conversation !== run.at.conversation || !fits(call)) continue;
      return this.#calls.delete(key);
    }
    return false;
  }
}

/** The arguments of a run, for comparing; undefined where they are not recorded. */
function argumentsOf({ input }: ToolRun): string | undefined {
  const args = input === undefined || input === null || input === '' ? null : readCallArguments(input);
  return args !== null && 'args' in args ? canonical(args.args) : undefined;
}

/** The tool's message is the output of its run, or is in it as the constructor of a message. */
function calledBy(data: UnknownObject): string | undefined {
  const output = member(data, 'output');
  if (!isObject(output)) return undefined;
  const kwargs = member(output, 'kwargs');
  return text(member(output, 'tool_call_id')) ?? (isObject(kwargs) ? text(member(kwargs, 'tool_call_id')) : undefined);
}
