import { ruleId, type Rule } from '../engine';
import { readingOf } from './fields';
import { isFilled, quoted, shown, type IncomingRow } from './incoming-row';
import type { IntakeColumn, IntakeOptions, IntakeRemark } from './model';
import { RuleReader } from './rule-reader';
import type { CellSource } from './words';

export interface IncomingRules {
  readonly rules: readonly Rule[];
  readonly remarks: readonly IntakeRemark[];
  readonly columns: readonly IntakeColumn[];
  readonly idsMade: boolean;
}

/**
 * Makes rules of rows. What is not understood is never passed over: each such column and cell gives a remark, and a rule of which something
 * was not understood that may bear on what it covers or does is made a draft, which decides nothing.
 */
export function rulesOf(
  header: readonly string[],
  rows: readonly IncomingRow[],
  options: IntakeOptions,
  source: CellSource,
): IncomingRules {
  const remarks: IntakeRemark[] = [];
  const columns = columnsOf(header, rows, options, remarks);
  const rules: Rule[] = [];
  for (const row of rows) {
    const made = new RuleReader(row, columns, rules.length, remarks, source).rule();
    if (made !== undefined) rules.push(made);
  }
  checkOrder(columns, rows, remarks);
  return {
    rules: withIds(rules, remarks),
    remarks,
    columns,
    idsMade: !columns.some(({ reading }) => reading === 'id'),
  };
}

function columnsOf(
  header: readonly string[],
  rows: readonly IncomingRow[],
  options: IntakeOptions,
  remarks: IntakeRemark[],
): readonly IntakeColumn[] {
  return header.map((name, index) => {
    const filled = rows.filter(({ cells }) => isFilled(cells[index]));
    const example = filled[0]?.cells[index];
    const chosen = Object.hasOwn(options.columns ?? {}, name) ? options.columns?.[name] : undefined;
    const reading = chosen ?? readingOf(name);
    const cells = `${String(filled.length)} ${filled.length === 1 ? 'cell' : 'cells'}, the first ${shown(example)}`;
    if (filled.length > 0 && reading === undefined) {
      remarks.push({
        code: 'column-unknown',
        message: `column ${quoted(name)} was not understood (${cells}): rules that have something in it are drafts until it is`,
      });
    } else if (filled.length > 0 && reading === 'nothing') {
      remarks.push({
        code: 'column-left-out',
        message: `column ${quoted(name)} is no part of a rule, and was left out (${cells})`,
      });
    }
    return {
      name,
      reading,
      filled: filled.length,
      example: example === undefined ? '' : typeof example === 'string' ? example : JSON.stringify(example),
    };
  });
}

/** Rows are taken in their order, which is that of evaluation; a column of positions that says otherwise is worth a word. */
function checkOrder(columns: readonly IntakeColumn[], rows: readonly IncomingRow[], remarks: IntakeRemark[]): void {
  const index = columns.findIndex(({ reading }) => reading === 'position');
  if (index < 0) return;
  const cells = rows.map(({ cells: all }) => all[index]).filter(isFilled);
  const numbers = cells.map((cell) => Number(String(cell).replace(/[^\d.-]/g, '')));
  if (numbers.every((number, at) => at === 0 || number > (numbers[at - 1] ?? 0))) return;
  const message = `the numbers in column ${quoted(columns[index]?.name ?? '')} do not ascend: the order of the rows was taken, the first row first`;
  remarks.push({ code: 'order-differs', message });
}

/** Gives each rule an id of its own: the one that it came with, or one made from its name. */
function withIds(rules: readonly Rule[], remarks: IntakeRemark[]): readonly Rule[] {
  const given = new Set<string>();
  const reserved = new Set(rules.map(({ id }) => id as string));
  return rules.map((rule, index) => {
    if (rule.id !== '' && !given.has(rule.id)) {
      given.add(rule.id);
      return rule;
    }
    const stem = rule.id === '' ? slug(rule.name) || `rule-${String(index + 1)}` : rule.id;
    let id = stem;
    for (let n = 2; given.has(id) || reserved.has(id); n++) id = `${stem}-${String(n)}`;
    if (rule.id !== '') {
      const message = `id ${quoted(rule.id)} is taken by an earlier rule: this one got ${quoted(id)}`;
      remarks.push({ code: 'id-changed', message, rule: index });
    }
    given.add(id);
    return { ...rule, id: ruleId(id) };
  });
}

function slug(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}+/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
}
