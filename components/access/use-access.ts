'use client';
import { useCallback, useMemo } from 'react';
import type { SubjectKind } from '@/lib/analysis';
import type { AccessAnswer } from '@/lib/worker';
import { useSession } from '../session/session';
import { useAnswer, type WorkerAnswer } from '../session/use-answer';
import { useKnown } from '../session/use-catalog';
import { useShownRules } from '../session/use-reasons';

/** Effective access under the shown policy. */
export function useAccess(kind: SubjectKind): WorkerAnswer<AccessAnswer> {
  const { replay } = useSession();
  const policy = useShownRules();
  const { catalog } = useKnown();
  const asked = useMemo(() => ({ policy, catalog, kind }), [policy, catalog, kind]);
  const ask = useCallback((question: typeof asked) => replay.ask('access', question), [replay]);
  return useAnswer(asked, ask);
}
