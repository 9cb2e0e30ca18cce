import type { DecisionEffect } from '@/lib/engine';
import { EFFECT_CODES } from '@/lib/trace';
import type { AccessAnswer } from '@/lib/worker';
import type { AccessRow } from './access-grid';

/** Which tools of the matrix are shown. */
export interface AccessFilter {
  readonly text: string;
  readonly effect: DecisionEffect | undefined;
  /** Only tools with a cell that is known despite a condition. */
  readonly onlyMarked: boolean;
}

/** The rows of the tools that pass the filter. */
export function rowsOf(access: AccessAnswer, { text, effect, onlyMarked }: AccessFilter): readonly AccessRow[] {
  const wanted = text.trim().toLowerCase();
  const { length } = access.subjects;
  const wantedCode = effect === undefined ? undefined : EFFECT_CODES.indexOf(effect);
  return access.tools.flatMap(({ resource, tool, facts }, place) => {
    const title = facts.tool?.title ?? '';
    if (!`${resource} ${tool} ${title}`.toLowerCase().includes(wanted)) return [];
    const [from, to] = [place * length, (place + 1) * length];
    const [effects, moreKnown] = [access.effects.subarray(from, to), access.moreKnown.subarray(from, to)];
    if (onlyMarked && !moreKnown.includes(1)) return [];
    return wantedCode === undefined || effects.includes(wantedCode)
      ? [{ place, resource, tool, effects, moreKnown }]
      : [];
  });
}
