'use client';
import { useCallback, useMemo } from 'react';
import type { RuleId } from '@/lib/engine';
import type { MoveImpact } from '@/lib/worker';
import { useReplay, useSession, useWorkspace } from '../session/session';
import { useAnswer, type WorkerAnswer } from '../session/use-answer';
import { useKnown } from '../session/use-catalog';

/** The changes from moving a rule to an index. */
export function useMove(id: RuleId, index: number): WorkerAnswer<MoveImpact> {
  const { replay } = useSession();
  const { policy } = useWorkspace('policy');
  const { catalog } = useKnown();
  const { open } = useReplay('open');
  const { rules, settings } = policy;
  const asked = useMemo(
    () => ({ params: { policy: { rules, settings }, id, index, catalog }, open }),
    [rules, settings, id, index, catalog, open],
  );
  const ask = useCallback(({ params }: typeof asked) => replay.ask('move', params), [replay]);
  return useAnswer(asked, ask);
}
