import { ANSWER_KEYS, CALL_LISTS, readPart } from '../conversation/parts';
import type { ToolCallPart } from '../conversation/part';
import { isMessage } from '../conversation/walk';
import { parseJson } from '../mapped-facts';
import { isObject, member, text, type UnknownObject } from '../shape';
import { conversationLook, unreadCalls } from '../sightings';
import { tooDeep } from '../source/limits';
import { textAt, type Attributes } from './attributes';
import { CHOICE } from './conventions';
import type { ModelToolCall } from './span';

/** What a model's answer, as its span records it, says of tool calls. */
interface AnswerReading {
  readonly calls: readonly ModelToolCall[];
  /** How many calls of tools that the provider or the client runs itself there are besides: they reach no gateway. */
  readonly local: number;
  /** Why parts that look like tool calls are none that can be read. */
  readonly faults: readonly string[];
}

/** Attributes of one call each, `PREFIX.N.tool_calls.M…`: OpenInference's and OpenLLMetry's. */
const INDEXED =
  /^((?:llm\.output_messages\.\d+\.message|gen_ai\.completion\.\d+)\.tool_calls\.\d+)\.(?:tool_call\.function\.name|name)$/;

/** Attributes that hold the answer's messages, or its calls (`key` as their list is called). */
const MESSAGES: readonly (readonly [attribute: string, key: string])[] = [
  ['ai.response.toolCalls', 'toolCalls'],
  ['gen_ai.output.messages', 'messages'],
  [CHOICE, ''],
];

/** Attributes that hold the answer as its provider or a framework writes it: looked at where the ones above have no call. */
const OUTPUTS = [
  'gcp.vertex.agent.llm_response',
  'langfuse.observation.output',
  'output.value',
  'mlflow.spanOutputs',
  'langsmith.outputs',
  'gen_ai.completion',
];

/** Reads the tool calls in a model's answer. Its input repeats what earlier answers said, and is not looked at. */
export function modelAnswerIn(attributes: Attributes): AnswerReading {
  const readings = [indexedCalls(attributes)];
  for (const [attribute, key] of MESSAGES) readings.push(readAnswer(attributes.get(attribute), key, attribute));
  const own = together(readings);
  if (own.calls.length > 0 || own.faults.length > 0) return own;
  const outputs = OUTPUTS.map((attribute) => readAnswer(attributes.get(attribute), '', attribute));
  return (
    outputs.find(({ calls }) => calls.length > 0) ??
    outputs.find(({ faults }) => faults.length > 0) ??
    outputs.find(({ local }) => local > 0) ??
    own
  );
}

const together = (readings: readonly AnswerReading[]): AnswerReading => ({
  calls: readings.flatMap(({ calls }) => calls),
  local: readings.reduce((sum, { local }) => sum + local, 0),
  faults: readings.flatMap(({ faults }) => faults),
});

function indexedCalls(attributes: Attributes): AnswerReading {
  const calls: ModelToolCall[] = [];
  for (const [key, value] of attributes) {
    const prefix = INDEXED.exec(key)?.[1];
    if (prefix === undefined || typeof value !== 'string' || value === '') continue;
    const args = attributes.get(`${prefix}.tool_call.function.arguments`) ?? attributes.get(`${prefix}.arguments`);
    calls.push({ tool: value, args, id: textAt([attributes], `${prefix}.tool_call.id`, `${prefix}.id`) });
  }
  return { calls, local: 0, faults: [] };
}

const NOTHING: AnswerReading = { calls: [], local: 0, faults: [] };

/** Members by which a text that does not parse is an answer with calls. */
const QUOTED_CALL = /"(?:tool_?calls?|function_?call|tool[_-]?use|tool-call)\\?"/i;

/** Reads an answer that an attribute holds, as it is or as JSON text. */
function readAnswer(stated: unknown, key: string, attribute: string): AnswerReading {
  const value = typeof stated === 'string' ? parseJson(stated) : stated;
  if (typeof stated === 'string' && (value === undefined || tooDeep(value))) {
    const looks = /^\s*[[{]/.test(stated) && QUOTED_CALL.test(stated);
    const fault = `the model's answer in \`${attribute}\` has tool calls, and is cut or no JSON that can be read`;
    return looks ? { ...NOTHING, faults: [fault] } : NOTHING;
  }
  const found = new FoundParts();
  found.look(value, { key, parent: null, message: null });
  const unread = unreadCalls(under(value, key), conversationLook, found.claimed, []);
  return {
    calls: found.calls(),
    local: found.local,
    faults: [
      ...found.faults,
      ...unread.map(
        ({ by }) => `a part of the model's answer in \`${attribute}\` looks like a tool call (${by}) and is not read`,
      ),
    ],
  };
}

/** A list of calls is known as one by the member that it is under. */
const under = (value: unknown, key: string): unknown => (key === '' ? value : { [key]: value });

interface AnswerPlace {
  readonly key: string;
  readonly parent: UnknownObject | null;
  /** The message around. */
  readonly message: UnknownObject | null;
}

interface FoundPart extends AnswerPlace {
  readonly call: ModelToolCall;
}

/** The calls in an answer, by the readers of conversations' parts, wherever in it they are. INVARIANT: it is not too deep. */
class FoundParts {
  /** What is read, or is data. */
  readonly claimed = new Set<object>();
  readonly faults: string[] = [];
  local = 0;
  readonly #parts: FoundPart[] = [];

  look(value: unknown, at: AnswerPlace): void {
    if (Array.isArray(value)) {
      for (const item of value as unknown[]) this.look(item, at);
      return;
    }
    if (!isObject(value)) return;
    const part = readPart(value, at.key, at.parent) ?? readPlain(value);
    if (part !== null) {
      this.claimed.add(value);
      if (part !== 'answer') this.#take(part, value, at);
      return;
    }
    const message = isMessage(value) ? value : at.message;
    for (const [key, inner] of Object.entries(value)) {
      if (!ANSWER_KEYS.has(key)) this.look(inner, { key, parent: value, message });
      else if (typeof inner === 'object' && inner !== null) this.claimed.add(inner);
    }
  }

  /** LangChain keeps a provider's part, without an id, beside the call that it makes of it: such a part is the same call. */
  calls(): readonly ModelToolCall[] {
    const listed = this.#parts.filter(({ key }) => CALL_LISTS.test(key));
    return this.#parts.flatMap((part) => {
      if (part.call.id !== undefined || CALL_LISTS.test(part.key)) return [part.call];
      const same = listed.findIndex(({ message, call }) => message === part.message && call.tool === part.call.tool);
      if (same < 0) return [part.call];
      listed.splice(same, 1);
      return [];
    });
  }

  #take(part: ToolCallPart, value: UnknownObject, at: AnswerPlace): void {
    const { name, server } = part;
    if (part.local === true) this.local++;
    else if (name === undefined) this.faults.push("a tool call in the model's answer has no name");
    else if (part.broken !== undefined) this.faults.push(`call of \`${name}\` in the model's answer: ${part.broken}`);
    else {
      const args = part.argsAt.split('/').slice(1).reduce(memberIn, value);
      const call = { tool: name, args, id: text(part.id), ...(server === undefined ? {} : { server }) };
      this.#parts.push({ ...at, call });
    }
  }
}

const memberIn = (value: unknown, key: string): unknown => (isObject(value) ? member(value, key) : undefined);

/** A call with name, id and arguments, whatever it lies under. */
function readPlain(value: UnknownObject): ToolCallPart | null {
  const key = ['arguments', 'args', 'input'].find((one) => isObject(member(value, one)));
  const name = text(member(value, 'name'));
  if (key === undefined || name === undefined || !Object.hasOwn(value, 'id')) return null;
  return { name, args: null, id: member(value, 'id'), nameAt: '/name', argsAt: `/${key}` };
}
