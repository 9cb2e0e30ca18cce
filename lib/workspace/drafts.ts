import type { Rule, RuleId } from '../engine';
import { isFailure, type StoreFailure, type PolicyId, type RuleDraft, type Store } from '../store';
import type { ShownDraft } from './snapshot';

export interface DraftsPorts {
  readonly store: Store;
  readonly now: () => number;
  readonly changed: () => void;
  readonly failed: (failure: StoreFailure) => void;
}

/**
 * Rules under edit, kept across reloads: one may be open in this tab, others are kept aside. Typing writes often, so
 * only the latest state of each draft is written, and only one write is under way.
 */
export class Drafts {
  readonly #ports: DraftsPorts;
  #policy: PolicyId;
  #kept = new Map<RuleId, RuleDraft>();
  #open: RuleId | null = null;
  /** Drafts whose stored state is behind; by policy, since another may be open by the time they are written. */
  #behind = new Map<string, RuleDraft | { readonly policyId: PolicyId; readonly gone: RuleId }>();
  #writing: Promise<void> | null = null;
  #failure: StoreFailure | null = null;
  #list: readonly ShownDraft[] | null = null;

  constructor(policy: PolicyId, ports: DraftsPorts) {
    this.#policy = policy;
    this.#ports = ports;
  }

  get busy(): boolean {
    return this.#writing !== null;
  }
  /** Why the last write failed; what it should have written is kept, and written with the next. */
  get failure(): StoreFailure | null {
    return this.#failure;
  }
  /** Drafts that are not stored as they are. */
  get unsaved(): readonly RuleDraft[] {
    return [...this.#behind.values()].flatMap((state) => ('gone' in state ? [] : state));
  }
  get current(): ShownDraft | null {
    return this.all.find(({ rule }) => rule.id === this.#open) ?? null;
  }
  get all(): readonly ShownDraft[] {
    return (this.#list ??= [...this.#kept.values()].map(({ rule, index }) => ({ rule, index })));
  }

  /** Turns to a policy, and reads its drafts; the one that was open when it was last touched is open again. */
  async loadFor(policy: PolicyId): Promise<void> {
    this.#policy = policy;
    this.#open = null;
    this.#keep([]);
    await this.settled();
    await this.refresh();
    if (policy !== this.#policy) return;
    const opened = [...this.#kept.values()].filter(({ open }) => open).sort((a, b) => b.at - a.at);
    this.#open = opened[0]?.rule.id ?? null;
    this.#ports.changed();
  }

  /** Reads the drafts again; the one that is open here stays as it is. */
  async refresh(): Promise<void> {
    const policy = this.#policy;
    const listed = await this.#ports.store.listDrafts(policy);
    if (policy !== this.#policy) return;
    if (isFailure(listed)) return this.#ports.failed(listed);
    const own = this.#open === null ? undefined : this.#kept.get(this.#open);
    const others = listed.values.filter(
      ({ rule }) => rule.id !== own?.rule.id && !this.#behind.has(keyOf(policy, rule.id)),
    );
    const waiting = this.unsaved.filter(({ policyId, rule }) => policyId === policy && rule.id !== own?.rule.id);
    this.#keep(own ? [...others, ...waiting, own] : [...others, ...waiting]);
    this.#ports.changed();
  }

  /** Opens the kept draft of a rule, or begins one from how the rule stands. */
  open(rule: Rule, index: number | null): void {
    const kept = this.#kept.get(rule.id);
    this.#set(kept ? { ...kept, open: true } : this.#draft(rule, index));
    this.#open = rule.id;
    this.#ports.changed();
  }

  /** The open draft's new state. */
  change(rule: Rule): void {
    const current = this.current;
    if (!current || current.rule.id !== rule.id) return;
    this.#set(this.#draft(rule, current.index));
    this.#ports.changed();
  }

  close(how: 'keep' | 'discard'): void {
    const draft = this.#open === null ? undefined : this.#kept.get(this.#open);
    this.#open = null;
    if (draft && how === 'keep') this.#set({ ...draft, open: false });
    if (draft && how === 'discard') {
      this.#keep([...this.#kept.values()].filter((kept) => kept !== draft));
      this.#write(keyOf(draft.policyId, draft.rule.id), { policyId: draft.policyId, gone: draft.rule.id });
    }
    this.#ports.changed();
  }

  /** Forgets everything without a write: all data were deleted. */
  forget(): void {
    this.#behind.clear();
    this.#failure = null;
    this.#open = null;
    this.#keep([]);
  }

  /** Writes what could not be written before. */
  async save(): Promise<void> {
    if (this.#behind.size > 0) this.#startWriting();
    await this.settled();
  }

  /** Storage was closed and may have lost the drafts: they are written again with the next `save`. */
  interrupted(failure: StoreFailure): void {
    for (const draft of this.#kept.values()) {
      const key = keyOf(draft.policyId, draft.rule.id);
      if (!this.#behind.has(key)) this.#behind.set(key, draft);
    }
    if (this.#behind.size > 0) this.#failure = failure;
  }

  async settled(): Promise<void> {
    while (this.#writing) await this.#writing;
  }

  #draft(rule: Rule, index: number | null): RuleDraft {
    return { policyId: this.#policy, rule, index, open: true, at: this.#ports.now() };
  }

  #keep(drafts: readonly RuleDraft[]): void {
    this.#kept = new Map(drafts.map((draft) => [draft.rule.id, draft]));
    this.#list = null;
  }

  #set(draft: RuleDraft): void {
    this.#keep([...[...this.#kept.values()].filter(({ rule }) => rule.id !== draft.rule.id), draft]);
    this.#write(keyOf(draft.policyId, draft.rule.id), draft);
  }

  #write(key: string, state: RuleDraft | { readonly policyId: PolicyId; readonly gone: RuleId }): void {
    this.#behind.set(key, state);
    this.#startWriting();
  }

  #startWriting(): void {
    this.#writing ??= this.#writeAll().finally(() => {
      this.#writing = null;
      this.#ports.changed();
    });
  }

  async #writeAll(): Promise<void> {
    this.#failure = null;
    for (let [next] = this.#behind; next; [next] = this.#behind) {
      const [key, state] = next;
      const { store } = this.#ports;
      const written =
        'gone' in state ? await store.deleteDraft(state.policyId, state.gone) : await store.putDraft(state);
      if (isFailure(written)) {
        this.#failure = written;
        return this.#ports.failed(written);
      }
      // Typed on meanwhile: the newer state is written next.
      if (this.#behind.get(key) === state) this.#behind.delete(key);
    }
  }
}

const keyOf = (policy: PolicyId, rule: RuleId): string => JSON.stringify([policy, rule]);
