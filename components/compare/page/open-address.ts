import type { PolicyId, TraceId } from '@/lib/store';
import type { Baseline, ReadySnapshot } from '@/lib/workspace';
import type { PageSession } from '../../session/session';
import type { CompareAddress, AgainstName } from './address';
import { nameOf } from './name-of';

/** The result of opening an address: what is open now, and what does not exist. */
export interface OpenedAddress {
  /** The open policy; undefined where the requested one does not exist. */
  readonly policy: PolicyId | undefined;
  readonly against: 'nothing' | 'there' | 'gone' | 'itself';
  /** The open trace; undefined where there is none, or the requested one does not exist. */
  readonly trace: TraceId | 'none' | undefined;
  /** The address with its omitted parts filled in, so that a bookmark opens the same comparison. */
  readonly whole: CompareAddress;
}

/** Opens what an address names. For omitted parts the workbench's policy, baseline and trace are used. */
export async function openAddress(session: PageSession, address: CompareAddress): Promise<OpenedAddress> {
  const policy = await openPolicy(session, address.policy);
  const against = policy === undefined ? 'nothing' : await openBaseline(session, policy, address.against);
  const trace = await openTrace(session, address.trace);
  const { baseline } = snapshotOf(session);
  return {
    policy,
    against,
    trace,
    whole: {
      ...address,
      policy: address.policy ?? policy,
      against: address.against ?? nameOf(baseline),
      trace: address.trace ?? (trace === 'none' ? undefined : trace),
    },
  };
}

const snapshotOf = ({ workspace }: PageSession): ReadySnapshot => {
  const snapshot = workspace.getSnapshot();
  if (snapshot.phase !== 'ready') throw new Error('the workspace is not ready yet');
  return snapshot;
};

async function openPolicy(session: PageSession, wanted: PolicyId | undefined): Promise<PolicyId | undefined> {
  if (wanted !== undefined && snapshotOf(session).policy.id !== wanted) await session.workspace.openPolicy(wanted);
  const { id } = snapshotOf(session).policy;
  return wanted === undefined || wanted === id ? id : undefined;
}

async function openBaseline(
  session: PageSession,
  policy: PolicyId,
  wanted: AgainstName | undefined,
): Promise<OpenedAddress['against']> {
  const { baselines } = session.workspace;
  const pinned = (): Baseline | null => snapshotOf(session).baseline;
  switch (wanted?.kind) {
    case undefined:
      await baselines.loadFor(policy);
      return pinned() === null ? 'nothing' : 'there';
    case 'nothing':
      await baselines.unpin();
      return 'nothing';
    case 'version': {
      const version = snapshotOf(session).versions.find(({ id }) => id === wanted.id);
      if (version === undefined) break;
      await baselines.pinVersion(version);
      return 'there';
    }
    case 'policy': {
      if (wanted.id === policy) return 'itself';
      await baselines.unpin();
      await baselines.pinPolicy(wanted.id);
      return pinned() === null ? 'gone' : 'there';
    }
    case 'bundle': {
      if (await baselines.pinKept(wanted.digest)) return 'there';
      // The workbench keeps its own baseline.
      await baselines.loadFor(policy);
      const name = nameOf(pinned());
      if (name?.kind !== 'bundle' || name.digest !== wanted.digest) break;
      await baselines.keep();
      return 'there';
    }
  }
  await baselines.unpin();
  return 'gone';
}

async function openTrace(
  { workspace, replay }: PageSession,
  wanted: TraceId | undefined,
): Promise<OpenedAddress['trace']> {
  const open = replay.getSnapshot().open?.info.id;
  if (wanted !== undefined && wanted === open) return wanted;
  const traces = await replay.start();
  const snapshot = workspace.getSnapshot();
  const last = wanted ?? open ?? (snapshot.phase === 'ready' ? snapshot.selection.traceId : null);
  const trace = traces.find(({ id }) => id === last) ?? (wanted === undefined ? traces[0] : undefined);
  if (trace === undefined) return wanted === undefined ? 'none' : undefined;
  if (trace.id !== open) await replay.openTrace(trace.id);
  return replay.getSnapshot().open?.info.id === trace.id ? trace.id : undefined;
}
