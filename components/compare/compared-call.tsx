'use client';
import { useMemo } from 'react';
import type { Rule } from '@/lib/engine';
import type { ComparedSide } from '@/lib/worker';
import { answerWords } from '../explain/words';
import { Button } from '../ui/button';
import { DecisionIcon } from '../ui/effect-mark';
import { Worded } from '../ui/worded';
import { useSession } from '../workbench/session';
import { useAnswer } from '../workbench/use-answer';
import type { Against, Comparing } from './use-baseline';

interface ComparedCallViewProps {
  index: number;
  standing: NonNullable<Comparing['standing']>;
  against: Against;
  rules: readonly Rule[];
  onShow(index: number): void;
}

/** One call under both policies: what each answers, and why. */
export function ComparedCallView({ index, standing, against, rules, onShow }: ComparedCallViewProps) {
  const { replay } = useSession();
  const question = useMemo(() => ({ ...standing, index }), [standing, index]);
  const ask = useMemo(() => (params: typeof question) => replay.ask('compareCall', params), [replay]);
  const { answer, current } = useAnswer(question, ask);
  if (!current || answer === undefined) {
    return (
      <p role="status" className="px-1 py-1 text-xs text-ink-2">
        Working out why…
      </p>
    );
  }
  return (
    <div className="space-y-1 px-1 pt-1 pb-2" data-testid="compared-call">
      <dl className="space-y-1 text-sm">
        <Side name="Before" side={answer.before} rules={against.policy.rules} />
        <Side name="Now" side={answer.after} rules={rules} />
      </dl>
      <Button className="h-7 px-2 text-xs" onClick={() => onShow(index)}>
        Show it in the workbench
      </Button>
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
