import { readFact, type ClassValues, type FactChange, type FactPath, type ReadFact } from '@/lib/analysis';
import type { Json } from '@/lib/engine';

/** What the user says of a fact that an entry lacks. */
export interface SuppliedFact {
  readonly path: FactPath;
  readonly is: 'unknown' | 'absent' | 'value';
  /** The value as it was typed. */
  readonly text: string;
}

/** A value of a class, to fill the form with; undefined where none stands for it. */
export function sampleOf(values: ClassValues): Json | undefined {
  switch (values.kind) {
    case 'absent':
    case 'other':
      return undefined;
    case 'examples':
    case 'values':
      return values.values[0];
    case 'range': {
      const { least, most, open } = values;
      if (least !== null && !open.includes('least')) return least;
      if (most !== null && !open.includes('most')) return most;
      if (least !== null && most !== null) return (least + most) / 2;
      return least === null ? (most ?? 0) - 1 : least + 1;
    }
  }
}

/** The facts that were given, as changes of the call; or what is wrong with them, by their position. */
export function changesOf(
  facts: readonly SuppliedFact[],
):
  | { readonly ok: true; readonly changes: readonly FactChange[] }
  | { readonly ok: false; readonly problems: readonly (string | undefined)[] } {
  const changes: FactChange[] = [];
  const problems = facts.map(({ path, is, text }): string | undefined => {
    if (is === 'unknown') return undefined;
    const read: ReadFact | undefined = is === 'value' ? readFact(text, path) : undefined;
    if (read?.ok === false) return read.message;
    changes.push({
      path,
      from: { kind: 'unknown' },
      to: read ? { kind: 'value', value: read.value } : { kind: 'absent' },
    });
    return undefined;
  });
  return problems.some((problem) => problem !== undefined) ? { ok: false, problems } : { ok: true, changes };
}
