import type { CallId, Rule, RuleId } from '../engine';
import {
  isFailure,
  type StoreChange,
  type Closing,
  type StoreFailure,
  type StoreMissing,
  type NamedVersion,
  type ObservedChange,
  type OpenedStore,
  type PolicyContent,
  type PolicyId,
  type Store,
  type TraceId,
  type VersionId,
} from '../store';
import { Baselines } from './baseline';
import type { AppliedCommand, PolicyCommand } from './command';
import { Drafts } from './drafts';
import { kept } from './equal';
import type { UnsavedTrace, WorkFile } from './export-work';
import type { PagePreferences } from './work-settings';
import { FIRST_POLICY } from './first-visit';
import type { ImportedWork, IncomingWork, ReadWork } from './import-work';
import { newRuleId, type RandomSource } from './ids';
import { emptyRule } from './new-rule';
import { NoticeList } from './notices';
import type { HistoryMove, OpenPolicy, RefusedChange } from './open-policy';
import { editConflict, type EditConflict, type RulePart } from './merge-rules';
import type { WorkspaceOptions } from './options';
import type { PolicyHistory } from './policy-history';
import { Quarantine } from './quarantine';
import { PolicyShelf, type LoadedPolicyDocument } from './shelf';
import { savedState } from './saved';
import type { AsidePolicy, NoticeText, WorkbenchSelection, WorkspaceSnapshot } from './snapshot';
import { Versions } from './versions';
import { readView, writeView } from './view';

/** The rule under edit was changed or deleted meanwhile, and not only where the edit leaves it as it was. */
export interface DraftConflict {
  readonly kind: 'conflict';
  readonly conflict: EditConflict;
}

export type OpeningOutcome = { readonly kind: 'opened'; readonly id: PolicyId } | StoreMissing | StoreFailure;

const NO_SELECTION: WorkbenchSelection = { rules: [], traceId: null, callId: null };

/**
 * The open policy and all around it. Framework-free: `subscribe` and `getSnapshot` are bound, ready for
 * `useSyncExternalStore`. No method throws or rejects. The file is long because this is the one entry: most methods hand on to the part that
 * keeps it, and the others concern several parts.
 */
export class Workspace {
  readonly #opened: OpenedStore;
  readonly #store: Store;
  readonly #now: () => number;
  readonly #random: RandomSource;
  readonly #first: PolicyId | undefined;
  readonly #onlyLooks: boolean;
  readonly #listeners = new Set<() => void>();
  readonly #unwatch: () => void;
  readonly #shelf: PolicyShelf;
  readonly #drafts: Drafts;
  readonly #versions: Versions;
  /** What the open policy is compared with; the choice is kept with it. */
  readonly baselines: Baselines;
  readonly #quarantine: Quarantine;
  readonly #notices = new NoticeList();
  #current: OpenPolicy | null = null;
  #selection: WorkbenchSelection = NO_SELECTION;
  /** Counts the policies that were turned to: of two that are opened at once, the later one is shown. */
  #turns = 0;
  #background: Promise<unknown> = Promise.resolve();
  #snapshot: WorkspaceSnapshot = { phase: 'opening' };
  #closed = false;

  constructor(opened: OpenedStore, { now, random, policy, onlyLooks = false }: WorkspaceOptions) {
    this.#opened = opened;
    this.#store = opened.store;
    this.#now = now;
    this.#random = random;
    this.#first = policy;
    this.#onlyLooks = onlyLooks;
    const changed = () => this.#changed();
    const notice = (text: NoticeText) => this.#notify(text);
    const failed = (failure: StoreFailure) => notice({ kind: 'storage', failure });
    const lost = (policy: OpenPolicy) => this.#afterwards(() => this.#lost(policy));
    const refused = (policy: OpenPolicy, change: RefusedChange) => this.#refused(policy, change);
    this.#shelf = new PolicyShelf({ store: this.#store, now, random, changed, notice, lost, refused });
    this.#drafts = new Drafts(FIRST_POLICY, { store: this.#store, now, changed, failed });
    this.#versions = new Versions({ store: this.#store, now, random, changed, failed });
    this.baselines = new Baselines({ store: this.#store, changed, remember: !onlyLooks });
    this.#quarantine = new Quarantine(this.#store);
    this.#unwatch = this.#store.watch((observed) => this.#observe(observed));
  }

  /** Reads what is stored, or makes the first visit's policy. Called once. */
  async start(): Promise<void> {
    await this.#shelf.emptyBin();
    await this.#shelf.read();
    const view = await readView(this.#store);
    this.#selection = { rules: [], traceId: view.traceId, callId: view.callId };
    await this.#switchTo(await this.#shelf.loadAny(this.#first, view.policyId));
    await this.#readQuarantine();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  readonly getSnapshot = (): WorkspaceSnapshot => this.#snapshot;

  /** Shown at once, saved behind. What is refused changes nothing. */
  dispatch(command: PolicyCommand): AppliedCommand {
    return this.#current?.dispatch(command) ?? { kind: 'unchanged' };
  }

  /** A rule id that neither the open policy nor a draft of it has. */
  newRuleId(): RuleId {
    const rules = [...(this.#current?.document.rules ?? []), ...this.#drafts.all.map(({ rule }) => rule)];
    return newRuleId(this.#random, new Set(rules.map(({ id }) => id)));
  }

  /** Takes back the last step of the open policy, whoever made it. */
  async undo(): Promise<HistoryMove> {
    return (await this.#current?.undo()) ?? { kind: 'nothing' };
  }

  async redo(): Promise<HistoryMove> {
    return (await this.#current?.redo()) ?? { kind: 'nothing' };
  }

  /** Tries again to save what could not be saved; where the database was closed under us, opens it again. */
  async retrySave(): Promise<void> {
    const reopened = await this.#store.reopen();
    if (isFailure(reopened)) return this.#notify({ kind: 'storage', failure: reopened });
    await Promise.all([this.#shelf.save(), this.#drafts.save(), this.#versions.restore()]);
    if (this.#shelf.failure === null) this.#notices.withdraw('storage-closed');
    await this.refresh();
  }

  /** Resolves when everything so far is saved, or could not be. */
  async settled(): Promise<void> {
    for (;;) {
      const policies = this.#shelf.open;
      const background = this.#background;
      await Promise.all([background, this.#drafts.settled(), ...policies.map((policy) => policy.settled())]);
      if (!this.#drafts.busy && !policies.some((policy) => policy.busy) && background === this.#background) return;
    }
  }

  async openPolicy(id: PolicyId): Promise<OpeningOutcome> {
    return this.#turnToLoaded(() => this.#shelf.load(id));
  }

  /** Creates and opens a policy; without content, a new one with the rule `Allow all`. */
  async createPolicy(content?: PolicyContent): Promise<OpeningOutcome> {
    return this.#turnToLoaded(async () => ({ kind: 'loaded', policy: await this.#shelf.create(content) }));
  }

  async duplicatePolicy(id: PolicyId): Promise<OpeningOutcome> {
    return this.#turnToLoaded(() => this.#shelf.duplicate(id));
  }

  /** Renames a policy, also one that is not open: one step of its log. */
  async renamePolicy(id: PolicyId, name: string): Promise<AppliedCommand | StoreMissing | StoreFailure> {
    const loaded = await this.#shelf.load(id);
    if (loaded.kind !== 'loaded') return loaded;
    const applied = loaded.policy.dispatch({ kind: 'rename', name });
    await loaded.policy.settled();
    return applied;
  }

  /** Where it was open, opens another; `restorePolicy` takes it back. */
  deletePolicy(id: PolicyId): Promise<OpeningOutcome> {
    return this.#putAside(id, 'bin');
  }

  /** Takes a policy off the list of those in use; it stays, with its history. Where it was open, opens another. */
  archivePolicy(id: PolicyId): Promise<OpeningOutcome> {
    return this.#putAside(id, 'archive');
  }

  async #putAside(id: PolicyId, place: AsidePolicy['place']): Promise<OpeningOutcome> {
    const put = await this.#shelf.putAside(id, place);
    if (put.kind !== 'done') return put;
    const current = this.#current;
    if (current && current.id !== id) return { kind: 'opened', id: current.id };
    return this.#switchTo(await this.#shelf.loadAny());
  }

  /** Takes a policy out of the bin or the archive, and opens it. */
  async restorePolicy(id: PolicyId): Promise<OpeningOutcome> {
    return this.#turnToLoaded(() => this.#shelf.restore(id));
  }

  /** Begins to edit a rule: its kept draft where there is one. */
  editRule(id: RuleId): void {
    const rule = this.#current?.document.rules.find((one) => one.id === id);
    if (rule !== undefined) this.#drafts.open(rule, null);
  }

  /** Begins a new rule, at the top unless `index` says otherwise. */
  editNewRule(rule: Partial<Rule> = {}, index = 0): void {
    const id = this.newRuleId();
    this.#drafts.open({ ...emptyRule(id), ...rule, id }, index);
  }

  changeDraft(rule: Rule): void {
    this.#drafts.change(rule);
  }

  /** One undo step. The draft goes where it succeeds; a conflict with what was saved meanwhile is settled first. */
  saveDraft(): AppliedCommand | DraftConflict {
    const draft = this.#drafts.current;
    if (draft === null) return { kind: 'unchanged' };
    const { rule, base, index } = draft;
    const conflict = editConflict(draft, this.#current?.document.rules ?? []);
    if (conflict !== undefined) return { kind: 'conflict', conflict };
    const applied = this.dispatch(
      base === null ? { kind: 'add-rule', rule, index: index ?? 0 } : { kind: 'update-rule', rule, base },
    );
    if (applied.kind !== 'refused') this.closeDraft('discard');
    return applied;
  }

  /** Settles the conflict of the draft: the named parts become as they are saved, others stay as edited; a deleted rule is added again. */
  settleDraft(asSaved: readonly RulePart[]): void {
    this.#drafts.settle(this.#current?.document.rules ?? [], asSaved);
  }

  /** Stops editing; with `keep` the draft stays for later. */
  closeDraft(how: 'keep' | 'discard'): void {
    this.#drafts.close(how);
  }

  selectRules(rules: readonly RuleId[]): void {
    this.#select({ rules });
  }

  selectTrace(id: TraceId | null): void {
    if (id !== this.#selection.traceId) this.#select({ traceId: id, callId: null });
  }

  selectCall(id: CallId | null): void {
    if (id !== this.#selection.callId) this.#select({ callId: id });
  }

  async saveVersion(name: string): Promise<NamedVersion | StoreFailure> {
    const policy = this.#current;
    if (policy === null) return { kind: 'failed', reason: 'other', message: 'no policy is open' };
    return this.#versions.save(policy.id, name, policy.document);
  }

  deleteVersion(id: VersionId): Promise<void> {
    return this.#versions.delete(id);
  }

  /** Brings a version's content back as one undo step. */
  restoreVersion(id: VersionId): AppliedCommand {
    const version = this.#versions.all.find((one) => one.id === id);
    if (version === undefined) return { kind: 'unchanged' };
    return this.dispatch({ kind: 'replace-all', content: version.content, from: version.name });
  }

  /** The last steps of the open policy's log, at most `most` of those that are done, with the policy before and after each. */
  async readHistory(most: number): Promise<PolicyHistory | StoreFailure> {
    await this.#current?.settled();
    const { readHistory } = await import('./policy-history');
    return readHistory(this.#store, this.#current?.head, most);
  }

  /** What a file of exported work holds, verified. Nothing is stored. */
  async readWork(bytes: Uint8Array): Promise<ReadWork> {
    const { readWork } = await import('./import-work');
    return readWork(bytes);
  }

  /** Stores what a file of exported work holds beside what is there. */
  async importWork(work: IncomingWork): Promise<ImportedWork> {
    const { importWork } = await import('./import-work');
    const imported = await importWork(this.#store, work, this.#random);
    await this.refresh();
    return imported;
  }

  /** Throws away for good what could not be read back. */
  async discardQuarantined(): Promise<void> {
    await this.#quarantine.discard();
    await this.#readQuarantine();
  }

  dismissNotice(id: number): void {
    this.#notices.dismiss(id);
    this.#changed();
  }

  /** Reads again what other tabs may have changed: for a page that becomes visible. */
  async refresh(): Promise<void> {
    await Promise.all([this.#shelf.read(), this.#current?.refresh(), this.#drafts.refresh(), this.#versions.refresh()]);
  }

  async deleteEverything(): Promise<StoreFailure | { readonly kind: 'done' }> {
    const erased = await this.#store.deleteEverything();
    if (isFailure(erased)) return erased;
    await this.#begin();
    return { kind: 'done' };
  }

  /**
   * Everything of this browser as one file, with what is not saved. Where nothing is stored, traces live elsewhere (in
   * the worker): `held` gives them.
   */
  async exportWork(
    held: () => Promise<readonly UnsavedTrace[]> = async () => [],
    preferences: PagePreferences = {},
  ): Promise<WorkFile> {
    // The writer of zip files is fetched when it is first needed.
    const { exportWork } = await import('./export-work');
    const unsaved = this.#shelf.open.filter((policy) => policy.unsaved > 0).map(({ document }) => document);
    return exportWork(this.#store, this.#now(), {
      unsaved,
      drafts: this.#drafts.unsaved,
      versions: this.#versions.unsaved,
      traces: this.#store.kind === 'memory' ? held : null,
      preferences,
    });
  }

  /** Ends it; what is on its way to storage still gets there. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#unwatch();
    this.#listeners.clear();
    void this.settled().then(() => this.#store.close());
  }

  async #turnToLoaded(load: () => Promise<LoadedPolicyDocument>): Promise<OpeningOutcome> {
    const turn = ++this.#turns;
    const loaded = await load();
    if (loaded.kind !== 'loaded') return loaded;
    if (turn !== this.#turns) return { kind: 'opened', id: loaded.policy.id };
    return this.#switchTo(loaded.policy);
  }

  async #switchTo(policy: OpenPolicy): Promise<OpeningOutcome> {
    this.#turns += 1;
    this.#current = policy;
    this.#shelf.forgetAllBut(policy);
    this.#selection = { ...this.#selection, rules: [] };
    this.#writeView();
    const { id } = policy;
    await Promise.all([this.#drafts.loadFor(id), this.#versions.loadFor(id), this.baselines.loadFor(id)]);
    this.#changed();
    return { kind: 'opened', id };
  }

  /** An edit of a rule that was shown as made, and cannot be: it is under edit again, where its conflict is shown. */
  #refused(policy: OpenPolicy, { command, label, problems }: RefusedChange): void {
    const edit = command.kind === 'update-rule' && command.base !== undefined ? command : undefined;
    if (edit?.base !== undefined) this.#drafts.putBack(policy.id, edit.rule, edit.base);
    this.#notify({ kind: 'change-lost', label, problems, keptAsDraft: edit !== undefined });
  }

  /** Another tab deleted a policy that was open here. */
  async #lost(policy: OpenPolicy): Promise<void> {
    this.#shelf.forget(policy);
    await this.#shelf.read();
    if (this.#current !== policy) return;
    const other = await this.#shelf.loadAny();
    await this.#switchTo(other);
    this.#notify({ kind: 'policy-gone', name: other.document.name });
  }

  /** As at a first visit: everything was deleted. */
  async #begin(): Promise<void> {
    this.#shelf.end();
    this.#drafts.forget();
    this.#versions.forget();
    await this.#readQuarantine();
    this.#selection = NO_SELECTION;
    await this.#shelf.read();
    await this.#switchTo(await this.#shelf.loadAny());
  }

  #select(part: Partial<WorkbenchSelection>): void {
    this.#selection = { ...this.#selection, ...part };
    this.#writeView();
    this.#changed();
  }

  #writeView(): void {
    if (this.#onlyLooks) return;
    const { traceId, callId } = this.#selection;
    const view = { policyId: this.#current?.id ?? null, traceId, callId };
    this.#afterwards(() => writeView(this.#store, view));
  }

  async #readQuarantine(): Promise<void> {
    await this.#quarantine.read();
    const count = this.#quarantine.all.length;
    this.#notices.withdraw('quarantined');
    if (count > 0) this.#notify({ kind: 'quarantined', count });
    else this.#changed();
  }

  #observe({ change, from }: ObservedChange): void {
    if (change.kind === 'quarantine') this.#afterwards(() => this.#readQuarantine());
    else if (from === 'elsewhere') this.#afterwards(() => this.#heard(change));
  }

  async #heard(change: StoreChange): Promise<void> {
    switch (change.kind) {
      case 'policy':
        this.#shelf.heard(change.id, change.revision);
        await this.baselines.heard(change.id);
        return this.#shelf.read();
      case 'policies':
        await this.#current?.refresh();
        return this.#shelf.read();
      case 'drafts':
        return change.policyId === this.#current?.id ? this.#drafts.refresh() : undefined;
      case 'versions':
        return this.#versions.refresh(change.policyId);
      case 'erased':
        await this.#begin();
        return this.#notify({ kind: 'erased' });
      case 'closed':
        return this.#interrupted(change);
      case 'traces':
      case 'cases':
      case 'settings':
      case 'quarantine':
        return undefined;
    }
  }

  /** A newer build leaves what is stored as it is; after anything else it may be gone, and what is shown is all there is. */
  #interrupted({ cause, message }: Closing): void {
    const failure: StoreFailure = { kind: 'failed', reason: 'closed', message };
    if (cause !== 'newer-build') {
      this.#shelf.interrupted(failure);
      this.#drafts.interrupted(failure);
      this.#versions.interrupted();
    }
    this.#notify({ kind: 'storage-closed', cause, message });
  }

  #afterwards(work: () => Promise<unknown>): void {
    this.#background = this.#background.then(() => (this.#closed ? undefined : work()));
  }

  #notify(text: NoticeText): void {
    this.#notices.add(text);
    this.#changed();
  }

  #changed(): void {
    const policy = this.#current;
    if (policy === null || this.#closed) return;
    this.#drafts.follow(policy.document.rules);
    const before = this.#snapshot.phase === 'ready' ? this.#snapshot : undefined;
    this.#snapshot = {
      phase: 'ready',
      policies: this.#shelf.summaries,
      aside: this.#shelf.aside,
      policy: policy.document,
      history: kept(before?.history, policy.history),
      saved: kept(before?.saved, savedState(this.#opened, this.#shelf, this.#drafts)),
      draft: this.#drafts.current,
      drafts: this.#drafts.all,
      versions: this.#versions.all,
      baseline: this.baselines.current,
      selection: this.#selection,
      quarantined: this.#quarantine.all,
      notices: this.#notices.all,
    };
    for (const listener of this.#listeners) listener();
  }
}
