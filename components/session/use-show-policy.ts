'use client';
import { useLayoutEffect } from 'react';
import { useSession } from './session';
import type { ShownPolicy } from './shown-policy';

/** Makes the worker decide by the policy that the page shows, so that no frame shows the decisions of another policy. */
export function useShowPolicy(shown: ShownPolicy): void {
  const { replay } = useSession();
  const { rules, settings } = shown;
  useLayoutEffect(() => replay.show({ rules, settings }), [replay, rules, settings]);
}
