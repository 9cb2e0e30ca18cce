/** The groups of pages, in the order of the sidebar. */
const DOCS_SECTIONS = ['Policies', 'Conditions', 'Evidence', 'Sharing', 'In use', 'About'] as const;
type DocsSection = (typeof DOCS_SECTIONS)[number];

export interface DocsEntry {
  /** The page is `docs/SEGMENT/`: a document `app/docs/_pages/SEGMENT.mdx`, or a route of its own. */
  readonly segment: string;
  readonly title: string;
  readonly section: DocsSection;
  /** One sentence. */
  readonly says: string;
}

const page = (section: DocsSection, segment: string, title: string, says: string): DocsEntry => ({
  segment,
  title,
  section,
  says,
});

/** Every page of the documentation, in its order: sidebar, index, previous and next are made from it. */
export const DOCS_PAGES: readonly DocsEntry[] = [
  page(
    'Policies',
    'policies',
    'What a policy is',
    'An ordered list of rules: the first that matches decides, and otherwise the call is denied.',
  ),
  page('Policies', 'lessons', 'Lessons', 'Eight short exercises, from the order of rules to prompt injection.'),
  page(
    'Policies',
    'rules',
    'Writing rules',
    'The sentence of a rule, its status, drafts, order, and what an edit changes.',
  ),
  page(
    'Policies',
    'effects',
    'Effects and the gate',
    'Allow, deny, gated, and what happens below a gate whose condition is false.',
  ),
  page('Policies', 'scope', 'Scope and tags', 'Which agents, instances, users, groups and resources a rule covers.'),
  page('Policies', 'tool-patterns', 'Tool patterns', 'How a pattern is compared with the name of a tool.'),
  page(
    'Policies',
    'semantics',
    'What a policy decides',
    'The specification of the engine, with the source of each statement.',
  ),
  page('Conditions', 'writing-conditions', 'Writing conditions', 'Absent arguments, errors, types, and time zones.'),
  page(
    'Conditions',
    'conditions',
    'Ready conditions',
    'When to use each, what it allows, what it stops, and where it fails.',
  ),
  page(
    'Conditions',
    'language',
    'Language',
    'Everything that a condition can name and call, with types and examples, and when a condition fails.',
  ),
  page(
    'Conditions',
    'unknown-facts',
    'Facts that are not known',
    'Why a decision may be conditional, and what it waits for.',
  ),
  page('Evidence', 'traces', 'Traces and formats', 'Which logs can be opened, and what each format carries.'),
  page(
    'Evidence',
    'replay',
    'Replay, compare, test',
    'What a policy decides on a trace, what an edit changes, tests, and coverage.',
  ),
  page(
    'Evidence',
    'findings',
    'Findings',
    'What may be wrong with a policy before a call is made: each check, why it matters, and what to do.',
  ),
  page(
    'Evidence',
    'what-is-wrong',
    'What is wrong here?',
    'Faulty policies to look at, one real mistake each, and what the checks find in them.',
  ),
  page(
    'Evidence',
    'invariants',
    'Invariants and questions',
    'What must be true of every call, and calls that answer a question.',
  ),
  page(
    'Sharing',
    'sharing',
    'Links, files, cases',
    'What a link contains, what is replaced in it, and how to send a decision.',
  ),
  page('Sharing', 'embedding', 'Embedding', 'Live examples in pages of documentation.'),
  page(
    'Sharing',
    'bundles',
    'Bundles and links',
    'The file format of a policy, its digest and its links, with importers in Go, Python and Node.',
  ),
  page(
    'In use',
    'command-line',
    'Command line',
    'Validate, test, replay and compare policies without a browser, by the same code: in a terminal and in CI.',
  ),
  page(
    'In use',
    'gateway',
    'The reference gateway',
    'An MCP server that enforces a policy before real servers, for tests and trials.',
  ),
  page('About', 'keyboard', 'Keyboard', 'Every shortcut, and how to move through the screen without a mouse.'),
  page(
    'About',
    'privacy',
    'Privacy and security',
    'What stays in this browser, and what protects you from what you open.',
  ),
  page('About', 'vendor', 'The vendor and this page', 'What is documented about the gateway, and what is our reading.'),
];

/** The pages of each group. */
export const docsSections = (): readonly { readonly section: DocsSection; readonly pages: readonly DocsEntry[] }[] =>
  DOCS_SECTIONS.map((section) => ({ section, pages: DOCS_PAGES.filter((one) => one.section === section) }));

/** The pages before and after a page; undefined at the ends, and for what is no page. */
export function docsNeighbours(segment: string): { readonly before?: DocsEntry; readonly after?: DocsEntry } {
  const at = DOCS_PAGES.findIndex((one) => one.segment === segment);
  if (at < 0) return {};
  const [before, after] = [DOCS_PAGES[at - 1], DOCS_PAGES[at + 1]];
  return { ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) };
}
