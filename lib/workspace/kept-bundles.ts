import type { Policy } from '../engine';
import { COMPARED_BUNDLES, isFailure, type Store, type WriteOutcome } from '../store';

/** A bundle that a policy is compared with: what counts of it. */
export interface KeptBundle {
  readonly name: string;
  readonly policy: Policy;
}

/** So many are kept, the last ones. */
const MOST = 8;

interface KeptBundleRow {
  readonly digest: string;
  /** The bundle's text, which is validated when it is read back. */
  readonly bundle: string;
}

/**
 * Keeps a bundle under the digest of its policy, so that an address can name what it cannot hold. The oldest of many gives way.
 * Two tabs that keep one at the same moment may lose one of them: it is asked for again.
 */
export async function keepBundle(store: Store, { name, policy }: KeptBundle): Promise<WriteOutcome> {
  const { bundleOf, digestOf, writeBundle } = await import('../bundle');
  const digest = digestOf(policy);
  const rows = await readRows(store);
  const row: KeptBundleRow = { digest, bundle: writeBundle(bundleOf(name, policy)) };
  if (rows[0]?.digest === digest && rows[0].bundle === row.bundle) return { kind: 'done' };
  const kept = [row, ...rows.filter((other) => other.digest !== digest)].slice(0, MOST);
  return store.putSetting(
    COMPARED_BUNDLES,
    kept.map((one) => ({ ...one })),
  );
}

/** The bundle whose policy has this digest; null where it is kept no longer, or is not what it should be. */
export async function readKeptBundle(store: Store, digest: string): Promise<KeptBundle | null> {
  const row = (await readRows(store)).find((one) => one.digest === digest);
  if (row === undefined) return null;
  const { digestOf, readBundle } = await import('../bundle');
  const read = readBundle(row.bundle);
  if (!read.ok || digestOf(read.bundle) !== digest) return null;
  const { name, rules, settings } = read.bundle;
  return { name, policy: { rules, settings } };
}

async function readRows(store: Store): Promise<readonly KeptBundleRow[]> {
  const found = await store.readSetting(COMPARED_BUNDLES);
  if (isFailure(found) || found.kind === 'missing' || !Array.isArray(found.value)) return [];
  return found.value.filter(isRow);
}

function isRow(value: unknown): value is KeptBundleRow {
  if (typeof value !== 'object' || value === null) return false;
  const { digest, bundle } = value as { readonly [key: string]: unknown };
  return typeof digest === 'string' && typeof bundle === 'string';
}
