import { callId } from '../../engine';
import { conversationLook } from '../sightings';
import { asJsonObject, isObject, member, type Obj, readDeclaredTool, text } from '../shape';
import { readTime } from '../time';
import type { Format, ImportedCall, ImportOptions, Output, Reader, SourceRecord } from '../types';
import { ConversationIds, EventIds } from './ids';

/** Blocks that call a tool: the client's own and MCP tools, the provider's MCP connector, the provider's own tools. */
const CALLS = new Set(['tool_use', 'mcp_tool_use', 'server_tool_use']);

/** `mcp__server__tool`, as Claude Code names the tools of MCP servers. */
const MCP_NAME = /^mcp__(.+?)__(.+)$/s;

/** What the entry around a message says of its calls. */
interface Around {
  readonly record: SourceRecord;
  readonly conversation: number;
  readonly path: string;
  readonly facts: Pick<ImportedCall, 'time' | 'agent' | 'instance'>;
}

/** An entry of a Claude Code session: a message in an envelope that names its session. */
const isEntry = (value: Obj): boolean =>
  typeof member(value, 'sessionId') === 'string' ||
  (typeof member(value, 'uuid') === 'string' && typeof member(value, 'type') === 'string');

/** The messages of a conversation, by any of the shapes that requests, responses and logs have. */
function messagesIn(value: Obj): { readonly message: Obj; readonly path: string }[] {
  const lists = ['messages', 'conversation', 'traj', 'history'].flatMap((key) => {
    const list = member(value, key);
    if (!Array.isArray(list)) return [];
    return (list as unknown[]).flatMap((message, i) => (isObject(message) ? [{ message, path: `/${key}/${i}` }] : []));
  });
  const wrapped = ['request', 'body', 'response', 'message'].flatMap((key) => {
    const inner = member(value, key);
    if (!isObject(inner)) return [];
    const list = member(inner, 'messages');
    if (!Array.isArray(list)) return [{ message: inner, path: `/${key}` }];
    return (list as unknown[]).flatMap((message, i) =>
      isObject(message) ? [{ message, path: `/${key}/messages/${i}` }] : [],
    );
  });
  return [...lists, ...wrapped];
}

class AnthropicReader implements Reader {
  readonly #ids = new ConversationIds();
  readonly #events = new EventIds();
  readonly #local: boolean;
  readonly #leftOut = new Map<string, number>();

  constructor(options: ImportOptions) {
    this.#local = options.includeLocalTools ?? false;
  }

  record(record: SourceRecord, out: Output): void {
    const { value } = record;
    if (Array.isArray(value))
      return this.#list(value as unknown[], this.#around(record, `entry ${record.root}${record.path}`, out), out);
    if (!isObject(value)) return out.reject(record, 'not a message: expected an object');
    this.#declared(member(value, 'tools'), out);
    if (record.rest) return;
    if (isEntry(value)) return this.#entry(value, record, out);
    if (Object.hasOwn(value, 'role')) {
      const key = record.path === '' ? 'lines' : `list ${record.root}`;
      return this.#message(value, this.#around(record, key, out), out);
    }
    const found = messagesIn(value);
    if (found.length > 0) {
      const around = this.#around(record, `entry ${record.root}${record.path}`, out);
      for (const { message, path } of found) this.#message(message, { ...around, path }, out);
    } else if (typeof member(value, 'type') !== 'string')
      out.reject(record, 'not a message: it has neither `role` nor `messages`');
  }

  end(out: Output): void {
    const total = [...this.#leftOut.values()].reduce((sum, n) => sum + n, 0);
    if (total === 0) return;
    const most = [...this.#leftOut].sort((a, b) => b[1] - a[1]).slice(0, 5);
    const named = most.map(([name, n]) => `\`${name}\` ${n}`).join(', ');
    out.note(
      'left-out-local',
      (n) =>
        `${n} ${n === 1 ? 'call' : 'calls'} of tools that reach no gateway left out (not named \`mcp__server__tool\`): ${named}${this.#leftOut.size > 5 ? ', …' : ''}`,
      total,
    );
  }

  #around(record: SourceRecord, key: string, out: Output): Around {
    return { record, conversation: this.#ids.conversation(key, out), path: '', facts: {} };
  }

  #entry(value: Obj, record: SourceRecord, out: Output): void {
    const uuid = text(member(value, 'uuid'));
    const message = member(value, 'message');
    if (!isObject(message)) return;
    if (uuid !== undefined && !this.#events.first(uuid, out)) return out.claim(message);
    const session = text(member(value, 'sessionId')) ?? 'unnamed';
    const version = text(member(value, 'version'));
    const stated = member(value, 'timestamp');
    const read = stated === undefined ? null : readTime(stated);
    if (read && 'unreadable' in read) noteTime(out);
    const facts = {
      ...(read && 'time' in read ? { time: read.time } : {}),
      agent: { slug: 'claude-code' },
      instance: { client: { name: 'claude-code', ...(version === undefined ? {} : { version }) } },
    };
    const conversation = this.#ids.conversation(`session ${session}`, out);
    this.#message(message, { record, conversation, path: '/message', facts }, out);
  }

  #list(messages: readonly unknown[], around: Around, out: Output): void {
    messages.forEach((message, i) => {
      const path = `${around.path}/${i}`;
      if (isObject(message)) this.#message(message, { ...around, path }, out);
      else out.reject(around.record, 'a message is not an object', path);
    });
  }

  #message(message: Obj, around: Around, out: Output): void {
    const content = member(message, 'content');
    if (!Array.isArray(content)) return;
    (content as unknown[]).forEach((block, i) => {
      if (isObject(block) && CALLS.has(String(member(block, 'type'))))
        this.#block(block, { ...around, path: `${around.path}/content/${i}` }, out);
    });
  }

  #block(block: Obj, around: Around, out: Output): void {
    out.claim(block);
    const name = text(member(block, 'name'));
    if (name === undefined) return this.#refuse(around, 'a tool call without a name', '/name', out);
    const server = text(member(block, 'server_name'));
    const match = MCP_NAME.exec(name);
    const resource = server ?? match?.[1];
    if (resource === undefined && !this.#local) {
      this.#leftOut.set(name, (this.#leftOut.get(name) ?? 0) + 1);
      return;
    }
    const input = member(block, 'input');
    if (!isObject(input)) return this.#refuse(around, `call of \`${name}\`: the input is not an object`, '/input', out);
    const id = text(member(block, 'id'));
    out.call({
      id: callId(this.#ids.next(around.conversation)),
      ...around.facts,
      resource: resource === undefined ? null : { slug: resource },
      tool: { name: server === undefined ? (match?.[2] ?? name) : name },
      args: asJsonObject(input),
      ...(id === undefined ? {} : { source: { id } }),
    });
  }

  #refuse(around: Around, reason: string, path: string, out: Output): void {
    this.#ids.next(around.conversation);
    out.reject(around.record, reason, `${around.path}${path}`);
  }

  /** Declared tools, each on the server that its name tells. */
  #declared(tools: unknown, out: Output): void {
    if (!Array.isArray(tools)) return;
    for (const declared of tools as unknown[]) {
      const tool = readDeclaredTool(declared);
      const match = tool ? MCP_NAME.exec(tool.name) : null;
      if (tool && match) out.tools({ slug: match[1] ?? '' }, [{ ...tool, name: match[2] ?? '' }]);
      else if (tool && this.#local) out.tools(null, [tool]);
    }
  }
}

function noteTime(out: Output): void {
  out.note('time-unreadable', (n) => `${n} ${n === 1 ? 'time' : 'times'} could not be read: left unknown`);
}

export const anthropic: Format = {
  id: 'anthropic',
  label: 'Anthropic messages, Claude Code session',
  layout: 'json',
  wrappers: ['conversations', 'results', 'data'],
  lookOf: conversationLook,
  detect({ text: head, values }) {
    const entries = values.filter(
      (value) =>
        isObject(value) &&
        isEntry(value) &&
        (isObject(member(value, 'message')) || typeof member(value, 'type') === 'string'),
    );
    if (entries.length > 0) return { confidence: 0.95, words: 'a Claude Code session (`sessionId`, `uuid`)' };
    if (/"type"\s*:\s*"(mcp_)?tool_use"/.test(head))
      return { confidence: 0.92, words: 'messages with `tool_use` blocks' };
    return /"type"\s*:\s*"tool_result"/.test(head)
      ? { confidence: 0.8, words: 'messages with `tool_result` blocks' }
      : null;
  },
  reader: (options) => new AnthropicReader(options),
};
