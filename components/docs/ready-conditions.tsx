'use client';
import { useEffect, useState } from 'react';
import { tryUseCase, USE_CASES, type TriedUseCase } from '@/lib/analysis';
import { ReadyCondition } from './ready-condition';

/** Every ready condition: when to use it, its text, and its decisions on three calls. */
export function ReadyConditions() {
  const tried = useTried();
  return (
    <>
      <h1 className="text-xl font-semibold">Ready conditions</h1>
      <div className="mt-2 max-w-prose space-y-2 text-ink-2">
        <p>
          A condition is a CEL expression that a rule evaluates on a call. Each one below is in the rule editor under
          “Ready conditions”, where it uses an argument of the tools that your rule covers.
        </p>
        <p>
          Beside each are three calls: one that it allows, one that it stops, and one that lacks what it reads. A
          condition that reads a missing field fails. What becomes of the rule then is not in the gateway’s
          documentation; we read that it is skipped: a gate then does not allow the call, and after a deny rule the call
          continues to the rules below. So each tests first whether the field is present. The engine of the playground
          makes these decisions in this page: one gated rule for the called tool, and no other rule.
        </p>
      </div>
      <nav aria-label="Conditions" className="mt-4">
        <ul className="grid gap-x-6 sm:grid-cols-2 lg:grid-cols-3">
          {USE_CASES.map(({ id, title }) => (
            <li key={id}>
              <a
                href={`#${id}`}
                className="inline-flex min-h-7 items-center text-sm text-accent underline-offset-2 hover:underline pointer-coarse:min-h-11"
              >
                {title}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <div className="mt-6 space-y-8">
        {USE_CASES.map((useCase) => (
          <ReadyCondition key={useCase.id} useCase={useCase} tried={tried?.get(useCase.id)} />
        ))}
      </div>
    </>
  );
}

/** The engine's decisions, once the page runs; undefined until then. */
function useTried(): ReadonlyMap<string, TriedUseCase> | undefined {
  const [tried, setTried] = useState<ReadonlyMap<string, TriedUseCase>>();
  useEffect(() => {
    let gone = false;
    void Promise.all(USE_CASES.map(async (useCase) => [useCase.id, await tryUseCase(useCase)] as const)).then((all) => {
      if (!gone) setTried(new Map(all));
    });
    return () => {
      gone = true;
    };
  }, []);
  return tried;
}
