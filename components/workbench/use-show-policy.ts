'use client';
import { useEffect } from 'react';
import { useSession } from './session';
import type { ShownPolicy } from './shown-policy';

/** Whatever policy the page shows, that is the one whose decisions it shows. */
export function useShowPolicy(shown: ShownPolicy): void {
  const { replay } = useSession();
  const { rules, settings } = shown;
  useEffect(() => replay.show({ rules, settings }), [replay, rules, settings]);
}
