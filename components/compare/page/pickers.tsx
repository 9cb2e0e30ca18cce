'use client';
import { useEffect } from 'react';
import type { PolicyId, TraceId } from '@/lib/store';
import { Field, INPUT } from '../../ui/field';
import { counted } from '../../ui/words';
import { onShown, useReplay, useSession, useWorkspace } from '../../session/session';
import { AgainstPicker, type AgainstChoice } from '../against-picker';

const SELECT = `${INPUT} h-8 pointer-coarse:h-11`;

interface PickersProps {
  /** What is open; undefined where the requested one does not exist. */
  policy: PolicyId | undefined;
  trace: TraceId | undefined;
  onPolicy(id: PolicyId): void;
  onAgainst(choice: AgainstChoice): void;
  onTrace(id: TraceId): void;
}

/** Which policy, against what, over which trace. */
export function Pickers({ policy, trace, onPolicy, onAgainst, onTrace }: PickersProps) {
  const { policies } = useWorkspace('policies');
  const { traces } = useReplay('traces');
  useFreshTraces();
  return (
    <div className="grid items-start gap-x-4 gap-y-3 sm:grid-cols-2 lg:grid-cols-[repeat(3,minmax(0,28rem))]">
      <Field label="Policy, as it is saved now">
        {(id) => (
          <select
            id={id}
            className={SELECT}
            value={policy ?? ''}
            onChange={(event) => {
              const chosen = policies.find((one) => one.id === event.target.value);
              if (chosen !== undefined) onPolicy(chosen.id);
            }}
          >
            {policy === undefined ? <option value="">Choose a policy</option> : null}
            {policies.map((one) => (
              <option key={one.id} value={one.id}>
                {one.name}
              </option>
            ))}
          </select>
        )}
      </Field>
      {policy === undefined ? null : <AgainstPicker key={policy} label="Compared with" onChoose={onAgainst} />}
      {traces.length === 0 ? null : (
        <Field label="Over the calls of">
          {(id) => (
            <select
              id={id}
              className={SELECT}
              value={trace ?? ''}
              onChange={(event) => {
                const chosen = traces.find((one) => one.id === event.target.value);
                if (chosen !== undefined) onTrace(chosen.id);
              }}
            >
              {trace === undefined ? <option value="">Choose a trace</option> : null}
              {traces.map((one) => (
                <option key={one.id} value={one.id}>
                  {one.name} ({counted(one.calls, 'call')})
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
    </div>
  );
}

/** Reloads the traces when the user returns to this tab: other tabs may have changed them. */
function useFreshTraces(): void {
  const { replay } = useSession();
  useEffect(() => onShown(() => void replay.start().catch(() => {})), [replay]);
}
