import { readFact, type FactSetting } from '@/lib/analysis';
import { CALL_FIELDS } from '@/lib/engine';
import type { FactField } from './field-words';

/** One fact that the form sets. */
export interface FactRow {
  readonly field: FactField;
  /** Whether the fact is known to be absent; else it is what was typed. */
  readonly absent: boolean;
  readonly text: string;
}

export type ReadFacts =
  | { readonly ok: true; readonly facts: readonly FactSetting[] }
  /** What is wrong, by the rows' positions. */
  | { readonly ok: false; readonly problems: readonly (string | undefined)[] };

export const kindOf = (field: FactField) => CALL_FIELDS[field].kind;

export const emptyRow = (field: FactField): FactRow => ({
  field,
  absent: false,
  text: kindOf(field) === 'flag' ? 'true' : '',
});

/** The rows as settings. A field that is given twice is a problem, as is a value that cannot be read. */
export function readFacts(rows: readonly FactRow[]): ReadFacts {
  const facts: FactSetting[] = [];
  const problems = rows.map(({ field, absent, text }, at): string | undefined => {
    if (rows.findIndex((row) => row.field === field) < at) return 'this fact is set above already';
    const path = field.split('.');
    if (absent) {
      facts.push({ path, to: { kind: 'absent' } });
      return undefined;
    }
    const read = readFact(text, path);
    if (!read.ok) return read.message;
    facts.push({ path, to: { kind: 'value', value: read.value } });
    return undefined;
  });
  return problems.some((problem) => problem !== undefined) ? { ok: false, problems } : { ok: true, facts };
}
