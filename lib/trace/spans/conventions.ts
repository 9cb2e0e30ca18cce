import { saysCall } from '../sightings';
import { textAt, type Attributes } from './attributes';
import type { Span, SpanRole } from './span';

/**
 * Which spans are tool calls, by the conventions of those who write them. Sources:
 * - OpenTelemetry, GenAI and MCP: https://github.com/open-telemetry/semantic-conventions (docs/gen-ai)
 * - OpenInference: https://github.com/Arize-ai/openinference (spec/semantic_conventions.md)
 * - OpenLLMetry: https://github.com/traceloop/openllmetry (packages/opentelemetry-instrumentation-mcp, …-langchain)
 * - Pydantic AI and Logfire: https://ai.pydantic.dev/logfire/ (`running tool`, `tool_arguments`)
 * - Vercel's AI SDK: https://ai-sdk.dev/docs/ai-sdk-core/telemetry
 * - Sentry: https://github.com/getsentry/sentry-javascript (packages/core/src/integrations/mcp-server)
 * - Google ADK: https://github.com/google/adk-python (src/google/adk/telemetry)
 * - OpenAI's Agents SDK: https://github.com/openai/openai-agents-python (src/agents/tracing/span_data.py)
 * - Langfuse: https://langfuse.com/integrations/native/opentelemetry; MLflow: https://mlflow.org/docs/latest/genai/tracing
 */
const KINDS: readonly (readonly [key: string, roles: Readonly<Record<string, SpanRole>>])[] = [
  [
    'gen_ai.operation.name',
    { execute_tool: 'tool', chat: 'model', text_completion: 'model', generate_content: 'model', invoke_agent: 'agent' },
  ],
  ['mcp.method.name', { 'tools/call': 'tool' }],
  ['mcp.method', { 'tools/call': 'tool' }],
  ['openinference.span.kind', { tool: 'tool', llm: 'model', agent: 'agent' }],
  ['traceloop.span.kind', { tool: 'tool', agent: 'agent', workflow: 'agent' }],
  [
    'ai.operationId',
    { 'ai.toolcall': 'tool', 'ai.generatetext.dogenerate': 'model', 'ai.streamtext.dostream': 'model' },
  ],
  ['langfuse.observation.type', { tool: 'tool', generation: 'model', agent: 'agent' }],
  ['agents.span.type', { function: 'tool', generation: 'model', response: 'model', agent: 'agent' }],
  ['langsmith.span.kind', { tool: 'tool', llm: 'model' }],
  ['mlflow.spanType', { tool: 'tool', llm: 'model', chat_model: 'model', agent: 'agent' }],
];

/** Attributes that only a span of a tool call has. */
const CALL_KEYS = [
  'ai.toolCall.name',
  'tool_arguments',
  'gen_ai.tool.call.arguments',
  'gcp.vertex.agent.tool_call_args',
] as const;

const NAME_KEYS = ['gen_ai.tool.name', 'mcp.tool.name', 'ai.toolCall.name', 'tool.name'] as const;

const nameInTitle = (span: Span): string | undefined => /^(?:execute_tool|tools\/call)\s+(\S.*)$/.exec(span.name)?.[1];

/**
 * The event of a model's answer: a log record whose body has the message (semantic conventions 1.27 to 1.36), or an event of a span whose
 * `gen_ai.event.content` has it.
 */
export const CHOICE = 'gen_ai.choice';

/** What a span is. Where conventions are mixed, a tool call by any of them is one. */
export function roleOf(span: Span): SpanRole {
  const { attributes } = span;
  const roles = KINDS.flatMap(([key, known]) => {
    const stated = attributes.get(key);
    if (typeof stated !== 'string') return [];
    // MLflow writes JSON texts: `"TOOL"` with its quotes.
    const role = known[stated.replaceAll('"', '').toLowerCase()];
    return [role ?? 'other'] as const;
  });
  if (roles.includes('tool') || CALL_KEYS.some((key) => attributes.has(key))) return 'tool';
  const role = roles.find((found) => found !== 'other');
  if (role !== undefined) return role;
  if (roles.length === 0 && (nameInTitle(span) !== undefined || attributes.has('gen_ai.tool.name'))) return 'tool';
  if (span.name === CHOICE || attributes.has(CHOICE)) return 'model';
  return [...attributes.keys()].some((key) =>
    /^(?:gen_ai\.(?:request|completion|response|output)|llm|ai\.response)\./.test(key),
  )
    ? 'model'
    : 'other';
}

/** The tool that a span of a tool call calls; undefined where it says none. */
export function toolIn(span: Span): string | undefined {
  const { attributes } = span;
  const named = textAt([attributes], ...NAME_KEYS);
  if (named !== undefined) return named;
  if (attributes.get('traceloop.span.kind') === 'tool') {
    const entity = textAt([attributes], 'traceloop.entity.name');
    if (entity !== undefined) return entity;
  }
  const title = nameInTitle(span);
  if (title !== undefined) return title;
  // By these conventions a span of a tool is named as the tool.
  const byName = [
    'openinference.span.kind',
    'langfuse.observation.type',
    'langsmith.span.kind',
    'agents.span.type',
    'mlflow.spanType',
  ];
  return byName.some((key) => attributes.has(key)) && span.name !== '' ? span.name : undefined;
}

/** The server that a call goes to, where the span says it. */
export function serverIn(attributes: Attributes): string | undefined {
  const stated = textAt([attributes], 'mcp.server.name', 'gen_ai.tool.server.name', 'mcp.server', 'mcp.server_name');
  if (stated !== undefined) return stated;
  // OpenLLMetry names FastMCP's workflow after the server.
  return /^(.+)\.mcp$/.exec(textAt([attributes], 'traceloop.workflow.name') ?? '')?.[1];
}

/** The model's id of a call. */
export const modelIdIn = (attributes: Attributes): string | undefined =>
  textAt([attributes], 'gen_ai.tool.call.id', 'ai.toolCall.id', 'tool_call.id', 'tool.call.id');

/** The id of the request to the server: never a model's. */
export const requestIdIn = (attributes: Attributes): string | undefined =>
  textAt([attributes], 'jsonrpc.request.id', 'mcp.request.id');

/** Words in an attribute's name by which a span may be a tool call of a convention that is not read. */
const SUSPECT = /(^|[._])tool[._]?(call|use|name|id|input|args|arguments|parameters)s?([._]|$)/i;

/** By what a span that is not read looks like a tool call: an attribute, the kind that it states, its name; undefined where nothing does. */
export function suspectIn({ attributes, name }: Span): string | undefined {
  const key = [...attributes.keys()].find((one) => SUSPECT.test(one.replace(/([a-z])([A-Z])/g, '$1_$2')));
  if (key !== undefined) return key;
  const kind = KINDS.map(([one]) => attributes.get(one)).find(
    (stated) => typeof stated === 'string' && saysCall(stated),
  );
  if (typeof kind === 'string') return kind;
  return /(^|[.\s])tools\/call\b|^tool[ _-]?call\b/i.test(name) ? name : undefined;
}
