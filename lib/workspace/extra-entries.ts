import type { Json } from '../engine';
import type { PolicyContent } from '../store';

/** Lists of a bundle that are kept with a policy and decide nothing. */
type ExtraList = 'dismissed' | 'invariants';

/** The entries of a list; of another form, too: they are another program's. */
export function entriesIn({ extra }: PolicyContent, list: ExtraList): readonly Json[] {
  const entries = extra?.[list];
  return Array.isArray(entries) ? (entries as readonly Json[]) : [];
}

/** The policy with these entries; without the list where there are none. */
export function withEntries(content: PolicyContent, list: ExtraList, entries: readonly Json[]): PolicyContent {
  const { extra: { [list]: _old, ...others } = {}, ...rest } = content;
  const extra = entries.length === 0 ? others : { ...others, [list]: entries };
  return Object.keys(extra).length === 0 ? rest : { ...rest, extra };
}
