/**
 * What the user interface explains by a page of the documentation: `docs/PAGE/#ANCHOR`. `app/docs/documents.test.ts` checks that each page
 * and anchor exists. Only the type is used in pages, so the list has no bytes there.
 */
export const HELP_PLACES = [
  'bundles/',
  'conditions/',
  'effects/',
  'effects/#the-setting',
  'embedding/',
  'findings/',
  'invariants/',
  'invariants/#questions',
  'language/',
  'policies/#when-a-rule-matches',
  'privacy/',
  'replay/',
  'replay/#compare',
  'replay/#coverage',
  'replay/#effective-access',
  'replay/#reproduce',
  'replay/#suggest-rules',
  'replay/#tests',
  'replay/#versions',
  'rules/#the-catalog',
  'rules/#status',
  'scope/',
  'sharing/',
  'tool-patterns/',
  'traces/#what-each-format-carries',
  'unknown-facts/#to-supply-facts',
  'vendor/#what-is-our-reading',
  'what-is-wrong/',
  'writing-conditions/',
] as const;

export type HelpPlace = (typeof HELP_PLACES)[number];
