'use client';
import { ArrowUpRight } from 'lucide-react';
import { siteAddress } from '../../site/site-address';
import { useReplay, useWorkspace } from '../../session/session';
import type { ShownBaseline, ComparisonState } from '../use-baseline';
import { useComparedCall } from '../use-compared-call';
import { CallSides } from '../call-sides';
import { NOWHERE, writeAddress } from './address';

interface CallDetailProps {
  index: number;
  /** Undefined while the comparison is recalculated. */
  pair: ComparisonState['pair'];
  against: ShownBaseline;
}

/** One call under both policies: each decision, its rule and the reason; and the call itself. */
export function CallDetail({ index, pair, against }: CallDetailProps) {
  const { policy } = useWorkspace('policy');
  const { open } = useReplay('open');
  const { compared, failure } = useComparedCall(pair, index);
  if (failure !== undefined) {
    return (
      <p role="alert" className="text-sm text-deny">
        {failure}
      </p>
    );
  }
  if (compared === undefined) {
    return (
      <p role="status" className="text-sm text-ink-2">
        Working out why…
      </p>
    );
  }
  const { call, before, after } = compared;
  const there = writeAddress({ ...NOWHERE, policy: policy.id, trace: open?.info.id, call: index });
  return (
    <div className="space-y-4" data-testid="compared-call">
      <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <h2 className="min-w-0 flex-1 text-base font-semibold break-words">
          {call.tool?.name ?? 'No tool'}
          {call.resource ? <span className="font-normal text-ink-2"> on {call.resource.slug}</span> : null}
        </h2>
        <a
          href={siteAddress(there)}
          className="inline-flex min-h-6 items-center gap-1 text-sm font-medium text-accent underline underline-offset-2 pointer-coarse:min-h-11"
        >
          Show it in the workbench
          <ArrowUpRight size={14} aria-hidden />
        </a>
      </div>
      <CallSides call={call} before={before} after={after} against={against} />
    </div>
  );
}
