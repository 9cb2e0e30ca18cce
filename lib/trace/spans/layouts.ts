import { isObject, member, text, textOrNumber, type UnknownObject } from '../shape';
import { parse } from '../source/exact';
import { fromNanos, readTime, type ParsedTime } from '../time';
import { attributesOf, either, type Attributes } from './attributes';
import { CHOICE } from './conventions';
import type { Span } from './span';

/** What an entry of a file holds: its spans, and places that are not what they should be. */
export interface SpanVisitor {
  span(span: Span): void;
  fault(path: string, reason: string): void;
}

const NONE: Attributes = new Map();

const joined = (...maps: readonly Attributes[]): Attributes => new Map(maps.flatMap((map) => [...map]));

/** The list under the first of some names, with its name. */
function listIn(
  object: UnknownObject,
  ...keys: readonly string[]
): readonly [key: string, list: readonly unknown[]] | null {
  for (const key of keys) {
    const list = member(object, key);
    if (Array.isArray(list)) return [key, list as unknown[]];
  }
  return null;
}

/**
 * Visits the spans in an entry; false where it is none of these layouts:
 * - OTLP JSON (https://github.com/open-telemetry/opentelemetry-proto, docs/specification.md), in camelCase or
 *   snake_case; `batches` and `trace` of Grafana Tempo (https://grafana.com/docs/tempo/latest/api_docs/)
 * - Jaeger's JSON (https://github.com/jaegertracing/jaeger-ui, `traceID`, `operationName`, `tags`)
 * - Zipkin v2 (https://zipkin.io/zipkin-api/, `traceId`, `id`, `tags`)
 * - what SDKs print: Python's `to_json`, Go's `stdouttrace`; Phoenix's spans
 *   (https://github.com/Arize-ai/phoenix), nested or flat (`context.span_id`, `attributes.input.value`)
 */
export function visitSpans(value: UnknownObject, path: string, visit: SpanVisitor): boolean {
  const exports = listIn(value, 'resourceSpans', 'resource_spans', 'batches', 'resourceLogs', 'resource_logs');
  if (exports) {
    exports[1].forEach((item, i) => {
      const at = `${path}/${exports[0]}/${i}`;
      if (!isObject(item)) visit.fault(at, `an entry of \`${exports[0]}\` is not an object`);
      else visitResource(item, at, visit);
    });
    return true;
  }
  if (listIn(value, ...SCOPES)) return visitResource(value, path, visit);
  const inner = member(value, 'trace');
  if (isObject(inner) && visitSpans(inner, `${path}/trace`, visit)) return true;
  if (isObject(member(value, 'processes')) || (Object.hasOwn(value, 'traceID') && listIn(value, 'spans')))
    return visitJaeger(value, path, visit);
  const span = readSpan(value, path);
  if (span) visit.span(span);
  return span !== null;
}

const SCOPES = [
  'scopeSpans',
  'scope_spans',
  'instrumentationLibrarySpans',
  'instrumentation_library_spans',
  'scopeLogs',
  'scope_logs',
] as const;

function visitResource(item: UnknownObject, path: string, visit: SpanVisitor): true {
  const resource = member(item, 'resource');
  const ofResource = isObject(resource) ? attributesOf(member(resource, 'attributes')) : NONE;
  for (const key of SCOPES) {
    const scopes = member(item, key);
    if (!Array.isArray(scopes)) continue;
    (scopes as unknown[]).forEach((scope, i) => {
      const spans = isObject(scope) ? listIn(scope, 'spans', 'logRecords', 'log_records') : null;
      if (!isObject(scope) || !spans) return;
      const about = member(scope, 'scope');
      const around = joined(isObject(about) ? attributesOf(member(about, 'attributes')) : NONE, ofResource);
      spans[1].forEach((span, k) => {
        const at = `${path}/${key}/${i}/${spans[0]}/${k}`;
        if (isObject(span)) visit.span(spans[0] === 'spans' ? otlpSpan(span, around, at) : logRecord(span, around, at));
        else visit.fault(at, 'a span is not an object');
      });
    });
  }
  return true;
}

const nanos = (stated: unknown): ParsedTime | null => (stated === undefined ? null : fromNanos(String(stated)));

function otlpSpan(span: UnknownObject, around: Attributes, path: string): Span {
  return {
    trace: text(either(span, 'traceId')) ?? '',
    id: text(either(span, 'spanId')),
    parent: text(either(span, 'parentSpanId')),
    name: text(member(span, 'name')) ?? '',
    start: nanos(either(span, 'startTimeUnixNano')),
    attributes: withChoices(attributesOf(member(span, 'attributes')), member(span, 'events')),
    around,
    path,
  };
}

/** The same with the model's answers that are events of the span, whose content is JSON text. */
function withChoices(attributes: Attributes, events: unknown): Attributes {
  const choices = (Array.isArray(events) ? (events as unknown[]) : [])
    .filter((event): event is UnknownObject => isObject(event) && member(event, 'name') === CHOICE)
    .map((event) => attributesOf(member(event, 'attributes')))
    .map((answer) => answer.get('gen_ai.event.content') ?? answer.get('message') ?? answer.get('tool_calls'))
    .map((content) => (typeof content === 'string' ? parse(content) : content));
  return choices.length === 0 ? attributes : joined(attributes, new Map([[CHOICE, choices]]));
}

/** A log record as a span without parts: its name is that of its event. */
function logRecord(record: UnknownObject, around: Attributes, path: string): Span {
  const attributes = attributesOf(member(record, 'attributes'));
  const body = attributesOf([{ key: 'body', value: member(record, 'body') }]).get('body');
  const name = either(record, 'eventName') ?? attributes.get('event.name') ?? body;
  const choice = name === CHOICE ? new Map([...attributes, [CHOICE, body] as const]) : attributes;
  return {
    trace: text(either(record, 'traceId')) ?? '',
    id: text(either(record, 'spanId')),
    parent: undefined,
    name: typeof name === 'string' ? name : '',
    start: nanos(either(record, 'timeUnixNano') ?? either(record, 'observedTimeUnixNano')),
    attributes: choice,
    around,
    path,
    log: true,
  };
}

function visitJaeger(trace: UnknownObject, path: string, visit: SpanVisitor): true {
  const processes = member(trace, 'processes');
  (listIn(trace, 'spans')?.[1] ?? []).forEach((span, i) => {
    const at = `${path}/spans/${i}`;
    const read = isObject(span) ? readSpan(span, at) : null;
    if (!isObject(span) || !read) return visit.fault(at, 'a span without `traceID` and `spanID`');
    const process = isObject(processes) ? member(processes, String(member(span, 'processID'))) : undefined;
    visit.span(isObject(process) ? { ...read, around: attributesOf(member(process, 'tags')) } : read);
  });
  return true;
}

/** A span that is by itself: each layout is known by where it keeps the ids. */
function readSpan(span: UnknownObject, path: string): Span | null {
  if (Object.hasOwn(span, 'spanId') || (Object.hasOwn(span, 'span_id') && !Object.hasOwn(span, 'context')))
    return Object.hasOwn(span, 'start_time') ? sdkSpan(span, span, path) : otlpSpan(span, NONE, path);
  if (Object.hasOwn(span, 'spanID')) return jaegerSpan(span, path);
  const context = member(span, 'context') ?? member(span, 'SpanContext');
  if (isObject(context)) return sdkSpan(span, context, path);
  if (Object.hasOwn(span, 'context.span_id')) return sdkSpan(span, dotted(span, 'context.'), path);
  return Object.hasOwn(span, 'traceId') && Object.hasOwn(span, 'id') && isObject(member(span, 'tags'))
    ? zipkinSpan(span, path)
    : null;
}

function jaegerSpan(span: UnknownObject, path: string): Span {
  const references = listIn(span, 'references')?.[1] ?? [];
  const parent = references.find((ref) => isObject(ref) && member(ref, 'refType') === 'CHILD_OF');
  return {
    trace: text(member(span, 'traceID')) ?? '',
    id: text(member(span, 'spanID')),
    parent: isObject(parent) ? text(member(parent, 'spanID')) : text(member(span, 'parentSpanID')),
    name: text(member(span, 'operationName')) ?? '',
    start: micros(member(span, 'startTime')),
    attributes: attributesOf(member(span, 'tags')),
    around: NONE,
    path,
  };
}

const micros = (stated: unknown): ParsedTime | null => {
  const digits = textOrNumber(stated);
  return digits === undefined ? null : fromNanos(`${digits}000`);
};

function zipkinSpan(span: UnknownObject, path: string): Span {
  return {
    trace: text(member(span, 'traceId')) ?? '',
    id: text(member(span, 'id')),
    parent: text(member(span, 'parentId')),
    name: text(member(span, 'name')) ?? '',
    start: micros(member(span, 'timestamp')),
    attributes: attributesOf(member(span, 'tags')),
    around: NONE,
    path,
  };
}

/** Members `PREFIX.NAME`, as an object of their own. */
const dotted = (object: UnknownObject, prefix: string): UnknownObject =>
  Object.fromEntries(
    Object.entries(object).flatMap(([key, value]) =>
      key.startsWith(prefix) ? [[key.slice(prefix.length), value] as const] : [],
    ),
  );

const KIND = 'openinference.span.kind';

/** OpenInference's kind, which Phoenix keeps beside the attributes. */
const phoenixKind = (stated: unknown): string | null =>
  typeof stated === 'string' && /^(tool|llm|agent)$/i.test(stated) ? stated : null;

const firstText = (object: UnknownObject, ...keys: readonly string[]): string | undefined =>
  keys.map((key) => text(member(object, key))).find((found) => found !== undefined);

function sdkSpan(span: UnknownObject, context: UnknownObject, path: string): Span {
  const stated = member(span, 'start_time') ?? member(span, 'startTime') ?? member(span, 'StartTime');
  const within = member(span, 'attributes') ?? member(span, 'Attributes');
  const own = attributesOf(within ?? dotted(span, 'attributes.'));
  const kind = phoenixKind(member(span, 'span_kind') ?? member(span, 'spanKind'));
  const parent = member(span, 'Parent');
  const resource = member(span, 'resource');
  const inResource = isObject(resource) ? member(resource, 'attributes') : member(span, 'Resource');
  return {
    trace: firstText(context, 'trace_id', 'traceId', 'TraceID') ?? '',
    id: firstText(context, 'span_id', 'spanId', 'SpanID'),
    parent:
      firstText(span, 'parent_id', 'parentId', 'parent_span_id') ??
      (isObject(parent) ? text(member(parent, 'SpanID')) : undefined),
    name: firstText(span, 'name', 'Name') ?? '',
    start: stated === undefined || stated === null ? null : readTime(stated),
    attributes: kind === null || own.has(KIND) ? own : new Map([...own, [KIND, kind]]),
    around: attributesOf(inResource),
    path,
  };
}
