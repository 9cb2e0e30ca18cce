import { FINDING_CHECKS } from '@/lib/findings';
import { Marked } from '../ui/worded';
import { OnThisPage } from './on-this-page';

/** Every check, from the registry: rendered while the site is built. */
export function FindingChecks() {
  return (
    <article className="max-w-3xl">
      <h1 className="text-xl font-semibold">Findings</h1>
      <div className="mt-2 max-w-prose space-y-2 text-ink-2">
        <p>
          A finding is something about a valid policy that is probably not meant. The playground looks for findings
          after each edit, <code>policy lint</code> in a terminal and in CI. No trace is needed: the checks reason about
          all calls at once.
        </p>
        <p>
          A finding is <strong>proven</strong> where it holds of every call, or where a call shows it: the witness,
          which the engine has decided. It is <strong>possible</strong> where it is likely and not proven. A finding
          that is as it should be can be dismissed, with a reason that is kept with the policy; the dismissal ends when
          the text that it is about changes.
        </p>
      </div>
      <OnThisPage parts={FINDING_CHECKS.map(({ code }) => [code, code] as const)} />
      <div className="mt-6 space-y-6">
        {FINDING_CHECKS.map(({ code, what, why, example, remedy }) => (
          <section key={code} aria-labelledby={code} className="border-t border-line pt-4">
            <h2 id={code} className="scroll-mt-4 font-mono text-base font-semibold">
              {code}
            </h2>
            <p className="mt-1 max-w-prose">
              <Marked text={what} />
            </p>
            <dl className="mt-2 grid max-w-prose grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 text-sm">
              <Part name="Why" text={why} />
              <Part name="Example" text={example} />
              <Part name="What to do" text={remedy} />
            </dl>
          </section>
        ))}
      </div>
    </article>
  );
}

function Part({ name, text }: { name: string; text: string }) {
  return (
    <>
      <dt className="text-ink-2">{name}</dt>
      <dd>
        <Marked text={text} />
      </dd>
    </>
  );
}
