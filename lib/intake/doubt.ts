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
  const strange = /[^\p{L}\p{M}\p{N}_\-./:*?[\]{},!@+$#]/u.exec(pattern);
  if (strange !== null) return `it has \`${strange[0]}\` in it, which is in no name of a tool`;
  if (/\p{Script=Latin}/u.test(pattern) && /(?!\p{Script=Latin})\p{L}/u.test(pattern)) {
    return 'it mixes letters of different alphabets';
  }
  if (/(?:^|[_-])\.\*/.test(pattern) || /\$$/.test(pattern)) return 'it looks like a regular expression';
  if (/[_:-]$/.test(pattern)) return 'it ends in a separator, so that a `*` may have been lost';
  return undefined;
}

/** Why a pattern that names the tool's server too is probably not what was meant. `resources`: the servers that the rule names. */
export function serverDoubt(pattern: string, resources: readonly string[]): string | undefined {
  const qualified = qualifiedPattern(pattern, resources);
  if (qualified === undefined) return undefined;
  if (qualified.certain)
    return 'it names the server as well, which belongs in the scope: a pattern is compared with the bare name of a tool';
  return resources.length === 0
    ? `it may name the server as well (\`${qualified.resource ?? ''}\`), and no server is named beside it: a pattern is compared with the bare name of a tool`
    : undefined;
}

/** The same of a selector: it names one thing exactly, or begins with `tag:`. */
export function selectorDoubt(selector: string, facet: Facet): string | undefined {
  const odd = oddity(selector);
  if (odd !== undefined) return odd;
  if (/[*?]/.test(selector)) return 'a selector names one thing exactly, without `*` and `?`';
  const tag = /^tag:\s+|^tag\s*:/i.exec(selector);
  if (tag !== null)
    return tag[0] === 'tag:' ? undefined : 'a tag is written `tag:NAME`, in lower case and without a space';
  if (/^(?:https?|mailto):/i.test(selector)) return 'it is an address, and no name';
  if (facet !== 'groups' && /\s/.test(selector)) {
    return facet === 'users'
      ? 'it has white space in it: a user is named by id or e-mail address'
      : 'it has white space in it: a display name is no slug or id';
  }
  return undefined;
}

/** What is odd in any name. */
function oddity(text: string): string | undefined {
  if (/(?:…|\.\.\.)$/.test(text)) return 'its end is cut off';
  const mark = /\\|`|\]\(|<|>|[“”„‘’‚«»"]|&[#\w]|~~|…/.exec(text);
  if (mark !== null) return `it has \`${mark[0]}\` in it, which may be markup`;
  if (/^(?:tbd|tbc|tba|todo|fixme|n\/a)$/i.test(text)) return 'it is a placeholder, and no name';
  if (/^'|'$/.test(text)) return "it has `'` in it, which may be markup";
  if (text.normalize('NFKC') !== text.normalize('NFC'))
    return 'it has characters that only look like others, such as `＊`';
  return undefined;
}
