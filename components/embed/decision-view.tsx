'use client';
import { AnswerPart } from './answer-part';
import { CallInput } from './call-input';
import { CallChoice } from './call-choice';
import { isStale, type EmbedViewProps } from './view-props';

/** A call, its decision and why; the arguments can be edited, and the decision follows. */
export function DecisionView(props: EmbedViewProps) {
  const { bundle, call, decided, options, store } = props;
  if (call === undefined) return <NoCall />;
  return (
    <div className="grid gap-4 sm:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
      <div className="space-y-2">
        <CallChoice bundle={bundle} call={call} store={store} />
        {options.editable ? (
          <CallInput key={call.id} call={call} part="args" onCall={(next) => store.changeCall(next)} />
        ) : (
          <pre className="rounded-md bg-canvas p-2 font-mono text-xs leading-5 break-words whitespace-pre-wrap">
            {JSON.stringify(call.args ?? null, null, 2)}
          </pre>
        )}
      </div>
      <AnswerPart
        reasons={decided?.reasons}
        rules={bundle.rules}
        readings={bundle.settings.readings}
        stale={isStale(props)}
        steps
      />
    </div>
  );
}

export function NoCall() {
  return <p className="text-sm text-ink-2">This example has no call to decide.</p>;
}
