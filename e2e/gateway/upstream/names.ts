import type { Tool } from '@modelcontextprotocol/client';

/** Prefixes that distinguish the tools of several servers: `files__read_file`. With one server they keep their names. */
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

/** Model providers take names of this form only, and clients hand the names on to them. */
const MAX_NAME = 64;
const ACCEPTED = /^[A-Za-z0-9_-]*$/;

/** The tools of a server of which only the first of each name can be called, and what is to be said of the names. */
export function checkedTools(
  slug: string,
  tools: readonly Tool[],
  aggregated: boolean,
): { readonly tools: readonly Tool[]; readonly remarks: readonly string[] } {
  const first = new Map<string, Tool>();
  const remarks: string[] = [];
  for (const tool of tools) {
    const shown = exposedName(slug, tool.name, aggregated);
    if (first.has(tool.name)) {
      remarks.push(`the tool \`${shown}\` is listed twice: the first one is taken`);
      continue;
    }
    first.set(tool.name, tool);
    if (shown.length > MAX_NAME)
      remarks.push(
        `many clients refuse the name \`${shown}\`: it has ${String(shown.length)} characters, and more than ${String(MAX_NAME)}`,
      );
    if (!ACCEPTED.test(shown))
      remarks.push(`many clients refuse the name \`${shown}\`: it has others than letters, digits, \`_\` and \`-\``);
  }
  return { tools: [...first.values()], remarks };
}
