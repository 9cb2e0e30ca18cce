import type { Call } from '@/lib/engine';
import { OutsideText } from '../ui/outside/outside-text';

/** A call in one line: the tool, its resource, the agent and the user; what is not known is left out. */
export function CallLine({ call }: { call: Call }) {
  const { tool, resource, agent, user } = call;
  const who = [agent?.slug, user?.email ?? user?.id].filter((text) => text !== undefined && text !== null);
  return (
    <span className="min-w-0 text-sm break-words">
      <code className="font-mono text-xs font-medium">
        <OutsideText text={tool?.name ?? call.id} />
      </code>
      {resource?.slug === undefined || resource.slug === null ? null : (
        <span className="text-ink-2"> on {resource.slug}</span>
      )}
      {who.length === 0 ? null : <span className="text-ink-2"> by {who.join(' of ')}</span>}
    </span>
  );
}
