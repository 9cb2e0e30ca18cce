import { Collector } from './collector';
import { FORMAT_LIST, FORMATS } from './formats';
import { guessMapping } from './mapping';
import { decodeLeniently } from './source/bytes';
import { HEAD } from './source/limits';
import { type RecordCutter, documentCutter, jsonLayout, lineCutter, tableCutter } from './source/records';
import { tableLayout } from './source/table-layout';
import { type FormatDetection, type TraceFormat, type TraceHead, type ImportOptions, MAPPED_FIELDS } from './types';

/** The format that a file is read as. */
export interface Recognized {
  readonly format: TraceFormat;
  readonly view: View;
  readonly detection: FormatDetection;
  readonly others: readonly FormatDetection[];
}

/** What came of looking at the head of a file. `uncertain`: a longer head may settle it. */
export type Recognition =
  | { readonly ok: true; readonly recognized: Recognized; readonly uncertain: boolean }
  | { readonly ok: false; readonly reason: string };

/**
 * Recognizes the format of a file by its head: of those that it looks like, the likeliest that reads a call there. A format that a file
 * looks like, but as which nothing of it can be read, is not claimed.
 */
export function recognize(bytes: Uint8Array, whole: boolean, options: ImportOptions): Recognition {
  const views = viewsOf(bytes, whole, options.headerLine);
  const detections = FORMAT_LIST.flatMap((format): FormatDetection[] => {
    const found = format.detect(views(format).head);
    return found ? [{ format: format.id, label: format.label, ...found }] : [];
  }).sort((a, b) => b.confidence - a.confidence);
  const accept = (detection: FormatDetection, uncertain: boolean): Recognition => {
    const format = FORMATS[detection.format];
    const others = detections.filter((found) => found !== detection);
    return { ok: true, recognized: { format, view: views(format), detection, others }, uncertain };
  };
  if (options.format !== undefined) {
    const { id, label } = FORMATS[options.format];
    const found = detections.find(({ format }) => format === id);
    return accept(found ?? { format: id, label, confidence: 0, words: 'chosen by hand' }, false);
  }
  const [likeliest] = detections;
  if (!likeliest) return { ok: false, reason: unrecognized(bytes, whole, options.headerLine) };
  let understood: FormatDetection | undefined;
  for (const detection of detections) {
    const format = FORMATS[detection.format];
    const { calls, leftOut, anything } = trial(format, views(format), bytes, whole, options);
    // Calls of a client's own tools are understood, and left out by their count: no lesser format is to read them as a server's.
    if (calls || leftOut) return accept(detection, false);
    if (anything) understood ??= detection;
  }
  if (understood || !whole) return accept(understood ?? likeliest, !whole);
  const { label, words } = likeliest;
  return {
    ok: false,
    reason: `the format was not recognized: it looks like ${label} (${words}), but has no call in it`,
  };
}

/** Why no format was found: a header row that was asked for may be on a line that the file does not have. */
function unrecognized(bytes: Uint8Array, whole: boolean, headerLine: number | undefined): string {
  const lines = bytes.reduce((count, byte, i) => count + (byte === 0x0a && i + 1 < bytes.length ? 1 : 0), 1);
  return whole && headerLine !== undefined && headerLine > lines
    ? `the header row cannot be line ${headerLine}: the file has ${lines} ${lines === 1 ? 'line' : 'lines'}`
    : 'the format was not recognized';
}

/** Whether a format reads a call in the head, or anything at all (a reject, a tool, what it leaves out by its count). */
function trial(
  format: TraceFormat,
  view: View,
  bytes: Uint8Array,
  whole: boolean,
  options: ImportOptions,
): { readonly calls: boolean; readonly leftOut: boolean; readonly anything: boolean } {
  const found = new Collector(options);
  const reader = format.reader(options, format.mapping?.(view.head, options.mapping ?? {}).mapping ?? {});
  const cutter = view.cutter(0);
  for (let from = 0; from < bytes.length && !found.hasCalls; from += HEAD)
    found.take(cutter.push(bytes.subarray(from, from + HEAD)), reader, format);
  if (whole && !found.hasCalls) found.take(cutter.end(), reader, format);
  // A reader may hold calls back until its end: those of spans wait for the spans around them.
  if (!found.hasCalls) found.finish(reader);
  return { calls: found.hasCalls, leftOut: found.hasNote('left-out-local'), anything: found.hasAnything };
}

/** What a format's layout makes of the head. */
export interface View {
  readonly head: TraceHead;
  /** How many lines above a table's header row are passed over. */
  readonly skipped: number;
  readonly cutter: (offset: number) => RecordCutter;
}

/** The head as each format sees it; formats of equal layout and wrappers share the work. */
function viewsOf(bytes: Uint8Array, whole: boolean, headerLine: number | undefined): (format: TraceFormat) => View {
  const text = decodeLeniently(bytes);
  const looksTable = !/^\s*[[{]/.test(text);
  // Before 2001 a line of a Mac's table ended in CR alone, and some exports still write that.
  const endsInCr = !text.includes('\n') && text.includes('\r');
  const table = tableLayout(endsInCr ? text.replaceAll('\r', '\n') : text, knownColumns, headerLine);
  const layout = jsonLayout(text, whole);
  const known = new Map<string, View>();
  return (format) => {
    const key = `${format.layout} ${format.wrappers.join(' ')} ${String(format.embedded)}`;
    const found = known.get(key);
    if (found) return found;
    const cutter = (offset: number): RecordCutter => {
      if (format.layout === 'table')
        return endsInCr ? withCrAsBreak(tableCutter(table, offset)) : tableCutter(table, offset);
      if (layout === 'lines') return lineCutter(format.wrappers, format.embedded ?? false, offset);
      return documentCutter(format.wrappers, offset);
    };
    const columns = looksTable || format.layout === 'table' ? table.columns : null;
    const head: TraceHead = { text, values: firstValues(cutter(0), bytes), columns, headerLine: table.line };
    const view: View = { head, skipped: format.layout === 'table' ? table.skipped : 0, cutter };
    known.set(key, view);
    return view;
  };
}

/** A cutter of lines that end in CR: as many bytes, so that offsets stay. */
function withCrAsBreak(cutter: RecordCutter): RecordCutter {
  return {
    push: (chunk) => cutter.push(chunk.map((byte) => (byte === 0x0d ? 0x0a : byte))),
    end: () => cutter.end(),
  };
}

/** How many of some columns are known by their names. */
const knownColumns = (columns: readonly string[]): number =>
  Object.keys(guessMapping(columns, {}, MAPPED_FIELDS)).length;

/** How many values of the head a format looks at. */
const SAMPLE = 50;

function firstValues(cutter: RecordCutter, bytes: Uint8Array): readonly unknown[] {
  const records = cutter
    .push(bytes.subarray(0, Math.max(HEAD, 1)))
    .flatMap((item) => ('record' in item ? [item.record] : []));
  const more = records.length > 0 ? [] : cutter.push(bytes.subarray(Math.max(HEAD, 1)));
  const last = cutter.end();
  const all = [...records, ...[...more, ...last].flatMap((item) => ('record' in item ? [item.record] : []))];
  return all.slice(0, SAMPLE).map(({ value }) => value);
}
