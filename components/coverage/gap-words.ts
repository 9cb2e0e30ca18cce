import type { CoverageGap } from '@/lib/analysis';

/** The gaps in the coverage of one rule, in words. */
export const GAP_WORDS = {
  'never-reached': 'no call came to it',
  'never-decided': 'never decided',
  'never-true': 'condition never true',
  'never-false': 'condition never false',
  erred: 'condition failed',
} satisfies Record<CoverageGap, string>;
