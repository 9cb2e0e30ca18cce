'use client';
import { useEffect, useState } from 'react';
import { EMPTY_CATALOG, type Policy } from '@/lib/engine';
import type { EditImpact } from '@/lib/worker';
import { sameJson, type HistoryStep } from '@/lib/workspace';
import { useReplay, useSession } from '../session/session';

/** What a step moved of the open trace; undefined while it is not known, null where it changes no rule and no setting. */
export type MovedDecisions = EditImpact['trace'] | null;

/** Decides the open trace by the policy before and after each step, one step at a time, the newest first. */
export function useMovedDecisions(steps: readonly HistoryStep[]): ReadonlyMap<number, MovedDecisions> {
  const { replay } = useSession();
  const { open } = useReplay('open');
  const [counted, setCounted] = useState<{
    readonly of: unknown;
    readonly moved: ReadonlyMap<number, MovedDecisions>;
  }>();
  useEffect(() => {
    let isOver = false;
    const count = async () => {
      const moved = new Map<number, MovedDecisions>();
      for (const { position, before, after } of steps) {
        if (isOver) return;
        const params = { before: policyOf(before), after: policyOf(after), catalog: EMPTY_CATALOG };
        // What is superseded or fails stays unknown.
        const counts = sameJson(params.before, params.after)
          ? null
          : await replay.ask('impact', params).then(
              ({ trace }) => trace,
              () => undefined,
            );
        moved.set(position, counts);
        if (!isOver) setCounted({ of: open, moved: new Map(moved) });
      }
    };
    if (open !== undefined) void count();
    return () => {
      isOver = true;
    };
  }, [steps, open, replay]);
  return counted !== undefined && counted.of === open ? counted.moved : NONE;
}

const NONE: ReadonlyMap<number, MovedDecisions> = new Map();
const policyOf = ({ rules, settings }: Policy): Policy => ({ rules, settings });
