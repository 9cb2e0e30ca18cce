import { isObject, member, type UnknownObject, text } from '../shape';
import type { ImportOutput } from '../types';
import type { ToolCallPart } from './part';
import { ANSWER_KEYS, CALL_LISTS, readPart } from './parts';
import { noteRepeatedCall, RepeatedCalls, type WrittenPlace } from './repeated';
import type { CallFacts, CallSink, PartPlace } from './sink';
import type { CallStreams } from './streams';

/** What a format says of its conversations beyond the parts that all share. */
export interface Dialect {
  /** Members in which no call is looked for: copies of what is read elsewhere, and what is only wished for. */
  readonly closed?: (key: string, parent: UnknownObject) => boolean;
  /** What an object states about the calls inside it. */
  readonly facts?: (value: UnknownObject) => CallFacts | undefined;
  /** A call may be written down in several messages of a conversation; else only within one. */
  readonly uniqueIds?: boolean;
  /** A record that begins another answer of the model: a call that comes after it is not one that came before. */
  readonly startsTurn?: (value: UnknownObject) => boolean;
  /**
   * Reads an object that the shared reader does not know; null leaves it to that. `inside` is the member of an object that was read
   * in which more calls may be.
   */
  readonly intercept?: (
    value: UnknownObject,
    at: WalkPlace,
    out: ImportOutput,
  ) => 'read' | { readonly inside: string } | null;
  /** The end of the file: what was held back. */
  readonly end?: (out: ImportOutput) => void;
}

/** Lists that hold messages: what is no object in one is not a message. */
const MESSAGE_LISTS = new Set(['messages', 'traj', 'trajectory', 'conversation', 'turns', 'history', 'chat_messages']);

const TIMES = ['timestamp', 'created_at', 'createdAt', 'created', 'eventTime'] as const;

/** A message, with the calls that were read in it: the id and name of each, and the list it was in. */
interface WalkedMessage extends WrittenPlace {
  readonly calls: Map<string, string>;
}

/** Where the walk is: in which message, and under which member of what. */
export interface WalkPlace extends PartPlace {
  readonly key: string;
  readonly parent: UnknownObject | null;
  readonly message: WalkedMessage | null;
}

/** What a walk came upon. */
export interface Walked {
  /** Parts that were read: calls, rejects, answers. */
  parts: number;
  /** Messages, by their look. */
  messages: number;
}

/**
 * Finds the calls in a conversation, whatever it is nested in. A part that is a call or an answer is not looked into: what a
 * tool was given or gave back is data.
 */
export class Walk {
  readonly #sink: CallSink;
  readonly #dialect: Dialect;
  readonly #streams: CallStreams;
  readonly #repeated = new RepeatedCalls();
  #turn = 0;

  constructor(sink: CallSink, dialect: Dialect, streams: CallStreams) {
    this.#sink = sink;
    this.#dialect = dialect;
    this.#streams = streams;
  }

  value(value: unknown, at: PartPlace, out: ImportOutput): Walked {
    const walked: Walked = { parts: 0, messages: 0 };
    this.#visit(value, { ...at, key: '', parent: null, message: null }, walked, out);
    return walked;
  }

  #visit(value: unknown, scope: WalkPlace, walked: Walked, out: ImportOutput): void {
    if (Array.isArray(value)) return this.#list(value as unknown[], scope, walked, out);
    if (!isObject(value)) return;
    const at = this.#factsIn(value, scope);
    if (this.#dialect.startsTurn?.(value)) this.#turn++;
    const read = this.#dialect.intercept?.(value, at, out) ?? (this.#streams.read(value, at, out) ? 'read' : null);
    if (read !== null) {
      walked.parts++;
      out.claim(value);
      if (read !== 'read') this.#member(value, read.inside, at, walked, out);
      return;
    }
    const part = readPart(value, scope.key, scope.parent);
    if (part !== null) {
      walked.parts++;
      out.claim(value);
      if (part === 'answer') this.#answer(value, at, out);
      else if (!this.#isRepeated(part, at, out)) this.#sink.take(part, at, out);
      return;
    }
    if (isMessage(value)) walked.messages++;
    const starts = isMessage(value) && (at.message === null || MESSAGE_LISTS.has(scope.key));
    const message = starts ? messageAt(value, at) : at.message;
    for (const key of inOrder(value)) this.#member(value, key, { ...at, message }, walked, out);
  }

  #member(value: UnknownObject, key: string, at: WalkPlace, walked: Walked, out: ImportOutput): void {
    const inner = member(value, key);
    if (typeof inner !== 'object' || inner === null) return;
    if (key === 'tools') this.#sink.declared(inner, out);
    if (isClosed(key, inner) || this.#dialect.closed?.(key, value)) out.claim(inner);
    else this.#visit(inner, { ...at, key, parent: value, path: `${at.path}${pointer(key)}` }, walked, out);
  }

  #list(list: readonly unknown[], scope: WalkPlace, walked: Walked, out: ImportOutput): void {
    if (MESSAGE_LISTS.has(scope.key)) walked.messages++;
    list.forEach((item, i) => {
      const at = { ...scope, path: `${scope.path}/${i}` };
      if (typeof item === 'object' && item !== null) this.#visit(item, at, walked, out);
      else if (CALL_LISTS.test(scope.key)) this.#sink.refuse('a tool call is not an object', at, '', out);
      else if (MESSAGE_LISTS.has(scope.key)) out.reject(at.record, 'a message is not an object', at.path);
    });
  }

  /** The result of a call, or a server's list of tools, as the Responses API keeps it among the answers. */
  #answer(value: UnknownObject, at: PartPlace, out: ImportOutput): void {
    for (const id of answeredIds(value)) this.#repeated.answered(this.#keyOf(id, at));
    if (member(value, 'type') !== 'mcp_list_tools') return;
    const slug = text(member(value, 'server_label'));
    const tools = member(value, 'tools');
    if (slug !== undefined && Array.isArray(tools)) this.#sink.listed(slug, tools as unknown[], out);
  }

  #keyOf(id: string, { conversation }: PartPlace): string {
    return `${this.#turn} ${conversation} ${id}`;
  }

  #isRepeated(part: ToolCallPart, at: WalkPlace, out: ImportOutput): boolean {
    const id = text(part.id);
    if (id === undefined) return false;
    // One message may hold a call twice: as its provider wrote it, and as its framework did.
    const key = `${id} ${part.name ?? ''}`;
    const list = listOf(at.path) ?? '';
    const before = at.message?.calls.get(key);
    if (before === undefined) at.message?.calls.set(key, list);
    if (before !== undefined && before !== list) {
      noteRepeatedCall(out);
      return true;
    }
    return this.#dialect.uniqueIds === true && this.#repeated.has(this.#keyOf(id, at), part, writtenAt(at), out);
  }

  #factsIn(value: UnknownObject, scope: WalkPlace): WalkPlace {
    const stated = TIMES.map((key) => member(value, key)).find(
      (found) => typeof found === 'string' || typeof found === 'number',
    );
    const own = this.#dialect.facts?.(value);
    if (stated === undefined && own === undefined) return scope;
    return { ...scope, stated: stated ?? scope.stated, facts: own ? { ...scope.facts, ...own } : scope.facts };
  }
}

/** A message of any format: it has a role or a sender, or is one of LangChain's. */
export const isMessage = (value: UnknownObject): boolean =>
  ['role', 'sender', 'lc'].some((key) => typeof member(value, key) === (key === 'lc' ? 'number' : 'string')) ||
  (typeof member(value, 'type') === 'string' && (Object.hasOwn(value, 'content') || Object.hasOwn(value, 'data')));

/** The path of the list that a path leads into; undefined where there is none. */
const listOf = (path: string): string | undefined => /^(.*?)\/\d+(?:\/[^/]*[^/\d][^/]*)*$/s.exec(path)?.[1];

/** The place of what is written in a message, else in a list of items or as an event of its own. */
export function writtenAt({ record, path, message }: WalkPlace): WrittenPlace {
  if (message !== null) return message;
  const list = listOf(`${record.path}${path}`);
  return list === undefined ? {} : { list: `${record.root}${list}` };
}

/** Messages on lines of their own are a list, too; one inside an event is in none. */
function messageAt(value: UnknownObject, { record, path }: PartPlace): WalkedMessage {
  const whole = `${record.path}${path}`;
  const around = /^(.*)\/\d+$/s.exec(whole)?.[1];
  const inner = [value, member(value, 'kwargs'), member(value, 'data')].filter(isObject);
  return {
    calls: new Map(),
    message: inner.map((holder) => text(member(holder, 'id'))).find((id) => id !== undefined),
    messageAt: `${record.root}${whole}`,
    list: around !== undefined ? `${record.root}${around}` : whole === '' ? 'lines' : undefined,
  };
}

const ANSWERED = ['tool_call_id', 'toolCallId', 'call_id', 'tool_use_id', 'toolUseId'];

/** The ids of the calls that a result answers. */
function answeredIds(value: UnknownObject): readonly string[] {
  const content = member(value, 'content');
  const holders = [value, ...(Array.isArray(content) ? (content as unknown[]) : [])].filter(isObject);
  return holders.flatMap((holder) => ANSWERED.flatMap((key) => text(member(holder, key)) ?? []));
}

/** A node of LangGraph's may be called `tools`: it has messages, as no list of tools has. */
const isClosed = (key: string, inner: unknown): boolean =>
  ANSWER_KEYS.has(key) && !(isObject(inner) && Array.isArray(member(inner, 'messages')));

/** Lists of calls first: what a framework made of a provider's parts goes before those parts, which may be pieces. */
function inOrder(value: UnknownObject): readonly string[] {
  const keys = Object.keys(value);
  const lists = keys.filter((key) => CALL_LISTS.test(key));
  return lists.length === 0 ? keys : [...lists, ...keys.filter((key) => !lists.includes(key))];
}

const pointer = (key: string): string => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
