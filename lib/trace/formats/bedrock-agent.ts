import type { Json, JsonObject } from '../../json';
import { conversationFormat, shows } from '../conversation/reader';
import type { CallFacts, CallSink, PartPlace } from '../conversation/sink';
import type { Dialect } from '../conversation/walk';
import { isObject, member, type UnknownObject, text } from '../shape';
import { parse } from '../source/exact';
import type { ImportOutput } from '../types';

/*
 * Amazon Bedrock Agents: the trace of `InvokeAgent` and `InvokeInlineAgent`. A call is an `actionGroupInvocationInput`, or an
 * input of `returnControl`, which hands the call to the client; both name one invocation where control is returned. An action
 * group is the resource, and its tool is the `function`, or method and path of an API. What the agent asks of Bedrock itself
 * (knowledge bases, the code interpreter, collaborating agents) reaches no gateway.
 * Source: docs.aws.amazon.com/bedrock/latest/APIReference/API_agent-runtime_TracePart.html,
 * …/API_agent-runtime_ActionGroupInvocationInput.html, …/API_agent-runtime_InvocationInput.html,
 * …/API_agent-runtime_ReturnControlPayload.html, …/API_agent-runtime_ApiInvocationInput.html.
 */

const listAt = (value: UnknownObject, key: string): readonly unknown[] => {
  const inner = member(value, key);
  return Array.isArray(inner) ? (inner as unknown[]) : [];
};

/** The value of a parameter, which is written as a text whatever its type; undefined where it does not fit its type or cannot be kept. */
function readValue(parameter: UnknownObject): Json | undefined {
  const value = member(parameter, 'value') as Json | undefined;
  const type = text(member(parameter, 'type'))?.toLowerCase() ?? 'string';
  if (typeof value !== 'string' || type === 'string') return value;
  const read = parse(value) as Json | undefined;
  if (type === 'array') return Array.isArray(read) ? read : undefined;
  if (type === 'object') return isObject(read) ? read : undefined;
  // An integer that no double holds would be another value.
  if (Number.isInteger(read) && !Number.isSafeInteger(read)) return undefined;
  if (type === 'integer') return Number.isInteger(read) ? read : undefined;
  return typeof read === type ? read : undefined;
}

/** The parameters of a call and of its body; null where one cannot be read, so that the arguments are unknown. */
function readParameters(input: UnknownObject): JsonObject | null {
  const body = member(input, 'requestBody');
  const content = isObject(body) ? member(body, 'content') : undefined;
  const contents = isObject(content) ? Object.values(content) : [];
  const ofBody = contents.flatMap((inner): readonly unknown[] => {
    if (Array.isArray(inner)) return inner as unknown[];
    return isObject(inner) ? listAt(inner, 'properties') : [inner];
  });
  const given = member(input, 'parameters');
  if (isObject(given)) return ofBody.length > 0 ? null : (given as JsonObject);
  const entries: [string, Json][] = [];
  for (const parameter of [...listAt(input, 'parameters'), ...ofBody]) {
    const name = isObject(parameter) ? text(member(parameter, 'name')) : undefined;
    const value = isObject(parameter) ? readValue(parameter) : undefined;
    if (name === undefined || value === undefined) return null;
    entries.push([name, value]);
  }
  return Object.fromEntries(entries);
}

/** A function by its name, an API by method and path: `POST /orders`. */
function toolOf(input: UnknownObject): string | undefined {
  const path = text(member(input, 'apiPath'));
  const method = text(member(input, 'verb')) ?? text(member(input, 'httpMethod'));
  return text(member(input, 'function')) ?? (path && method ? `${method.toUpperCase()} ${path}` : path);
}

/** Members of an invocation that Bedrock serves itself, and what a note calls them. */
const OWN = {
  knowledgeBaseLookupInput: 'knowledge base lookup',
  codeInterpreterInvocationInput: 'code interpreter',
  agentCollaboratorInvocationInput: 'agent collaborator',
} as const;

class InvocationReader {
  readonly #sink: CallSink;
  /** Invocations that are handed to the client: the trace and the answer both state them. */
  readonly #returned = new Set<string>();

  constructor(sink: CallSink) {
    this.#sink = sink;
  }

  read(value: UnknownObject, at: PartPlace, out: ImportOutput): boolean {
    const action = member(value, 'actionGroupInvocationInput');
    if (isObject(action)) {
      this.#take(action, member(action, 'invocationId'), { ...at, path: `${at.path}/actionGroupInvocationInput` }, out);
      return true;
    }
    for (const [key, name] of Object.entries(OWN)) {
      if (!isObject(member(value, key))) continue;
      this.#sink.leaveOut(name);
      return true;
    }
    const inputs = listAt(value, 'invocationInputs');
    if (inputs.length === 0) return false;
    inputs.forEach((input, i) => {
      const kinds = ['functionInvocationInput', 'apiInvocationInput'];
      const kind = kinds.find((key) => isObject(input) && isObject(member(input, key)));
      const inner = isObject(input) && kind !== undefined ? member(input, kind) : undefined;
      const place = { ...at, path: `${at.path}/invocationInputs/${i}${kind === undefined ? '' : `/${kind}`}` };
      if (isObject(inner)) this.#take(inner, member(value, 'invocationId'), place, out);
      else this.#sink.refuse('an invocation that is neither of a function nor of an API', place, '', out);
    });
    return true;
  }

  #take(input: UnknownObject, invocation: unknown, at: PartPlace, out: ImportOutput): void {
    const server = text(member(input, 'actionGroupName')) ?? text(member(input, 'actionGroup'));
    const args = readParameters(input);
    const id = text(invocation);
    const name = toolOf(input);
    const key = JSON.stringify([id, server, name, args]);
    if (id !== undefined && this.#returned.has(key)) return;
    if (id !== undefined) this.#returned.add(key);
    if (args === null)
      out.note(
        'arguments-unreadable',
        (n) => `the arguments of ${n} ${n === 1 ? 'call' : 'calls'} do not fit their types: left unknown`,
      );
    this.#sink.take(
      {
        name,
        args: args === null ? null : { args },
        id,
        ...(server === undefined ? {} : { server }),
        nameAt: '/function',
        argsAt: '/parameters',
      },
      at,
      out,
    );
  }
}

/** Who acts: a trace names its agent, and the collaborating one where there are several. */
function factsOf(value: UnknownObject): CallFacts | undefined {
  if (!isObject(member(value, 'trace'))) return undefined;
  const slug = text(member(value, 'agentId'));
  const name = text(member(value, 'collaboratorName')) ?? text(member(value, 'agentName'));
  if (slug === undefined && name === undefined) return undefined;
  return { agent: { ...(slug === undefined ? {} : { slug }), ...(name === undefined ? {} : { name }) } };
}

function dialect(sink: CallSink): Dialect {
  const invocations = new InvocationReader(sink);
  return {
    facts: factsOf,
    // What a model answered and what a tool gave back is data; the invocation after it is the call.
    closed: (key) => ['modelInvocationInput', 'modelInvocationOutput', 'observation', 'rationale'].includes(key),
    intercept: (value, at, out) => (invocations.read(value, at, out) ? 'read' : null),
  };
}

/** The session of a trace, which the event may wrap once more. */
function sessionOf(value: UnknownObject): string {
  const trace = member(value, 'trace');
  const session = text(member(value, 'sessionId')) ?? (isObject(trace) ? text(member(trace, 'sessionId')) : undefined);
  return `session ${session ?? ''}`;
}

const TRACES = [
  'orchestrationTrace',
  'routingClassifierTrace',
  'preProcessingTrace',
  'postProcessingTrace',
  'guardrailTrace',
  'failureTrace',
  'customOrchestrationTrace',
];
const isTrace = (value: UnknownObject): boolean => TRACES.some((key) => isObject(member(value, key)));
const isReturned = (value: UnknownObject): boolean =>
  isObject(member(value, 'returnControl')) && 'invocationInputs' in (member(value, 'returnControl') as UnknownObject);

export const bedrockAgent = conversationFormat({
  id: 'bedrock-agent',
  label: 'Amazon Bedrock Agents trace',
  wrappers: ['completion', 'traces', 'events'],
  dialect,
  conversation: sessionOf,
  silent: (value) => ['trace', 'chunk', 'files', ...TRACES].some((key) => Object.hasOwn(value, key)),
  detect: (head) =>
    shows(head, (value) => isTrace(value) || isReturned(value), /"(orchestrationTrace|actionGroupInvocationInput)"\s*:/)
      ? { confidence: 0.95, words: 'a trace of a Bedrock agent' }
      : null,
});
