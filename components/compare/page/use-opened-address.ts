'use client';
import { useEffect, useRef, useState } from 'react';
import type { PolicyId } from '@/lib/store';
import type { ReadySnapshot } from '@/lib/workspace';
import { useSession, useWorkspace, type PageSession } from '../../session/session';
import { NOWHERE, writeAddress, type CompareAddress } from './address';
import { openAddress, type OpenedAddress } from './open-address';
import type { Navigate } from './use-address';

/** Opens what the address names; undefined while that is being opened. Omitted parts are then written into the address. */
export function useOpenedAddress(address: CompareAddress, go: Navigate): OpenedAddress | undefined {
  const session = useSession();
  const { policy, against, trace } = address;
  const key = keyOf({ ...NOWHERE, policy, against, trace });
  const latest = useRef(address);
  const [reached, setReached] = useState<OpenedState>();
  const { policy: open, policies, baseline } = useWorkspace('policy', 'policies', 'baseline');
  const listed = (id: PolicyId | undefined) => policies.some((one) => one.id === id);
  const lost =
    (listed(policy) && open.id !== policy) || (against?.kind === 'policy' && listed(against.id) && !baseline);
  // Another tab may undo its deletion of what is requested. INVARIANT: what cannot be opened is not retried in a loop.
  const done = reached?.key === key && !(lost && reached.policies !== policies);
  // One at a time, in order: two at once could combine the policy of one address with the baseline of the other.
  const queue = useRef<Promise<unknown>>(Promise.resolve());

  useEffect(() => {
    latest.current = address;
  });
  useEffect(() => {
    if (done) return undefined;
    let gone = false;
    queue.current = queue.current.then(async () => {
      if (gone) return;
      const opened = await openAddress(session, latest.current);
      if (gone) return;
      setReached({ key: keyOf(opened.whole), opened, policies: policiesOf(session) });
      if (keyOf(opened.whole) !== key)
        go({ ...opened.whole, cell: latest.current.cell, call: latest.current.call }, 'same');
    });
    return () => {
      gone = true;
    };
  }, [session, key, done, policies, go]);

  return done ? reached.opened : undefined;
}

interface OpenedState {
  readonly key: string;
  readonly opened: OpenedAddress;
  /** The lists at that moment. */
  readonly policies: ReadySnapshot['policies'];
}

const policiesOf = ({ workspace }: PageSession): ReadySnapshot['policies'] => {
  const snapshot = workspace.getSnapshot();
  return snapshot.phase === 'ready' ? snapshot.policies : [];
};

/** The parts of an address that have to be opened; the chosen cell and call are not among them. */
const keyOf = ({ policy, against, trace }: CompareAddress): string =>
  writeAddress({ ...NOWHERE, policy, against, trace });
