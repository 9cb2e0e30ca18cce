'use client';
import type { ReactNode } from 'react';
import type { Rule } from '@/lib/engine';
import type { ComparedSide } from '@/lib/worker';
import { answerWords } from '@/lib/wording';
import { DecisionIcon } from '../ui/effect-mark';
import { Worded } from '../ui/worded';
import type { ShownBaseline, ComparisonState } from './use-baseline';
import { useComparedCall } from './use-compared-call';

interface ComparedCallViewProps {
  index: number;
  pair: NonNullable<ComparisonState['pair']>;
  against: ShownBaseline;
  rules: readonly Rule[];
  /** Actions on the call. */
  children: ReactNode;
}

/** One call under both policies, in brief: each decision, and why. */
export function ComparedCallView({ index, pair, against, rules, children }: ComparedCallViewProps) {
  const { compared, failure } = useComparedCall(pair, index);
  if (compared === undefined) {
    return (
      <p role={failure === undefined ? 'status' : 'alert'} className="px-1 py-1 text-xs text-ink-2">
        {failure ?? 'Working out why…'}
      </p>
    );
  }
  return (
    <div className="space-y-1 px-1 pt-1 pb-2" data-testid="compared-call">
      <dl className="space-y-1 text-sm">
        <Side name="Before" side={compared.before} rules={against.policy.rules} />
        <Side name="Now" side={compared.after} rules={rules} />
      </dl>
      {children}
    </div>
  );
}

function Side({ name, side, rules }: { name: string; side: ComparedSide; rules: readonly Rule[] }) {
  return (
    <div className="flex gap-2">
      <dt className="w-12 shrink-0 text-ink-2">{name}</dt>
      <dd className="flex min-w-0 gap-1.5">
        <DecisionIcon effect={side.effect} />
        <span className="min-w-0 break-words">
          <Worded words={answerWords(side, rules)} />
        </span>
      </dd>
    </div>
  );
}
