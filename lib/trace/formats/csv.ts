import { callId } from '../../engine';
import { argsOf } from '../entry-arguments';
import { mappedFacts, parseJson, recordedOf, textOf } from '../mapped-facts';
import { guessMapping, samplesOf, shapeOf } from '../mapping';
import { asJsonObject, isObject, member, type UnknownObject } from '../shape';
import {
  MAPPED_FIELDS,
  type TraceFormat,
  type FieldMapping,
  type ImportOutput,
  type FormatReader,
  type SourceRecord,
} from '../types';
import { noteUnreadable } from '../spans/arguments';
import { UniqueIds } from './ids';
import { RowConnections } from './row-connections';
import { takePolicyEvent } from './row-policy-events';

/** What spreadsheets write below a column: a word for the sum or the count, with a colon or a number behind it. */
const FOOTER = /^(?:grand |sub)?(?:totals?|sum|count|average|summary|rows?|records?)\b\s*:?\s*[\d.,]*$/i;

/** Columns that hold one argument each: `args.amount`, `request.args.amount`. */
const ARGUMENT = /^(?:request\.)?(?:args|arguments)\.(.+)$/;

class CsvReader implements FormatReader {
  readonly #ids = new UniqueIds();
  readonly #mapping: FieldMapping;
  readonly #connections: RowConnections;
  #count = 0;

  constructor(mapping: FieldMapping) {
    this.#mapping = mapping;
    this.#connections = new RowConnections(mapping);
  }

  record(record: SourceRecord, out: ImportOutput): void {
    const row = record.value;
    this.#count++;
    if (!isObject(row)) return out.reject(record, 'not a row');
    if (this.#isFooter(row)) {
      this.#count--;
      return out.note('left-out-other', (n) => `${n} ${n === 1 ? 'row' : 'rows'} of totals left out`);
    }
    if (Object.values(row).length === 0) {
      this.#count--;
      return out.note('left-out-other', (n) => `${n} empty ${n === 1 ? 'row' : 'rows'} left out`);
    }
    if (Object.values(row).every((cell) => /^\s*:?-{2,}:?\s*$/.test(String(cell)))) {
      this.#count--;
      return out.note('left-out-other', (n) => `${n} ${n === 1 ? 'row' : 'rows'} of dashes left out`);
    }
    if (isHeader(row)) {
      this.#count--;
      return out.note(
        'repeated-header',
        (n) => `${n} ${n === 1 ? 'row that repeats' : 'rows that repeat'} the header left out`,
      );
    }
    if (record.missingCells)
      out.note(
        'short-row',
        (n) =>
          `${n} ${n === 1 ? 'row has' : 'rows have'} fewer cells than the header: what is missing is unknown, and the last cell may be cut`,
      );
    const facts = mappedFacts(row, this.#mapping, out);
    if (this.#connections.take(row, facts, out) || takePolicyEvent(row, this.#mapping, facts, out)) {
      this.#count--;
      return;
    }
    const args = this.#args(row);
    const { unreadable, ...known } = 'fault' in args ? { unreadable: true as const } : args;
    const recorded = recordedOf(row, this.#mapping, out);
    if (Object.keys(facts).length === 0 && known.args === undefined)
      return out.reject(record, 'the row has nothing in the columns that are mapped');
    // A server alone makes no call: inventories of machines have such a column.
    const onServer = facts.resource !== undefined && this.#mapping['tool.name'] !== undefined;
    if (facts.tool === undefined && !onServer && known.args === undefined && !unreadable)
      return out.reject(
        record,
        facts.resource === undefined
          ? 'not a call: no column says which tool is called, on which server, or with which arguments'
          : 'not a call: a column holds the server, but none says which tool is called',
      );
    if (unreadable) noteUnreadable(out);
    const stated = this.#mapping.id === undefined ? undefined : textOf(member(row, this.#mapping.id));
    const wanted = stated ?? String(this.#count);
    const id = this.#ids.claim(wanted, out);
    out.call({
      id: callId(id),
      ...facts,
      ...known,
      ...(recorded ? { recorded } : {}),
      ...(id === wanted ? {} : { source: { id: wanted } }),
    });
  }

  end(out: ImportOutput): void {
    this.#connections.end(out);
  }

  /** A row below the data that sums it up: it begins with such a word, and the columns of tool and time are empty, a number or that word. */
  #isFooter(row: UnknownObject): boolean {
    const cells = Object.values(row).map((cell) => String(cell).trim());
    const [first = ''] = cells.filter((cell) => cell !== '');
    if (!FOOTER.test(first)) return false;
    const cellAt = (field: 'tool.name' | 'time'): string => {
      const column = this.#mapping[field];
      return column === undefined ? '' : String(member(row, column) ?? '').trim();
    };
    return [cellAt('tool.name'), cellAt('time')].every((cell) => cell === first || /^[\d.,]*$/.test(cell));
  }

  #args(row: UnknownObject): ReturnType<typeof argsOf> {
    if (this.#mapping.args !== undefined) return argsOf(member(row, this.#mapping.args), this.#mapping.args);
    const own = Object.entries(row).flatMap(([column, cell]) => {
      const name = ARGUMENT.exec(column)?.[1];
      return name === undefined ? [] : [[name, cellValue(String(cell))] as const];
    });
    return own.length > 0 ? { args: asJsonObject(Object.fromEntries(own)) } : {};
  }
}

/** The header once more, as where two tables were put together; a column whose name comes again has its number behind it. */
const isHeader = (row: UnknownObject): boolean => {
  const cells = Object.entries(row);
  return (
    cells.length > 1 &&
    cells.every(([column, cell]) => {
      const text = String(cell).trim();
      return text === column || (column.startsWith(`${text} (`) && /^ \(\d+\)$/.test(column.slice(text.length)));
    })
  );
};

/** A cell as JSON where it reads as a number, `true`, `false`, `null`, a list or an object; else as text. */
function cellValue(cell: string): unknown {
  const value = parseJson(cell);
  return value === undefined || typeof value === 'string' ? cell : value;
}

/** A row names no actors that may be a user or an agent. */
const FIELDS = MAPPED_FIELDS.filter((field) => !field.startsWith('actor.'));

/** What a header has no use for: JSON, a value with its name, a time. Such a first line is data, of a file that is no table. */
const NO_COLUMN_NAME = /[={}"]|^\d{4}-\d{2}-\d{2}/;

export const csv: TraceFormat = {
  id: 'csv',
  label: 'Table (CSV)',
  layout: 'table',
  wrappers: [],
  detect({ columns, text: head }) {
    if (columns === null || columns.length < 2 || /^\s*[[{]/.test(head)) return null;
    if (columns.some((column) => NO_COLUMN_NAME.test(column))) return null;
    const mapping = guessMapping(columns, {}, MAPPED_FIELDS);
    const known = Object.keys(mapping).length;
    if (known === 0) return { confidence: 0.2, words: `a table with ${columns.length} columns, none of them known` };
    const tool = mapping['tool.name'];
    return {
      confidence: tool === undefined ? 0.4 : 0.85,
      words: `a table with ${columns.length} columns${tool === undefined ? '' : `, the tool in \`${tool}\``}`,
    };
  },
  mapping({ columns, values }, given) {
    const available = columns ?? [];
    return {
      fields: FIELDS,
      available,
      samples: samplesOf(values.filter(isObject), available),
      mapping: guessMapping(available, given, FIELDS),
      shape: shapeOf(available),
    };
  },
  reader: (_, mapping) => new CsvReader(mapping),
};
