'use client';
import type { Bundle } from '@/lib/bundle';
import type { Call } from '@/lib/engine';
import { Field, INPUT } from '../ui/field';
import { CallLine } from './call-line';
import type { EmbedStore } from './embed-store';
import { callsOf } from './sample-calls';

interface CallChoiceProps {
  bundle: Bundle;
  call: Call;
  store: EmbedStore;
}

/** The call that is shown; a choice where there are several. */
export function CallChoice({ bundle, call, store }: CallChoiceProps) {
  const calls = callsOf(bundle);
  if (calls.length < 2) {
    return (
      <p>
        <CallLine call={call} />
      </p>
    );
  }
  return (
    <Field label="Call">
      {(id) => (
        <select
          id={id}
          value={call.id}
          onChange={(event) => store.focus(event.target.value)}
          className={`${INPUT} h-8 pointer-coarse:h-11`}
        >
          {calls.map((one, i) => (
            <option key={one.id} value={one.id}>
              {`${i + 1}. ${lineOf(one)}`}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

const lineOf = ({ id, tool, resource, agent }: Call): string =>
  [tool?.name ?? id, ...phrase('on', resource?.slug), ...phrase('by', agent?.slug)].join(' ');

/** Nothing where the name is unknown or absent. */
const phrase = (word: string, name: string | null | undefined): readonly string[] =>
  name === undefined || name === null ? [] : [word, name];
