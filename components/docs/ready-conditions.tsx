import { tryUseCase, USE_CASES } from '@/lib/analysis';
import { ReadyCondition } from './ready-condition';

/** Every ready condition: when to use it, its text, and its decisions on three calls, which the engine makes when the site is built. */
export async function ReadyConditions() {
  const conditions = await Promise.all(
    USE_CASES.map(async (useCase) => ({ useCase, tried: await tryUseCase(useCase) })),
  );
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
          made these decisions: one gated rule for the called tool, and no other rule.
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
        {conditions.map(({ useCase, tried }) => (
          <ReadyCondition key={useCase.id} useCase={useCase} tried={tried} />
        ))}
      </div>
    </>
  );
}
