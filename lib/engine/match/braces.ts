/**
 * How many alternatives the braces of a pattern stand for, without making them: `{a,b}_{1..3}` is 6. Counts as the library that expands
 * them (bash's rules: `{a}` and `${a,b}` are literal, `{a},b}` is a set whose first member is `a}`), an empty alternative included.
 *
 * INVARIANT: never less than what the expansion gives, so that what passes the limit here can be expanded safely.
 */
export function countAlternatives(pattern: string, limit: number): number {
  return Math.min(count(pattern.startsWith('{}') ? `  ${pattern.slice(2)}` : pattern, limit + 1, 0), limit + 1);
}

const HAS_BRACES = /\{(?:(?!\{).)*\}/;
/** A list of members or a sequence, in which there are no other braces. */
const INNERMOST =
  /\{(?:[^{}]*,[^{}]*|-?\d{1,15}\.\.-?\d{1,15}(?:\.\.-?\d{1,15})?|(?:[a-z]\.\.[a-z]|[A-Z]\.\.[A-Z])(?:\.\.-?\d{1,15})?)\}/g;

/**
 * How the braces of a pattern can be matched: `literal` where none stand for alternatives, `plain` where each pair is a list of members or a
 * sequence, and `expanded` where the alternatives must be made one by one, since what they stand for is no tree of their parts: unbalanced
 * braces, `{a}`, `${a,b}`, `{A..z}`, and braces beside a bracket expression, which may begin in a member and end after it (`[{a,b}]`).
 */
export function kindOfBraces(pattern: string): 'literal' | 'plain' | 'expanded' {
  if (!HAS_BRACES.test(pattern)) return 'literal';
  // Joined halves of a surrogate pair would be one character, and braces do not reach across lines.
  if (/\$\{|[[\n\r\u2028\u2029\p{Surrogate}]/u.test(pattern)) return 'expanded';
  let rest = pattern;
  for (let before = ''; before !== rest; rest = rest.replace(INNERMOST, '_')) before = rest;
  return /[{}]/.test(rest) ? 'expanded' : 'plain';
}

/** Deeper nesting than this is not expanded by the library either. */
const MAX_DEPTH = 200;
const SEQUENCE = /\{[^{},]*\.\.[^{},]*\}/g;
const NUMBERS = /^(-?\d+)\.\.(-?\d+)(?:\.\.(-?\d+))?$/;
const LETTERS = /^([a-zA-Z])\.\.([a-zA-Z])(?:\.\.(-?\d+))?$/;

function count(source: string, cap: number, depth: number): number {
  let text = source;
  let from = 0;
  let total = 1;
  while (total < cap && depth < MAX_DEPTH) {
    const group = firstGroup(text, from);
    if (!group) break;
    const body = text.slice(group.start + 1, group.end);
    if (text[group.start - 1] === '$') {
      from = group.end + 1;
      continue;
    }
    const range = countRange(body);
    if (range === undefined && !body.includes(',')) {
      // `{a},b}`: a brace that closes no set is a literal, where a comma and a later brace can take its place.
      if (!/,[^]*}/.test(text.slice(group.end + 1))) break;
      text = `${text.slice(0, group.end)} ${text.slice(group.end + 1)}`;
      continue;
    }
    const parts = range === undefined ? members(body) : [];
    // `{{a,b}..c}`: what the inner braces make may be a sequence in its turn, of any length.
    if (parts.length === 1 && body.replace(SEQUENCE, '_').includes('..')) return cap;
    total *= range ?? parts.reduce((sum, member) => sum + count(member, cap, depth + 1), 0);
    from = group.end + 1;
  }
  return total;
}

/** The first `{` that has its `}`, and that `}`. */
function firstGroup(text: string, from: number): { start: number; end: number } | undefined {
  const open: number[] = [];
  let found: { start: number; end: number } | undefined;
  for (let i = from; i < text.length; i++) {
    if (text[i] === '{') open.push(i);
    else if (text[i] === '}') {
      const start = open.pop();
      if (start === undefined) continue;
      if (!found || start < found.start) found = { start, end: i };
      if (open.length === 0) return found;
    }
  }
  return found;
}

function members(body: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i < body.length; i++) {
    if (body[i] === '{') depth++;
    else if (body[i] === '}') depth--;
    else if (body[i] === ',' && depth === 0) {
      parts.push(body.slice(start, i));
      start = i + 1;
    }
  }
  parts.push(body.slice(start));
  return parts;
}

function countRange(body: string): number | undefined {
  const match = NUMBERS.exec(body) ?? LETTERS.exec(body);
  if (!match) return undefined;
  const value = (text: string | undefined): number =>
    /^[a-zA-Z]$/.test(text ?? '') ? (text ?? '').charCodeAt(0) : Number(text);
  const step = match[3] === undefined ? 1 : Math.max(Math.abs(Number(match[3])), 1);
  return Math.floor(Math.abs(value(match[2]) - value(match[1])) / step) + 1;
}
