'use client';
import type { Bundle } from '@/lib/bundle';
import { Segmented } from '../ui/segmented';
import { number } from '../ui/words';
import { useShownPolicy } from '../session/shown-policy';
import { RedactionPanel } from './redaction-panel';
import type { RedactionState, ValueChoice } from './use-shared-bundle';

interface SharedValuesProps {
  bundle: Bundle;
  redaction: RedactionState | undefined;
  choice: ValueChoice;
  onChoice(change: Partial<ValueChoice>): void;
}

/** The values in a bundle that are of people: replaced or shared as they are, and which those are. */
export function SharedValues({ bundle, redaction, choice, onChoice }: SharedValuesProps) {
  return (
    <section aria-label="Values" className="space-y-2 rounded-md border border-gated/50 px-3 py-2">
      <Segmented
        label="Values of calls, addresses and names"
        value={choice.values}
        options={[
          { value: 'replaced' as const, label: 'replaced by stand-ins' },
          { value: 'as-they-are' as const, label: 'as they are' },
        ]}
        onValue={(values) => onChoice({ values })}
      />
      {redaction === undefined ? (
        <CallValues bundle={bundle} />
      ) : (
        <Redaction redaction={redaction} keep={choice.keep} onKeep={(keep) => onChoice({ keep })} />
      )}
    </section>
  );
}

interface RedactionProps {
  redaction: RedactionState;
  keep: ReadonlySet<string>;
  onKeep(keep: ReadonlySet<string>): void;
}

function Redaction({ redaction: { plan, current, failure }, keep, onKeep }: RedactionProps) {
  const shown = useShownPolicy();
  if (failure !== undefined) {
    return (
      <p role="alert" className="text-deny">
        The values could not be replaced: {failure}
      </p>
    );
  }
  if (plan === undefined) {
    return (
      <p role="status" className="text-ink-2">
        Replacing values, and deciding every call again…
      </p>
    );
  }
  return <RedactionPanel plan={plan} current={current} policy={shown} keep={keep} onKeep={onKeep} />;
}

/** A call contains people's names and message texts: the user sees them before sharing it. */
function CallValues({ bundle: { trace = [], tests = [], focus } }: { bundle: Bundle }) {
  const call = trace.find(({ id }) => id === focus) ?? trace[0] ?? tests[0]?.call;
  const count = trace.length + tests.length;
  if (call === undefined) return <p className="text-gated">The names and addresses in it will be in the link.</p>;
  return (
    <details open>
      <summary className="cursor-pointer text-xs font-medium text-gated">
        {count === 1 ? 'These values' : `These values, and those of ${number(count - 1)} more,`} will be in what is
        shared
      </summary>
      <pre className="mt-1 max-h-40 overflow-auto font-mono text-xs whitespace-pre-wrap" tabIndex={0}>
        {JSON.stringify(call, null, 2)}
      </pre>
    </details>
  );
}
