'use client';
import { useEffect, useRef, useState } from 'react';
import { useSession } from '../../workbench/session';
import { NOWHERE, writeAddress, type Address } from './address';
import { turnTo, type Turned } from './turn-to';
import type { Go } from './use-address';

/** Follows the address; undefined while what it names is being opened. What it left open is written into it. */
export function useTurned(address: Address, go: Go): Turned | undefined {
  const session = useSession();
  const { policy, against, trace } = address;
  const key = keyOf({ ...NOWHERE, policy, against, trace });
  const latest = useRef(address);
  const [reached, setReached] = useState<{ readonly key: string; readonly turned: Turned }>();
  const done = reached?.key === key;
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
      setReached({ key: keyOf(turned.whole), turned });
      if (keyOf(turned.whole) !== key)
        go({ ...turned.whole, cell: latest.current.cell, call: latest.current.call }, 'same');
    });
    return () => {
      gone = true;
    };
  }, [session, key, done, go]);

  return done ? reached.turned : undefined;
}

/** What has to be opened; which cell and call are chosen makes no difference to that. */
const keyOf = ({ policy, against, trace }: Address): string => writeAddress({ ...NOWHERE, policy, against, trace });
