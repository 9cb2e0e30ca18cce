import { digestOf } from '@/lib/bundle';
import type { Baseline } from '@/lib/workspace';
import type { AgainstName } from './address';

/** The name of a baseline in an address; undefined where there is none. */
export function nameOf(baseline: Baseline | null): AgainstName | undefined {
  if (baseline === null) return undefined;
  const { from, policy } = baseline;
  return from.kind === 'bundle' ? { kind: from.kind, digest: digestOf(policy) } : from;
}
