'use client';
import { useMemo } from 'react';
import type { Rule, RuleId } from '@/lib/engine';
import { differingRegions, openParts, PERMISSION_WORDS, tickedText } from '@/lib/wording';
import { useWorkspace } from '../session/session';
import { usePermissions, type ComparedPermissions } from '../session/use-permissions';
import { Marked } from '../ui/worded';
import { counted } from '../ui/words';

interface MoveRegionsProps {
  id: RuleId;
  /** The new index, from 0. */
  index: number;
  /** Whether the changes over the trace are known: they are computed first. */
  ready: boolean;
}

const REGIONS_SHOWN = 3;

/** What moving the rule here changes over all calls that there may be, announced once it is known. */
export function MoveRegions({ id, index, ready }: MoveRegionsProps) {
  const { policy } = useWorkspace('policy');
  const { rules, settings } = policy;
  const after = useMemo(() => movedTo(rules, id, index), [rules, id, index]);
  const before = useMemo(() => ({ rules, settings }), [rules, settings]);
  const moved = useMemo(() => (after === undefined ? undefined : { rules: after, settings }), [after, settings]);
  const { compared } = usePermissions(ready ? before : undefined, moved);
  if (after === undefined) return null;
  const words = compared === undefined ? [] : moveRegionWords(compared, [rules, after]);
  return (
    <div aria-live="polite" data-testid="move-regions" className="mt-1 min-h-5 break-words">
      {words.length === 0 ? null : (
        <>
          <p>
            <span className="font-medium">Over all calls:</span> <Marked text={words[0] ?? ''} />
          </p>
          {words.length > 1 ? (
            <ul className="list-disc pl-4">
              {words.slice(1).map((one) => (
                <li key={one}>
                  <Marked text={one} />
                </li>
              ))}
            </ul>
          ) : null}
        </>
      )}
    </div>
  );
}

/** The rules with one of them moved; undefined where it is there already. */
function movedTo(rules: readonly Rule[], id: RuleId, index: number): readonly Rule[] | undefined {
  const from = rules.findIndex((rule) => rule.id === id);
  const rule = rules[from];
  return rule === undefined || from === index ? undefined : rules.toSpliced(from, 1).toSpliced(index, 0, rule);
}

/** The answer, then the first kinds of calls that are decided otherwise: the two rules of each are those whose order matters. */
export function moveRegionWords(
  compared: ComparedPermissions,
  rules: readonly [before: readonly Rule[], after: readonly Rule[]],
): readonly string[] {
  const regions = differingRegions(compared, rules).map(({ words }) => tickedText(words));
  const more = regions.length - REGIONS_SHOWN;
  return [
    PERMISSION_WORDS[compared.answer],
    ...regions.slice(0, REGIONS_SHOWN),
    ...(more > 0 ? [`and ${counted(more, 'more kind')} of calls`] : []),
    ...openParts(compared).map(tickedText),
  ];
}
