import {
  FACETS,
  fillScope,
  MAX_PATTERNS,
  patternProblem,
  ruleId,
  validateRule,
  type Facet,
  type Json,
  type Rule,
} from '../engine';
import { patternDoubt, selectorDoubt, serverDoubt } from './doubt';
import { isFacet, readingOf, type ColumnReading } from './fields';
import { isFilled, quoted, shown, type IncomingRow } from './incoming-row';
import { readMarkup, withoutInvisible } from '../text';
import type { IntakeColumn, IntakeRemark } from './model';
import {
  conditionOf,
  conditionProblem,
  effectDoubt,
  effectOf,
  listOf,
  statusOf,
  textOf,
  wordOf,
  type CellSource,
} from './words';

/** Makes a rule of one row. */
export class RuleReader {
  #drafted = false;

  constructor(
    private readonly row: IncomingRow,
    private readonly columns: readonly IntakeColumn[],
    private readonly index: number,
    private readonly remarks: IntakeRemark[],
    private readonly source: CellSource,
  ) {}

  /** Undefined where the row says no effect, so that it can be no rule. */
  rule(): Rule | undefined {
    const effectCell = this.cell('effect');
    const effect = effectCell === undefined ? undefined : effectOf(wordOf(effectCell, this.source));
    if (effect?.ok !== true) {
      if (this.row.cells.some(isFilled)) {
        const why = isFilled(effectCell) ? `${shown(effectCell)} is no effect` : 'it has no effect';
        const first = shown(this.row.cells.find(isFilled));
        this.remarks.push({
          code: 'row-left-out',
          message: `the row that begins with ${first} became no rule: ${why}`,
          place: this.row.place,
        });
      }
      return undefined;
    }
    const scope = this.scope();
    const tools = this.tools(scope.resources);
    const condition = this.condition();
    const odd = effectDoubt(wordOf(effectCell ?? '', this.source), effect.value);
    if (odd !== undefined) this.remark('value-odd', `effect ${shown(effectCell)} ${odd}`, true);
    if (effect.value === 'gated' && condition === null) {
      this.remark('gated-without-condition', 'a gated rule needs a condition, and none is here', true);
    }
    for (const [index, column] of this.columns.entries()) {
      // What an unknown column says may be what narrows the rule.
      if (column.reading === undefined && isFilled(this.row.cells[index])) this.#drafted = true;
    }
    this.beyond();
    this.repeated();
    this.markup();
    const words = (cell: Json) => textOf(cell, this.source);
    const id = this.read('id', words) ?? '';
    const name = this.read('name', words) ?? '';
    const status = this.read('status', (cell) => statusOf(wordOf(cell, this.source))) ?? 'active';
    return {
      id: ruleId(id),
      name,
      description: this.read('description', words) ?? '',
      effect: effect.value,
      status: this.#drafted && status === 'active' ? 'draft' : status,
      scope,
      tools,
      condition,
    };
  }

  /** The cell that says it: several columns may, where rows of different makers meet; of one row only one does. */
  private cell(reading: ColumnReading): Json | undefined {
    const cells = this.columns.flatMap((column, at) => (column.reading === reading ? [this.row.cells[at]] : []));
    return cells.find(isFilled) ?? cells[0];
  }

  private repeated(): void {
    for (const [index, { name, reading }] of this.columns.entries()) {
      const cell = this.row.cells[index];
      if (reading === undefined || reading === 'nothing' || !isFilled(cell)) continue;
      const first = this.columns.findIndex((column, at) => column.reading === reading && isFilled(this.row.cells[at]));
      if (first === index) continue;
      const earlier = quoted(this.columns[first]?.name ?? '');
      this.remark(
        'column-repeated',
        `column ${quoted(name)} says ${shown(cell)}, and column ${earlier} was taken`,
        true,
      );
    }
  }

  private read<T>(
    reading: ColumnReading,
    reader: (cell: Json) => { ok: true; value: T } | { ok: false },
  ): T | undefined {
    const cell = this.cell(reading);
    if (cell === undefined) return undefined;
    const result = reader(cell);
    if (result.ok) return result.value;
    this.remark(
      'cell-unknown',
      `${reading} ${shown(cell)} was not understood`,
      reading !== 'name' && reading !== 'description',
    );
    return undefined;
  }

  private scope(): Rule['scope'] {
    const facets: Partial<Record<Facet, readonly string[]>> = {};
    for (const [facet, cell] of this.scopeCell()) facets[facet] = this.selectors(facet, cell);
    for (const facet of FACETS) {
      const cell = this.cell(facet);
      if (!isFilled(cell)) continue;
      const selectors = this.selectors(facet, cell);
      facets[facet] = [...new Set([...(facets[facet] ?? []), ...selectors])];
    }
    return fillScope(facets);
  }

  /** A scope in one cell: an object of facets, or `agents: a, b; resources: c`. */
  private scopeCell(): readonly (readonly [Facet, Json])[] {
    const cell = this.cell('scope');
    if (!isFilled(cell)) return [];
    if (typeof cell === 'object' && !Array.isArray(cell)) {
      return Object.entries(cell).flatMap(([key, value]) => this.facetCell(key, value as Json));
    }
    if (typeof cell === 'string') {
      const everything = listOf(cell, this.source);
      if (everything.ok && (everything.value.entries ?? []).length === 0) return [];
      const parts = cell
        .replace(/<br\s*\/?>/gi, '\n')
        .split(/[;\n]/)
        .filter((part) => part.trim() !== '');
      if (
        parts.every((part) => /^[^:]+:(?!\s*$)/.test(part) && readingOf(part.slice(0, part.indexOf(':'))) !== undefined)
      ) {
        return parts.flatMap((part) => {
          const colon = part.indexOf(':');
          return this.facetCell(part.slice(0, colon), part.slice(colon + 1));
        });
      }
    }
    this.remark('cell-unknown', `scope ${shown(cell)} was not understood`, true);
    return [];
  }

  private facetCell(key: string, value: Json): readonly (readonly [Facet, Json])[] {
    const reading = readingOf(key);
    if (reading !== undefined && isFacet(reading)) return [[reading, value]];
    if (isFilled(value))
      this.remark('cell-unknown', `${quoted(key)} of the scope was not understood: ${shown(value)}`, true);
    return [];
  }

  private selectors(facet: Facet, cell: Json): readonly string[] {
    const list = listOf(cell, this.source);
    if (!list.ok) {
      this.remark('cell-unknown', `${facet} ${shown(cell)} was not understood`, true);
      return [];
    }
    return this.entries(
      facet,
      list.value.entries ?? [],
      (selector) =>
        validateRule({ id: 'x', name: '', effect: 'allow', tools: ['*'], scope: { [facet]: [selector] } })[0]?.message,
      (selector) => selectorDoubt(selector, facet),
    );
  }

  private tools(resources: readonly string[]): readonly string[] {
    const cell = this.cell('tools');
    const list = listOf(isFilled(cell) ? cell : null, this.source);
    if (!list.ok) this.remark('cell-unknown', `tools ${shown(cell)} was not understood`, true);
    const patterns = list.ok ? list.value.entries : [];
    if (patterns === undefined) return ['*'];
    const valid = this.entries(
      'tools',
      patterns,
      (pattern) => patternProblem(pattern)?.message,
      (pattern) => patternDoubt(pattern) ?? serverDoubt(pattern, resources),
    );
    if (valid.length > MAX_PATTERNS) {
      const message = `a rule has at most ${String(MAX_PATTERNS)} tool patterns, and here are ${String(valid.length)}: the rest was left out`;
      this.remark('value-odd', message, true);
    }
    if (valid.length === 0) this.remark('no-tools', 'no tool is named: the rule was made for every tool', true);
    return valid.length === 0 ? ['*'] : valid.slice(0, MAX_PATTERNS);
  }

  /** The entries that are valid, without invisible characters; each that is odd makes the rule a draft. */
  private entries(
    what: ColumnReading,
    entries: readonly string[],
    problemOf: (entry: string) => string | undefined,
    doubtOf: (entry: string) => string | undefined,
  ): readonly string[] {
    const kept = entries.flatMap((entry) => {
      const { text, changed } = withoutInvisible(entry);
      if (changed) {
        this.remark(
          'value-odd',
          `${what} ${quoted(text)} had characters in it that do not show, and they were taken out`,
          true,
        );
      }
      const problem = problemOf(text);
      if (problem !== undefined) this.remark('value-odd', problem, true);
      const doubt = problem === undefined ? doubtOf(text) : undefined;
      if (doubt !== undefined)
        this.remark('value-odd', `${what} ${quoted(text)} may not be what is meant: ${doubt}`, true);
      return problem === undefined ? [text] : [];
    });
    return [...new Set(kept)];
  }

  /** What of the markup in a cell leaves a doubt: a footnote, a line through it, emphasis that may be a pattern. */
  private markup(): void {
    if (this.source === 'json') return;
    for (const [index, { name, reading }] of this.columns.entries()) {
      const cell = this.row.cells[index];
      if (reading === undefined || reading === 'nothing' || typeof cell !== 'string') continue;
      for (const doubt of this.doubtsOf(reading, cell)) {
        this.remark('value-odd', `column ${quoted(name)}, ${shown(cell)}: ${doubt}`, true);
      }
    }
  }

  private doubtsOf(reading: ColumnReading, cell: string): readonly string[] {
    if (reading === 'tools' || isFacet(reading)) {
      const list = listOf(cell, this.source);
      return list.ok ? list.value.doubts : [];
    }
    // Words and conditions of a comma-separated file are exactly what they are.
    const isText = this.source === 'separated' && reading !== 'effect' && reading !== 'status';
    return isText || reading === 'condition' ? [] : readMarkup(cell, { markdown: this.source === 'markdown' }).doubts;
  }

  private condition(): string | null {
    const read = this.read('condition', (cell) => conditionOf(cell, this.source));
    if (read === undefined || read.text === null) return null;
    if (read.repaired) {
      const message = `marks that are no part of a condition were made plain or taken out: ${quoted(read.text)}`;
      this.remark('condition-repaired', message);
    }
    if (read.doubtful) {
      const message = `condition ${quoted(read.text)} has characters in it that may be markup, or do not show: it was taken as it is`;
      this.remark('value-odd', message, true);
    }
    const [invalid] = validateRule({ id: 'x', name: '', effect: 'allow', tools: ['*'], condition: read.text });
    if (invalid !== undefined) {
      this.remark('value-odd', invalid.message, true);
      return null;
    }
    const problem = conditionProblem(read.text);
    if (problem !== undefined) {
      this.remark(
        'condition-broken',
        `condition ${quoted(read.text)} does not compile: ${problem}; a gateway skips such a rule`,
        true,
      );
    }
    return read.text;
  }

  private beyond(): void {
    const beyond = this.row.cells.slice(this.columns.length).filter(isFilled);
    if (beyond.length === 0) return;
    this.remark(
      'cells-beyond',
      `the row has more cells than the header has columns: ${beyond.map(shown).join(', ')}`,
      true,
    );
  }

  private remark(code: IntakeRemark['code'], message: string, drafts = false): void {
    if (drafts) this.#drafted = true;
    this.remarks.push({
      code,
      message,
      place: this.row.place,
      rule: this.index,
      ...(drafts ? { drafted: true as const } : {}),
    });
  }
}
