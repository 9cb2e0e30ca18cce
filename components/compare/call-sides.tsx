import type { Call, DecisionEffect, Rule, RuleId } from '@/lib/engine';
import { answerWords } from '@/lib/wording';
import { CallFacts } from '../explain/call-facts';
import { useShownPolicy } from '../session/shown-policy';
import { DecisionIcon } from '../ui/effect-mark';
import { Worded } from '../ui/worded';
import { SideSteps, type ExplainedSide } from './side-steps';
import type { ShownBaseline } from './use-baseline';

interface CallSidesProps {
  call: Call;
  before: ExplainedSide;
  after: ExplainedSide;
  against: ShownBaseline;
}

/** A call under the baseline and the shown policy: each decision, its rule and the reason; and the call itself. */
export function CallSides({ call, before, after, against }: CallSidesProps) {
  const { rules, name } = useShownPolicy();
  const keep = [before, after].flatMap(({ decision: { decidedBy: by } }) => ('ruleId' in by ? [by.ruleId] : []));
  return (
    <div className="@container space-y-4">
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
  /** `effect`: that of the replay, where the call is one of a trace. */
  side: ExplainedSide & { readonly effect?: DecisionEffect };
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
        <DecisionIcon effect={side.effect ?? side.decision.effect} />
        <span className="min-w-0 break-words">
          <Worded words={answerWords(side, rules)} />
        </span>
      </p>
      <SideSteps label={`Each rule’s step, ${name.toLowerCase()}`} side={side} rules={rules} keep={keep} />
    </section>
  );
}
