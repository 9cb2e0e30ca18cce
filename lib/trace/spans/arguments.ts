import type { JsonObject } from '../../engine';
import { asJsonObject, isObject, member, type UnknownObject } from '../shape';
import { parseJson } from '../mapped-facts';
import type { ImportOutput } from '../types';
import { spreadAt, type Attributes } from './attributes';

/**
 * The arguments that a span or log records. INVARIANT: what is cut, does not parse or cannot be distinguished from something
 * else is `unreadable`, and the call's arguments are then unknown: never a guess, and never the whole call refused.
 */
export type RecordedArguments = { readonly args: JsonObject } | { readonly unreadable: true };

const UNREADABLE: RecordedArguments = { unreadable: true };

/**
 * Reads what was recorded: an object or its JSON text, also a JSON text inside a JSON text. `emptyIsNone`: the
 * convention copies what a model wrote, and models write `""` for a tool without parameters.
 */
export function readRecorded(value: unknown, emptyIsNone: boolean): RecordedArguments {
  if (isObject(value)) return ofObject(value);
  if (typeof value !== 'string') return UNREADABLE;
  if (value.trim() === '') return emptyIsNone ? { args: {} } : UNREADABLE;
  let parsed = parseJson(value);
  if (typeof parsed === 'string') parsed = parseJson(parsed);
  if (parsed === null && emptyIsNone) return { args: {} };
  return isObject(parsed) ? ofObject(parsed) : UNREADABLE;
}

const ofObject = (value: UnknownObject): RecordedArguments =>
  holdsInfinity(value) ? UNREADABLE : { args: asJsonObject(value) };

/** A number such as `1e400` is read as infinity: what was recorded is then not known. */
const holdsInfinity = (value: unknown): boolean =>
  typeof value === 'object' && value !== null
    ? Object.values(value).some(holdsInfinity)
    : typeof value === 'number' && !Number.isFinite(value);

const onlyHas = (object: UnknownObject, keys: readonly string[]): boolean =>
  Object.keys(object).every((key) => keys.includes(key));

/**
 * What OpenLLMetry's callback handler for LangChain records: the parameters of `on_tool_start`
 * (packages/opentelemetry-instrumentation-langchain, `callback_handler.py`). `inputs` is null where the tool takes one text, and
 * `input_str` is then that text, or the text of a Python value.
 */
const isCallbackInput = (args: UnknownObject): boolean =>
  Object.hasOwn(args, 'input_str') &&
  Object.keys(args).length > 1 &&
  onlyHas(args, ['input_str', 'tags', 'metadata', 'inputs', 'kwargs']);

/**
 * Takes off what instrumentations put around the arguments: `{tool_name, arguments}`, `{input_str, inputs, tags, metadata, kwargs}` and
 * `{args, kwargs}` (positional arguments have no names, so that with them the arguments are not known).
 */
export function unwrapInput(read: RecordedArguments): RecordedArguments {
  if (!('args' in read)) return read;
  const { args } = read;
  const inner = member(args, 'arguments');
  if (Object.hasOwn(args, 'arguments') && onlyHas(args, ['tool_name', 'arguments', 'name']))
    return readRecorded(inner ?? {}, true);
  if (isCallbackInput(args)) return readRecorded(member(args, 'inputs') ?? member(args, 'input_str'), false);
  if (Object.hasOwn(args, 'kwargs') && onlyHas(args, ['args', 'kwargs', 'sanitize_inputs_outputs'])) {
    const positional = member(args, 'args');
    const none = positional === undefined || (Array.isArray(positional) && positional.length === 0);
    return none ? readRecorded(member(args, 'kwargs'), false) : UNREADABLE;
  }
  return read;
}

/**
 * LangChain gives a tool's input as one text under `input`: JSON, or the text of a Python value, which is not read. The
 * name of a tool's only parameter is then not known.
 */
export function unwrapLangChainInput(read: RecordedArguments): RecordedArguments {
  if (!('args' in read) || !onlyHas(read.args, ['input'])) return read;
  const input = member(read.args, 'input');
  return input === undefined ? read : readRecorded(input, false);
}

/** Where a convention keeps the arguments. */
interface ArgumentSource {
  readonly key: string;
  readonly read: (value: unknown) => RecordedArguments | null;
}

const copied = (value: unknown): RecordedArguments => readRecorded(value, true);
const recorded = (value: unknown): RecordedArguments => readRecorded(value, false);

/** ADK writes `{}` where the recording of contents is switched off: an empty object says nothing. */
function readAdk(value: unknown): RecordedArguments {
  const read = recorded(value);
  return 'args' in read && Object.keys(read.args).length === 0 ? UNREADABLE : read;
}

/** OpenInference's `tool.parameters` is the declaration of the parameters, though some write the arguments there. */
function readParameters(value: unknown): RecordedArguments | null {
  const read = recorded(value);
  const declares = 'args' in read && ['type', 'properties', '$schema'].some((key) => Object.hasOwn(read.args, key));
  return 'args' in read && !declares ? read : null;
}

const SOURCES: readonly ArgumentSource[] = [
  { key: 'gen_ai.tool.call.arguments', read: copied },
  { key: 'gen_ai.tool.arguments', read: copied },
  { key: 'gen_ai.tool.input', read: copied },
  { key: 'mcp.tool.arguments', read: copied },
  { key: 'mcp.request.arguments', read: copied },
  { key: 'ai.toolCall.args', read: copied },
  { key: 'ai.toolCall.input', read: copied },
  { key: 'tool_arguments', read: copied },
  { key: 'gcp.vertex.agent.tool_call_args', read: readAdk },
  { key: 'traceloop.entity.input', read: (value) => unwrapInput(recorded(value)) },
  { key: 'input.value', read: (value) => unwrapLangChainInput(unwrapInput(recorded(value))) },
  { key: 'langsmith.inputs', read: (value) => unwrapLangChainInput(unwrapInput(recorded(value))) },
  { key: 'agents.function.input', read: copied },
  { key: 'langfuse.observation.input', read: (value) => unwrapInput(recorded(value)) },
  { key: 'mlflow.spanInputs', read: (value) => unwrapInput(recorded(value)) },
  { key: 'tool.arguments', read: recorded },
  { key: 'tool.parameters', read: readParameters },
];

/** Sentry's `mcp.request.argument.NAME` holds JSON texts, under names that its JavaScript SDK writes in lower case. */
const SENTRY = 'mcp.request.argument.';

/**
 * The arguments of a call by the first convention whose attribute can be read; `unreadable` where there is one and it
 * cannot; null where none is recorded.
 */
export function argumentsIn(attributes: Attributes, out: ImportOutput): RecordedArguments | null {
  let found: RecordedArguments | null = null;
  for (const { key, read } of SOURCES) {
    const value = attributes.get(key);
    if (value === undefined || value === null) continue;
    const here = read(value);
    if (here && 'args' in here) return here;
    found ??= here;
  }
  const spread = spreadAt(attributes, 'gen_ai.tool.call.arguments.');
  if (spread) return { args: asJsonObject(spread) };
  const sentry = spreadAt(attributes, SENTRY);
  if (!sentry) return found;
  out.note(
    'arguments-respelled',
    (n) =>
      `the arguments of ${n} ${n === 1 ? 'call' : 'calls'} are spread over attributes \`${SENTRY}*\`: their names may have been put in lower case`,
  );
  const values = Object.entries(sentry).map(([name, value]) => {
    const parsed = typeof value === 'string' ? parseJson(value) : value;
    return [name, parsed === undefined ? value : parsed] as const;
  });
  return { args: asJsonObject(Object.fromEntries(values)) };
}

/** Says that a call's arguments are unknown, though something was recorded. */
export function noteUnreadable(out: ImportOutput): void {
  out.note(
    'arguments-unreadable',
    (n) => `the recorded arguments of ${n} ${n === 1 ? 'call' : 'calls'} are cut or cannot be read: left unknown`,
  );
}
