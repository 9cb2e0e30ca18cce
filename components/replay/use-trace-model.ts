'use client';
import { useDeferredValue, useMemo, useState } from 'react';
import type { Rule } from '@/lib/engine';
import type { TraceView } from '@/lib/trace';
import { useReplay } from '../session/session';
import { useShownPolicy } from '../session/shown-policy';
import { useLasting } from '../ui/use-lasting';
import { rowsOf } from './row-model';

const NO_VIEW: Pick<TraceView, 'places' | 'groups' | 'timeline'> = {
  places: undefined,
  groups: undefined,
  timeline: undefined,
};
const NO_RULES: readonly Pick<Rule, 'name'>[] = [];

/** What the table draws: the rows of the trace's view, and the decisions of its calls. */
export function useTraceModel() {
  // Drawn anew when lines have arrived, too.
  const now = useReplay('open', 'view', 'focus', 'results', 'stale', 'wanted', 'linesVersion', 'isGivenUp');
  // The rows of the trace that is open follow right after all else, so that the two do not hold the page up in one piece.
  const before = useDeferredValue(now);
  const behind = before !== now && before.open === now.open;
  const { open, view, results, stale, wanted, linesVersion } = behind ? before : now;
  const { places, groups, timeline } = view ?? NO_VIEW;
  const total = open?.info.calls ?? 0;
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const model = useMemo(() => rowsOf({ places, groups }, total, opened), [places, groups, total, opened]);
  const { focus } = now;
  const focusRow = useMemo(() => (focus === undefined ? -1 : model.rowOf(focus)), [model, focus]);
  const shown = results ?? stale;
  const names = useRuleNames(shown?.rules);
  const isStale = useLasting(!now.isGivenUp && (now.results === undefined || results === undefined));

  function setGroupOpen(key: string, toOpen: boolean) {
    const next = new Set(opened);
    if (toOpen) next.add(key);
    else next.delete(key);
    setOpened(next);
  }
  return {
    model,
    groups,
    timeline,
    wanted,
    linesVersion,
    /** The row of the call in focus, or -1. */
    focusRow,
    setGroupOpen,
    /** The decisions of the policy as it is; undefined until they are known. */
    results,
    /** The decisions to draw: those of an earlier policy while `results` are not known. */
    shown,
    /** The rules by their codes in `shown`. */
    names,
    isBusy: behind || (results === undefined && !now.isGivenUp),
    isStale,
  };
}

export type TraceModel = ReturnType<typeof useTraceModel>;

function useRuleNames(ids: readonly string[] | undefined): readonly Pick<Rule, 'name'>[] {
  const { rules } = useShownPolicy();
  return useMemo(() => {
    const byId = new Map<string, Rule>(rules.map((rule) => [rule.id, rule]));
    return ids?.map((id) => ({ name: byId.get(id)?.name ?? '' })) ?? NO_RULES;
  }, [rules, ids]);
}
