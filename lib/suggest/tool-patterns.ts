import { isPortablePattern, MAX_PATTERN_LENGTH, patternProblem } from '../engine';

/** Where a part of a tool's name ends: behind a separator, or before a capital letter within a word. */
const PART_END = /[_./:-]+(?=.)|(?<=[a-z0-9])(?=[A-Z])/g;

/** Patterns by the beginnings of a name, the widest first: `get_*` and `get_user_*` of `get_user_name`. */
export function beginnings(tool: string): readonly string[] {
  return [...tool.matchAll(PART_END)].map(({ index, 0: end }) => `${tool.slice(0, index + end.length)}*`);
}

/** The widest pattern by a name's beginning; the name itself where it has one part. */
export const familyOf = (tool: string): string => beginnings(tool)[0] ?? tool;

/** Whether a pattern of these can only mean the tool with this very name. */
export const isOwnPattern = (tool: string): boolean =>
  patternProblem(tool) === undefined && isPortablePattern(tool) && !tool.includes('*');

/** Whether a pattern by a beginning, a plain name or `*` fits a name, in whatever case they are. */
export function fitsPattern(pattern: string, tool: string): boolean {
  const [wanted, name] = [pattern.toLowerCase(), tool.toLowerCase()];
  return wanted.endsWith('*') ? name.startsWith(wanted.slice(0, -1)) : name === wanted;
}

/** Several such patterns: most are plain names, which are looked up. */
export class PatternList {
  /** The plain names, in lower case. */
  readonly names = new Set<string>();
  /** The patterns by a beginning, each without its star, in lower case. */
  readonly beginnings: string[] = [];

  constructor(patterns: readonly string[]) {
    for (const pattern of patterns.map((one) => one.toLowerCase()))
      if (pattern.endsWith('*')) this.beginnings.push(pattern.slice(0, -1));
      else this.names.add(pattern);
  }

  /** Whether any of them fits a name, in whatever case it is. */
  fits(tool: string): boolean {
    const name = tool.toLowerCase();
    return this.names.has(name) || this.beginnings.some((beginning) => name.startsWith(beginning));
  }
}

/** Whether the star of a pattern that fits a name stands for no `/`, so that it fits under every reading of `*`. */
export const starFits = (pattern: string, tool: string): boolean => !tool.slice(pattern.length - 1).includes('/');

/**
 * Names in order, so that those with the same beginning, in whatever case they are, stand together.
 */
export class OrderedNames {
  readonly #names: readonly (readonly [lower: string, name: string])[];

  constructor(names: Iterable<string>) {
    this.#names = [...new Set(names)]
      .map((name) => [name.toLowerCase(), name] as const)
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  }

  /** Whether a name with the beginning of a pattern such as `get_*`, in whatever case, is not among these. */
  hasOther(pattern: string, these: ReadonlySet<string>): boolean {
    const beginning = pattern.slice(0, -1).toLowerCase();
    for (let at = this.#firstFrom(beginning); ; at++) {
      const [lower, name] = this.#names[at] ?? [];
      if (lower === undefined || name === undefined || !lower.startsWith(beginning)) return false;
      if (!these.has(name)) return true;
    }
  }

  #firstFrom(text: string): number {
    let [from, to] = [0, this.#names.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((this.#names[middle]?.[0] ?? '') < text) from = middle + 1;
      else to = middle;
    }
    return from;
  }
}

/**
 * The tools with patterns in the place of some: each fits two or more of them, and nothing else of `known`. As few as there are, the widest
 * first.
 */
export function justifiedPatterns(tools: readonly string[], known: OrderedNames): readonly string[] {
  const wanted = new Set(tools);
  const left = new Set(tools);
  const patterns: string[] = [];
  const candidates = new Set(tools.flatMap(beginnings));
  for (const pattern of [...candidates].sort((a, b) => a.length - b.length || (a < b ? -1 : 1))) {
    if (known.hasOther(pattern, wanted)) continue;
    const fitting = [...left].filter((tool) => tool.startsWith(pattern.slice(0, -1)) && starFits(pattern, tool));
    if (fitting.length < 2 || pattern.length > MAX_PATTERN_LENGTH || !isPortablePattern(pattern)) continue;
    patterns.push(pattern);
    for (const tool of fitting) left.delete(tool);
  }
  return [...patterns, ...left].sort();
}
