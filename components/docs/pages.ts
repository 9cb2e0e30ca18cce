/** The pages of the documentation, in the order of its navigation: one line a page. */
export const DOCS_PAGES = [
  {
    segment: 'conditions',
    title: 'Conditions',
    says: 'Ready conditions: when to use each, what it allows, what it stops, and where it fails.',
  },
  {
    segment: 'language',
    title: 'Language',
    says: 'Everything that a condition can name and call, with types and examples, and when a condition fails.',
  },
  {
    segment: 'findings',
    title: 'Findings',
    says: 'What may be wrong with a policy before a call is made: each check, why it matters, and what to do.',
  },
  {
    segment: 'command-line',
    title: 'Command line',
    says: 'Validate, test, replay and compare policies without a browser, by the same code: in a terminal and in CI.',
  },
  {
    segment: 'bundles',
    title: 'Bundles and links',
    says: 'The file format of a policy, its digest and its links, with importers in Go, Python and Node.',
  },
] as const;
