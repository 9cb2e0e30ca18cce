import { callId, type JsonObject } from '../../engine';
import { asJsonObject, isObject, member, type Obj, readArguments } from '../shape';
import { fromNanos } from '../time';
import type { Format, ImportedCall, Output, Reader, SourceRecord } from '../types';
import { EventIds } from './ids';

/** Attributes of a span, a scope or a resource, as plain values. */
type Attributes = ReadonlyMap<string, unknown>;

/** An `AnyValue` of OTLP JSON as a plain value; 64-bit integers arrive as text. */
function anyValue(value: unknown): unknown {
  if (!isObject(value)) return undefined;
  if (Object.hasOwn(value, 'stringValue')) return member(value, 'stringValue');
  if (Object.hasOwn(value, 'boolValue')) return member(value, 'boolValue');
  if (Object.hasOwn(value, 'intValue')) return Number(member(value, 'intValue'));
  if (Object.hasOwn(value, 'doubleValue')) return member(value, 'doubleValue');
  const list = member(value, 'arrayValue');
  if (isObject(list)) {
    const values = member(list, 'values');
    return Array.isArray(values) ? (values as unknown[]).map(anyValue) : [];
  }
  const map = member(value, 'kvlistValue');
  return isObject(map) ? Object.fromEntries(attributesOf(member(map, 'values'))) : null;
}

function attributesOf(list: unknown): Attributes {
  if (!Array.isArray(list)) return new Map();
  return new Map(
    (list as unknown[]).flatMap((pair) => {
      const key = isObject(pair) ? member(pair, 'key') : undefined;
      return isObject(pair) && typeof key === 'string' ? [[key, anyValue(member(pair, 'value'))] as const] : [];
    }),
  );
}

/** The first of some attributes that is a text with something in it. */
function textAt(attributes: readonly Attributes[], ...keys: readonly string[]): string | undefined {
  for (const key of keys)
    for (const map of attributes) {
      const value = map.get(key);
      if (typeof value === 'string' && value !== '') return value;
    }
  return undefined;
}

/** Arguments that instrumentations spread over attributes `PREFIX.NAME`. */
function spread(attributes: Attributes, prefix: string): JsonObject | undefined {
  const own = [...attributes]
    .filter(([key]) => key.startsWith(prefix))
    .map(([key, value]) => [key.slice(prefix.length), value] as const);
  return own.length > 0 ? asJsonObject(Object.fromEntries(own)) : undefined;
}

const ARGUMENTS = [
  'gen_ai.tool.call.arguments',
  'gen_ai.tool.arguments',
  'mcp.tool.arguments',
  'mcp.request.arguments',
  'input.value',
] as const;

/** The name of the tool that a span calls, or null where it is no tool call. */
function toolOf(span: Obj, attributes: Attributes): string | null {
  const operation = attributes.get('gen_ai.operation.name');
  const method = attributes.get('mcp.method.name');
  const spanName = typeof member(span, 'name') === 'string' ? String(member(span, 'name')) : '';
  const byName = /^(?:execute_tool|tools\/call)\s+(\S.*)$/.exec(spanName)?.[1];
  const isCall =
    operation === 'execute_tool' ||
    method === 'tools/call' ||
    (operation === undefined && method === undefined && byName !== undefined);
  if (!isCall) return null;
  return textAt([attributes], 'gen_ai.tool.name', 'mcp.tool.name') ?? byName ?? '';
}

class OtlpReader implements Reader {
  readonly #events = new EventIds();
  /** The tool of every call span, and the parents of those that have one, to tell how many lie in one another. */
  readonly #tools = new Map<string, string>();
  readonly #parents: { readonly parent: string; readonly tool: string }[] = [];
  #other = 0;

  record(record: SourceRecord, out: Output): void {
    if (record.rest) return;
    const { value } = record;
    if (!isObject(value)) return out.reject(record, 'not an OTLP export: expected an object');
    const exports = member(value, 'resourceSpans') ?? member(value, 'resource_spans');
    if (Array.isArray(exports)) {
      (exports as unknown[]).forEach((item, i) => this.#resource(item, `/resourceSpans/${i}`, record, out));
    } else if (
      Object.hasOwn(value, 'scopeSpans') ||
      Object.hasOwn(value, 'scope_spans') ||
      Object.hasOwn(value, 'instrumentationLibrarySpans')
    )
      this.#resource(value, '', record, out);
    else if (Object.hasOwn(value, 'spanId') || Object.hasOwn(value, 'span_id'))
      this.#span(value, new Map(), '', record, out);
    else if (
      !['resourceLogs', 'resourceMetrics', 'resource_logs', 'resource_metrics'].some((key) => Object.hasOwn(value, key))
    )
      out.reject(record, 'not an OTLP export: it has no `resourceSpans`');
  }

  end(out: Output): void {
    if (this.#other > 0)
      out.note('left-out-other', (n) => `${n} ${n === 1 ? 'span is' : 'spans are'} no tool call`, this.#other);
    const nested = this.#parents.filter(({ parent, tool }) => this.#tools.get(parent) === tool).length;
    if (nested > 0)
      out.note(
        'nested-span',
        (n) =>
          `${n} ${n === 1 ? 'call lies' : 'calls lie'} in a span that calls the same tool: client and server may both have recorded one call`,
        nested,
      );
  }

  #resource(item: unknown, path: string, record: SourceRecord, out: Output): void {
    if (!isObject(item)) return out.reject(record, 'an entry of `resourceSpans` is not an object', path);
    const resource = member(item, 'resource');
    const attributes = isObject(resource) ? attributesOf(member(resource, 'attributes')) : new Map<string, unknown>();
    for (const key of ['scopeSpans', 'scope_spans', 'instrumentationLibrarySpans']) {
      const scopes = member(item, key);
      if (!Array.isArray(scopes)) continue;
      (scopes as unknown[]).forEach((scope, i) => {
        const spans = isObject(scope) ? member(scope, 'spans') : undefined;
        if (!Array.isArray(spans)) return;
        (spans as unknown[]).forEach((span, k) => {
          const at = `${path}/${key}/${i}/spans/${k}`;
          if (isObject(span)) this.#span(span, attributes, at, record, out);
          else out.reject(record, 'a span is not an object', at);
        });
      });
    }
  }

  #span(span: Obj, resource: Attributes, path: string, record: SourceRecord, out: Output): void {
    const attributes = attributesOf(member(span, 'attributes'));
    const tool = toolOf(span, attributes);
    if (tool === null) {
      this.#other++;
      return;
    }
    if (tool === '') return out.reject(record, 'a tool call without `gen_ai.tool.name`', path);
    const id = textAt([new Map(Object.entries(span))], 'spanId', 'span_id');
    const trace = textAt([new Map(Object.entries(span))], 'traceId', 'trace_id') ?? '';
    if (id === undefined) return out.reject(record, 'a span without an id', `${path}/spanId`);
    if (!this.#events.first(`${trace}/${id}`, out)) return;
    this.#tools.set(`${trace}/${id}`, tool);
    const parent = member(span, 'parentSpanId') ?? member(span, 'parent_span_id');
    if (typeof parent === 'string' && parent !== '') this.#parents.push({ parent: `${trace}/${parent}`, tool });
    const args = argumentsOf(attributes);
    if (args && 'fault' in args) return out.reject(record, `call of \`${tool}\`: ${args.fault}`, `${path}/attributes`);
    const start = member(span, 'startTimeUnixNano') ?? member(span, 'start_time_unix_nano');
    const time = fromNanos(String(start ?? ''));
    // A span's id is unique in its trace only.
    out.call({
      id: callId(trace === '' ? id : `${trace}-${id}`),
      ...('time' in time ? { time: time.time } : {}),
      ...facts(attributes, resource),
      tool: { name: tool },
      ...(args ?? {}),
      source: { id: textAt([attributes], 'gen_ai.tool.call.id', 'jsonrpc.request.id') ?? id },
    });
  }
}

function argumentsOf(attributes: Attributes): { readonly args: JsonObject } | { readonly fault: string } | null {
  for (const key of ARGUMENTS) {
    const value = attributes.get(key);
    if (value !== undefined && value !== null) return readArguments(value);
  }
  const own = spread(attributes, 'gen_ai.tool.call.arguments.') ?? spread(attributes, 'mcp.request.argument.');
  return own ? { args: own } : null;
}

/** Who called, and what, by the conventions for agents, users, clients and services. */
function facts(
  attributes: Attributes,
  resource: Attributes,
): Pick<ImportedCall, 'agent' | 'instance' | 'user' | 'resource' | 'ip' | 'userAgent'> {
  const both = [attributes, resource];
  const name = textAt(both, 'gen_ai.agent.name');
  const id = textAt(both, 'gen_ai.agent.id');
  // An agent's name may be for people: only what reads as a slug is taken for one.
  const slug = [name, id].find((text) => text !== undefined && /^[a-z0-9][a-z0-9._-]*$/.test(text));
  const agent = { ...(slug === undefined ? {} : { slug }), ...(name === undefined ? {} : { name }) };
  const session = textAt(both, 'service.instance.id');
  const client = textAt(both, 'mcp.client.name');
  const version = textAt(both, 'mcp.client.version');
  const userId = textAt(both, 'user.id', 'enduser.id');
  const email = textAt(both, 'user.email');
  const userName = textAt(both, 'user.full_name', 'user.name');
  const server = textAt([attributes], 'mcp.server.name', 'gen_ai.tool.server.name', 'mcp.server');
  const ip = textAt([attributes], 'client.address', 'source.address');
  const userAgent = textAt([attributes], 'user_agent.original');
  const instance = {
    ...(session === undefined ? {} : { id: session }),
    ...(client === undefined ? {} : { client: { name: client, ...(version === undefined ? {} : { version }) } }),
  };
  const user = {
    ...(userId === undefined ? {} : { id: userId }),
    ...(email === undefined ? {} : { email }),
    ...(userName === undefined ? {} : { name: userName }),
  };
  return {
    ...(Object.keys(agent).length > 0 ? { agent } : {}),
    ...(Object.keys(instance).length > 0 ? { instance } : {}),
    ...(Object.keys(user).length > 0 ? { user } : {}),
    ...(server === undefined ? {} : { resource: { slug: server } }),
    ...(ip === undefined ? {} : { ip }),
    ...(userAgent === undefined ? {} : { userAgent }),
  };
}

export const otlp: Format = {
  id: 'otlp',
  label: 'OpenTelemetry spans (OTLP JSON)',
  layout: 'json',
  wrappers: ['resourceSpans', 'resource_spans', 'spans'],
  detect({ text: head }) {
    if (!/"resourceSpans"|"resource_spans"|"scopeSpans"/.test(head)) return null;
    const known = /"(gen_ai|mcp)\./.test(head);
    return {
      confidence: known ? 0.95 : 0.85,
      words: known ? 'spans with `gen_ai.` or `mcp.` attributes' : 'OTLP spans',
    };
  },
  reader: () => new OtlpReader(),
};
