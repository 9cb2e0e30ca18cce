import {
  isFailure,
  type StoreFailure,
  type NamedVersion,
  type PolicyContent,
  type PolicyId,
  type Store,
  type VersionId,
} from '../store';
import { contentOf } from './document';
import { newVersionId, type RandomSource } from './ids';

export interface VersionsPorts {
  readonly store: Store;
  readonly now: () => number;
  readonly random: RandomSource;
  readonly changed: () => void;
  readonly failed: (failure: StoreFailure) => void;
}

/** The named versions of the open policy, newest first. */
export class Versions {
  readonly #ports: VersionsPorts;
  #policy: PolicyId | null = null;
  #all: readonly NamedVersion[] = [];
  /** Shown here, and perhaps no longer stored. */
  #unsure: readonly NamedVersion[] = [];

  constructor(ports: VersionsPorts) {
    this.#ports = ports;
  }

  get all(): readonly NamedVersion[] {
    return this.#all;
  }
  get unsaved(): readonly NamedVersion[] {
    return this.#unsure;
  }

  /** Storage was closed and may have lost the versions: they are written again by `restore`. */
  interrupted(): void {
    this.#unsure = [...this.#unsure, ...this.#all.filter((version) => !this.#unsure.includes(version))];
  }

  /** Writes again what may have been lost. A version never changes: one that is there still is written as it is. */
  async restore(): Promise<void> {
    for (let [next] = this.#unsure; next; [next] = this.#unsure) {
      const version = next;
      const written = await this.#ports.store.putVersion(version);
      if (isFailure(written)) return this.#ports.failed(written);
      this.#unsure = this.#unsure.filter((one) => one !== version);
    }
  }

  /** Everything was deleted on purpose. */
  forget(): void {
    this.#unsure = [];
  }

  async loadFor(policy: PolicyId): Promise<void> {
    this.#policy = policy;
    this.#all = [];
    await this.refresh();
  }

  /** Reads them again, where they are those of the open policy. */
  async refresh(of: PolicyId | null = this.#policy): Promise<void> {
    if (of === null || of !== this.#policy) return;
    const listed = await this.#ports.store.listVersions(of);
    if (of !== this.#policy) return;
    if (isFailure(listed)) return this.#ports.failed(listed);
    this.#all = listed.values.toSorted((a, b) => b.at - a.at || (a.id < b.id ? -1 : 1));
    this.#ports.changed();
  }

  async save(policyId: PolicyId, name: string, content: PolicyContent): Promise<NamedVersion | StoreFailure> {
    const { store, now, random } = this.#ports;
    const version = { id: newVersionId(random), policyId, name, at: now(), content: contentOf(content) };
    const written = await store.putVersion(version);
    if (isFailure(written)) return written;
    await this.refresh(policyId);
    return version;
  }

  async delete(id: VersionId): Promise<void> {
    const version = this.#all.find((one) => one.id === id);
    if (!version) return;
    const written = await this.#ports.store.deleteVersion(version.policyId, id);
    if (isFailure(written)) this.#ports.failed(written);
    await this.refresh(version.policyId);
  }
}
