import { useDeferredValue, useMemo } from 'react';
import { digestOf } from '@/lib/bundle';
import type { Policy } from '@/lib/engine';

/**
 * The digest of a policy or bundle, the same object as long as it says the same; undefined while it is worked out, which for a long policy
 * is left until what was asked for is on the screen.
 */
export function useDigest(of: Policy): string | undefined {
  const settled = useDeferredValue<typeof of | undefined>(of, undefined);
  const digest = useMemo(() => (settled === undefined ? undefined : digestOf(settled)), [settled]);
  return settled === of ? digest : undefined;
}
