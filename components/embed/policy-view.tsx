'use client';
import { clsx } from 'clsx';
import type { Call, DecisionRow, Rule } from '@/lib/engine';
import { deciderWords } from '@/lib/wording';
import { DecisionBadge } from '../ui/effect-mark';
import { Worded } from '../ui/worded';
import { AnswerPart } from './answer-part';
import { CallLine } from './call-line';
import { EditableRules } from './editable-rules';
import { callsOf } from './sample-calls';
import { isStale, type EmbedViewProps } from './view-props';

/** The rules in their order, and below them the decisions on a few calls; the chosen one is explained. */
export function PolicyView(props: EmbedViewProps) {
  const { bundle, call, decided, store } = props;
  const calls = callsOf(bundle);
  return (
    <div className="space-y-3">
      <EditableRules {...props} />
      {calls.length === 0 ? null : (
        <ul aria-label="Calls" className="space-y-1">
          {calls.map((one) => (
            <CallRow
              key={one.id}
              call={one}
              row={decided?.rows.get(one.id)}
              rules={bundle.rules}
              chosen={one.id === call?.id}
              onChoose={() => store.focus(one.id)}
            />
          ))}
        </ul>
      )}
      {call === undefined ? null : (
        <AnswerPart
          reasons={decided?.reasons}
          rules={bundle.rules}
          readings={bundle.settings.readings}
          stale={isStale(props)}
          steps={false}
        />
      )}
    </div>
  );
}

interface EmbeddedCallProps {
  call: Call;
  /** Undefined until it is decided. */
  row: DecisionRow | undefined;
  rules: readonly Rule[];
  chosen: boolean;
  onChoose(): void;
}

function CallRow({ call, row, rules, chosen, onChoose }: EmbeddedCallProps) {
  return (
    <li>
      <button
        type="button"
        aria-pressed={chosen}
        onClick={onChoose}
        className={clsx(
          'flex min-h-8 w-full flex-wrap items-center gap-x-2 gap-y-0.5 rounded-md border px-2 py-1 text-left pointer-coarse:min-h-11',
          chosen ? 'border-accent bg-accent-soft' : 'border-line bg-paper hover:bg-sunken',
        )}
      >
        {/* Grows, so that the reason is at the right, or below at the left where it has no room. */}
        <span className="flex min-w-0 grow basis-56 items-baseline gap-x-2">
          {row === undefined ? <span className="text-xs text-ink-2">…</span> : <DecisionBadge effect={row.effect} />}
          <CallLine call={call} />
        </span>
        {row === undefined ? null : (
          <span className="text-xs text-ink-2">
            <Worded words={deciderWords(row.decidedBy, rules, 'phrase')} />
          </span>
        )}
      </button>
    </li>
  );
}
