import { ExternalLink } from 'lucide-react';
import type { PolicyFinding } from '@/lib/findings';
import { siteAddress } from '../site/site-address';
import { Marked } from '../ui/worded';
import { faultyPolicies, type FaultyPolicy } from './faulty-policies';
import { StaticRules } from './live-example';
import { OnThisPage } from './on-this-page';

/** Faulty policies to look at: their rules, a link that opens them, and what is wrong once the reader wants to know. Rendered at build time. */
export async function FindingGallery() {
  const policies = await faultyPolicies();
  return (
    <article className="max-w-3xl">
      <h1 className="text-xl font-semibold">What is wrong here?</h1>
      <div className="mt-2 max-w-prose space-y-2 text-ink-2">
        <p>
          {policies.length} policies with one real mistake each, all of them valid to a gateway. Look for the mistake
          first, then show what the checks of the playground find in it. Each finding leads to the{' '}
          <a href={siteAddress('docs/findings/')} className="text-accent underline underline-offset-2">
            check that makes it
          </a>
          ; in the playground each has the call that shows it and, where there is one, a fix.
        </p>
      </div>
      <OnThisPage parts={policies.map(({ id, name }) => [id, name] as const)} />
      <div className="mt-6 space-y-6">
        {policies.map((one) => (
          <Entry key={one.id} of={one} />
        ))}
      </div>
    </article>
  );
}

function Entry({ of: { id, name, bundle, link, findings } }: { of: FaultyPolicy }) {
  return (
    <section aria-labelledby={id} className="border-t border-line pt-4">
      <h2 id={id} className="scroll-mt-4 text-base font-semibold break-words">
        {name}
      </h2>
      <div className="mt-2 rounded-lg border border-line p-3 text-sm break-words">
        <StaticRules rules={bundle.rules} />
      </div>
      <a
        href={`${siteAddress('')}${link}`}
        className="mt-2 inline-flex items-center gap-1 text-sm text-accent underline-offset-2 hover:underline pointer-coarse:min-h-11"
      >
        <ExternalLink size={13} aria-hidden />
        Open in the playground<span className="sr-only">: {name}</span>
      </a>
      <details className="mt-1 text-sm">
        <summary className="cursor-pointer py-1 font-medium pointer-coarse:min-h-11">
          Show what is wrong<span className="sr-only">: {name}</span>
        </summary>
        <ul className="space-y-1">
          {findings.map((finding, i) => (
            <FindingLine key={i} finding={finding} />
          ))}
        </ul>
      </details>
    </section>
  );
}

function FindingLine({ finding: { code, certainty, message } }: { finding: PolicyFinding }) {
  return (
    <li className="break-words">
      <a href={siteAddress(`docs/findings/#${code}`)} className="font-mono text-accent underline underline-offset-2">
        {code}
      </a>{' '}
      ({certainty}): <Marked text={message} />
    </li>
  );
}
