import { siteAddress } from '../site/site-address';

export interface DocsSearchResult {
  readonly title: string;
  /** Empty for the beginning of a page. */
  readonly heading: string;
  /** Below `docs/`. */
  readonly address: string;
  readonly excerpt: string;
}

export type DocsSearchIndex = (query: string) => readonly DocsSearchResult[];

const MOST_RESULTS = 8;

let loading: Promise<DocsSearchIndex> | undefined;

/** The index, which the build made (`scripts/lib/docs-search.mjs`), with the code that reads it; a failure may be tried again. */
export function loadDocsSearch(): Promise<DocsSearchIndex> {
  loading ??= fetchIndex().catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function fetchIndex(): Promise<DocsSearchIndex> {
  const [{ default: MiniSearch }, response] = await Promise.all([
    import('minisearch'),
    fetch(siteAddress('docs/search.json')),
  ]);
  if (!response.ok) throw new Error(`the index was answered with ${response.status}`);
  // A file of our own build.
  const { index, options } = (await response.json()) as { index: object; options: { fields: string[] } };
  const search = MiniSearch.loadJS(index as never, options);
  return (query) =>
    search
      .search(query, { prefix: true, fuzzy: 0.2, boost: { title: 4, heading: 3 }, combineWith: 'AND' })
      .slice(0, MOST_RESULTS)
      .map((result) => result as unknown as DocsSearchResult);
}
