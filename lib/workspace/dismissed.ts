import { dismissalsOf, isSameDismissal, type Dismissal } from '../bundle';
import type { Json } from '../engine';
import type { PolicyContent } from '../store';

const entriesOf = ({ extra }: PolicyContent): readonly Json[] => {
  const entries = extra?.['dismissed'];
  return Array.isArray(entries) ? (entries as readonly Json[]) : [];
};

/** The findings of a policy that were dismissed. */
export const dismissedIn = ({ extra }: PolicyContent): readonly Dismissal[] => dismissalsOf(extra?.['dismissed']);

/** All entries but the dismissal of this finding; those of another form are kept. */
export const dismissedWithout = (content: PolicyContent, dismissal: Dismissal): readonly Json[] =>
  entriesOf(content).filter((entry) => !dismissalsOf([entry]).some((one) => isSameDismissal(one, dismissal)));

/** The policy with these entries; without the member where there are none. */
export function withDismissed(content: PolicyContent, dismissed: readonly Json[]): PolicyContent {
  const { extra: { dismissed: _old, ...others } = {}, ...rest } = content;
  const extra = dismissed.length === 0 ? others : { ...others, dismissed };
  return Object.keys(extra).length === 0 ? rest : { ...rest, extra };
}
