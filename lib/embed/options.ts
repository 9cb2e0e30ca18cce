/** What an embed shows, as its address says it: `?view=rule&rules=2-3&editable=1&theme=dark&host=https://docs.example`. */

export const EMBED_VIEWS = ['rule', 'policy', 'decision', 'condition', 'exercise'] as const;
export type EmbedView = (typeof EMBED_VIEWS)[number];

/** Pixels that an embed takes where the page around it reserves none. */
export const EMBED_HEIGHTS: Readonly<Record<EmbedView, number>> = {
  rule: 260,
  policy: 420,
  decision: 360,
  condition: 340,
  exercise: 520,
};

export const EMBED_THEMES = ['auto', 'light', 'dark'] as const;
export type EmbedTheme = (typeof EMBED_THEMES)[number];

/** Positions of rules, counted from 1, both ends included. */
export type RuleRange = readonly [first: number, last: number];

export interface EmbedOptions {
  readonly view: EmbedView;
  /** `auto` follows the page around the embed, or the system. */
  readonly theme: EmbedTheme;
  readonly editable: boolean;
  /** The rules to show; the others are folded. Empty: all are shown. */
  readonly rules: readonly RuleRange[];
  /** Origins that may connect to the embed (`https://docs.example`). Empty: no page may. */
  readonly hosts: readonly string[];
}

const MOST_RANGES = 64;
const MOST_HOSTS = 16;
/** More digits than the position of any rule has. */
const RANGE = /^(\d{1,6})(?:-(\d{1,6}))?$/;

/** `2-3,7` as ranges; what is no range is left out. */
export function readRuleRanges(text: string): readonly RuleRange[] {
  return text
    .split(',', MOST_RANGES)
    .flatMap((part): RuleRange[] => {
      const [, first, last = first] = RANGE.exec(part.trim()) ?? [];
      return first === undefined || last === undefined ? [] : [[Number(first), Number(last)]];
    })
    .filter(([first, last]) => first >= 1 && last >= first);
}

export const writeRuleRanges = (ranges: readonly RuleRange[]): string =>
  ranges.map(([first, last]) => (first === last ? String(first) : `${String(first)}-${String(last)}`)).join(',');

/** Whether the rule at a position (from 1) is shown. Ranges that no rule is in show every rule: an embed is never empty for a typing error. */
export function isShown(ranges: readonly RuleRange[], position: number, count: number): boolean {
  const meant = ranges.filter(([first]) => first <= count);
  return meant.length === 0 || meant.some(([first, last]) => first <= position && position <= last);
}

/** An origin as browsers write it: scheme, host, and a port that is not the scheme's own; `null` for a page from a file. */
export const isOrigin = (text: string): boolean =>
  text === 'null' || (text.length <= 300 && /^https?:\/\/(?:[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?$/.test(text));

/** Reads the parameters of an address. Never fails: what is not understood has its default. */
export function readEmbedOptions(parameters: { get(name: string): string | null }): EmbedOptions {
  const view = parameters.get('view');
  const theme = parameters.get('theme');
  return {
    view: EMBED_VIEWS.find((one) => one === view) ?? 'policy',
    theme: EMBED_THEMES.find((one) => one === theme) ?? 'auto',
    editable: isTrue(parameters.get('editable')),
    rules: readRuleRanges(parameters.get('rules') ?? ''),
    hosts: (parameters.get('host') ?? '').split(',', MOST_HOSTS).filter(isOrigin),
  };
}

/** An attribute or a parameter without a value is true. */
const isTrue = (text: string | null): boolean => text !== null && text !== '0' && text !== 'false';

/** The parameters of an address, without the `?`; defaults are left out. */
export function writeEmbedOptions({ view, theme, editable, rules, hosts }: EmbedOptions): string {
  const parts = [`view=${view}`];
  if (theme !== 'auto') parts.push(`theme=${theme}`);
  if (editable) parts.push('editable=1');
  if (rules.length > 0) parts.push(`rules=${writeRuleRanges(rules)}`);
  if (hosts.length > 0) parts.push(`host=${hosts.map(encodeURIComponent).join(',')}`);
  return parts.join('&');
}
