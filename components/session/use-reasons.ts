'use client';
import { useCallback, useMemo } from 'react';
import type { Call, Policy } from '@/lib/engine';
import type { ExplainedCall } from '@/lib/worker';
import { useSession } from './session';
import { useShownPolicy } from './shown-policy';
import { useAnswer, type WorkerAnswer } from './use-answer';

/** The shown policy without its name: the same object as long as it is the same. */
export function useShownRules(): Policy {
  const { rules, settings } = useShownPolicy();
  return useMemo(() => ({ rules, settings }), [rules, settings]);
}

/** The explanation of a call under the shown policy; the call need not be in a trace. */
export function useReasons(call: Call | undefined): WorkerAnswer<ExplainedCall> {
  const { replay } = useSession();
  const policy = useShownRules();
  const asked = useMemo(() => (call === undefined ? undefined : { policy, call }), [policy, call]);
  const ask = useCallback(
    (question: { readonly policy: Policy; readonly call: Call }) => replay.explainUnder(question.policy, question.call),
    [replay],
  );
  return useAnswer(asked, ask);
}
