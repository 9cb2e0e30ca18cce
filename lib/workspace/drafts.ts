import type { Rule, RuleId } from '../engine';
import { followSaved, settleEdit, type RulePart } from './merge-rules';
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
  /** Where the rule of the open draft was last seen: a deleted rule is added again there. */
  #place = 0;
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
    return (this.#list ??= [...this.#kept.values()].map(({ rule, base, index }) => ({
      rule,
      base: base ?? null,
      index,
    })));
  }

  /** Turns to a policy, and reads its drafts; the one that was open when it was last touched is open again. */
  async loadFor(policy: PolicyId): Promise<void> {
    this.#policy = policy;
    this.#open = null;
    this.#place = 0;
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
    const own = this.#openDraft;
    const others = listed.values.filter(
      ({ rule }) => rule.id !== own?.rule.id && !this.#behind.has(keyOf(policy, rule.id)),
    );
    // Another tab that had the same rule under edit has ended its edit, and removed the row that both wrote.
    const isStored = listed.values.some(({ rule }) => rule.id === own?.rule.id);
    if (own !== undefined && !isStored) this.#write(keyOf(policy, own.rule.id), own);
    const waiting = this.unsaved.filter(({ policyId, rule }) => policyId === policy && rule.id !== own?.rule.id);
    this.#keep(own ? [...others, ...waiting, own] : [...others, ...waiting]);
    this.#ports.changed();
  }

  /** Opens the kept draft of a rule, or begins one from how the rule is saved. */
  open(rule: Rule, index: number | null): void {
    const kept = this.#kept.get(rule.id);
    this.#set(kept ? { ...kept, open: true } : this.#draft(rule, index));
    this.#open = rule.id;
    this.#ports.changed();
  }

  /** The open draft's new state. */
  change(rule: Rule): void {
    const kept = this.#kept.get(rule.id);
    if (!kept || rule.id !== this.#open) return;
    this.#set({ ...kept, rule, at: this.#ports.now() });
    this.#ports.changed();
  }

  /** Takes over into the open draft what it does not change itself of its rule, as that is saved now. */
  follow(rules: readonly Rule[]): void {
    const draft = this.#openDraft;
    if (draft === undefined || draft.index !== null) return;
    const saved = rules.find(({ id }) => id === draft.rule.id);
    if (saved !== undefined) this.#place = rules.indexOf(saved);
    const base = draft.base ?? saved;
    if (base === undefined) return;
    const edit = { ...draft, base };
    const followed = followSaved(edit, rules);
    if (followed !== edit || draft.base === undefined) this.#set(followed);
  }

  /** Ends the open draft's conflict with its rule: the named parts as they are saved, others as edited. A deleted rule becomes a new one. */
  settle(rules: readonly Rule[], asSaved: readonly RulePart[]): void {
    const draft = this.#openDraft;
    if (draft === undefined) return;
    const { base, ...settled } = settleEdit({ ...draft, base: draft.base ?? null }, rules, asSaved);
    this.#set(base === null ? { ...settled, index: Math.min(this.#place, rules.length) } : { ...settled, base });
    this.#ports.changed();
  }

  /** Keeps an edit that was saved and then refused; it is open again where no other one is. */
  putBack(policyId: PolicyId, rule: Rule, base: Rule): void {
    const draft = { ...this.#draft(rule, null, base), policyId };
    if (policyId !== this.#policy) return this.#write(keyOf(policyId, rule.id), { ...draft, open: false });
    this.#set({ ...draft, open: this.#open === null });
    this.#open ??= rule.id;
    this.#ports.changed();
  }

  close(how: 'keep' | 'discard'): void {
    const draft = this.#openDraft;
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

  get #openDraft(): RuleDraft | undefined {
    return this.#open === null ? undefined : this.#kept.get(this.#open);
  }

  #draft(rule: Rule, index: number | null, base = rule): RuleDraft {
    const at = this.#ports.now();
    return { policyId: this.#policy, rule, index, open: true, at, ...(index === null ? { base } : {}) };
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
