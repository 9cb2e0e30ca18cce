import { useDeferredValue, useMemo } from 'react';
import { digestOf } from '@/lib/bundle';
import type { Policy } from '@/lib/engine';

/**
 * The digest of a policy or bundle; pass the same object while it does not change. Undefined while it is calculated, which happens after
 * the next paint.
 */
export function useDigest(of: Policy): string | undefined {
  const settled = useDeferredValue<typeof of | undefined>(of, undefined);
  const digest = useMemo(() => (settled === undefined ? undefined : digestOf(settled)), [settled]);
  return settled === of ? digest : undefined;
}
