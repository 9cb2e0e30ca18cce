import { CONNECTION_FIELDS, type ConnectionEvent, type ListedTool } from '../connection';
import { effectWordOf, listedTools, unreadTools } from '../connection-event';
import { parseJson, textOf, textsOf, valueAt } from '../mapped-facts';
import { isObject, type UnknownObject } from '../shape';
import type { FieldMapping, ImportedCall, ImportOutput, MappedField } from '../types';

type RowFacts = Omit<ImportedCall, 'id'>;

/** Actions by which an instance connects: `gateway.instance.connected`, `ConnectionOpened`, `session.connect`. */
const CONNECTS = /(?:^|[^a-z])connect(?:ed|ion|s)?(?:$|[^a-z])/;
const isConnection = (action: string): boolean =>
  CONNECTS.test(action.replace(/([a-z0-9])([A-Z])/g, '$1.$2').toLowerCase());

/** `get_order: allowed`, `drop=denied`: a tool with its effect, in a cell. */
const PAIR = /^(.+?)\s*[:=]\s*([a-z]+)$/i;

/** Tools of one connection that are in a row each. */
interface OpenConnection {
  readonly key: string;
  readonly event: Omit<ConnectionEvent, 'tools'>;
  readonly tools: ListedTool[];
}

/**
 * The connections that rows of a table log: a row with lists of tools in its cells, or a row for each tool, which its action distinguishes
 * from a call. Rows of one connection follow one another and have the same time and instance.
 */
export class RowConnections {
  readonly #mapping: FieldMapping;
  #open: OpenConnection | undefined;
  #rows = 0;

  constructor(mapping: FieldMapping) {
    this.#mapping = mapping;
  }

  /** Whether the row is of a connection, and so of no call. */
  take(row: UnknownObject, facts: RowFacts, out: ImportOutput): boolean {
    const listed = this.#listed(row, facts, out);
    const single = listed.length > 0 ? undefined : this.#single(row, facts);
    if (listed.length === 0 && single === undefined) return false;
    this.#rows++;
    const event = this.#event(row, facts);
    if (single === undefined) {
      this.#flush(out);
      out.connection({ ...event, tools: listed });
      return true;
    }
    const key = JSON.stringify([event.time, event.facts]);
    if (this.#open?.key !== key) {
      this.#flush(out);
      this.#open = { key, event, tools: [] };
    }
    this.#open.tools.push(single);
    return true;
  }

  end(out: ImportOutput): void {
    this.#flush(out);
    if (this.#rows === 0) return;
    const words = (n: number): string =>
      `${n} ${n === 1 ? 'row is' : 'rows are'} no tool call: tools listed at a connection`;
    out.note('left-out-other', words, this.#rows);
  }

  #flush(out: ImportOutput): void {
    if (this.#open) out.connection({ ...this.#open.event, tools: this.#open.tools });
    this.#open = undefined;
  }

  /** The tools in the cells of a row that is about no single tool. */
  #listed(row: UnknownObject, facts: RowFacts, out: ImportOutput): readonly ListedTool[] {
    if (CONNECTION_FIELDS.every((field) => this.#mapping[field] === undefined)) return [];
    if (textOf(this.#cell(row, 'tool.name')) !== undefined) return [];
    return listedTools(
      (field) => listIn(this.#cell(row, field)),
      facts.resource?.slug ?? undefined,
      () => out.note('listed-effect-unreadable', unreadTools),
    );
  }

  /** The tool of a row that says of a connection what becomes of that tool. */
  #single(row: UnknownObject, facts: RowFacts): ListedTool | undefined {
    if (!isConnection(textOf(this.#cell(row, 'action')) ?? '')) return undefined;
    const tool = textOf(this.#cell(row, 'tool.name'));
    const effect = effectWordOf(this.#cell(row, 'recorded.effect'));
    if (tool === undefined || effect === undefined) return undefined;
    const resource = facts.resource?.slug ?? undefined;
    return { ...(resource === undefined ? {} : { resource }), tool, effect };
  }

  #event(row: UnknownObject, facts: RowFacts): Omit<ConnectionEvent, 'tools'> {
    const { agent, instance, user, ip, userAgent, time } = facts;
    const known = Object.entries({ agent, instance, user, ip, userAgent }).filter(([, value]) => value !== undefined);
    const id = textOf(this.#cell(row, 'id'));
    return {
      ...(id === undefined ? {} : { id }),
      ...(typeof time === 'string' ? { time } : {}),
      facts: Object.fromEntries(known),
    };
  }

  #cell(row: UnknownObject, field: MappedField): unknown {
    const column = this.#mapping[field];
    return column === undefined ? undefined : valueAt(row, column);
  }
}

/** A cell as a list: JSON, or texts with `,`, `;` or `|` between them, where a text may be a tool with its effect. */
function listIn(cell: unknown): unknown {
  if (typeof cell !== 'string') return cell;
  const value = parseJson(cell);
  if (Array.isArray(value) || isObject(value)) return value;
  return (textsOf(cell) ?? []).map((text) => {
    const [, tool, said] = PAIR.exec(text) ?? [];
    return tool !== undefined && effectWordOf(said) !== undefined ? { name: tool, effect: said } : text;
  });
}
