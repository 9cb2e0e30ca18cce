import {
  isFailure,
  type PolicyCommit,
  type StoreFailure,
  type PolicyContent,
  type PolicyHead,
  type PolicyId,
  type PolicyState,
  type Store,
} from '../store';
import { applyCommand } from './apply';
import type { AppliedCommand, PolicyCommand } from './command';
import type { PolicyDocument } from './document';
import { applyPatch, diffContent } from './patch';
import type { HistoryState, NoticeText } from './snapshot';

/** What undo or redo came to. */
export type HistoryMove =
  { readonly kind: 'moved'; readonly label: string } | { readonly kind: 'nothing' } | StoreFailure;

export interface OpenPolicyPorts {
  readonly store: Store;
  readonly now: () => number;
  /** Called after every change of what is shown. */
  readonly changed: () => void;
  readonly notice: (text: NoticeText) => void;
  /** The policy is no longer there (deleted in another tab). */
  readonly gone: () => void;
}

/** A change that is shown and not yet stored: made on `before`, it gave `after`. */
interface PendingCommand {
  readonly command: PolicyCommand;
  readonly label: string;
  readonly before: PolicyContent;
  readonly after: PolicyContent;
}

/**
 * A policy under edit. What is shown is what is stored with the pending commands applied to it, so a change shows at
 * once and is written behind; where another tab was first, the commands are applied again to what it made.
 */
export class OpenPolicy {
  readonly #ports: OpenPolicyPorts;
  #state: PolicyState;
  #pending: readonly PendingCommand[] = [];
  #document: PolicyDocument;
  #failure: StoreFailure | null = null;
  /** Work on storage, one piece after the other. */
  #queue: Promise<unknown> = Promise.resolve();
  #queued = 0;
  #ended = false;

  constructor(state: PolicyState, ports: OpenPolicyPorts) {
    this.#state = state;
    this.#ports = ports;
    this.#document = documentOf(state, state.head.content, 0);
  }

  get id(): PolicyId {
    return this.#state.head.id;
  }
  get document(): PolicyDocument {
    return this.#document;
  }
  /** As it is stored. */
  get head(): PolicyHead {
    return this.#state.head;
  }
  get busy(): boolean {
    return this.#queued > 0;
  }
  get failure(): StoreFailure | null {
    return this.#failure;
  }
  /** Changes that are not stored; a policy that is not stored at all (revision 0) counts as one. */
  get unsaved(): number {
    return this.#pending.length + (this.#state.head.revision === 0 && !this.#ended ? 1 : 0);
  }
  get ended(): boolean {
    return this.#ended;
  }
  get history(): HistoryState {
    return {
      undo: this.#pending.at(-1)?.label ?? this.#state.back?.label ?? null,
      redo: this.#pending.length > 0 ? null : (this.#state.ahead?.label ?? null),
    };
  }

  dispatch(command: PolicyCommand): AppliedCommand {
    const before = this.#shown();
    const applied = applyCommand(before, command);
    if (applied.kind !== 'applied' || this.#ended) return applied;
    this.#pending = [...this.#pending, { command, label: applied.label, before, after: applied.content }];
    this.#show();
    void this.save();
    return applied;
  }

  /** Writes what is pending; also what could not be written before. */
  save(): Promise<void> {
    return this.#enqueue(() => this.#drain());
  }

  undo(): Promise<HistoryMove> {
    return this.#enqueue(() => this.#move('back'));
  }

  redo(): Promise<HistoryMove> {
    return this.#enqueue(() => this.#move('ahead'));
  }

  /** Reads what another tab may have changed. */
  refresh(): Promise<void> {
    return this.#enqueue(() => this.#reread());
  }

  /** A revision that another tab has announced. */
  heard(revision: number): void {
    if (revision > this.#state.head.revision) void this.refresh();
  }

  settled(): Promise<unknown> {
    return this.#queue;
  }

  /** Nothing more is written: it was deleted. */
  end(): void {
    this.#ended = true;
    this.#pending = [];
  }

  #enqueue<T>(work: () => Promise<T>): Promise<T> {
    this.#queued += 1;
    const run = this.#queue.then(work).finally(() => {
      this.#queued -= 1;
      this.#ports.changed();
    });
    this.#queue = run.catch(() => undefined);
    return run;
  }

  async #drain(): Promise<void> {
    this.#failure = null;
    if (this.#state.head.revision === 0 && !this.#ended && !(await this.#create())) return;
    for (let [next] = this.#pending; next && !this.#ended; [next] = this.#pending) {
      const { content, revision } = this.#state.head;
      const applied =
        next.before === content
          ? { kind: 'applied' as const, content: next.after, label: next.label }
          : applyCommand(content, next.command);
      if (applied.kind !== 'applied') {
        this.#drop(next);
        if (applied.kind === 'refused')
          this.#ports.notice({ kind: 'change-lost', label: next.label, problems: applied.problems });
        continue;
      }
      const at = this.#ports.now();
      const step = {
        label: applied.label,
        at,
        forward: diffContent(content, applied.content),
        backward: diffContent(applied.content, content),
      };
      const outcome = await this.#commit(revision, { content: applied.content, at, move: { append: step } });
      if (outcome === 'committed') this.#drop(next);
      else if (outcome !== 'conflict') return;
    }
  }

  async #move(way: 'back' | 'ahead'): Promise<HistoryMove> {
    await this.#drain();
    // Bounded, so that two tabs that keep changing the policy cannot hold the loop for ever.
    for (let tries = 0; tries < 20 && !this.#ended; tries++) {
      if (this.#failure) return this.#failure;
      const { head, [way]: step } = this.#state;
      if (!step) return { kind: 'nothing' };
      const content = applyPatch(head.content, way === 'back' ? step.backward : step.forward);
      if (!content)
        return { kind: 'failed', reason: 'other', message: `the log does not fit the policy at \`${step.label}\`` };
      const cursor = way === 'back' ? step.position - 1 : step.position;
      const outcome = await this.#commit(head.revision, { content, at: this.#ports.now(), move: { cursor } });
      if (outcome === 'missing') return { kind: 'nothing' };
      this.#show();
      if (outcome === 'committed') return { kind: 'moved', label: step.label };
    }
    return this.#failure ?? { kind: 'nothing' };
  }

  /** Stores a policy that is not stored yet; where another tab made it first, takes that. */
  async #create(): Promise<boolean> {
    const { id, content, createdAt } = this.#state.head;
    const created = await this.#ports.store.createPolicy(id, content, createdAt);
    if (isFailure(created)) this.#failure = created;
    else if (created.kind === 'created') this.#state = created.state;
    else {
      const read = await this.#ports.store.readPolicy(id);
      if (read.kind === 'found') this.#state = read.value;
      else this.#failure = isFailure(read) ? read : notStored;
    }
    this.#show();
    return this.#failure === null;
  }

  async #commit(expected: number, commit: PolicyCommit): Promise<'committed' | 'conflict' | 'missing' | 'failed'> {
    const outcome = await this.#ports.store.commit(this.id, expected, commit);
    if (isFailure(outcome)) this.#failure = outcome;
    else if (outcome.kind === 'missing') this.#lose();
    else this.#state = outcome.state;
    return outcome.kind;
  }

  async #reread(): Promise<void> {
    if (this.#ended || this.#state.head.revision === 0) return this.#drain();
    const read = await this.#ports.store.readPolicy(this.id);
    if (isFailure(read)) this.#failure = read;
    else if (read.kind === 'missing' || read.value.head.deletedAt !== null) this.#lose();
    else if (read.value.head.revision !== this.#state.head.revision) {
      this.#state = read.value;
      this.#show();
    }
    if (this.#pending.length > 0) await this.#drain();
  }

  #lose(): void {
    if (this.#ended) return;
    this.end();
    this.#ports.gone();
  }

  #drop(done: PendingCommand): void {
    this.#pending = this.#pending.filter((pending) => pending !== done);
    this.#show();
  }

  #shown(): PolicyContent {
    let content = this.#state.head.content;
    for (const pending of this.#pending) {
      if (pending.before === content) content = pending.after;
      else {
        const applied = applyCommand(content, pending.command);
        if (applied.kind === 'applied') content = applied.content;
      }
    }
    return content;
  }

  #show(): void {
    this.#document = documentOf(this.#state, this.#shown(), this.#pending.length);
    this.#ports.changed();
  }
}

const notStored: StoreFailure = { kind: 'failed', reason: 'other', message: 'the policy could not be stored' };

function documentOf({ head }: PolicyState, content: PolicyContent, pending: number): PolicyDocument {
  return { ...content, id: head.id, revision: head.revision + pending };
}
