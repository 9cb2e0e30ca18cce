'use client';
import { useCallback, useEffect, useState } from 'react';
import { withFacts, type FactChange } from '@/lib/analysis';
import type { Call, Policy } from '@/lib/engine';
import type { ExplainedCall } from '@/lib/worker';
import { useSession } from '../session/session';

/** The call in focus with changed facts; it is not stored before it is added to the trace. */
export interface WhatIfState {
  readonly call: Call;
  /** The decision on exactly this call under exactly the shown policy; undefined while it is calculated. */
  readonly answer: ExplainedCall | undefined;
  readonly problem: string | undefined;
  /** Increases when the call is changed from outside its form. */
  readonly revision: number;
}

interface EditedCall {
  readonly of: Call;
  readonly call: Call;
  readonly revision: number;
}

interface WhatIfAnswer {
  readonly of: readonly unknown[];
  readonly answer?: ExplainedCall;
  readonly problem?: string;
}

/** @param of the call in the trace; another one ends the what-if */
export function useWhatIf(of: Call, { rules, settings }: Policy) {
  const { replay } = useSession();
  const [kept, setHeld] = useState<EditedCall>();
  const held = kept !== undefined && sameCall(kept.of, of) ? kept : undefined;
  const [answered, setAnswered] = useState<WhatIfAnswer>();
  const call = held?.call;

  useEffect(() => {
    if (call === undefined) return;
    let gone = false;
    const keep = (result: Omit<WhatIfAnswer, 'of'>) => {
      if (!gone) setAnswered({ of: [call, rules, settings], ...result });
    };
    replay.explainUnder({ rules, settings }, call).then(
      (answer) => keep({ answer }),
      (error: unknown) => keep({ problem: error instanceof Error ? error.message : String(error) }),
    );
    return () => {
      gone = true;
    };
  }, [replay, call, rules, settings]);

  const start = useCallback(() => setHeld({ of, call: without(of), revision: 0 }), [of]);
  /** Changes facts of the what-if's call; starts a what-if where there is none. */
  const apply = useCallback(
    (changes: readonly FactChange[]) =>
      setHeld((now) => {
        const open = now !== undefined && sameCall(now.of, of) ? now : undefined;
        return { of, call: withFacts(open?.call ?? without(of), changes), revision: (open?.revision ?? 0) + 1 };
      }),
    [of],
  );
  const change = useCallback((next: Call) => setHeld((now) => now && { ...now, call: next }), []);
  const reset = useCallback(
    () => setHeld((now) => now && { ...now, call: without(of), revision: now.revision + 1 }),
    [of],
  );
  const close = useCallback(() => setHeld(undefined), []);

  const fresh =
    answered !== undefined && answered.of[0] === call && answered.of[1] === rules && answered.of[2] === settings
      ? answered
      : undefined;
  const whatIf: WhatIfState | undefined =
    held === undefined
      ? undefined
      : { call: held.call, answer: fresh?.answer, problem: fresh?.problem, revision: held.revision };
  return { whatIf, start, apply, change, reset, close };
}

/** Removes the recorded decision, which belongs to the original call. */
function without({ recorded: _recorded, ...call }: Call): Call {
  return call;
}

/** Whether two calls are the same: a changed policy makes a new explanation with a copy of the call. */
const sameCall = (a: Call, b: Call): boolean => a === b || (a.id === b.id && JSON.stringify(a) === JSON.stringify(b));
