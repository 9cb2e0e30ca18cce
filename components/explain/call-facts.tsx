import { memo } from 'react';
import type { Call } from '@/lib/engine';
import { EFFECT_WORDS } from '@/lib/wording';
import { fullTime } from '../ui/time';
import { JsonView } from './json-view';

/** The facts of a call; unknown and absent ones are distinguished. */
export const CallFacts = memo(function CallFacts({ call }: { call: Call }) {
  const { agent, instance, user, resource, tool } = call;
  return (
    <div className="space-y-3 text-sm">
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-0.5">
        <Fact name="Call">{call.id}</Fact>
        <Fact name="Time">{call.time === undefined || call.time === null ? call.time : fullTime(call.time)}</Fact>
        <Fact name="Agent">{agent && agent.slug}</Fact>
        <Fact name="Instance">{instance && (instance.name ?? instance.id)}</Fact>
        <Fact name="User">{user && (user.email ?? user.id)}</Fact>
        <Fact name="Groups">
          {user && (Array.isArray(user.groups) ? user.groups.join(', ') || 'none' : (user.groups as null | undefined))}
        </Fact>
        <Fact name="Resource">{resource && resource.slug}</Fact>
        <Fact name="Tool">{tool && tool.name}</Fact>
        {call.recorded ? <Fact name="Recorded">{EFFECT_WORDS[call.recorded.effect]}</Fact> : null}
      </dl>
      <div>
        <h3 className="mb-1 text-xs font-medium text-ink-2">Arguments</h3>
        {call.args === undefined ? (
          <p className="text-ink-2">not known</p>
        ) : call.args === null ? (
          <p className="text-ink-2">none</p>
        ) : (
          <JsonView value={call.args} />
        )}
      </div>
    </div>
  );
});

function Fact({ name, children }: { name: string; children: string | null | undefined }) {
  return (
    <>
      <dt className="text-xs leading-5 text-ink-2">{name}</dt>
      <dd className="min-w-0 break-words">
        {children === undefined ? (
          <span className="text-ink-2">not known</span>
        ) : children === null ? (
          <span className="text-ink-2">none</span>
        ) : (
          children
        )}
      </dd>
    </>
  );
}
