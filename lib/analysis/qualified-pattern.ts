/** Tool patterns that name the tool's server as well, though a pattern is compared with the bare name of a tool. */

export interface QualifiedPattern {
  /** The server as it is written; undefined for `mcp__*` and `*__x`, which name none. */
  readonly resource: string | undefined;
  /** What is left for the tool: `*` where only the server is named. */
  readonly tool: string;
  /** Whether it can mean nothing else; otherwise a tool may have such a name. */
  readonly certain: boolean;
}

/** As clients write it, with `mcp` before the server. */
const OF_CLIENTS = /^mcp(?:__|[.:/])(.*?)(?:(?:__|[.:/])(.+))?$/i;
/** No tool has a colon in its name. */
const WITH_COLON = /^([\w-]+)::?([\w*].*)$/;
const WITH_SEPARATOR = /^([A-Za-z][\w-]*?)(?:__|[./])(.+)$/;
const WITH_PREFIX = /^mcp[-_](.+?)[-_](.+)$/i;
const OF_ANY_SERVER = /^\*__(.*[A-Za-z].*)$/;

/** Names of one server differ in case, `-` and `_` from client to client. */
const plain = (name: string): string => name.toLowerCase().replace(/[-_]/g, '');

/** @param resources slugs of servers that are known, or that the rule names */
export function qualifiedPattern(pattern: string, resources: readonly string[]): QualifiedPattern | undefined {
  const known = (name: string): string | undefined => resources.find((slug) => plain(slug) === plain(name));
  const ofClients = OF_CLIENTS.exec(pattern);
  if (ofClients) {
    const [, server = '', tool] = ofClients;
    const isName = server !== '' && !/[*?[\]{}]/.test(server);
    return { resource: isName ? (known(server) ?? server) : undefined, tool: tool ?? '*', certain: true };
  }
  const colon = WITH_COLON.exec(pattern);
  if (colon) return { resource: colon[1], tool: colon[2] ?? '*', certain: true };
  for (const form of [WITH_SEPARATOR, WITH_PREFIX]) {
    const [, resource = '', tool = '*'] = form.exec(pattern) ?? [];
    const slug = resource === '' ? undefined : known(resource);
    if (slug !== undefined) return { resource: slug, tool, certain: true };
  }
  const ofAny = OF_ANY_SERVER.exec(pattern)?.[1];
  if (ofAny !== undefined) return { resource: undefined, tool: ofAny, certain: false };
  const [, resource, tool = '*'] = WITH_SEPARATOR.exec(pattern) ?? [];
  return resource === undefined || !/^[A-Za-z]/.test(tool) ? undefined : { resource, tool, certain: false };
}
