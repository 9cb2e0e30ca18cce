'use client';
import { useCallback, useMemo } from 'react';
import type { SubjectKind } from '@/lib/analysis';
import type { Call, Policy } from '@/lib/engine';
import type { AccessAnswer, ExplainedCall } from '@/lib/worker';
import { useSession } from '../session/session';
import { useShownPolicy } from '../session/shown-policy';
import { useAnswer, type WorkerAnswer } from '../session/use-answer';
import { useKnown } from '../session/use-catalog';

/** Effective access under the shown policy. */
export function useAccess(kind: SubjectKind): WorkerAnswer<AccessAnswer> {
  const { replay } = useSession();
  const policy = usePolicy();
  const { catalog } = useKnown();
  const asked = useMemo(() => ({ policy, catalog, kind }), [policy, catalog, kind]);
  const ask = useCallback((question: typeof asked) => replay.ask('access', question), [replay]);
  return useAnswer(asked, ask);
}

/** The explanation of a call under the shown policy; the call need not be in a trace. */
export function useReasons(call: Call | undefined): WorkerAnswer<ExplainedCall> {
  const { replay } = useSession();
  const policy = usePolicy();
  const asked = useMemo(() => (call === undefined ? undefined : { policy, call }), [policy, call]);
  const ask = useCallback(
    (question: { readonly policy: Policy; readonly call: Call }) => replay.explainUnder(question.policy, question.call),
    [replay],
  );
  return useAnswer(asked, ask);
}

function usePolicy(): Policy {
  const { rules, settings } = useShownPolicy();
  return useMemo(() => ({ rules, settings }), [rules, settings]);
}
