'use client';
import { isShown } from '@/lib/embed';
import { AnswerPart } from './answer-part';
import { CallChoice } from './call-choice';
import { CallInput } from './call-input';
import { useRuleContext } from './condition-input';
import { NoCall } from './decision-view';
import { RuleForm } from './rule-form';
import { RuleWords } from './rule-words';
import { isStale, type EmbedViewProps } from './view-props';

/** One rule with its condition, and beside it the decision on a sample call. */
export function RuleView(props: EmbedViewProps) {
  const { bundle, call, decided, options, store } = props;
  const { rules } = bundle;
  const rule = rules.find((_, i) => isShown(options.rules, i + 1, rules.length));
  const context = useRuleContext(rule, bundle.catalog, call);
  if (rule === undefined) return <p className="text-sm text-ink-2">This policy has no rules.</p>;
  const others = rules.length - 1;
  return (
    <div className="grid gap-4 sm:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <div className="min-w-0 space-y-2">
        {options.editable ? (
          <>
            <h2 className="text-sm font-semibold break-words">{rule.name}</h2>
            <RuleForm
              rule={rule}
              catalog={bundle.catalog}
              context={context}
              onRule={(next) => store.changeRule(next)}
            />
          </>
        ) : (
          <RuleWords rule={rule} />
        )}
        {others === 0 ? null : (
          <p className="text-xs text-ink-2">
            Rule {rules.indexOf(rule) + 1} of {rules.length} in this policy; the first that matches decides.
          </p>
        )}
      </div>
      <div className="min-w-0 space-y-2 max-sm:border-t max-sm:border-line max-sm:pt-3 sm:border-l sm:border-line sm:pl-4">
        {call === undefined ? (
          <NoCall />
        ) : (
          <>
            <CallChoice bundle={bundle} call={call} store={store} />
            <AnswerPart
              reasons={decided?.reasons}
              rules={rules}
              readings={bundle.settings.readings}
              stale={isStale(props)}
              steps={false}
            />
            {options.editable ? (
              <CallInput key={call.id} call={call} part="args" onCall={(next) => store.changeCall(next)} />
            ) : null}
          </>
        )}
      </div>
    </div>
  );
}
