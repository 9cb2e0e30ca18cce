import {
  isFailure,
  type StoreDone,
  type StoreFailure,
  type StoreMissing,
  type PolicyContent,
  type PolicyHead,
  type PolicyId,
  type PolicyState,
  type Store,
} from '../store';
import { copyName } from './apply';
import { contentOf } from './document';
import { sameJson } from './equal';
import { FIRST_POLICY, firstPolicy, newPolicy } from './first-visit';
import { newPolicyId, type RandomSource } from './ids';
import { OpenPolicy, type RefusedChange } from './open-policy';
import type { AsidePolicy, NoticeText, PolicySummary } from './snapshot';

export interface PolicyShelfPorts {
  readonly store: Store;
  readonly now: () => number;
  readonly random: RandomSource;
  readonly changed: () => void;
  readonly notice: (text: NoticeText) => void;
  readonly refused: (policy: OpenPolicy, change: RefusedChange) => void;
  /** A policy was deleted in another tab. */
  readonly lost: (policy: OpenPolicy) => void;
}

export type LoadedPolicyDocument =
  { readonly kind: 'loaded'; readonly policy: OpenPolicy } | StoreMissing | StoreFailure;

/** A deleted policy can be brought back for so long (seven days, in milliseconds). */
const BIN_TIME = 7 * 24 * 3_600_000;
/** The setting with the time of the last start. */
const LAST_VISIT = 'last-visit';

/** All policies of this browser: what each is called, and those that were opened here. */
export class PolicyShelf {
  readonly #ports: PolicyShelfPorts;
  /** Opened here. One with unsaved changes must not be forgotten when another is opened. */
  readonly #open = new Map<PolicyId, OpenPolicy>();
  #heads: readonly PolicyHead[] = [];
  #summaries: readonly PolicySummary[] = [];
  #aside: readonly AsidePolicy[] = [];

  constructor(ports: PolicyShelfPorts) {
    this.#ports = ports;
  }

  get open(): readonly OpenPolicy[] {
    return [...this.#open.values()];
  }
  get unsaved(): number {
    return this.open.reduce((sum, policy) => sum + policy.unsaved, 0);
  }
  get failure(): StoreFailure | null {
    return this.open.find(({ failure }) => failure !== null)?.failure ?? null;
  }

  /** Policies in use, the latest change first; opened ones as they are shown. */
  get summaries(): readonly PolicySummary[] {
    const opened = new Set(this.#open.keys());
    const closed = this.#heads
      .filter((head) => !opened.has(head.id) && isInUse(head))
      .map((head) => summary(head.id, head.content, head.updatedAt));
    const open = this.open.map(({ id, document, head }) => summary(id, document, head.updatedAt));
    const all = [...closed, ...open].sort((a, b) => b.updatedAt - a.updatedAt || (a.id < b.id ? -1 : 1));
    if (!sameJson(all, this.#summaries)) this.#summaries = all;
    return this.#summaries;
  }

  /**
   * Removes for good what was deleted long ago, as of the visit before this one: a clock that was once set ahead does not empty the bin
   * at that visit, and the next one goes by the earlier of the two times.
   */
  async emptyBin(): Promise<void> {
    const { store, now } = this.#ports;
    const last = await store.readSetting(LAST_VISIT);
    const before = last.kind === 'found' && typeof last.value === 'number' ? last.value : 0;
    await store.purgeDeleted(Math.min(now(), before) - BIN_TIME);
    await store.putSetting(LAST_VISIT, now());
  }

  /** Reads which policies there are. */
  async read(): Promise<void> {
    const listed = await this.#ports.store.listPolicies();
    if (isFailure(listed)) this.#ports.notice({ kind: 'storage', failure: listed });
    else this.#heads = listed.values;
    this.#ports.changed();
  }

  /** Policies in the archive and in the bin, the latest first. */
  get aside(): readonly AsidePolicy[] {
    const all = this.#heads
      .filter((head) => !isInUse(head) && !this.#open.has(head.id))
      .map(({ id, content, updatedAt, archivedAt, deletedAt }) => ({
        ...summary(id, content, updatedAt),
        place: deletedAt === null ? ('archive' as const) : ('bin' as const),
        since: deletedAt ?? archivedAt ?? updatedAt,
      }))
      .sort((a, b) => b.since - a.since || (a.id < b.id ? -1 : 1));
    if (!sameJson(all, this.#aside)) this.#aside = all;
    return this.#aside;
  }

  /** The policy, up to date with other tabs. */
  async load(id: PolicyId): Promise<LoadedPolicyDocument> {
    const known = this.#open.get(id);
    if (known) {
      await known.refresh();
      return known.ended ? { kind: 'missing' } : { kind: 'loaded', policy: known };
    }
    const read = await this.#ports.store.readPolicy(id);
    if (read.kind !== 'found') return read;
    return read.value.head.deletedAt === null
      ? { kind: 'loaded', policy: this.#take(read.value) }
      : { kind: 'missing' };
  }

  /** A new policy. Where it cannot be stored it is held in memory, and shown as unsaved. */
  async create(content?: PolicyContent, id: PolicyId = newPolicyId(this.#ports.random)): Promise<OpenPolicy> {
    const at = this.#ports.now();
    const head: PolicyHead = {
      id,
      revision: 0,
      content: contentOf(content ?? newPolicy(this.#freeName('New policy'))),
      first: 1,
      cursor: 0,
      last: 0,
      createdAt: at,
      updatedAt: at,
      deletedAt: null,
    };
    const policy = this.#take({ head, back: null, ahead: null });
    await policy.save();
    return policy;
  }

  async duplicate(id: PolicyId): Promise<LoadedPolicyDocument> {
    const loaded = await this.load(id);
    if (loaded.kind !== 'loaded') return loaded;
    const { document } = loaded.policy;
    const name = copyName(document.name, new Set(this.summaries.map((one) => one.name)));
    return { kind: 'loaded', policy: await this.create({ ...document, name }) };
  }

  /** The first of these that is there; else the latest policy, or another: the first visit's where there never was one, else a new one. */
  async loadAny(...wanted: readonly (PolicyId | null | undefined)[]): Promise<OpenPolicy> {
    for (const id of [...wanted, ...this.summaries.map((one) => one.id)]) {
      const loaded = id === null || id === undefined ? undefined : await this.load(id);
      if (loaded?.kind === 'loaded') return loaded.policy;
    }
    const found = await this.#ports.store.readPolicy(FIRST_POLICY);
    return found.kind === 'missing' ? this.create(firstPolicy(), FIRST_POLICY) : this.create();
  }

  /** Puts a policy into the bin or the archive, with what is still unsaved of it. */
  async putAside(id: PolicyId, place: AsidePolicy['place']): Promise<StoreDone | StoreMissing | StoreFailure> {
    const { store, now } = this.#ports;
    const policy = this.#open.get(id);
    await policy?.save();
    const put = place === 'bin' ? await store.setDeleted(id, now()) : await store.setArchived(id, now());
    // One that was never stored is simply gone; it cannot be archived.
    const isGone = put.kind === 'done' || (place === 'bin' && policy !== undefined && put.kind === 'missing');
    if (!isGone) return put;
    policy?.end();
    this.#open.delete(id);
    await this.read();
    return { kind: 'done' };
  }

  /** Takes a policy out of the bin and the archive. */
  async restore(id: PolicyId): Promise<LoadedPolicyDocument> {
    const { store } = this.#ports;
    const found = await store.readPolicy(id);
    if (found.kind !== 'found') return found;
    const { deletedAt, archivedAt = null } = found.value.head;
    const restored = deletedAt === null ? { kind: 'done' as const } : await store.setDeleted(id, null);
    if (restored.kind !== 'done') return restored;
    const unarchived = archivedAt === null ? { kind: 'done' as const } : await store.setArchived(id, null);
    if (unarchived.kind !== 'done') return unarchived;
    await this.read();
    return this.load(id);
  }

  /** A revision that another tab has announced. */
  heard(id: PolicyId, revision: number): void {
    this.#open.get(id)?.heard(revision);
  }

  /** INVARIANT: a policy with changes that are not stored yet stays known, so that they are still written. */
  forgetAllBut(current: OpenPolicy): void {
    for (const [id, policy] of this.#open) {
      if (policy === current || policy.unsaved > 0 || policy.busy) continue;
      this.#open.delete(id);
      this.#heads = [...this.#heads.filter((head) => head.id !== id), policy.head];
    }
  }

  forget(policy: OpenPolicy): void {
    if (this.#open.get(policy.id) === policy) this.#open.delete(policy.id);
  }

  /** Nothing of what is open is written any more: all data were deleted. */
  end(): void {
    for (const policy of this.#open.values()) policy.end();
    this.#open.clear();
    this.#heads = [];
  }

  /** Storage was closed and may have lost everything: what is known of each policy counts as not stored. */
  interrupted(failure: StoreFailure): void {
    for (const head of this.#heads)
      if (head.deletedAt === null && !this.#open.has(head.id)) this.#take({ head, back: null, ahead: null });
    for (const policy of this.#open.values()) policy.interrupted(failure);
  }

  async save(): Promise<void> {
    await Promise.all(this.open.filter(({ unsaved }) => unsaved > 0).map((policy) => policy.save()));
  }

  #take(state: PolicyState): OpenPolicy {
    const { store, now, changed, notice, lost, refused } = this.#ports;
    const policy: OpenPolicy = new OpenPolicy(state, {
      store,
      now,
      changed,
      notice,
      refused: (change) => refused(policy, change),
      gone: () => lost(policy),
    });
    this.#open.set(state.head.id, policy);
    return policy;
  }

  /** The name, or with the first number behind it that no policy has. */
  #freeName(name: string): string {
    const taken = new Set(this.summaries.map((one) => one.name));
    for (let n = 1; ; n++) {
      const candidate = n === 1 ? name : `${name} ${n}`;
      if (!taken.has(candidate)) return candidate;
    }
  }
}

const isInUse = ({ deletedAt, archivedAt = null }: PolicyHead): boolean => deletedAt === null && archivedAt === null;

const summary = (id: PolicyId, { name, rules }: PolicyContent, updatedAt: number): PolicySummary => ({
  id,
  name,
  rules: rules.length,
  updatedAt,
});
