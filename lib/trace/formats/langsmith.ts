import { parseJson } from '../mapped-facts';
import { isObject, member, text, type UnknownObject } from '../shape';
import { attributesOf } from '../spans/attributes';
import { SpanReader } from '../spans/reader';
import type { Span } from '../spans/span';
import { readUtc } from '../time';
import type { TraceFormat, ImportOutput, FormatReader, SourceRecord } from '../types';

/**
 * LangSmith: runs as the API and the SDK give them, one by one or as trees (`child_runs`).
 * Source: https://docs.langchain.com/langsmith/run-data-format (times are UTC, though they name no zone).
 */
class LangSmithReader implements FormatReader {
  readonly #spans = new SpanReader();
  readonly #runOf: (value: unknown) => unknown;

  constructor(runOf: (value: unknown) => unknown = (value) => value) {
    this.#runOf = runOf;
  }

  record(record: SourceRecord, out: ImportOutput): void {
    if (record.rest) return;
    const value = this.#runOf(record.value);
    if (!isObject(value) || !isRun(value)) return out.reject(record, 'not a run: it has no `run_type`');
    this.#run(value, undefined, '', record, out);
  }

  end(out: ImportOutput): void {
    this.#spans.end(out);
  }

  #run(
    run: UnknownObject,
    parent: UnknownObject | undefined,
    path: string,
    record: SourceRecord,
    out: ImportOutput,
  ): void {
    this.#spans.span(spanOf(run, parent, path), record, out);
    const children = member(run, 'child_runs');
    if (!Array.isArray(children)) return;
    (children as unknown[]).forEach((child, i) => {
      const at = `${path}/child_runs/${i}`;
      if (isObject(child)) this.#run(child, run, at, record, out);
      else out.reject(record, 'a run is not an object', at);
    });
  }
}

const isRun = (value: UnknownObject): boolean =>
  typeof member(value, 'run_type') === 'string' && typeof member(value, 'id') === 'string';

/** In a tree a run may leave out what its parent says. */
function spanOf(run: UnknownObject, parent: UnknownObject | undefined, path: string): Span {
  const extra = member(run, 'extra');
  const metadata = isObject(extra) ? member(extra, 'metadata') : undefined;
  const start = member(run, 'start_time');
  const id = text(member(run, 'id'));
  const outputs = member(run, 'outputs');
  return {
    trace:
      text(member(run, 'trace_id')) ?? (parent === undefined ? (id ?? '') : (text(member(parent, 'trace_id')) ?? '')),
    id,
    parent: text(member(run, 'parent_run_id')) ?? (parent === undefined ? undefined : text(member(parent, 'id'))),
    name: text(member(run, 'name')) ?? '',
    start: start === undefined || start === null ? null : readUtc(start),
    attributes: new Map([
      ...attributesOf(metadata),
      ['langsmith.span.kind', member(run, 'run_type')],
      ['langsmith.inputs', member(run, 'inputs')],
      ['output.value', outputs],
    ]),
    around: new Map(),
    path,
  };
}

/** Members of a run that are objects or lists. */
const NESTED = new Set(['inputs', 'outputs', 'extra', 'child_runs']);

/** A row of a table as a run: columns in the spelling of the API (`Run Type` too), JSON texts as what they hold. */
function runOfRow(row: unknown): unknown {
  if (!isObject(row)) return row;
  const cells = Object.entries(row).map(([column, cell]) => {
    const key = column.trim().toLowerCase().replaceAll(' ', '_');
    const name = key === 'run_id' ? 'id' : key;
    return [name, NESTED.has(name) && typeof cell === 'string' ? (parseJson(cell) ?? cell) : cell] as const;
  });
  return Object.fromEntries(cells);
}

export const langsmith: TraceFormat = {
  id: 'langsmith',
  label: 'LangSmith runs',
  layout: 'json',
  wrappers: ['runs', 'data'],
  detect({ values, text: head }) {
    const long = values.length === 0 && /"run_type"\s*:\s*"/.test(head) && /"(?:child_runs|trace_id)"\s*:/.test(head);
    return long || values.some((value) => isObject(value) && isRun(value))
      ? { confidence: 0.96, words: 'runs with a `run_type`' }
      : null;
  },
  reader: () => new LangSmithReader(),
};

/** The same as a table, as data frames are saved: a cell that holds an object holds its JSON text. */
export const langsmithTable: TraceFormat = {
  id: 'langsmith-table',
  label: 'LangSmith runs (CSV)',
  layout: 'table',
  wrappers: [],
  detect({ values, columns }) {
    if (columns === null) return null;
    const runs = values.map(runOfRow).some((value) => isObject(value) && isRun(value));
    return runs ? { confidence: 0.96, words: 'a table of runs with a `run_type`' } : null;
  },
  reader: () => new LangSmithReader(runOfRow),
};
