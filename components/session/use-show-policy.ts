'use client';
import { useLayoutEffect } from 'react';
import { useSession } from './session';
import type { ShownPolicy } from './shown-policy';

/** Whatever policy the page shows, that is the one whose decisions it shows: no frame is drawn with those of another. */
export function useShowPolicy(shown: ShownPolicy): void {
  const { replay } = useSession();
  const { rules, settings } = shown;
  useLayoutEffect(() => replay.show({ rules, settings }), [replay, rules, settings]);
}
