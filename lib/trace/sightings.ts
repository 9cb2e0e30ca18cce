import { isObject, member, type UnknownObject } from './shape';
import { parse } from './source/exact';
import { tooDeep } from './source/limits';

/** What a value is by its look: a tool call (`by` says by which member), data in which nothing is to be looked for, or neither. */
export type CallLook = { readonly kind: 'call'; readonly by: string } | { readonly kind: 'data' } | null;
/** `key`: the member under which the object, or the list that holds it, is found. */
export type LookOf = (item: UnknownObject, key: string) => CallLook;

/** A value that looks like a tool call and was not claimed by a reader. `path` is a JSON pointer. */
export interface UnreadCall {
  readonly path: string;
  readonly by: string;
}

/**
 * What in a record looks like a tool call and was not read. A reader claims each item that it turns into a call, a reject or a
 * counted omission; all that a claimed item holds is claimed with it, and so is what is around it.
 * `refused` are the paths of the record's rejects: what they lie in, and what lies in them, needs no second reject.
 */
export function unreadCalls(
  value: unknown,
  lookOf: LookOf,
  claimed: { has(item: object): boolean },
  refused: readonly string[],
): readonly UnreadCall[] {
  const found: UnreadCall[] = [];
  /** True where something inside was claimed or refused. */
  const walk = (item: unknown, key: string, path: string): boolean => {
    if (typeof item !== 'object' || item === null) return false;
    if (claimed.has(item) || refused.includes(path)) return true;
    const before = found.length;
    if (Array.isArray(item)) {
      let dealtWith = false;
      (item as unknown[]).forEach((inner, i) => (dealtWith = walk(inner, key, `${path}/${i}`) || dealtWith));
      return dealtWith;
    }
    const look = lookOf(item as UnknownObject, key);
    if (look?.kind === 'data') return false;
    let dealtWith = refused.some((place) => place.startsWith(`${path}/`) && path !== '');
    for (const [name, inner] of Object.entries(item)) {
      const value = typeof inner === 'string' ? quotedParts(inner, name) : inner;
      if (typeof value === 'object' && value !== null)
        dealtWith = walk(value, name, `${path}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`) || dealtWith;
    }
    if (look === null || dealtWith) return dealtWith;
    // A call of its own is one, whatever its arguments look like; what only holds calls leaves it to them.
    if (hasAny(item as UnknownObject, NAMES) || hasAny(item as UnknownObject, ARGUMENTS)) found.length = before;
    if (found.length === before) found.push({ path, by: look.by });
    return false;
  };
  if (!refused.includes('')) walk(value, '', '');
  return found;
}

const KINDS = ['type', 'kind', 'role', 'event', 'event_type', 'eventType', 'run_type', 'span_type', 'item_type'];
const NAMES = ['name', 'tool', 'toolName', 'tool_name', 'function', 'functionName', 'function_name', 'recipient_name'];
const ARGUMENTS = [
  'arguments',
  'args',
  'input',
  'parameters',
  'params',
  'action',
  'query',
  'queries',
  'code',
  'command',
];
/** A tool and what it is given, as logs of agents' steps name them. */
const STEP_TOOLS = ['tool_name', 'toolName', 'tool', 'action'];
const STEP_INPUTS = ['tool_input', 'toolInput', 'tool_args', 'toolArgs', 'tool_arguments', 'action_input'];
const RESULTS = ['content', 'output', 'result', 'response', 'error'];
const CALL_IDS = ['tool_call_id', 'toolCallId', 'call_id', 'callId', 'tool_use_id', 'toolUseId'];
const SCHEMAS = [
  'parameters',
  'input_schema',
  'inputSchema',
  'parametersJsonSchema',
  'parameters_json_schema',
  'args_schema',
];

const CALL_WORDS = new Set(['tool', 'call', 'calls', 'function', 'toolcall', 'toolcalls', 'tooluse', 'functioncall']);
/** Beside one of `CALL_WORDS`: the answer, the declaration or a piece of a call, not a call. */
const DATA_WORDS = new Set(
  (
    'result results output outputs response responses return returned reference references list choice choices config ' +
    'spec specs definition definitions declaration declarations schema schemas delta count id ids usage'
  ).split(' '),
);

/** `toolCalls`, `tool_calls` and `tool-calls` as `tool`, `calls`. */
const wordsOf = (name: string): readonly string[] =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/);

const known = new Map<string, 'call' | 'data' | null>();

/** What a type or key says of the value that has it; few distinct ones occur, so that they are remembered (up to a bound). */
function wordLook(name: string): 'call' | 'data' | null {
  const seen = known.get(name);
  if (seen !== undefined) return seen;
  const words = name.length > 64 ? [] : wordsOf(name);
  const calls = words.some((word) => CALL_WORDS.has(word));
  const look = !calls ? null : words.some((word) => DATA_WORDS.has(word)) ? 'data' : 'call';
  if (known.size < 4096) known.set(name, look);
  return look;
}

/** Longer texts are not parsed to look for calls. */
const MOST_QUOTED = 200_000;

/** The parts of a message, or its calls, where exports through tables write them as JSON text. */
function quotedParts(text: string, key: string): unknown {
  if (key !== 'content' && key !== 'parts' && (wordLook(key) !== 'call' || ARGUMENTS.includes(key))) return undefined;
  if (text.length > MOST_QUOTED || !/^\s*[[{]/.test(text)) return undefined;
  const parts = parse(text);
  return tooDeep(parts) ? undefined : parts;
}

/** Whether a kind that something states means a tool call: `mcp_call`, `tool_use`; not `tool_result`. */
export const saysCall = (kind: string): boolean => wordLook(kind) === 'call';

const hasAny = (item: UnknownObject, keys: readonly string[]): boolean => keys.some((key) => Object.hasOwn(item, key));

/** A tool as it is declared to a model: it has a schema, or lies in a list of tools and has no arguments. */
function isDeclaration(item: UnknownObject, key: string): boolean {
  const inner = member(item, 'function');
  const declared = isObject(inner) ? inner : item;
  const schema = SCHEMAS.map((name) => member(declared, name)).find(isObject);
  if (schema && (hasAny(schema, ['properties', '$schema']) || typeof member(schema, 'type') === 'string')) return true;
  return /tools|functions/i.test(key) && !hasAny(declared, ['arguments', 'args', 'input']);
}

/** The answer to a call, as messages and parts give it. */
function isAnswer(item: UnknownObject): boolean {
  const role = member(item, 'role');
  if (role === 'tool' || role === 'function') return true;
  return hasAny(item, CALL_IDS) && hasAny(item, RESULTS) && !hasAny(item, ARGUMENTS);
}

/**
 * How conversations of any provider show a tool call: `tool`, `call` or `function` in its type (`mcp_call`, `tool_use`), or in the
 * key under which it lies (`toolCalls`, `functionCall`) where it has a name or arguments. Results and declarations are data.
 */
export const conversationLook: LookOf = (item, key) => {
  if (wordLook(key) === 'data' || isAnswer(item) || isDeclaration(item, key)) return { kind: 'data' };
  for (const name of KINDS) {
    const kind = member(item, name);
    const look = typeof kind === 'string' ? wordLook(kind) : null;
    if (look === 'data') return { kind: 'data' };
    if (look === 'call') return { kind: 'call', by: `\`${name}\` is \`${String(kind)}\`` };
  }
  const tool = STEP_TOOLS.find((name) => Object.hasOwn(item, name));
  const input = tool === undefined ? undefined : STEP_INPUTS.find((name) => Object.hasOwn(item, name));
  if (input !== undefined) return { kind: 'call', by: `it has \`${tool}\` and \`${input}\`` };
  if (wordLook(key) !== 'call' || !(hasAny(item, NAMES) || hasAny(item, ARGUMENTS))) return null;
  return { kind: 'call', by: `it is under \`${key}\`` };
};
