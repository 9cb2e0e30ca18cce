import { isObject } from '../shape';
import { visitSpans } from '../spans/layouts';
import { SpanReader } from '../spans/reader';
import type { TraceFormat, ImportOutput, FormatReader, SourceRecord } from '../types';

/**
 * OpenTelemetry's spans and log records. Which layouts are read is in `spans/layouts.ts`, by whose conventions a span is
 * a tool call in `spans/conventions.ts`, each with its sources; what counts as one call is in `spans/calls.ts`.
 */
class OtlpReader implements FormatReader {
  readonly #spans = new SpanReader();

  record(record: SourceRecord, out: ImportOutput): void {
    if (record.rest) return;
    const { value } = record;
    if (!isObject(value)) return out.reject(record, 'not an OTLP export: expected an object');
    const known = visitSpans(value, '', {
      span: (span) => this.#spans.span(span, record, out),
      fault: (path, reason) => out.reject(record, reason, path),
    });
    if (known || METRICS.some((key) => Object.hasOwn(value, key))) return;
    out.reject(record, 'not an OTLP export: it has no `resourceSpans`');
  }

  end(out: ImportOutput): void {
    this.#spans.end(out);
  }
}

const METRICS = ['resourceMetrics', 'resource_metrics'];

/** What the head of a file of spans holds, whatever the layout. */
const LAYOUTS =
  /"(?:resourceSpans|resource_spans|scopeSpans|scope_spans|instrumentationLibrarySpans|resourceLogs|resource_logs|spanId|span_id|spanID|SpanID|context\.span_id)"\s*:/;
const ZIPKIN = /"traceId"\s*:\s*"[0-9a-f]{16,32}"/;

export const otlp: TraceFormat = {
  id: 'otlp',
  label: 'OpenTelemetry spans (OTLP JSON)',
  layout: 'json',
  wrappers: ['resourceSpans', 'resource_spans', 'batches', 'spans', 'data'],
  detect({ text: head, values }) {
    const zipkin = ZIPKIN.test(head) && /"tags"\s*:\s*\{/.test(head);
    if (!LAYOUTS.test(head) && !zipkin) return null;
    const nothing = { span: () => undefined, fault: () => undefined };
    const read = values.some((value) => isObject(value) && visitSpans(value, '', nothing));
    if (!read && values.length > 0 && !/"(?:resourceSpans|resource_spans|scopeSpans)"/.test(head)) return null;
    const known = /"(?:gen_ai|mcp|openinference|traceloop|ai\.toolCall)[._]?/.test(head);
    return {
      confidence: known ? 0.95 : 0.85,
      words: known ? 'spans with `gen_ai.` or `mcp.` attributes' : 'OTLP spans',
    };
  },
  reader: () => new OtlpReader(),
};
