'use client';
import { useEffect, useState } from 'react';
import type { Explanation } from '@/lib/cel';
import { explainFor } from '@/lib/editor';
import { isShown } from '@/lib/embed';
import { callId, type Call, type Rule } from '@/lib/engine';
import { ConditionValues } from '../explain/condition-values';
import { resultText } from '../explain/condition-parts';
import { CallChoice } from './call-choice';
import { CallInput } from './call-input';
import { ConditionInput, useRuleContext } from './condition-input';
import type { EmbedViewProps } from './view-props';

const EMPTY_CALL: Call = { id: callId('call') };

/** A condition, the call that it is evaluated on, its value, and the values of its parts. */
export function ConditionView({ bundle, call, options, store }: EmbedViewProps) {
  const { rules } = bundle;
  const shown = rules.filter((_, i) => isShown(options.rules, i + 1, rules.length));
  const rule = shown.find(({ condition }) => condition !== null) ?? shown[0];
  const context = useRuleContext(rule, bundle.catalog, call);
  if (rule === undefined) return <p className="text-sm text-ink-2">This policy has no rule with a condition.</p>;
  const source = rule.condition ?? '';
  return (
    <div className="grid gap-4 sm:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <div className="min-w-0 space-y-2">
        <ConditionInput
          value={source}
          context={context}
          readOnly={!options.editable}
          onValue={(condition) => store.changeRule({ ...rule, condition })}
        />
        <ConditionResult source={source} call={call ?? EMPTY_CALL} rule={rule} />
      </div>
      <div className="min-w-0 space-y-2">
        {call === undefined ? (
          <p className="text-sm text-ink-2">This example has no call: every fact is unknown.</p>
        ) : (
          <>
            <CallChoice bundle={bundle} call={call} store={store} />
            {options.editable ? (
              <CallInput key={call.id} call={call} part="call" onCall={(next) => store.changeCall(next)} />
            ) : (
              <pre className="rounded-md bg-canvas p-2 font-mono text-xs leading-5 break-words whitespace-pre-wrap">
                {JSON.stringify({ ...call, id: undefined }, null, 2)}
              </pre>
            )}
          </>
        )}
      </div>
    </div>
  );
}

interface ConditionResultProps {
  source: string;
  call: Call;
  rule: Rule;
}

/** The value of the whole condition, and of each of its parts. */
function ConditionResult({ source, call, rule }: ConditionResultProps) {
  const answer = useExplained(source, call);
  if (answer === undefined) return null;
  if (answer.explanation === undefined) {
    return (
      <p role="status" className="text-sm text-ink-2">
        {source === ''
          ? 'There is no condition.'
          : `The condition does not compile, so the gateway skips “${rule.name}”.`}
      </p>
    );
  }
  return (
    <div aria-busy={answer.source !== source || answer.call !== call}>
      <p role="status" data-testid="condition-value" className="text-base font-medium">
        {`Value: ${resultText(answer.explanation.root)}`}
      </p>
      <ConditionValues key={answer.source} source={answer.source} view={answer.explanation} />
    </div>
  );
}

interface ExplainedSource {
  readonly source: string;
  readonly call: Call;
  /** Undefined where the condition does not compile. */
  readonly explanation: Explanation | undefined;
}

function useExplained(source: string, call: Call): ExplainedSource | undefined {
  const [answer, setAnswer] = useState<ExplainedSource>();
  useEffect(() => {
    let gone = false;
    void explainFor(source, call).then((explanation) => {
      if (!gone) setAnswer({ source, call, explanation });
    });
    return () => {
      gone = true;
    };
  }, [source, call]);
  return answer;
}
