import { isObject, member, text, type UnknownObject } from '../shape';
import { parseJson } from '../mapped-facts';
import { attributesOf, either } from '../spans/attributes';
import { SpanReader } from '../spans/reader';
import type { Span } from '../spans/span';
import { readUtc } from '../time';
import type { TraceFormat, TraceHead, ImportOutput, FormatReader, SourceRecord } from '../types';

/**
 * Langfuse: observations as the page, the API and the export to storage give them (camelCase or snake_case, JSON, JSON
 * lines or CSV), and traces with their observations. Sources: https://langfuse.com/docs/observability/features/observation-types,
 * https://langfuse.com/docs/api-and-data-platform/features/blob-storage-export-fields (times are UTC) and
 * https://langfuse.com/faq/all/export-single-trace-or-session.
 */
class LangfuseReader implements FormatReader {
  readonly #spans = new SpanReader();

  record(record: SourceRecord, out: ImportOutput): void {
    if (record.rest) return;
    const { value } = record;
    if (!isObject(value)) return out.reject(record, 'not an observation: expected an object');
    const found = observationsIn(value, '');
    if (found.length === 0 && !isTrace(value))
      return out.reject(record, 'not an observation: it has no `traceId` and `type`');
    for (const { observation, trace, path } of found) this.#spans.span(spanOf(observation, trace, path), record, out);
  }

  end(out: ImportOutput): void {
    this.#spans.end(out);
  }
}

interface PlacedObservation {
  readonly observation: UnknownObject;
  readonly trace: UnknownObject | null;
  readonly path: string;
}

const KINDS = /^(?:SPAN|EVENT|GENERATION|AGENT|TOOL|CHAIN|RETRIEVER|EVALUATOR|EMBEDDING|GUARDRAIL)$/;

const isObservation = (value: UnknownObject): boolean =>
  KINDS.test(String(member(value, 'type'))) && typeof either(value, 'traceId') === 'string';

/** A trace as a list of traces has it: its observations are ids, or it has none. */
const isTrace = (value: UnknownObject): boolean =>
  Object.hasOwn(value, 'observations') || isObject(member(value, 'trace'));

/** The observations in an entry: itself, those of a trace, or those of a session's traces. */
function observationsIn(value: UnknownObject, path: string): readonly PlacedObservation[] {
  if (isObservation(value)) return [{ observation: value, trace: null, path }];
  const around = member(value, 'trace');
  const trace = isObject(around) ? around : value;
  for (const [holder, at] of [
    [value, path],
    [trace, `${path}/trace`],
  ] as const) {
    const list = member(holder, 'observations');
    if (!Array.isArray(list)) continue;
    return (list as unknown[]).flatMap((observation, i) =>
      isObject(observation) ? [{ observation, trace, path: `${at}/observations/${i}` }] : [],
    );
  }
  const traces = member(value, 'traces');
  if (!Array.isArray(traces)) return [];
  return (traces as unknown[]).flatMap((inner, i) =>
    isObject(inner) && !Array.isArray(member(inner, 'traces')) ? observationsIn(inner, `${path}/traces/${i}`) : [],
  );
}

/** A cell of a table holds objects as JSON text. */
const opened = (value: unknown): unknown => (typeof value === 'string' ? (parseJson(value) ?? value) : value);

function spanOf(observation: UnknownObject, trace: UnknownObject | null, path: string): Span {
  const metadata = opened(member(observation, 'metadata'));
  const inner = isObject(metadata) ? opened(member(metadata, 'attributes')) : undefined;
  const user = text(either(observation, 'userId')) ?? (trace === null ? undefined : text(either(trace, 'userId')));
  const input = member(observation, 'input');
  const output = member(observation, 'output');
  const own: [string, unknown][] = [
    ['langfuse.observation.type', String(member(observation, 'type')).toLowerCase()],
    ...(input === undefined || input === null ? [] : [['langfuse.observation.input', input] as [string, unknown]]),
    ...(output === undefined || output === null ? [] : [['langfuse.observation.output', output] as [string, unknown]]),
    ...(user === undefined ? [] : [['user.id', user] as [string, unknown]]),
  ];
  const start = either(observation, 'startTime');
  const name = text(member(observation, 'name')) ?? '';
  return {
    trace: text(either(observation, 'traceId')) ?? (trace === null ? '' : (text(member(trace, 'id')) ?? '')),
    id: text(member(observation, 'id')),
    parent: text(either(observation, 'parentObservationId')),
    name,
    start: start === undefined || start === null ? null : readUtc(start),
    attributes: new Map([...attributesOf(inner), ...own, ...agentOf(own[0]?.[1], name)]),
    around: new Map(),
    path,
  };
}

/** An observation of an agent is named as the agent. */
const agentOf = (type: unknown, name: string): [string, unknown][] =>
  type === 'agent' && name !== '' ? [['agent.name', name]] : [];

/** The head of a trace that is longer than the head. */
const LONG_TRACE =
  /"type"\s*:\s*"(?:SPAN|GENERATION|AGENT|TOOL|CHAIN|EVENT|RETRIEVER)"[^]*"(?:parentObservationId|observations|completionStartTime)"|"(?:parentObservationId|observations|completionStartTime)"[^]*"type"\s*:\s*"(?:SPAN|GENERATION|AGENT|TOOL|CHAIN|EVENT|RETRIEVER)"/;

const wordsOf = ({ values, text: head }: TraceHead): string | null => {
  if (values.length === 0 && LONG_TRACE.test(head)) return 'a trace with observations';
  const found = values.filter(isObject).flatMap((value) => observationsIn(value, ''));
  if (found.length === 0) return null;
  const ours = found.some(({ observation }) => KINDS.test(String(member(observation, 'type'))));
  return ours ? 'observations with `type` and `traceId`' : null;
};

export const langfuse: TraceFormat = {
  id: 'langfuse',
  label: 'Langfuse observations',
  layout: 'json',
  wrappers: ['data', 'traces'],
  detect(head) {
    const words = wordsOf(head);
    return words === null ? null : { confidence: 0.96, words };
  },
  reader: () => new LangfuseReader(),
};

/** The same, exported as a table: a cell that holds an object holds its JSON text. */
export const langfuseTable: TraceFormat = {
  id: 'langfuse-table',
  label: 'Langfuse observations (CSV)',
  layout: 'table',
  wrappers: [],
  detect(head) {
    const words = head.columns === null ? null : wordsOf(head);
    return words === null ? null : { confidence: 0.96, words: `a table of ${words}` };
  },
  reader: () => new LangfuseReader(),
};
