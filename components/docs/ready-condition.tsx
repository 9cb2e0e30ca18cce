import { ExternalLink } from 'lucide-react';
import {
  fillUseCase,
  sampleArguments,
  sampleBundle,
  SAMPLES,
  type SampleName,
  type TrialResult,
  type TriedUseCase,
  type UseCase,
} from '@/lib/analysis';
import { encodeLink } from '@/lib/bundle';
import type { DecisionStep } from '@/lib/engine';
import { sampleText } from '../policy/sample-words';
import { ConditionText } from '../ui/condition-text';
import { DecisionBadge } from '../ui/effect-mark';
import { siteAddress } from '../site/site-address';
import { Marked } from '../ui/worded';

const SAMPLE_WORDS = {
  allows: 'A call that it allows',
  stops: 'A call that it stops',
  errs: 'A call on which it fails, unless it tests for the field first',
} satisfies Record<SampleName, string>;

interface ReadyConditionProps {
  useCase: UseCase;
  /** What the engine decided. */
  tried: TriedUseCase;
}

/** One ready condition, with its sample calls and their decisions. */
export function ReadyCondition({ useCase, tried }: ReadyConditionProps) {
  const chosen = sampleArguments(useCase);
  const [guarded, unguarded] = [true, false].map((asks) =>
    fillUseCase(useCase, { arguments: chosen, values: {}, guarded: asks }),
  );
  const { id, title, when, sample } = useCase;
  return (
    <article aria-labelledby={id} className="border-t border-line pt-5">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <h2 id={id} className="scroll-mt-4 text-base font-semibold">
          {title}
        </h2>
        <OpenLink useCase={useCase} condition={tried.guarded.condition} />
      </div>
      <p className="mt-1 max-w-prose">{when}</p>
      <dl className="mt-3 space-y-2 text-sm">
        <Expression says="The condition" source={guarded ?? ''} />
        {guarded === unguarded ? null : <Expression says="Without asking first" source={unguarded ?? ''} />}
      </dl>
      <div className="mt-3 divide-y divide-line rounded-lg border border-line">
        {SAMPLES.map((name) => (
          <div key={name} className="px-3 py-2.5">
            <h3 className="text-xs font-medium text-ink-2">{SAMPLE_WORDS[name]}</h3>
            <p className="mt-1 text-xs">
              <code className="font-mono wrap-anywhere">
                {sample.tool.name} {sampleText(sample[name])}
              </code>
            </p>
            <ul className="mt-1.5 space-y-1 text-sm">
              <Answer says="With the condition" tried={tried.guarded} name={name} />
              {name === 'errs' ? <Answer says="Without asking first" tried={tried.unguarded} name={name} /> : null}
            </ul>
          </div>
        ))}
      </div>
    </article>
  );
}

function Expression({ says, source }: { says: string; source: string }) {
  return (
    <div>
      <dt className="text-xs font-medium text-ink-2">{says}</dt>
      <dd className="mt-0.5 rounded-md bg-sunken px-2 py-1.5 text-xs">
        <ConditionText source={source} />
      </dd>
    </div>
  );
}

function Answer({ says, tried, name }: { says: string; tried: TrialResult; name: SampleName }) {
  const { effect, steps } = tried.decisions[name];
  const [step] = steps;
  return (
    <li className="flex flex-wrap items-baseline gap-x-2 gap-y-0.5">
      <span className="text-ink-2">{says}:</span>
      <DecisionBadge effect={effect} />
      {step === undefined ? null : (
        <span className="min-w-0 text-ink-2">
          <StepWords step={step} />
        </span>
      )}
    </li>
  );
}

/** The step of the one rule, in words. */
function StepWords({ step }: { step: DecisionStep }) {
  switch (step.kind) {
    case 'matched':
      return 'it is true';
    case 'condition-false':
      return 'it is false, and no other rule matches';
    case 'condition-error':
      return (
        <>
          it fails, and the rule is skipped: <Marked text={step.error.message} />
        </>
      );
    default:
      return step.kind;
  }
}

/** Opens the rule and its three calls in the playground by a link that contains them. */
function OpenLink({ useCase, condition }: { useCase: UseCase; condition: string }) {
  const link = encodeLink(sampleBundle(useCase, condition));
  if (!link.ok) return null;
  return (
    <a
      href={`${siteAddress('')}${link.fragment}`}
      className="inline-flex items-center gap-1 text-sm text-accent underline-offset-2 hover:underline pointer-coarse:min-h-11"
    >
      <ExternalLink size={13} aria-hidden />
      Open in the playground<span className="sr-only">: {useCase.title}</span>
    </a>
  );
}
