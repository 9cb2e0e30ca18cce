'use client';
import { ArrowUpRight } from 'lucide-react';
import type { Rule, RuleId } from '@/lib/engine';
import type { ComparedSide } from '@/lib/worker';
import { CallFacts } from '../../explain/call-facts';
import { answerWords } from '@/lib/wording';
import { DecisionIcon } from '../../ui/effect-mark';
import { siteAddress } from '../../site/site-address';
import { Worded } from '../../ui/worded';
import { useReplay, useWorkspace } from '../../session/session';
import { useShownPolicy } from '../../session/shown-policy';
import type { ShownBaseline, ComparisonState } from '../use-baseline';
import { useComparedCall } from '../use-compared-call';
import { NOWHERE, writeAddress } from './address';
import { SideSteps } from './side-steps';

interface CallDetailProps {
  index: number;
  /** Undefined while the comparison is recalculated. */
  pair: ComparisonState['pair'];
  against: ShownBaseline;
}

/** One call under both policies: each decision, its rule and the reason; and the call itself. */
export function CallDetail({ index, pair, against }: CallDetailProps) {
  const { policy } = useWorkspace('policy');
  const { open } = useReplay('open');
  const { rules, name } = useShownPolicy();
  const { compared, failure } = useComparedCall(pair, index);
  if (failure !== undefined) {
    return (
      <p role="alert" className="text-sm text-deny">
        {failure}
      </p>
    );
  }
  if (compared === undefined) {
    return (
      <p role="status" className="text-sm text-ink-2">
        Working out why…
      </p>
    );
  }
  const { call, before, after } = compared;
  const keep = [before, after].flatMap(({ by }) => (by.kind === 'rule' ? [by.ruleId] : []));
  const there = writeAddress({ ...NOWHERE, policy: policy.id, trace: open?.info.id, call: index });
  return (
    <div className="@container space-y-4" data-testid="compared-call">
      <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <h2 className="min-w-0 flex-1 text-base font-semibold break-words">
          {call.tool?.name ?? 'No tool'}
          {call.resource ? <span className="font-normal text-ink-2"> on {call.resource.slug}</span> : null}
        </h2>
        <a
          href={siteAddress(there)}
          className="inline-flex min-h-6 items-center gap-1 text-sm font-medium text-accent underline underline-offset-2 pointer-coarse:min-h-11"
        >
          Show it in the workbench
          <ArrowUpRight size={14} aria-hidden />
        </a>
      </div>
      <div className="grid gap-4 @2xl:grid-cols-2">
        <Side name="Before" of={against.name} side={before} rules={against.policy.rules} keep={keep} />
        <Side name="Now" of={name} side={after} rules={rules} keep={keep} />
      </div>
      <section aria-label="The call" className="rounded-md border border-line p-3">
        <CallFacts call={call} />
      </section>
    </div>
  );
}

interface SideProps {
  name: string;
  /** The policy's name. */
  of: string;
  side: ComparedSide;
  rules: readonly Rule[];
  keep: readonly RuleId[];
}

function Side({ name, of, side, rules, keep }: SideProps) {
  return (
    <section aria-label={name} className="min-w-0 space-y-2">
      <h3 className="text-xs text-ink-2">
        <span className="font-semibold text-ink">{name}</span> <span className="break-words">{of}</span>
      </h3>
      <p className="flex gap-2 font-medium">
        <DecisionIcon effect={side.effect} />
        <span className="min-w-0 break-words">
          <Worded words={answerWords(side, rules)} />
        </span>
      </p>
      <SideSteps label={`Each rule’s step, ${name.toLowerCase()}`} side={side} rules={rules} keep={keep} />
    </section>
  );
}
