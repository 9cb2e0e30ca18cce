'use client';
import { useEffect, useRef, useState } from 'react';
import type { PolicyId } from '@/lib/store';
import type { ReadySnapshot } from '@/lib/workspace';
import { useSession, useWorkspace, type PageSession } from '../../session/session';
import { NOWHERE, writeAddress, type CompareAddress } from './address';
import { turnTo, type OpenedAddress } from './turn-to';
import type { Navigate } from './use-address';

/** Follows the address; undefined while what it names is being opened. What it left open is written into it. */
export function useTurned(address: CompareAddress, go: Navigate): OpenedAddress | undefined {
  const session = useSession();
  const { policy, against, trace } = address;
  const key = keyOf({ ...NOWHERE, policy, against, trace });
  const latest = useRef(address);
  const [reached, setReached] = useState<OpenedState>();
  const { policy: open, policies, baseline } = useWorkspace('policy', 'policies', 'baseline');
  const listed = (id: PolicyId | undefined) => policies.some((one) => one.id === id);
  const lost =
    (listed(policy) && open.id !== policy) || (against?.kind === 'policy' && listed(against.id) && !baseline);
  // Another tab may take back that it deleted what is asked for. INVARIANT: what cannot be opened is not tried again and again.
  const done = reached?.key === key && !(lost && reached.policies !== policies);
  // One turn at a time, in order: two at once would leave the policy of one with the baseline of the other.
  const queue = useRef<Promise<unknown>>(Promise.resolve());

  useEffect(() => {
    latest.current = address;
  });
  useEffect(() => {
    if (done) return undefined;
    let gone = false;
    queue.current = queue.current.then(async () => {
      if (gone) return;
      const turned = await turnTo(session, latest.current);
      if (gone) return;
      setReached({ key: keyOf(turned.whole), turned, policies: policiesOf(session) });
      if (keyOf(turned.whole) !== key)
        go({ ...turned.whole, cell: latest.current.cell, call: latest.current.call }, 'same');
    });
    return () => {
      gone = true;
    };
  }, [session, key, done, policies, go]);

  return done ? reached.turned : undefined;
}

interface OpenedState {
  readonly key: string;
  readonly turned: OpenedAddress;
  /** As they were listed by then. */
  readonly policies: ReadySnapshot['policies'];
}

const policiesOf = ({ workspace }: PageSession): ReadySnapshot['policies'] => {
  const snapshot = workspace.getSnapshot();
  return snapshot.phase === 'ready' ? snapshot.policies : [];
};

/** What has to be opened; which cell and call are chosen makes no difference to that. */
const keyOf = ({ policy, against, trace }: CompareAddress): string =>
  writeAddress({ ...NOWHERE, policy, against, trace });
