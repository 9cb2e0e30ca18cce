/** How tools of several servers are told apart: `files__read_file`. With one server they keep their names. */
const BETWEEN = '__';

export const exposedName = (slug: string, tool: string, aggregated: boolean): string =>
  aggregated ? `${slug}${BETWEEN}${tool}` : tool;

/**
 * The server and the bare name that a client means; no server where none goes by that slug. A slug holds no `__`, so that the first
 * one ends it.
 */
export function readName(
  name: string,
  slugs: readonly string[],
): { readonly slug: string | undefined; readonly tool: string } {
  if (slugs.length === 1) return { slug: slugs[0], tool: name };
  const at = name.indexOf(BETWEEN);
  const slug = name.slice(0, Math.max(0, at));
  return slugs.includes(slug) ? { slug, tool: name.slice(at + BETWEEN.length) } : { slug: undefined, tool: name };
}
