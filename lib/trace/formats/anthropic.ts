import { conversationFormat } from '../conversation/reader';
import { type CallFacts, type CallSink, type PartPlace, type PlaceTool, placeByMcpName } from '../conversation/sink';
import { BlockEvents } from '../conversation/streams/content-blocks';
import type { Dialect } from '../conversation/walk';
import { isObject, member, type UnknownObject, text } from '../shape';
import type { ImportOutput } from '../types';
import { EventIds } from './ids';

/*
 * Anthropic's Messages API (requests, responses, streamed events, the results of message batches) and Claude Code's
 * sessions and `stream-json` output. In a session, only tools named `mcp__server__tool` and those of the MCP connector reach a gateway.
 * In messages of the API that is so where such names occur, and for the names of Claude Code's own tools; where all names are plain, they
 * are those of an application, which may have them from servers: all are calls.
 * Source: platform.claude.com/docs/en/api/messages, …/messages-streaming (`content_block_start`, `input_json_delta`),
 * …/batch-processing (`custom_id`, `result.message`), …/agents-and-tools/mcp-connector (`mcp_tool_use`); Claude Code
 * writes its sessions to `~/.claude/projects`, sub-agents in entries of type `progress`.
 */

/** An entry of a Claude Code session: a message in an envelope that names its session. */
const isEntry = (value: UnknownObject): boolean =>
  typeof member(value, 'sessionId') === 'string' ||
  (typeof member(value, 'uuid') === 'string' && typeof member(value, 'type') === 'string');

const sessionOf = (value: UnknownObject): string | undefined =>
  text(member(value, 'sessionId')) ?? text(member(value, 'session_id'));

/** https://code.claude.com/docs/en/tools-reference, and names of earlier versions. */
const OWN_TOOLS = new Set(
  (
    'Agent AskUserQuestion Bash BashOutput Edit EnterPlanMode EnterWorktree ExitPlanMode ExitWorktree Glob Grep KillBash KillShell LS LSP ' +
    'ListMcpResourcesTool MultiEdit NotebookEdit NotebookRead Read ReadMcpResourceTool SendMessage Skill SlashCommand StructuredOutput Task ' +
    'TaskCreate TaskGet TaskList TaskOutput TaskStop TaskUpdate TodoRead TodoWrite ToolSearch WebFetch WebSearch Write'
  ).split(' '),
);

const place: PlaceTool = (name, part, facts) => {
  const named = placeByMcpName(name);
  if (named.server !== undefined || (part && !part.block)) return named;
  const inSession = facts?.agent !== undefined || OWN_TOOLS.has(name);
  return { ...named, local: inSession ? true : 'beside-servers' };
};

function entryFacts(value: UnknownObject): CallFacts {
  const version = text(member(value, 'version'));
  const client = { name: 'claude-code', ...(version === undefined ? {} : { version }) };
  return { agent: { slug: 'claude-code' }, instance: { client } };
}

/** So many pieces wait for their message. */
const MOST_PIECES = 20_000;

/**
 * Claude Code writes the pieces of a message (`stream_event`) before the message. Calls of which only the pieces are in the file are read
 * from these, at the end.
 */
class StreamEvents {
  /** Events since the first call that no message has yet. */
  readonly #events: { readonly value: UnknownObject; readonly at: PartPlace }[] = [];
  /** Ids of the calls that began, until the message comes. */
  readonly #open = new Set<string>();
  readonly #blocks: BlockEvents;

  constructor(sink: CallSink) {
    this.#blocks = new BlockEvents(sink);
  }

  read(entry: UnknownObject, at: PartPlace, out: ImportOutput): 'read' {
    const event = member(entry, 'event');
    if (!isObject(event)) return 'read';
    if (this.#events.length >= MOST_PIECES) this.#readPieces(out);
    const block = member(event, 'content_block');
    const id = isObject(block) ? text(member(block, 'id')) : undefined;
    if (id !== undefined) this.#open.add(id);
    if (this.#open.size > 0 || member(event, 'type') === 'message_start')
      this.#events.push({ value: event, at: { ...at, path: `${at.path}/event` } });
    return 'read';
  }

  /** A message has this call, so that its pieces are of no more use. */
  whole(id: string): void {
    if (this.#open.delete(id) && this.#open.size === 0) this.#events.length = 0;
  }

  end(out: ImportOutput): void {
    this.#readPieces(out);
    this.#blocks.end(out);
  }

  /** Reads the calls of which no message came. */
  #readPieces(out: ImportOutput): void {
    for (const { value, at } of this.#events) {
      const block = member(value, 'content_block');
      const id = isObject(block) ? text(member(block, 'id')) : undefined;
      if (member(value, 'type') !== 'content_block_start' || id === undefined || this.#open.has(id))
        this.#blocks.read(value, at, out);
    }
    this.#events.length = 0;
    this.#open.clear();
  }
}

function dialect(sink: CallSink): Dialect {
  const events = new EventIds();
  const calls = new EventIds();
  const pieces = new StreamEvents(sink);
  return {
    closed: (key) => key === 'toolUseResult',
    facts: (value) => (sessionOf(value) === undefined ? undefined : entryFacts(value)),
    intercept(value, at, out) {
      const id = member(value, 'type') === 'tool_use' ? text(member(value, 'id')) : undefined;
      if (id !== undefined) pieces.whole(id);
      // A session may have a message in several entries, each with more of it; the ids of its calls are those of the provider.
      if (id !== undefined && at.facts.agent !== undefined && !calls.first(`${at.conversation} ${id}`, out))
        return 'read';
      if (member(value, 'type') === 'stream_event' && isObject(member(value, 'event')))
        return pieces.read(value, at, out);
      if (isEntry(value)) {
        const uuid = text(member(value, 'uuid'));
        const isMessage = isObject(member(value, 'message')) || isObject(member(value, 'data'));
        if (uuid !== undefined && isMessage && !events.first(uuid, out)) return 'read';
      }
      return null;
    },
    end: (out) => pieces.end(out),
  };
}

export const anthropic = conversationFormat({
  id: 'anthropic',
  label: 'Anthropic messages, Claude Code session',
  wrappers: ['conversations', 'results', 'data'],
  place,
  dialect,
  conversation: (value) => (isEntry(value) ? `session ${sessionOf(value) ?? 'unnamed'}` : undefined),
  silent: (value) => typeof member(value, 'type') === 'string' || Object.hasOwn(value, 'custom_id'),
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
});
