'use client';
import { startTransition, useEffect, useRef, useState } from 'react';
import { SupersededError } from '@/lib/worker';

export interface WorkerAnswer<A> {
  readonly answer: A | undefined;
  /** Whether it answers the present question; if not, a newer answer is being calculated. */
  readonly current: boolean;
  readonly failure: string | undefined;
}

/**
 * Asks again whenever the question changes. One question is in progress at a time; the latest of those in between follows once it is
 * answered, so that typing and dragging never wait and questions do not queue up. Pass the same object for the same question; undefined
 * asks nothing.
 */
export function useAnswer<Q extends object, A>(
  question: Q | undefined,
  ask: (question: Q) => Promise<A>,
): WorkerAnswer<A> {
  const [answered, setAnswered] = useState<{ readonly to: Q; readonly answer?: A; readonly failure?: string }>();
  const latest = useRef<Q>(undefined);
  const busy = useRef(false);

  useEffect(() => {
    latest.current = question;
    const askOn = async (): Promise<void> => {
      busy.current = true;
      for (let to = latest.current; to !== undefined; to = latest.current) {
        const asked = to;
        const outcome = await ask(asked).then(
          (answer) => ({ answer }),
          (error: unknown) =>
            // No failure: what the question is about has changed, and the next question is on its way.
            error instanceof SupersededError
              ? undefined
              : { failure: error instanceof Error ? error.message : String(error) },
        );
        if (latest.current === undefined) break;
        if (outcome !== undefined) startTransition(() => setAnswered({ to: asked, ...outcome }));
        if (latest.current === asked) break;
      }
      busy.current = false;
    };
    if (!busy.current) void askOn();
  }, [question, ask]);
  useEffect(
    () => () => {
      latest.current = undefined;
    },
    [],
  );

  return {
    answer: question === undefined ? undefined : answered?.answer,
    current: question !== undefined && answered?.to === question,
    failure: question === undefined ? undefined : answered?.failure,
  };
}
