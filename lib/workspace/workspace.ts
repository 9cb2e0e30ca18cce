import { fillRule, type CallId, type Rule, type RuleId } from '../engine';
import {
  isFailure,
  type Change,
  type Failure,
  type NamedVersion,
  type Observed,
  type Opened,
  type PolicyContent,
  type PolicyHead,
  type PolicyId,
  type PolicyState,
  type Quarantined,
  type Store,
  type TraceId,
  type VersionId,
} from '../store';
import { copyName } from './apply';
import type { Applied, Command } from './command';
import { contentOf } from './document';
import { Drafts } from './drafts';
import type { WorkFile } from './export-work';
import { FIRST_POLICY, firstPolicy, newPolicy } from './first-visit';
import { newPolicyId, newRuleId, newVersionId, type Random } from './ids';
import { OpenPolicy, type Moved } from './open-policy';
import type { Notice, NoticeText, PolicySummary, SavedState, Selection, WorkspaceSnapshot } from './snapshot';
import { readView, writeView } from './view';

export interface WorkspaceOptions {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly random: Random;
}

export type Opening = { readonly kind: 'opened'; readonly id: PolicyId } | { readonly kind: 'missing' } | Failure;

/** A deleted policy can be brought back for so long (seven days, in milliseconds). */
const BIN_TIME = 7 * 24 * 3_600_000;
const NO_SELECTION: Selection = { rules: [], traceId: null, callId: null };

/**
 * The open policy and all around it. Framework-free: `subscribe` and `getSnapshot` are bound, ready for
 * `useSyncExternalStore`. No method throws or rejects.
 */
export class Workspace {
  readonly #opened: Opened;
  readonly #store: Store;
  readonly #now: () => number;
  readonly #random: Random;
  readonly #listeners = new Set<() => void>();
  readonly #unwatch: () => void;
  /** Policies that were opened here: one with unsaved changes must not be forgotten when another is opened. */
  readonly #policies = new Map<PolicyId, OpenPolicy>();
  readonly #drafts: Drafts;
  #heads: readonly PolicyHead[] = [];
  #summaries: readonly PolicySummary[] | null = null;
  #current: OpenPolicy | null = null;
  #versions: readonly NamedVersion[] = [];
  #quarantined: readonly Quarantined[] = [];
  #selection: Selection = NO_SELECTION;
  #notices: readonly Notice[] = [];
  #noticeCount = 0;
  #background: Promise<unknown> = Promise.resolve();
  #snapshot: WorkspaceSnapshot = { phase: 'opening' };
  #closed = false;

  constructor(opened: Opened, { now, random }: WorkspaceOptions) {
    this.#opened = opened;
    this.#store = opened.store;
    this.#now = now;
    this.#random = random;
    this.#drafts = new Drafts(FIRST_POLICY, {
      store: this.#store,
      now,
      changed: () => this.#changed(),
      failed: (failure) => this.#notify({ kind: 'storage', failure }),
    });
    this.#unwatch = this.#store.watch((observed) => this.#observe(observed));
  }

  /** Reads what is stored, or makes the first visit's policy. Called once. */
  async start(): Promise<void> {
    await this.#store.purgeDeleted(this.#now() - BIN_TIME);
    await this.#readHeads();
    const view = await readView(this.#store);
    this.#selection = { rules: [], traceId: view.traceId, callId: view.callId };
    const wanted = this.#heads.find(({ id }) => id === view.policyId) ?? this.#latest();
    if (!wanted || (await this.openPolicy(wanted.id)).kind !== 'opened') await this.#openAnything();
    await this.#readQuarantine();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  readonly getSnapshot = (): WorkspaceSnapshot => this.#snapshot;

  /** Shown at once, saved behind. What is refused changes nothing. */
  dispatch(command: Command): Applied {
    return this.#current?.dispatch(command) ?? { kind: 'unchanged' };
  }

  /** A rule id that neither the open policy nor a draft of it has. */
  newRuleId(): RuleId {
    const rules = [...(this.#current?.document.rules ?? []), ...this.#drafts.all.map(({ rule }) => rule)];
    return newRuleId(this.#random, new Set(rules.map(({ id }) => id)));
  }

  /** Takes back the last step of the open policy, whoever made it. */
  async undo(): Promise<Moved> {
    return (await this.#current?.undo()) ?? { kind: 'nothing' };
  }

  async redo(): Promise<Moved> {
    return (await this.#current?.redo()) ?? { kind: 'nothing' };
  }

  /** Tries again to save what could not be saved. */
  async retrySave(): Promise<void> {
    await Promise.all([...this.#policies.values()].filter(({ unsaved }) => unsaved > 0).map((policy) => policy.save()));
  }

  /** Resolves when everything so far is saved, or could not be. */
  async settled(): Promise<void> {
    for (;;) {
      const policies = [...this.#policies.values()];
      const background = this.#background;
      await Promise.all([background, this.#drafts.settled(), ...policies.map((policy) => policy.settled())]);
      const idle = !this.#drafts.busy && !policies.some((policy) => policy.busy) && background === this.#background;
      if (idle) return;
    }
  }

  async openPolicy(id: PolicyId): Promise<Opening> {
    const known = this.#policies.get(id);
    if (known === undefined) {
      const read = await this.#store.readPolicy(id);
      if (isFailure(read)) return read;
      if (read.kind === 'missing' || read.value.head.deletedAt !== null) return { kind: 'missing' };
      this.#policies.set(id, this.#policyOf(read.value));
    } else await known.refresh();
    const policy = this.#policies.get(id);
    if (policy === undefined) return { kind: 'missing' };
    this.#current = policy;
    this.#selection = { ...this.#selection, rules: [] };
    this.#forgetOthers();
    await Promise.all([this.#drafts.turnTo(id), this.#readVersions()]);
    this.#writeView();
    this.#changed();
    return { kind: 'opened', id };
  }

  /** Creates and opens a policy; without content, a new one with the rule `Allow all`. */
  async createPolicy(content?: PolicyContent): Promise<Opening> {
    const names = new Set(this.#heads.map((head) => head.content.name));
    const made = content ?? newPolicy(numbered('New policy', names));
    return this.#create(newPolicyId(this.#random), made);
  }

  async duplicatePolicy(id: PolicyId): Promise<Opening> {
    const read = await this.#store.readPolicy(id);
    if (isFailure(read) || read.kind === 'missing') return read;
    const { content } = read.value.head;
    const names = new Set(this.#heads.map((head) => head.content.name));
    return this.createPolicy({ ...content, name: copyName(content.name, names) });
  }

  /** Renames a policy, also one that is not open: one step of its log. */
  async renamePolicy(id: PolicyId, name: string): Promise<Opening> {
    const before = this.#current?.id;
    if (before !== id) {
      const opening = await this.openPolicy(id);
      if (opening.kind !== 'opened') return opening;
    }
    this.dispatch({ kind: 'rename', name });
    await this.settled();
    if (before !== undefined && before !== id) await this.openPolicy(before);
    return { kind: 'opened', id };
  }

  /** Opens another policy where this one was open; `restorePolicy` takes it back. */
  async deletePolicy(id: PolicyId): Promise<Opening> {
    await this.#policies.get(id)?.settled();
    const deleted = await this.#store.setDeleted(id, this.#now());
    if (deleted.kind !== 'done') return deleted;
    this.#policies.get(id)?.end();
    this.#policies.delete(id);
    await this.#readHeads();
    if (this.#current?.id !== id) return { kind: 'opened', id: this.#current?.id ?? id };
    return this.#openAnything();
  }

  async restorePolicy(id: PolicyId): Promise<Opening> {
    const restored = await this.#store.setDeleted(id, null);
    if (restored.kind !== 'done') return restored;
    await this.#readHeads();
    return this.openPolicy(id);
  }

  /** Begins to edit a rule: its kept draft where there is one. */
  editRule(id: RuleId): void {
    const rule = this.#current?.document.rules.find((one) => one.id === id);
    if (rule !== undefined) this.#drafts.open(rule, null);
  }

  /** Begins a new rule, at the top unless `index` says otherwise. */
  editNewRule(rule: Partial<Rule> = {}, index = 0): void {
    const id = this.newRuleId();
    this.#drafts.open({ ...fillRule({ id, name: '', effect: 'deny', tools: [] }), ...rule, id }, index);
  }

  changeDraft(rule: Rule): void {
    this.#drafts.change(rule);
  }

  /** One undo step. The draft goes where it succeeds. */
  saveDraft(): Applied {
    const draft = this.#drafts.current;
    if (draft === null) return { kind: 'unchanged' };
    const { rule, index } = draft;
    const applied = this.dispatch(
      index === null
        ? { kind: 'update-rule', rule }
        : { kind: 'add-rule', rule, index: Math.min(index, this.#length()) },
    );
    if (applied.kind !== 'refused') this.closeDraft('discard');
    return applied;
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

  async saveVersion(name: string): Promise<NamedVersion | Failure> {
    const policy = this.#current;
    if (policy === null) return { kind: 'failed', reason: 'other', message: 'no policy is open' };
    const version: NamedVersion = {
      id: newVersionId(this.#random),
      policyId: policy.id,
      name,
      at: this.#now(),
      content: contentOf(policy.document),
    };
    const written = await this.#store.putVersion(version);
    if (isFailure(written)) return written;
    await this.#readVersions();
    return version;
  }

  async deleteVersion(id: VersionId): Promise<void> {
    const policy = this.#current?.id;
    if (policy === undefined) return;
    const written = await this.#store.deleteVersion(policy, id);
    if (isFailure(written)) this.#notify({ kind: 'storage', failure: written });
    await this.#readVersions();
  }

  /** Brings a version's content back as one undo step. */
  restoreVersion(id: VersionId): Applied {
    const version = this.#versions.find((one) => one.id === id);
    if (version === undefined) return { kind: 'unchanged' };
    return this.dispatch({ kind: 'replace-all', content: version.content, from: version.name });
  }

  dismissNotice(id: number): void {
    this.#notices = this.#notices.filter((notice) => notice.id !== id);
    this.#changed();
  }

  /** Reads again what other tabs may have changed: for a page that becomes visible. */
  async refresh(): Promise<void> {
    await Promise.all([this.#readHeads(), this.#current?.refresh(), this.#drafts.refresh(), this.#readVersions()]);
    this.#changed();
  }

  async deleteEverything(): Promise<Failure | { readonly kind: 'done' }> {
    for (const policy of this.#policies.values()) policy.end();
    this.#policies.clear();
    this.#drafts.forget();
    const erased = await this.#store.deleteEverything();
    if (isFailure(erased)) return erased;
    await this.#begin();
    return { kind: 'done' };
  }

  /** All policies and traces of this storage as one file. */
  async exportWork(): Promise<WorkFile> {
    // The writer of zip files is fetched when it is first needed.
    const { exportWork } = await import('./export-work');
    return exportWork(this.#store, this.#now());
  }

  close(): void {
    this.#closed = true;
    this.#unwatch();
    this.#listeners.clear();
  }

  #policyOf(state: PolicyState): OpenPolicy {
    const policy: OpenPolicy = new OpenPolicy(state, {
      store: this.#store,
      now: this.#now,
      changed: () => this.#changed(),
      notice: (text) => this.#notify(text),
      gone: () => this.#afterwards(() => this.#lost(policy)),
    });
    return policy;
  }

  /** Another tab deleted a policy that was open here. */
  async #lost(policy: OpenPolicy): Promise<void> {
    this.#policies.delete(policy.id);
    await this.#readHeads();
    if (this.#current !== policy) return;
    await this.#openAnything();
    this.#notify({ kind: 'policy-gone', name: this.#current.document.name });
  }

  async #create(id: PolicyId, content: PolicyContent): Promise<Opening> {
    const created = await this.#store.createPolicy(id, content, this.#now());
    if (isFailure(created)) return created;
    await this.#readHeads();
    return this.openPolicy(id);
  }

  /** The latest policy there is, or the first visit's. Where storage fails even then, it is shown from memory. */
  async #openAnything(): Promise<Opening> {
    const latest = this.#latest();
    const opening = latest === undefined ? await this.#first() : await this.openPolicy(latest.id);
    if (opening.kind === 'opened') return opening;
    if (isFailure(opening)) this.#notify({ kind: 'storage', failure: opening });
    const at = this.#now();
    const head: PolicyHead = {
      id: newPolicyId(this.#random),
      revision: 0,
      content: firstPolicy(),
      first: 1,
      cursor: 0,
      last: 0,
      createdAt: at,
      updatedAt: at,
      deletedAt: null,
    };
    const policy = this.#policyOf({ head, back: null, ahead: null });
    this.#policies.set(head.id, policy);
    this.#current = policy;
    this.#changed();
    return { kind: 'opened', id: head.id };
  }

  /** The first visit's policy; a new one where that was deleted before. */
  async #first(): Promise<Opening> {
    const found = await this.#store.readPolicy(FIRST_POLICY);
    return found.kind === 'missing' ? this.#create(FIRST_POLICY, firstPolicy()) : this.createPolicy();
  }

  async #begin(): Promise<void> {
    this.#current = null;
    this.#versions = [];
    this.#quarantined = [];
    this.#selection = NO_SELECTION;
    await this.#readHeads();
    await this.#openAnything();
  }

  #latest(): PolicyHead | undefined {
    return this.#heads[0];
  }

  #length(): number {
    return this.#current?.document.rules.length ?? 0;
  }

  /** INVARIANT: a policy with changes that are not stored yet stays known, so that they are still written. */
  #forgetOthers(): void {
    for (const [id, policy] of this.#policies) {
      if (policy !== this.#current && policy.unsaved === 0 && !policy.busy) this.#policies.delete(id);
    }
  }

  #select(part: Partial<Selection>): void {
    this.#selection = { ...this.#selection, ...part };
    this.#writeView();
    this.#changed();
  }

  #writeView(): void {
    const { traceId, callId } = this.#selection;
    const view = { policyId: this.#current?.id ?? null, traceId, callId };
    this.#afterwards(() => writeView(this.#store, view));
  }

  async #readHeads(): Promise<void> {
    const listed = await this.#store.listPolicies();
    if (isFailure(listed)) return this.#notify({ kind: 'storage', failure: listed });
    this.#heads = listed.values
      .filter((head) => head.deletedAt === null)
      .sort((a, b) => b.updatedAt - a.updatedAt || (a.id < b.id ? -1 : 1));
    this.#summaries = null;
  }

  async #readVersions(): Promise<void> {
    const id = this.#current?.id;
    if (id === undefined) return;
    const listed = await this.#store.listVersions(id);
    if (isFailure(listed) || this.#current?.id !== id) return;
    this.#versions = [...listed.values].sort((a, b) => b.at - a.at);
    this.#changed();
  }

  async #readQuarantine(): Promise<void> {
    const listed = await this.#store.listQuarantined();
    if (isFailure(listed)) return;
    const more = listed.values.length > this.#quarantined.length;
    this.#quarantined = listed.values;
    if (more) this.#notify({ kind: 'quarantined', count: listed.values.length });
  }

  #observe({ change, from }: Observed): void {
    if (change.kind === 'quarantine') return this.#afterwards(() => this.#readQuarantine());
    if (from === 'here') return;
    this.#afterwards(() => this.#heard(change));
  }

  async #heard(change: Change): Promise<void> {
    switch (change.kind) {
      case 'policy':
        this.#policies.get(change.id)?.heard(change.revision);
        await this.#readHeads();
        break;
      case 'policies':
        await this.#readHeads();
        await this.#current?.refresh();
        break;
      case 'drafts':
        if (change.policyId === this.#current?.id) await this.#drafts.refresh();
        break;
      case 'versions':
        if (change.policyId === this.#current?.id) await this.#readVersions();
        break;
      case 'erased':
        for (const policy of this.#policies.values()) policy.end();
        this.#policies.clear();
        this.#drafts.forget();
        await this.#begin();
        this.#notify({ kind: 'erased' });
        break;
      case 'closed':
        this.#notify({ kind: 'storage', failure: { kind: 'failed', reason: 'closed', message: change.message } });
        break;
      case 'traces':
      case 'settings':
      case 'quarantine':
        break;
    }
    this.#changed();
  }

  #afterwards(work: () => Promise<unknown>): void {
    this.#background = this.#background.then(() => (this.#closed ? undefined : work()));
  }

  #notify(text: NoticeText): void {
    this.#notices = [...this.#notices, { ...text, id: ++this.#noticeCount }];
    this.#changed();
  }

  #saved(): SavedState {
    const policies = [...this.#policies.values()];
    const failed = policies.find((policy) => policy.failure !== null);
    if (failed?.failure) return { kind: 'failed', failure: failed.failure, unsaved: failed.unsaved };
    if (this.#opened.kind === 'memory') return { kind: 'memory', reason: this.#opened.failure.message };
    return policies.some((policy) => policy.unsaved > 0) || this.#drafts.busy ? { kind: 'saving' } : { kind: 'saved' };
  }

  #listed(): readonly PolicySummary[] {
    const open = this.#current;
    this.#summaries ??= this.#heads.map(({ id, content, updatedAt }) => ({
      id,
      name: content.name,
      rules: content.rules.length,
      updatedAt,
    }));
    if (open === null) return this.#summaries;
    const { name, rules } = open.document;
    return this.#summaries.map((one) => (one.id === open.id ? { ...one, name, rules: rules.length } : one));
  }

  #changed(): void {
    const policy = this.#current;
    if (policy === null || this.#closed) return;
    this.#snapshot = {
      phase: 'ready',
      policies: this.#listed(),
      policy: policy.document,
      history: policy.history,
      saved: this.#saved(),
      draft: this.#drafts.current,
      drafts: this.#drafts.all,
      versions: this.#versions,
      selection: this.#selection,
      quarantined: this.#quarantined,
      notices: this.#notices,
    };
    for (const listener of this.#listeners) listener();
  }
}

/** `New policy`, or `New policy 2` where there is one. */
function numbered(name: string, taken: ReadonlySet<string>): string {
  for (let n = 1; ; n++) {
    const candidate = n === 1 ? name : `${name} ${n}`;
    if (!taken.has(candidate)) return candidate;
  }
}
