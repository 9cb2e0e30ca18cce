import { asJsonObject, isObject, member, type UnknownObject, text } from '../shape';
import { firstOf, type PartReading, readCallArguments, readInput, type ToolCallPart } from './part';

/**
 * The one reader of conversation parts: what each provider and framework writes for a tool call, distinguished by the
 * part's `type` or by the member under which it lies. The formats say where the shapes are documented.
 */
export function readPart(part: UnknownObject, key: string, parent: UnknownObject | null): PartReading {
  const type = member(part, 'type');
  const byType = typeof type === 'string' ? readByType(part, type) : null;
  if (byType !== null) return byType;
  if (isAnswer(part)) return 'answer';
  if (ANSWER_KEYS.has(key)) return 'answer';
  if (CALL_LISTS.test(key)) return readListed(part);
  const single = SINGLE_CALLS.get(key);
  if (single) return single(part, parent);
  if (member(part, 'event') === 'tool' && Object.hasOwn(part, 'arguments')) return readFlat(part, ['function'], ['id']);
  const inner = member(part, 'function');
  return isObject(inner) && Object.hasOwn(inner, 'arguments') ? readListed(part) : null;
}

type ByType = (part: UnknownObject) => PartReading;

/** Anthropic's blocks; `integration_name` is claude.ai's, `context` and `arguments` are those of Inspect AI. */
const readBlock: ByType = (part) => {
  const inspected = Object.hasOwn(part, 'tool_type');
  const kind = member(part, 'type');
  const server =
    text(member(part, 'server_name')) ??
    text(member(part, 'integration_name')) ??
    (inspected ? text(member(part, 'context')) : undefined);
  const args = inspected ? readCallArguments(member(part, 'arguments')) : readInput(member(part, 'input'));
  const local = kind === 'server_tool_use' || (inspected && member(part, 'tool_type') !== 'mcp_call');
  return {
    name: text(member(part, 'name')),
    args,
    id: member(part, 'id'),
    ...(server === undefined ? {} : { server }),
    ...(local ? { local } : {}),
    ...(inspected ? {} : { block: true }),
    nameAt: '/name',
    argsAt: inspected ? '/arguments' : '/input',
  };
};

/** A call whose tool and arguments are members of the part. */
function readFlat(part: UnknownObject, names: readonly string[], ids: readonly string[]): ToolCallPart {
  const name = firstOf(part, names);
  const args = firstOf(part, ['arguments', 'args', 'input', 'parameters']);
  const server = text(member(part, 'server_label')) ?? text(member(part, 'server'));
  return {
    name: text(name?.value),
    args: readCallArguments(args?.value),
    id: firstOf(part, ids)?.value,
    ...(server === undefined ? {} : { server }),
    nameAt: `/${name?.key ?? names[0] ?? 'name'}`,
    argsAt: `/${args?.key ?? 'arguments'}`,
  };
}

const UNFINISHED = 'the call was still being written';

/** An item of the Responses API whose arguments have not come yet. */
const isUnfinished = (part: UnknownObject): boolean =>
  ['in_progress', 'incomplete'].includes(String(member(part, 'status'))) && !text(member(part, 'arguments'));

/** A call of the Responses API; `namespace` holds the server's part of a name that Codex has divided. */
const readFunctionCall: ByType = (part) => {
  const call = readFlat(part, ['name'], ['call_id', 'id']);
  const namespace = text(member(part, 'namespace'));
  if (isUnfinished(part)) return { ...call, broken: UNFINISHED };
  if (namespace === undefined) return call;
  const server = /^mcp__(.+?)(?:__)?$/s.exec(namespace)?.[1];
  return server === undefined ? { ...call, local: true } : { ...call, server };
};

/** A tool that takes a text: it has no arguments by which a gateway could decide, nor does MCP know such calls. */
const readTextCall: ByType = (part) => {
  const input = member(part, 'input');
  return {
    name: text(member(part, 'name')),
    args: typeof input === 'string' ? { args: { input } } : readCallArguments(input),
    id: firstOf(part, ['call_id', 'id'])?.value,
    local: true,
    nameAt: '/name',
    argsAt: '/input',
  };
};

/** What the provider runs itself (`web_search_call`, `computer_call`, …): the tool is the type's. */
const readBuiltIn =
  (name: string): ByType =>
  (part) => {
    const action = member(part, 'action') ?? member(part, 'operation') ?? member(part, 'arguments');
    return {
      name,
      args: isObject(action) ? { args: asJsonObject(action) } : null,
      id: firstOf(part, ['call_id', 'id'])?.value,
      local: true,
      nameAt: '/type',
      argsAt: '/action',
    };
  };

/** The Vercel AI SDK's parts. A part that is still being written is not yet a call. */
const readSdkPart =
  (named: string | null): ByType =>
  (part) => {
    const call = readFlat(part, ['toolName', 'tool_name', 'name'], ['toolCallId', 'tool_call_id', 'id']);
    const state = member(part, 'state');
    const raw = member(part, 'rawInput');
    const unfinished = state === 'input-streaming' || state === 'partial-call';
    return {
      ...call,
      ...(named === null ? {} : { name: text(named), nameAt: '/type' }),
      ...(!Object.hasOwn(part, 'input') && raw !== undefined
        ? { args: readCallArguments(raw), argsAt: '/rawInput' }
        : {}),
      ...(member(part, 'providerExecuted') === true ? { local: true } : {}),
      ...(unfinished ? { broken: UNFINISHED } : {}),
    };
  };

/** An MCP call as Codex reports it while it works: `server`, `tool` and `arguments`. */
const readMcpItem: ByType = (part) => readFlat(part, ['tool', 'name'], ['id', 'call_id']);

/** LangChain keeps calls that it could not parse apart. */
const readInvalid: ByType = (part) => ({
  ...readFlat(part, ['name'], ['id']),
  args: { fault: 'the arguments do not parse as JSON' },
  argsAt: '/args',
});

const TYPES: ReadonlyMap<string, ByType> = new Map<string, ByType>([
  ['tool_use', readBlock],
  ['mcp_tool_use', readBlock],
  ['server_tool_use', readBlock],
  ['function_call', readFunctionCall],
  [
    'mcp_call',
    (part) => ({ ...readFlat(part, ['name'], ['id']), ...(isUnfinished(part) ? { broken: UNFINISHED } : {}) }),
  ],
  ['mcp_tool_call', readMcpItem],
  ['custom_tool_call', readTextCall],
  ['tool-call', readSdkPart(null)],
  ['dynamic-tool', readSdkPart(null)],
  ['tool-input-available', readSdkPart(null)],
  [
    'tool-input-error',
    (part) => ({
      ...readFlat(part, ['toolName'], ['toolCallId']),
      broken: 'the input was refused before the tool ran',
    }),
  ],
  ['tool_call', (part) => (firstOf(part, ['name', 'args', 'arguments']) ? readListed(part) : null)],
  ['invalid_tool_call', readInvalid],
]);

/** Types of the Vercel AI SDK that begin as a tool's part does, and are none. */
const SDK_DATA = new Set([
  'tool-result',
  'tool-error',
  'tool-output-available',
  'tool-output-error',
  'tool-output-denied',
  'tool-approval-request',
  'tool-approval-response',
  'tool-input-start',
  'tool-input-delta',
  'tool-input-end',
]);

const ANSWER_TYPES =
  /^(tool_result|\w+_tool_result|function_response|mcp_approval_(request|response)|mcp_list_tools|tool_call_chunk|\w+_call_output|tool_search_output)$/;

function readByType(part: UnknownObject, type: string): PartReading {
  const read = TYPES.get(type);
  if (read) return read(part);
  if (type.startsWith('tool-') && type !== 'tool-invocation') {
    // A tool may be called `result`: its part has a state, the SDK's own parts have none.
    if (SDK_DATA.has(type) && !Object.hasOwn(part, 'state')) return 'answer';
    return Object.hasOwn(part, 'toolCallId') ? readSdkPart(type.slice('tool-'.length))(part) : null;
  }
  if (ANSWER_TYPES.test(type)) return 'answer';
  return BUILT_IN.has(type) ? readBuiltIn(type.slice(0, -'_call'.length))(part) : null;
}

/** What the provider of the Responses API, or its client, runs without a server of tools. */
const BUILT_IN = new Set([
  'apply_patch_call',
  'code_interpreter_call',
  'computer_call',
  'file_search_call',
  'image_generation_call',
  'local_shell_call',
  'shell_call',
  'tool_search_call',
  'web_search_call',
]);

const isAnswer = (part: UnknownObject): boolean =>
  ['tool', 'function', 'toolResult'].includes(String(member(part, 'role'))) ||
  (member(part, 'type') === 'tool' && (Object.hasOwn(part, 'content') || Object.hasOwn(part, 'data')));

/** Members that hold answers, declarations and settings. */
export const ANSWER_KEYS: ReadonlySet<string> = new Set([
  'toolResult',
  'functionResponse',
  'function_response',
  'toolUseResult',
  'tool_choice',
  'toolChoice',
  'toolConfig',
  'tool_config',
  'tool_resources',
  'tools',
  'functions',
  'tool_call_chunks',
]);

/** Lists of calls: `tool_calls`, `toolCalls`, `functionCalls`, `toolInvocations`, also with a word before. */
export const CALL_LISTS =
  /(^|[a-z_])(tool_calls|toolCalls|ToolCalls|function_calls|functionCalls|toolInvocations|tool_uses|toolUses)$/;

/**
 * A call in a list of calls: OpenAI's `function` with `name` and `arguments`, a tool of OpenAI's that takes a text
 * (`custom`), Inspect AI's `function` as a name, or the flat forms with `arguments`, `args` or `input`.
 */
function readListed(part: UnknownObject): ToolCallPart {
  const inner = member(part, 'function');
  const ids = ['id', 'toolCallId', 'tool_call_id', 'toolUseId', 'call_id'];
  if (isObject(inner)) {
    const args = firstOf(inner, ['arguments', 'args']);
    return {
      name: text(member(inner, 'name')),
      args: readCallArguments(args?.value),
      id: firstOf(part, ids)?.value,
      nameAt: '/function/name',
      argsAt: `/function/${args?.key ?? 'arguments'}`,
    };
  }
  const custom = member(part, 'custom');
  if (isObject(custom)) {
    const call = readTextCall(custom);
    if (call !== null && call !== 'answer')
      return { ...call, id: member(part, 'id'), nameAt: '/custom/name', argsAt: '/custom/input' };
  }
  const call = readFlat(part, ['name', 'toolName', 'tool_name', 'function', 'tool'], ids);
  const fault = text(member(part, 'parse_error'));
  const unfinished = member(part, 'state') === 'partial-call';
  return {
    ...call,
    ...(fault === undefined ? {} : { args: { fault: `the arguments did not parse: ${fault}` } }),
    ...(unfinished ? { broken: UNFINISHED } : {}),
    // tau2-bench's simulated user has tools of its own.
    ...(member(part, 'requestor') === 'user' ? { local: true } : {}),
  };
}

type Single = (part: UnknownObject, parent: UnknownObject | null) => PartReading;

/** A call under a member of its own; without a name the member holds something else. */
const readSingle: Single = (part) => {
  const call = readFlat(part, ['name', 'toolName', 'tool_name'], ['id', 'toolUseId', 'toolCallId']);
  return call.name === undefined && !Object.hasOwn(part, 'args') && !Object.hasOwn(part, 'arguments') ? null : call;
};

/** OpenAI's older form, and Gemini's in snake case. The member of a request that prescribes a function has the same name. */
const readOlder: Single = (part, parent) => {
  const prescribed = parent !== null && ['messages', 'model', 'functions'].some((key) => Object.hasOwn(parent, key));
  if (Object.hasOwn(part, 'arguments') || Object.hasOwn(part, 'args')) return readSingle(part, parent);
  return prescribed || text(member(part, 'name')) === undefined ? 'answer' : readFlat(part, ['name'], ['id']);
};

const SINGLE_CALLS: ReadonlyMap<string, Single> = new Map<string, Single>([
  ['function_call', readOlder],
  ['functionCall', readSingle],
  ['toolCall', readSingle],
  ['tool_call', readSingle],
  ['toolUse', readSingle],
  ['tool_use', readSingle],
  ['toolInvocation', readSdkPart(null)],
]);
