import { bundleOf, type Bundle } from '../bundle';
import type { JsonObject, Policy } from '../engine';
import {
  BASELINE_OF,
  isFailure,
  policyId,
  versionId,
  type NamedVersion,
  type PolicyId,
  type Store,
  type VersionId,
} from '../store';

/** A policy that the open one is compared with. */
export interface Baseline {
  readonly from: BaselineSource;
  /** What it is called: a version's name, a policy's, a bundle's. */
  readonly name: string;
  readonly policy: Policy;
}

/** A version is as it was; another policy is as it is now; a bundle is kept as it came. */
export type BaselineSource =
  | { readonly kind: 'version'; readonly id: VersionId }
  | { readonly kind: 'policy'; readonly id: PolicyId }
  | { readonly kind: 'bundle' };

export interface BaselinePorts {
  readonly store: Store;
  readonly changed: () => void;
  /** Whether what is chosen is kept with the policy; if not, only what was chosen elsewhere is read. */
  readonly remember: boolean;
}

/** The baseline of the open policy, kept with it across reloads. What cannot be read back is simply not there. */
export class Baselines {
  readonly #ports: BaselinePorts;
  #policy: PolicyId | null = null;
  #current: Baseline | null = null;
  /** Counts what was chosen: an answer of storage for an earlier choice is dropped. */
  #turns = 0;

  constructor(ports: BaselinePorts) {
    this.#ports = ports;
  }

  get current(): Baseline | null {
    return this.#current;
  }

  async loadFor(policy: PolicyId): Promise<void> {
    const turn = ++this.#turns;
    this.#policy = policy;
    this.#current = null;
    const found = await this.#ports.store.readSetting(keyOf(policy));
    const baseline = found.kind === 'found' ? await this.#readBack(found.value) : null;
    if (turn === this.#turns) this.#set(baseline);
  }

  async pinVersion({ id, name, content }: NamedVersion): Promise<void> {
    await this.#pin({ from: { kind: 'version', id }, name, policy: policyOf(content) });
  }

  async pinBundle(bundle: Bundle): Promise<void> {
    await this.#pin({ from: { kind: 'bundle' }, name: bundle.name, policy: policyOf(bundle) });
  }

  async pinPolicy(id: PolicyId): Promise<void> {
    const turn = ++this.#turns;
    const baseline = await this.#readPolicy(id);
    if (turn === this.#turns && baseline !== null) await this.#pin(baseline);
  }

  /** Keeps the bundle that is pinned, if one is, so that `pinKept` finds it by the digest of its policy. */
  async keep(): Promise<void> {
    if (this.#current?.from.kind !== 'bundle') return;
    const { keepBundle } = await import('./kept-bundles');
    await keepBundle(this.#ports.store, this.#current);
  }

  /** Pins a bundle by the digest of its policy. One that is kept no longer changes nothing, and gives false. */
  async pinKept(digest: string): Promise<boolean> {
    const turn = ++this.#turns;
    const { readKeptBundle } = await import('./kept-bundles');
    const kept = await readKeptBundle(this.#ports.store, digest);
    if (kept === null) return false;
    if (turn === this.#turns) await this.#pin({ from: { kind: 'bundle' }, ...kept });
    return true;
  }

  async unpin(): Promise<void> {
    this.#turns += 1;
    this.#set(null);
    await this.#write(null);
  }

  /** Another policy was changed. */
  async heard(id: PolicyId): Promise<void> {
    const from = this.#current?.from;
    if (from?.kind !== 'policy' || from.id !== id) return;
    const turn = ++this.#turns;
    const baseline = await this.#readPolicy(id);
    if (turn === this.#turns) this.#set(baseline);
  }

  async #pin(baseline: Baseline): Promise<void> {
    this.#turns += 1;
    this.#set(baseline);
    await this.#write(baseline);
  }

  async #write(baseline: Baseline | null): Promise<void> {
    if (this.#policy === null || !this.#ports.remember) return;
    await this.#ports.store.putSetting(keyOf(this.#policy), baseline === null ? null : await written(baseline));
  }

  #set(baseline: Baseline | null): void {
    if (baseline === this.#current) return;
    this.#current = baseline;
    this.#ports.changed();
  }

  async #readPolicy(id: PolicyId): Promise<Baseline | null> {
    const read = await this.#ports.store.readPolicy(id);
    if (isFailure(read) || read.kind === 'missing' || read.value.head.deletedAt !== null) return null;
    const { content } = read.value.head;
    return { from: { kind: 'policy', id }, name: content.name, policy: policyOf(content) };
  }

  async #readBack(value: unknown): Promise<Baseline | null> {
    if (typeof value !== 'object' || value === null) return null;
    const { kind, id, bundle } = value as { readonly [key: string]: unknown };
    if (kind === 'policy' && typeof id === 'string') return this.#readPolicy(policyId(id));
    if (typeof bundle !== 'string') return null;
    const { readBundle } = await import('../bundle');
    const read = readBundle(bundle);
    if (!read.ok) return null;
    const { name } = read.bundle;
    if (kind === 'bundle') return { from: { kind }, name, policy: policyOf(read.bundle) };
    if (kind !== 'version' || typeof id !== 'string') return null;
    return { from: { kind, id: versionId(id) }, name, policy: policyOf(read.bundle) };
  }
}

const keyOf = (id: PolicyId): string => `${BASELINE_OF}${id}`;
const policyOf = ({ rules, settings }: Policy): Policy => ({ rules, settings });

/** As it is stored: the policy as a bundle's text, which is validated when it is read back. */
async function written({ from, name, policy }: Baseline): Promise<JsonObject> {
  if (from.kind === 'policy') return { kind: from.kind, id: from.id };
  const { writeBundle } = await import('../bundle');
  const bundle = writeBundle(bundleOf(name, policy));
  return from.kind === 'version' ? { kind: from.kind, id: from.id, bundle } : { kind: from.kind, bundle };
}
