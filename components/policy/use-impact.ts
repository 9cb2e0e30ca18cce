'use client';
import { useCallback, useMemo } from 'react';
import type { Policy } from '@/lib/engine';
import type { EditImpact } from '@/lib/worker';
import { useReplay, useSession, useWorkspace } from '../session/session';
import { useShownPolicy } from '../session/shown-policy';
import { useAnswer, type WorkerAnswer } from '../session/use-answer';
import { useKnown } from '../session/use-catalog';

/** What saving the open draft would change. */
export function useImpact(): WorkerAnswer<EditImpact> {
  const { policy } = useWorkspace('policy');
  const { rules, settings } = useShownPolicy();
  return useImpactOf(policy, { rules, settings });
}

/** The changes from one policy to another, over the catalog and the open trace. */
export function useImpactOf(before: Policy, after: Policy): WorkerAnswer<EditImpact> {
  const { replay } = useSession();
  const { catalog } = useKnown();
  const { open } = useReplay('open');
  const asked = useMemo(
    () => ({
      params: {
        before: { rules: before.rules, settings: before.settings },
        after: { rules: after.rules, settings: after.settings },
        catalog,
      },
      open,
    }),
    [before.rules, before.settings, after.rules, after.settings, catalog, open],
  );
  const ask = useCallback(({ params }: typeof asked) => replay.ask('impact', params), [replay]);
  return useAnswer(asked, ask);
}
