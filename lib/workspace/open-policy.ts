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
import type { AppliedCommand, CommandProblem, PolicyCommand } from './command';
import type { PolicyDocument } from './document';
import { sameJson } from './equal';
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
  /** A change that was shown cannot be made of what another tab made of the policy. */
  readonly refused: (change: RefusedChange) => void;
  /** The policy is no longer there (deleted in another tab). */
  readonly gone: () => void;
}

export interface RefusedChange {
  readonly command: PolicyCommand;
  readonly label: string;
  readonly problems: readonly CommandProblem[];
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
  /** Whether storage has it, as far as is known. */
  #stored: boolean;

  constructor(state: PolicyState, ports: OpenPolicyPorts) {
    this.#state = state;
    this.#ports = ports;
    this.#stored = state.head.revision > 0;
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
  /** Changes that are not stored; a policy that is not stored at all counts as one. */
  get unsaved(): number {
    return this.#pending.length + (this.#stored || this.#ended ? 0 : 1);
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
    if (revision !== this.#state.head.revision) void this.refresh();
  }

  /** Storage was closed and may have lost it: it counts as not stored until `save` has looked. */
  interrupted(failure: StoreFailure): void {
    if (this.#ended) return;
    this.#stored = false;
    this.#failure = failure;
    this.#ports.changed();
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
    if (!this.#stored && !this.#ended && !(await this.#create())) return;
    for (let [next] = this.#pending; next && !this.#ended; [next] = this.#pending) {
      const { content, revision } = this.#state.head;
      const applied =
        next.before === content
          ? { kind: 'applied' as const, content: next.after, label: next.label }
          : applyCommand(content, next.command);
      if (applied.kind !== 'applied') {
        this.#drop(next);
        const { command, label } = next;
        if (applied.kind === 'refused') this.#ports.refused({ command, label, problems: applied.problems });
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
      if (outcome === 'deleted') return { kind: 'nothing' };
      this.#show();
      if (outcome === 'committed') return { kind: 'moved', label: step.label };
    }
    return this.#failure ?? { kind: 'nothing' };
  }

  /** Stores a policy that is not stored, or no longer; where another tab made it first, takes that. */
  async #create(): Promise<boolean> {
    const { id, content, createdAt, revision } = this.#state.head;
    const { store, notice } = this.#ports;
    // What cannot be read is set aside when it is read: then there is place for it.
    for (let tries = 0; tries < 2 && !this.#stored && this.#failure === null; tries++) {
      const created = await store.createPolicy(id, content, createdAt, revision);
      if (isFailure(created)) this.#failure = created;
      else if (created.kind === 'created') {
        this.#take(created.state);
        if (revision > 0) notice({ kind: 'stored-anew', name: content.name });
      } else {
        const read = await store.readPolicy(id);
        if (isFailure(read)) this.#failure = read;
        else if (read.kind === 'found') this.#takeOver(read.value);
      }
    }
    if (!this.#stored) this.#failure ??= notStored;
    this.#show();
    return this.#stored;
  }

  #take(state: PolicyState): void {
    this.#state = state;
    this.#stored = true;
  }

  /** What was stored here was lost, and another tab began anew under the same id: what this tab shows becomes a step of that. */
  #takeOver(found: PolicyState): void {
    const { content, createdAt, revision } = this.#state.head;
    this.#take(found);
    const isSamePolicy = revision === 0 || found.head.createdAt === createdAt;
    if (isSamePolicy || sameJson(found.head.content, content)) return;
    const command: PolicyCommand = { kind: 'replace-all', content, from: 'this tab' };
    const applied = applyCommand(found.head.content, command);
    if (applied.kind !== 'applied') return;
    const { label, content: after } = applied;
    this.#pending = [{ command, label, before: found.head.content, after }, ...this.#pending];
  }

  /** A policy that storage no longer has is stored anew, and the commit then tried again, as after a conflict. */
  async #commit(expected: number, commit: PolicyCommit): Promise<'committed' | 'conflict' | 'deleted' | 'failed'> {
    const outcome = await this.#ports.store.commit(this.id, expected, commit);
    if (outcome.kind === 'missing') {
      this.#stored = false;
      return (await this.#create()) ? 'conflict' : 'failed';
    }
    if (isFailure(outcome)) this.#failure = outcome;
    else if (outcome.kind === 'deleted') this.#lose();
    else this.#state = outcome.state;
    return outcome.kind;
  }

  async #reread(): Promise<void> {
    if (this.#ended || !this.#stored) return this.#drain();
    const read = await this.#ports.store.readPolicy(this.id);
    if (isFailure(read)) this.#failure = read;
    else if (read.kind === 'missing') {
      this.#stored = false;
      return this.#drain();
    } else if (read.value.head.deletedAt !== null) this.#lose();
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
