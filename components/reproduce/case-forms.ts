import { digestOf, encodeLink, writeBundle } from '@/lib/bundle';
import { caseBundle } from '@/lib/reproduce';
import type { ReproducedEntries } from '@/lib/worker';
import { entryMarkdown, profileMarkdown, reproductionMarkdown } from '@/lib/wording';
import { siteAddress } from '../site/site-address';
import type { ReadyResults } from './use-shared-results';

/** The chosen entry, or all that differ. */
export type ReportScope = 'chosen' | 'all';

/** A report for a ticket, of exactly what is shared. */
export function reportOf({ bundle, findings }: ReadyResults, entries: ReproducedEntries, scope: ReportScope): string {
  const digest = digestOf(bundle);
  const [first] = findings;
  const { counts, evidence, further } = entries;
  const { readings } = bundle.settings;
  const of = { policyName: bundle.name, digest, readings };
  const body =
    scope === 'chosen' && first !== undefined
      ? `${[entryMarkdown(first, bundle.rules, digest), ...profileMarkdown(readings)].join('\n\n')}\n`
      : reproductionMarkdown({ counts, evidence, notable: findings, further }, bundle.rules, of);
  return bundle.notes === undefined ? body : `${body}\n## Notes\n\n${bundle.notes}\n`;
}

/** A case in its forms. */
export interface WrittenCase {
  /** A bundle, as text. */
  readonly text: string;
  readonly link: string | undefined;
  /** Why there is no link. */
  readonly problem: string | undefined;
}

export function caseOf({ bundle, evidence, findings }: ReadyResults, name: string): WrittenCase {
  const made = caseBundle(bundle, name, evidence, findings);
  const encoded = encodeLink(made);
  return {
    text: writeBundle(made),
    link: encoded.ok ? `${location.origin}${siteAddress('reproduce/')}${encoded.fragment}` : undefined,
    problem: encoded.ok ? undefined : encoded.problems.map(({ message }) => message).join('; '),
  };
}
