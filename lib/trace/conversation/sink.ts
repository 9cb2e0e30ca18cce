import { callId } from '../../engine';
import { isObject, member, readDeclaredTool, text } from '../shape';
import { readTime } from '../time';
import type { ImportedCall, ImportOptions, ImportOutput, SourceRecord } from '../types';
import { ConversationIds } from '../formats/ids';
import type { ToolCallPart } from './part';

/** What surrounds a call says of it. */
export type CallFacts = Pick<ImportedCall, 'agent' | 'instance' | 'user'>;

/** Where a part is: its record and path, its conversation, and what is known of calls there. */
export interface PartPlace {
  readonly record: SourceRecord;
  /** JSON pointer inside the record's value. */
  readonly path: string;
  /** What identifies the conversation in the file. */
  readonly conversation: string;
  readonly facts: CallFacts;
  /** The time that the nearest object around states, as it is written. */
  readonly stated?: unknown;
}

/** Where a named tool runs. */
export interface ToolPlace {
  /** The server; undefined where the name does not say it. */
  readonly server?: string;
  readonly tool: string;
  /**
   * The tool is the client's own: a call of it reaches no gateway. `beside-servers`: only where the file also has tools named after their
   * server; without any, the names say nothing, and all are calls.
   */
  readonly local?: boolean | 'beside-servers';
}

/** Reads server and tool off a tool's name, as the format's clients make it. */
export type PlaceTool = (name: string, part?: ToolCallPart, facts?: CallFacts) => ToolPlace;

/** `mcp__server__tool`, as Claude's clients and others name the tools of MCP servers. */
const MCP_NAME = /^mcp__(.+?)__(.+)$/s;

/** Any other name says nothing of its server. */
export const placeByMcpName: PlaceTool = (name) => {
  const [, server, tool] = MCP_NAME.exec(name) ?? [];
  return server === undefined || tool === undefined ? { tool: name } : { server, tool };
};

/** For clients that name every tool of a server `mcp__server__tool`: any other is their own. */
export const placeOrLocal: PlaceTool = (name) => {
  const place = placeByMcpName(name);
  return place.server === undefined ? { ...place, local: true } : place;
};

/** So many calls with plain names wait for the first name of a server. */
const MOST_WAITING = 200;

/** So many calls are remembered, each by so much of its text, to notice a history that is repeated. */
const MOST_REMEMBERED = 65_536;
const MOST_COMPARED = 300;

/** A call whose tool is the client's own if the file names servers elsewhere. */
interface WaitingCall {
  readonly part: ToolCallPart;
  readonly at: PartPlace;
}

/** Turns parts into calls with ids, rejects, and counts of what reaches no gateway. */
export class CallSink {
  readonly #ids = new ConversationIds();
  readonly #place: PlaceTool;
  readonly #includeLocal: boolean;
  readonly #leftOut = new Map<string, number>();
  /** What a plain name means in this file, as far as it is known, and the calls that wait for that. */
  #plainNames: 'unknown' | 'calls' | 'local' = 'unknown';
  #waiting: WaitingCall[] = [];
  /** The first conversation of each call, by its id, tool and arguments. */
  readonly #conversationOf = new Map<string, string>();

  constructor(place: PlaceTool, options: ImportOptions) {
    this.#place = place;
    this.#includeLocal = options.includeLocalTools ?? false;
  }

  take(part: ToolCallPart, at: PartPlace, out: ImportOutput): void {
    const { name, args } = part;
    if (name === undefined) return this.refuse('a tool call without a name', at, part.nameAt, out);
    const { server, tool, local } = this.placeOf(part, name, at.facts);
    // Only a client that names its servers' tools after them gives a plain name a meaning.
    if (server !== undefined && part.server === undefined) this.#settlePlainNames('local', out);
    if (local === 'beside-servers' && !this.#includeLocal && this.#plainNames === 'unknown') {
      this.#waiting.push({ part, at });
      if (this.#waiting.length > MOST_WAITING) this.#settlePlainNames('calls', out);
      return;
    }
    const isLocal = local === 'beside-servers' ? this.#plainNames === 'local' : local === true;
    if (isLocal && !this.#includeLocal) return this.leaveOut(name);
    const fault = part.broken ?? (args && 'fault' in args ? args.fault : undefined);
    if (fault !== undefined) return this.refuse(`call of \`${name}\`: ${fault}`, at, part.argsAt, out);
    const id = text(part.id);
    if (id !== undefined) this.#noteRepeated(`${id} ${name} ${JSON.stringify(args)}`, at.conversation, out);
    out.call({
      id: callId(this.nextId(at, out)),
      ...readStated(at.stated, out),
      ...at.facts,
      ...(server !== undefined ? { resource: { slug: server } } : isLocal ? { resource: null } : {}),
      tool: { name: tool },
      ...(args && 'args' in args ? { args: args.args } : {}),
      ...(id === undefined ? {} : { source: { id } }),
    });
  }

  /** Ids may be unique in their conversation only, so that a call of another one that is equal in all may be another call. */
  #noteRepeated(call: string, conversation: string, out: ImportOutput): void {
    const key = call.slice(0, MOST_COMPARED);
    const first = this.#conversationOf.get(key);
    if (first !== undefined && first !== conversation)
      out.note(
        'repeated-history',
        (n) =>
          `${n} ${n === 1 ? 'call has' : 'calls have'} the id, tool and arguments of a call in an earlier conversation: if the file repeats its history, they are counted more than once`,
      );
    if (first === undefined && this.#conversationOf.size < MOST_REMEMBERED) this.#conversationOf.set(key, conversation);
  }

  /** A stated server goes before what the name says; the name may repeat it. */
  placeOf(part: ToolCallPart, name: string, facts: CallFacts = {}): ToolPlace {
    const named = this.#place(name, part, facts);
    if (part.server === undefined) return part.local ? { ...named, local: true } : named;
    const prefix = `mcp__${part.server}__`;
    return { server: part.server, tool: name.startsWith(prefix) ? name.slice(prefix.length) : name };
  }

  /** The id of the next call of a conversation: one that is refused has its number too. */
  nextId(at: PartPlace, out: ImportOutput): string {
    return this.#ids.next(this.conversation(at.conversation, out));
  }

  /** Numbers a conversation, also one without a call. */
  conversation(key: string, out: ImportOutput): number {
    return this.#ids.conversation(key, out);
  }

  refuse(reason: string, at: PartPlace, path: string, out: ImportOutput): void {
    this.nextId(at, out);
    out.reject(at.record, reason, `${at.path}${path}`);
  }

  leaveOut(name: string, count = 1): void {
    this.#leftOut.set(name, (this.#leftOut.get(name) ?? 0) + count);
  }

  /** Tools that a request declares, each on the server that its name says. */
  declared(tools: unknown, out: ImportOutput): void {
    if (!Array.isArray(tools)) return;
    for (const item of (tools as unknown[]).flatMap(declarations)) {
      const tool = readDeclaredTool(item);
      if (!tool) continue;
      const place = this.#place(tool.name);
      if (place.server !== undefined) out.tools({ slug: place.server }, [{ ...tool, name: place.tool }]);
      else if (place.local !== true || this.#includeLocal) out.tools(null, [tool]);
    }
  }

  /** Tools as their server listed them. */
  listed(server: string, tools: readonly unknown[], out: ImportOutput): void {
    out.tools(
      { slug: server },
      tools.flatMap((tool) => readDeclaredTool(tool) ?? []),
    );
  }

  /** Gives out or leaves out what waited. */
  #settlePlainNames(meaning: 'calls' | 'local', out: ImportOutput): void {
    if (this.#plainNames !== 'unknown') return;
    this.#plainNames = meaning;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const { part, at } of waiting) this.take(part, at, out);
  }

  end(out: ImportOutput): void {
    this.#settlePlainNames('calls', out);
    const counts = [...this.#leftOut].filter(([, n]) => n > 0).sort((a, b) => b[1] - a[1]);
    const total = counts.reduce((sum, [, n]) => sum + n, 0);
    if (total === 0) return;
    const most = counts.slice(0, 5).map(([name, n]) => `\`${name}\` ${n}`);
    const named = `${most.join(', ')}${counts.length > 5 ? ', …' : ''}`;
    const message = (n: number) =>
      `${n} ${n === 1 ? 'call' : 'calls'} of tools that reach no gateway left out: ${named}`;
    out.note('left-out-local', message, total);
  }
}

function readStated(stated: unknown, out: ImportOutput): Pick<ImportedCall, 'time'> {
  if (stated === undefined) return {};
  const read = readTime(stated);
  if ('unreadable' in read)
    out.note('time-unreadable', (n) => `${n} ${n === 1 ? 'time' : 'times'} could not be read: left unknown`);
  else if (read.zoneless)
    out.note('time-zoneless', (n) => `${n} ${n === 1 ? 'time names' : 'times name'} no zone: read as UTC`);
  return 'time' in read ? { time: read.time } : {};
}

/** Bedrock declares a tool under `toolSpec`, Gemini a list of them under `functionDeclarations`. */
function declarations(item: unknown): readonly unknown[] {
  if (!isObject(item)) return [];
  const list = member(item, 'functionDeclarations') ?? member(item, 'function_declarations');
  if (Array.isArray(list)) return list as unknown[];
  const spec = member(item, 'toolSpec');
  if (!isObject(spec)) return [item];
  const schema = member(spec, 'inputSchema');
  return [{ ...spec, input_schema: isObject(schema) ? member(schema, 'json') : undefined }];
}
