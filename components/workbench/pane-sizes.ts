/** How the screen is divided: the width of the policy and the height of the explanation, in percent; undefined as at first. */
export interface PaneSizes {
  readonly policy?: number;
  readonly explanation?: number;
}

export type SizedPane = keyof PaneSizes;

/** Nearer to an edge than this, a pane is folded. */
const FOLDED_BELOW = 12;
/** Percent that an arrow key moves an edge by. */
const STEP = 4;
/** Where an edge is before it is moved, for keys and screen readers. */
export const FIRST_SIZES = { policy: 42, explanation: 38 } as const satisfies Required<PaneSizes>;

/** What was stored, as far as it is valid: storage is not trusted. */
export function readSizes(text: string | null): PaneSizes {
  try {
    const stored: unknown = JSON.parse(text ?? '{}');
    if (typeof stored !== 'object' || stored === null) return {};
    const { policy, explanation } = stored as Record<string, unknown>;
    return { ...sized('policy', policy), ...sized('explanation', explanation) };
  } catch {
    return {};
  }
}

const sized = (pane: SizedPane, size: unknown): PaneSizes =>
  typeof size === 'number' && size >= 0 && size <= 100 ? { [pane]: snapped(pane, size) } : {};

/** A size near an edge folds the pane there. The trace is above the explanation: it is not folded by height, but by width. */
export function snapped(pane: SizedPane, percent: number): number {
  if (percent < FOLDED_BELOW) return 0;
  if (percent > 100 - FOLDED_BELOW) return pane === 'policy' ? 100 : 100 - FOLDED_BELOW;
  return Math.round(percent * 10) / 10;
}

/** What a key on a pane's edge makes of its size; undefined for another key. Enter folds it, and opens it again as at first. */
export function sizeAfterKey(pane: SizedPane, size: number, key: string): number | undefined {
  const grow = pane === 'policy' ? 'ArrowRight' : 'ArrowUp';
  const shrink = pane === 'policy' ? 'ArrowLeft' : 'ArrowDown';
  // From folded on, one step opens it.
  if (key === grow) return snapped(pane, Math.max(size + STEP, FOLDED_BELOW));
  if (key === shrink) return snapped(pane, Math.min(size - STEP, 100 - FOLDED_BELOW));
  if (key === 'Home') return 0;
  if (key === 'End') return snapped(pane, 100);
  return key === 'Enter' ? (size === 0 ? FIRST_SIZES[pane] : 0) : undefined;
}

/** The panes that are folded away. */
export function foldedPanes({ policy, explanation }: PaneSizes): readonly ('policy' | 'trace' | 'explanation')[] {
  return [
    ...(policy === 0 ? (['policy'] as const) : []),
    ...(policy === 100 ? (['trace'] as const) : []),
    ...(explanation === 0 ? (['explanation'] as const) : []),
  ];
}

/** The sizes as variables of the grid; one that is not set leaves it as at first. */
export function sizeVariables({ policy, explanation }: PaneSizes): Readonly<Record<string, string>> {
  return {
    ...(policy === undefined ? {} : { '--policy-column': `minmax(0, ${policy}%)` }),
    ...(explanation === undefined ? {} : { '--explanation-row': `minmax(0, ${explanation}%)` }),
  };
}
