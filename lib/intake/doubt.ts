import { qualifiedPattern } from '../analysis';
import type { Facet } from '../engine';

/**
 * Why a tool pattern or a selector that is valid is probably not what was meant, so that its rule would match nothing: the remains of markup,
 * a name that a page cut, a list without commas. A clause in lower case; undefined where nothing is odd.
 */
export function patternDoubt(pattern: string): string | undefined {
  const odd = oddity(pattern);
  if (odd !== undefined) return odd;
  if (/^[a-z]+:\/\//i.test(pattern)) return 'it is an address, and no name';
  if (/\s/.test(pattern)) return 'it has white space in it, and names of tools have none';
  const strange = strangeInPattern(pattern);
  if (strange !== undefined) return strange;
  if (/\p{Script=Latin}/u.test(pattern) && /(?!\p{Script=Latin})\p{L}/u.test(pattern)) {
    return 'it mixes letters of different alphabets';
  }
  if (/(?:^|[_-])\.\*/.test(pattern)) return 'it looks like a regular expression';
  if (/^[-./:]|[-_./:]$/.test(pattern)) return 'it begins or ends with a separator, so that a `*` may have been lost';
  if (/[\p{L}\p{N}]\?$/u.test(pattern)) return 'it ends in `?`, which stands for one character';
  return undefined;
}

const CLASS = /\[([!^]?)((?:\[:[a-z]+:\]|[^\]])+)\]/g;
const ALTERNATIVES = /\{([^{}]*(?:,|\.\.)[^{}]*)\}/g;

/** What the pattern has beside names, `*`, `?`, classes and alternatives, or why its classes are none. */
function strangeInPattern(pattern: string): string | undefined {
  for (const [, negation, inside = ''] of pattern.matchAll(CLASS)) {
    if (isWord(inside)) return 'it has a word in brackets, which stand for one character of those in them';
    if (negation === '' && [...inside].length === 1) return 'it has brackets around a single character';
  }
  let rest = pattern.replace(CLASS, '?');
  for (
    let before = '';
    before !== rest;
    rest = rest.replace(ALTERNATIVES, (_, inside: string) => inside.replace(/,|\.\./g, ''))
  ) {
    before = rest;
  }
  const strange = /[^\p{L}\p{M}\p{N}_\-./:*?]/u.exec(rest);
  if (strange !== null) return `it has \`${strange[0]}\` in it, which is in no name of a tool`;
  if (!/[\p{L}*]/u.test(rest)) return 'it has no letter in it, and names of tools have some';
  return undefined;
}

/** A class lists characters and ranges: three letters in a row, or a mark that no name has, are a text. */
const isWord = (inside: string): boolean =>
  /\p{L}{3}|[^\p{L}\p{M}\p{N}_\-./:]/u.test(inside.replace(/\[:[a-z]+:\]|[\p{L}\p{N}]-[\p{L}\p{N}]/gu, '0'));

/** Why a pattern that names the tool's server too is probably not what was meant. `resources`: the servers that the rule names. */
export function serverDoubt(pattern: string, resources: readonly string[]): string | undefined {
  const qualified = qualifiedPattern(pattern, resources);
  if (qualified === undefined) return undefined;
  if (qualified.certain)
    return 'it names the server as well, which belongs in the scope: a pattern is compared with the bare name of a tool';
  return resources.length === 0
    ? `it may name the server as well (\`${qualified.resource ?? '*'}\`), and no server is named beside it: a pattern is compared with the bare name of a tool`
    : undefined;
}

/** Characters that are in no name of a facet. A slug is what an address may have; groups have display names. */
const STRANGE: { readonly [F in Facet]: RegExp } = {
  resources: /[^\p{L}\p{M}\p{N}_.:-]/u,
  agents: /[^\p{L}\p{M}\p{N}_.:-]/u,
  instances: /[^\p{L}\p{M}\p{N}_.:@/+=|~-]/u,
  users: /[^\p{L}\p{M}\p{N}_.:@/+=|~'-]/u,
  groups: /[^\p{L}\p{M}\p{N}_.:@/+=&' -]/u,
};

/** The same of a selector: it names one thing exactly, or begins with `tag:`. */
export function selectorDoubt(selector: string, facet: Facet): string | undefined {
  const odd = oddity(selector);
  if (odd !== undefined) return odd;
  if (/[*?]/.test(selector)) return 'a selector names one thing exactly, without `*` and `?`';
  const tag = /^tag:\s+|^tag\s*:/i.exec(selector);
  if (tag !== null) {
    return tag[0] === 'tag:'
      ? strangeInName(selector.slice(tag[0].length), 'groups')
      : 'a tag is written `tag:NAME`, in lower case and without a space';
  }
  if (/^(?:https?|mailto):/i.test(selector)) return 'it is an address, and no name';
  if (facet !== 'groups' && /\s/.test(selector)) {
    return facet === 'users'
      ? 'it has white space in it: a user is named by id or e-mail address'
      : 'it has white space in it: a display name is no slug or id';
  }
  if (facet === 'resources' && /^mcp(?:__|[.:/])/i.test(selector)) {
    return 'it has the prefix of a tool that a client writes, and is no slug';
  }
  return strangeInName(selector, facet);
}

function strangeInName(name: string, facet: Facet): string | undefined {
  const strange = STRANGE[facet].exec(name);
  if (strange !== null) return `it has \`${strange[0]}\` in it, which may be markup, or part two names`;
  if (/^\d+\s+\p{L}+$|\+\s?\d+$/u.test(name)) return 'it is a count, and no name';
  if (facet !== 'users' && facet !== 'instances' && /^\d+$/.test(name)) return 'it is a number, and no name';
  if (/^@/.test(name)) return 'it begins with `@`, which mentions have and names do not';
  if (/[.:/+&]$/.test(name)) return 'it ends in a punctuation mark';
  if (/\s(?:and|or|&|\+|\/)\s/i.test(name)) return 'it may be two names, which a comma parts';
  if (/^(?:all|any|every|no)\s/i.test(name)) return 'it may be no name but a word for all or none';
  return undefined;
}

/** Words that fill a cell and name nothing. */
const PLACEHOLDER =
  /^(?:tbd|tbc|tba|todo|fixme|n\/?a|n\.a\.|unknown|unset|undefined|null|nil|various|several|multiple|others?|same|ditto|inherit(?:ed)?|global|(?:org(?:ani[sz]ation)?|company)-?wide)$/i;

/** What is odd in any name. */
function oddity(text: string): string | undefined {
  if (/(?:…|\.\.\.)$/.test(text)) return 'its end is cut off';
  const mark = /\\|`|\]\(|<|>|[“”„‘’‚«»"]|&[#\w]|~~|…/.exec(text);
  if (mark !== null) return `it has \`${mark[0]}\` in it, which may be markup`;
  if (PLACEHOLDER.test(text)) return 'it is a placeholder, and no name';
  if (/^'|'$/.test(text)) return "it has `'` in it, which may be markup";
  if (text.normalize('NFKC') !== text.normalize('NFC'))
    return 'it has characters that only look like others, such as `＊`';
  return undefined;
}
