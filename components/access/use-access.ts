'use client';
import { useEffect, useMemo, useState } from 'react';
import type { SubjectKind } from '@/lib/analysis';
import type { Call, Policy } from '@/lib/engine';
import type { Access, Explained } from '@/lib/worker';
import { useSession } from '../workbench/session';
import { useShownPolicy } from '../workbench/shown-policy';
import { useKnown } from '../workbench/use-catalog';

/** An answer of the worker, only while it belongs to what is asked now. */
export type Answered<T> =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'answered'; readonly value: T };

/** INVARIANT: `ask` is a new function whenever the question is another; an answer to an earlier one is never given out. */
function useAnswer<T>(ask: (() => Promise<T>) | undefined): Answered<T> {
  const [answer, setAnswer] = useState<{ readonly to: unknown; readonly is: Answered<T> }>();
  useEffect(() => {
    let gone = false;
    const give = (is: Answered<T>) => {
      if (!gone) setAnswer({ to: ask, is });
    };
    ask?.().then(
      (value) => give({ kind: 'answered', value }),
      (error: unknown) => give({ kind: 'failed', message: error instanceof Error ? error.message : String(error) }),
    );
    return () => {
      gone = true;
    };
  }, [ask]);
  return answer !== undefined && answer.to === ask ? answer.is : { kind: 'waiting' };
}

/** Who may use which tool, by the policy that is shown. */
export function useAccess(kind: SubjectKind): Answered<Access> {
  const { replay } = useSession();
  const policy = usePolicy();
  const { catalog } = useKnown();
  const ask = useMemo(() => () => replay.access({ policy, catalog, kind }), [replay, policy, catalog, kind]);
  return useAnswer(ask);
}

/** Why a call is decided as it is by the policy that is shown, whether or not it is in a trace. */
export function useReasons(call: Call | undefined): Answered<Explained> {
  const { replay } = useSession();
  const policy = usePolicy();
  const ask = useMemo(
    () => (call === undefined ? undefined : () => replay.explainUnder(policy, call)),
    [replay, policy, call],
  );
  return useAnswer(ask);
}

function usePolicy(): Policy {
  const { rules, settings } = useShownPolicy();
  return useMemo(() => ({ rules, settings }), [rules, settings]);
}
