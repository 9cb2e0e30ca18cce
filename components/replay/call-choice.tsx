'use client';
import { useEffect, useState } from 'react';
import type { Call } from '@/lib/engine';
import { useReplay, useSession } from '../session/session';
import { Field, INPUT } from '../ui/field';

const MOST = 200;

/** Chooses among the calls of the open trace that are shown. */
export function CallChoice({ onCall }: { onCall(call: Call): void }) {
  const { replay } = useSession();
  const { open, view } = useReplay('open', 'view');
  const [calls, setCalls] = useState<readonly Call[]>([]);
  const places = view?.places;
  useEffect(() => {
    if (open === undefined) return undefined;
    let gone = false;
    replay.ask('callsOfTrace', { most: MOST, places }).then(
      (found) => !gone && setCalls(found),
      // A trace that was closed meanwhile: there is nothing to choose from.
      () => !gone && setCalls([]),
    );
    return () => {
      gone = true;
    };
  }, [replay, open, places]);
  if (calls.length === 0) return null;
  return (
    <Field
      label="Start from a call of the trace"
      hint={calls.length < MOST ? undefined : `The first ${MOST} of those shown; filter the trace for others`}
    >
      {(id, described) => (
        <select
          id={id}
          aria-describedby={described}
          className={`${INPUT} h-8 pointer-coarse:h-11`}
          value=""
          onChange={(event) => {
            const call = calls[Number(event.target.value)];
            if (call !== undefined) onCall(call);
          }}
        >
          <option value="">Choose a call…</option>
          {calls.map((call, i) => (
            <option key={call.id} value={i}>
              {callTitle(call)}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

const MOST_ARGS = 60;

/** "send_message by cursor {"channel": …" */
function callTitle({ id, tool, agent, user, args }: Call): string {
  const who = agent?.slug ?? user?.email;
  const written = args === undefined || args === null ? '' : JSON.stringify(args).slice(0, MOST_ARGS);
  return [tool?.name ?? id, who === undefined || who === null ? '' : `by ${who}`, written].filter(Boolean).join(' ');
}
