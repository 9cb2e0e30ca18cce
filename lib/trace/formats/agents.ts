import { isObject, member, text, type UnknownObject } from '../shape';
import { SpanReader } from '../spans/reader';
import type { Span } from '../spans/span';
import { readTime } from '../time';
import type { TraceFormat, ImportOutput, FormatReader, SourceRecord } from '../types';

/**
 * Spans of OpenAI's Agents SDK as its exporters write them. Source: https://github.com/openai/openai-agents-python,
 * src/agents/tracing/span_data.py and processors.py (a batch is `{"data": […]}`); `mcp_data.server` is the server of an
 * MCP tool, and `input` the JSON text that the model wrote.
 */
class AgentsReader implements FormatReader {
  readonly #spans = new SpanReader();

  record(record: SourceRecord, out: ImportOutput): void {
    const { value } = record;
    if (record.rest || (isObject(value) && member(value, 'object') === 'trace')) return;
    const data = isObject(value) ? member(value, 'span_data') : undefined;
    if (!isObject(value) || !isObject(data)) return out.reject(record, 'not a span: it has no `span_data`');
    listTools(data, out);
    this.#spans.span(spanOf(value, data), record, out);
  }

  end(out: ImportOutput): void {
    this.#spans.end(out);
  }
}

/** What a server listed, by name alone. */
function listTools(data: UnknownObject, out: ImportOutput): void {
  const server = text(member(data, 'server'));
  const listed = member(data, 'result');
  if (member(data, 'type') !== 'mcp_tools' || !Array.isArray(listed)) return;
  const tools = (listed as unknown[]).flatMap((name) => (typeof name === 'string' && name !== '' ? [{ name }] : []));
  out.tools(server === undefined ? null : { slug: server }, tools);
}

function spanOf(span: UnknownObject, data: UnknownObject): Span {
  const mcp = member(data, 'mcp_data');
  const server = isObject(mcp) ? text(member(mcp, 'server')) : undefined;
  const type = text(member(data, 'type')) ?? '';
  const name = text(member(data, 'name')) ?? '';
  const start = member(span, 'started_at');
  return {
    trace: text(member(span, 'trace_id')) ?? '',
    id: text(member(span, 'id')),
    parent: text(member(span, 'parent_id')),
    name,
    start: start === undefined || start === null ? null : readTime(start),
    attributes: new Map<string, unknown>([
      ['agents.span.type', type],
      ['agents.function.input', member(data, 'input')],
      ['output.value', member(data, 'output')],
      ...(type === 'agent' && name !== '' ? [['agent.name', name] as const] : []),
      ...(server === undefined ? [] : [['mcp.server.name', server] as const]),
    ]),
    around: new Map(),
    path: '',
  };
}

export const agents: TraceFormat = {
  id: 'agents',
  label: 'OpenAI Agents SDK spans',
  layout: 'json',
  wrappers: ['data'],
  detect({ values }) {
    const found = values.some(
      (value) => isObject(value) && (member(value, 'object') === 'trace.span' || isObject(member(value, 'span_data'))),
    );
    return found ? { confidence: 0.96, words: 'spans with `span_data`' } : null;
  },
  reader: () => new AgentsReader(),
};
