import { dismissalsOf, isSameDismissal, type Dismissal } from '../bundle';
import type { Json } from '../engine';
import type { PolicyContent } from '../store';
import { entriesIn, withEntries } from './extra-entries';

/** The findings of a policy that were dismissed. */
export const dismissedIn = ({ extra }: PolicyContent): readonly Dismissal[] => dismissalsOf(extra?.['dismissed']);

/** All entries but the dismissal of this finding; those of another form are kept. */
export const dismissedWithout = (content: PolicyContent, dismissal: Dismissal): readonly Json[] =>
  entriesIn(content, 'dismissed').filter(
    (entry) => !dismissalsOf([entry]).some((one) => isSameDismissal(one, dismissal)),
  );

/** The policy with these entries. */
export const withDismissed = (content: PolicyContent, dismissed: readonly Json[]): PolicyContent =>
  withEntries(content, 'dismissed', dismissed);
