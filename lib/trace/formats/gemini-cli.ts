import { conversationFormat, shows } from '../conversation/reader';
import { readCallArguments } from '../conversation/part';
import { RepeatedCalls } from '../conversation/repeated';
import { type CallSink, placeOrLocal, type ToolPlace } from '../conversation/sink';
import { type Dialect, writtenAt } from '../conversation/walk';
import { isObject, member, type UnknownObject, text } from '../shape';

/*
 * Gemini CLI: sessions (`~/.gemini/tmp/PROJECT/chats/session-*.json`, later `.jsonl`, one message a line) and the telemetry
 * file (`telemetry.outfile`), whose events `gemini_cli.tool_call` name the server. Tools of servers are called
 * `mcp_SERVER_TOOL`, before that `SERVER__TOOL` where a name was taken; the display name is `TOOL (SERVER MCP Server)`.
 * Source: google-gemini/gemini-cli `packages/core/src/services/chatRecordingTypes.ts` (`ConversationRecord`, `ToolCallRecord`),
 * `packages/core/src/tools/mcp-tool.ts` (`DiscoveredMCPTool`, `parseMcpToolName`), `docs/cli/telemetry.md`.
 */

const DISPLAY = /^(.+) \((.+) MCP Server\)$/s;

/** A server's name holds no `_` there, so that the first one divides it from the tool. */
function placeTool(name: string): ToolPlace {
  const known = placeOrLocal(name);
  if (!known.local) return known;
  const [, server, tool] = /^mcp_([^_]+)_(.+)$/s.exec(name) ?? /^(.+?)__(.+)$/s.exec(name) ?? [];
  if (server !== undefined && tool !== undefined) return { server, tool };
  return OWN_TOOLS.has(name) || name.startsWith(DISCOVERED) ? known : { tool: name };
}

/** What a project's discovery command brings is run by the client itself. */
const DISCOVERED = 'discovered_tool_';

/** https://geminicli.com/docs/reference/tools, and names of earlier versions. A server's tool may have a plain name, too. */
const OWN_TOOLS = new Set(
  (
    'activate_skill ask_user cli_help codebase_investigator complete_task delegate_to_agent edit enter_plan_mode exit_plan_mode ' +
    'get_internal_docs glob google_web_search grep_search list_directory read_file read_many_files replace run_shell_command save_memory ' +
    'search_file_content tracker_add_dependency tracker_create_task tracker_get_task tracker_list_tasks tracker_update_task ' +
    'tracker_visualize update_topic web_fetch write_file write_todos'
  ).split(' '),
);

/** The display name says server and tool exactly. */
function placeOf(call: UnknownObject): { readonly server?: string; readonly tool?: string } {
  const [, tool, server] = DISPLAY.exec(text(member(call, 'displayName')) ?? '') ?? [];
  return server === undefined || tool === undefined ? {} : { server, tool };
}

/** A display name without a server is that of a tool of its own, unless the tool's name has the server. */
const isOwn = (call: UnknownObject): boolean =>
  text(member(call, 'displayName')) !== undefined && placeTool(text(member(call, 'name')) ?? '').server === undefined;

/** A call of the telemetry; `tool_type` is `mcp` or `native`. */
function telemetryCall(attributes: UnknownObject) {
  const server = text(member(attributes, 'mcp_server_name'));
  const name = text(member(attributes, 'function_name'));
  const prefixes = server === undefined ? [] : [`mcp_${server}_`, `${server}__`];
  const prefix = prefixes.find((start) => name?.startsWith(start)) ?? '';
  return {
    name: name?.slice(prefix.length),
    // Telemetry may be set to leave them out.
    args: Object.hasOwn(attributes, 'function_args') ? readCallArguments(member(attributes, 'function_args')) : null,
    ...(server === undefined ? {} : { server }),
    ...(member(attributes, 'tool_type') === 'native' ? { local: true } : {}),
    nameAt: '/attributes/function_name',
    argsAt: '/attributes/function_args',
  };
}

const isToolEvent = (value: UnknownObject): boolean => {
  const attributes = member(value, 'attributes');
  return isObject(attributes) && member(attributes, 'event.name') === 'gemini_cli.tool_call';
};

function dialect(sink: CallSink): Dialect {
  const repeated = new RepeatedCalls();
  return {
    // A message is written again when its tools have answered.
    closed: (key) => ['functionResponse', 'result', 'resultDisplay', 'tokens', 'thoughts'].includes(key),
    intercept(value, at, out) {
      const attributes = member(value, 'attributes');
      if (isObject(attributes) && isToolEvent(value)) {
        sink.take(
          telemetryCall(attributes),
          { ...at, stated: member(attributes, 'event.timestamp') ?? at.stated },
          out,
        );
        return 'read';
      }
      if (!Object.hasOwn(value, 'args') || typeof member(value, 'name') !== 'string') return null;
      const id = text(member(value, 'id'));
      const { server, tool } = placeOf(value);
      const name = tool ?? text(member(value, 'name'));
      const args = readCallArguments(member(value, 'args'));
      const place = server !== undefined ? { server } : isOwn(value) ? { local: true } : {};
      const call = { name, args, id, ...place, nameAt: '/name', argsAt: '/args' };
      if (id === undefined || !repeated.has(`${at.conversation} ${id}`, call, writtenAt(at), out))
        sink.take(call, at, out);
      return 'read';
    },
  };
}

const isSession = (value: UnknownObject): boolean =>
  typeof member(value, 'projectHash') === 'string' && typeof member(value, 'sessionId') === 'string';
const isMessage = (value: UnknownObject): boolean =>
  member(value, 'type') === 'gemini' && ['content', 'toolCalls', 'tokens'].some((key) => Object.hasOwn(value, key));

export const geminiCli = conversationFormat({
  id: 'gemini-cli',
  label: 'Gemini CLI session',
  place: placeTool,
  dialect,
  agent: 'gemini-cli',
  silent: (value) => ['sessionId', '$set', '$rewindTo', 'type', 'attributes'].some((key) => Object.hasOwn(value, key)),
  detect: (head) =>
    shows(
      head,
      (value) => isSession(value) || isMessage(value) || isToolEvent(value),
      /"event\.name"\s*:\s*"gemini_cli\./,
      3,
    )
      ? { confidence: 0.97, words: 'a session of Gemini CLI' }
      : null,
});
