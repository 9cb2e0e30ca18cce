import type { Call, Catalog, Policy } from '../engine';
import type { TraceId, TraceMeta } from '../store';
import type { CallFilter, ImportOptions, ViewWanted } from '../trace';
import { LineCache } from './line-cache';
import { BatchedNotifier } from './notifier';
import type { CallLine, ExplainedCall, ImportPreview, ImportProgress, OpenedTrace } from './answers';
import type { AsideQuestion, CallSplice, WorkerQuestions } from './protocol';
import { crashChange, ReplayStore, traceChange, type ReplayState } from './replay-state';
import { attempted } from './attempted';
import { policiesOf, stuckOn } from './blame';
import { GIVEN_UP, GivenUpPolicies } from './given-up';
import { WorkerConnection, type AskedQuestion, type AskOptions } from './rpc';
import { ShownAnswers } from './shown-answers';
import type { WatchdogClock } from './watchdog';

/** Opens a trace in the worker; kept to open the same one again after a crash. */
type OpenTrace = () => Promise<OpenedTrace>;

/**
 * The page's side of replay: it asks the worker, and keeps the answers as one snapshot.
 */
export class ReplayClient {
  #reopen: OpenTrace | undefined;
  readonly #givenUp = new GivenUpPolicies();
  readonly #worker: WorkerConnection;
  readonly #notifier: BatchedNotifier;
  readonly #store: ReplayStore;
  readonly #lines: LineCache;
  readonly #shown: ShownAnswers;

  /** `nextFrame`: runs something once, right before the page is drawn next. */
  constructor(spawn: () => Worker, nextFrame: (run: () => void) => void, clock: WatchdogClock) {
    this.#worker = new WorkerConnection(spawn, clock, {
      onCrash: (message) => this.#store.set(crashChange({ kind: 'crashed', message })),
      onUnloaded: () => this.#store.set(crashChange({ kind: 'unloaded' })),
      onStuck: (on) => void this.#giveUp(on),
    });
    this.#notifier = new BatchedNotifier(nextFrame);
    this.#store = new ReplayStore(this.#notifier);
    this.#shown = new ShownAnswers(this.#worker, this.#store, this.#givenUp);
    this.#lines = new LineCache(
      (indices) => attempted(this.#store, () => this.#worker.ask('lines', { indices })),
      () => this.#store.setWithFrame({ linesVersion: this.#store.state.linesVersion + 1 }),
    );
  }

  subscribe = (listener: () => void): (() => void) => this.#notifier.subscribe(listener);

  getSnapshot = (): ReplayState => this.#store.state;

  /** Starts the worker and lists the stored traces. */
  async start(): Promise<readonly TraceMeta[]> {
    const traces = await this.#worker.ask('listTraces', undefined);
    this.#store.set({ traces });
    return traces;
  }

  end(): void {
    this.#worker.end();
  }

  /**
   * After a crash or a failure: the same trace and policy, in a new worker if need be. A trace that cannot be opened again is closed. After
   * a worker was stuck, what it was stuck on is tried again, with more patience.
   */
  async restart(): Promise<void> {
    if (this.#store.state.problem?.kind === 'stuck') {
      this.#worker.end();
      this.#worker.lenient = true;
      this.#givenUp.clear();
    }
    this.#store.set({ problem: undefined });
    await this.#openAgain();
  }

  /** Takes the notice of a problem away. */
  dismissProblem(): void {
    this.#store.set({ problem: undefined });
  }

  /** Shows a policy: every decision on the page is worked out anew for it. */
  show(policy: Policy): void {
    this.#shown.show(policy);
  }

  async openTrace(traceId: TraceId, focus?: number): Promise<void> {
    await this.#openBy(() => this.#worker.ask('openTrace', { traceId }), focus);
  }

  /** Opens calls that are not stored, such as a previewed bundle's. */
  async openCalls(
    name: string,
    calls: readonly Call[],
    catalog: Partial<Catalog> | undefined,
    focus: number,
  ): Promise<void> {
    await this.#openBy(() => this.#worker.ask('openCalls', { name, calls, catalog }), focus);
  }

  /** Stores the calls that `openCalls` opened, as a trace of one's own. */
  async keepCalls(): Promise<void> {
    const focus = this.#store.state.focus;
    const open = await attempted(this.#store, () => this.#worker.ask('keepCalls', undefined));
    if (open === undefined) return;
    await this.start();
    this.#openStored(open, focus);
  }

  setFilter(filter: CallFilter): void {
    this.setView({ ...this.#store.state.wanted, filter });
  }

  /** What to show, in which order, in which groups. Earlier work on the same ends. */
  setView(wanted: ViewWanted): void {
    this.#store.set({ wanted, viewing: 'begun' });
    void this.#shown.updateView();
  }

  /** The calls that are shown, with their decisions, as a file; `instead`: the same calls with stand-ins for their values. */
  exportCalls(format: 'ndjson' | 'csv', instead?: readonly Call[]): Promise<Blob> {
    const indices = this.#store.state.view?.places;
    return this.#worker.ask('exportCalls', { stamp: this.#shown.stamp, indices, format, instead });
  }

  /** Puts a call in focus by its place in the trace; undefined takes the focus away. */
  select(index: number | undefined): void {
    this.#store.set({ focus: index, ...(index === undefined ? { explained: undefined } : {}) });
    void this.#shown.explain();
  }

  /** Puts the first call that has a hazard in focus, as soon as the open trace is decided: the one most worth a look. */
  selectFirstHazard(): void {
    const { results, open } = this.#store.state;
    if (open === undefined) return;
    if (results === undefined) {
      const stop = this.subscribe(() => {
        if (this.#store.state.results === undefined && this.#store.state.open === open) return;
        stop();
        if (this.#store.state.open === open) this.selectFirstHazard();
      });
      return;
    }
    if (results.hazardous.first !== undefined) this.select(results.hazardous.first);
  }

  /** The call's line if it is here; if not, it is requested, and `linesVersion` counts up when it has arrived. */
  lineAt(index: number): CallLine | undefined {
    return this.#lines.lineAt(index);
  }

  importFile(
    source: Blob,
    name: string,
    options: ImportOptions,
    onProgress: (progress: ImportProgress) => void,
    signal: AbortSignal,
  ): Promise<ImportPreview> {
    return this.#worker.ask('importFile', { source, name, options }, { onProgress, signal });
  }

  async takeImport(name: string, catalog?: Catalog): Promise<TraceMeta> {
    const info = await this.#worker.ask('takeImport', { name, catalog });
    await this.start();
    await this.openTrace(info.id, 0);
    return info;
  }

  claimSample(): Promise<boolean> {
    return this.#worker.ask('claimSample', undefined);
  }

  importRejects(): Promise<Blob> {
    return this.#worker.ask('importRejects', undefined);
  }

  dropImport(): Promise<undefined> {
    return this.#worker.ask('dropImport', undefined);
  }

  /** Adds a call to the open trace and puts it in focus. */
  async addCall(call: Call): Promise<void> {
    const open = await this.#worker.ask('addCall', { call });
    await this.start();
    this.#openStored(open, open.info.calls - 1);
  }

  /** Takes calls out of the open trace, and puts others in their place. */
  async spliceCalls(splice: CallSplice): Promise<void> {
    const open = await this.#worker.ask('spliceCalls', splice);
    await this.start();
    this.#openStored(open, open.info.calls === 0 ? undefined : Math.min(splice.index, open.info.calls - 1));
  }

  /** Sets facts on calls of the open trace, the filter and the focus as they are; resolves to how many calls have changed. */
  async setFacts(wanted: WorkerQuestions['setFacts']['params']): Promise<number> {
    const { opened, changed } = await this.#worker.ask('setFacts', wanted);
    await this.#openChanged(opened);
    return changed;
  }

  async undoFacts(): Promise<void> {
    await this.#openChanged(await this.#worker.ask('undoFacts', undefined));
  }

  /** The same calls with other facts: what is shown of them, and the call in focus, stay. */
  async #openChanged(opened: OpenedTrace): Promise<void> {
    await this.start();
    const { focus, wanted } = this.#store.state;
    this.#openStored(opened, focus);
    this.setView(wanted);
  }

  async renameTrace(traceId: TraceId, name: string): Promise<void> {
    const traces = await attempted(this.#store, () => this.#worker.ask('renameTrace', { traceId, name }));
    if (traces === undefined) return;
    const open = this.#store.state.open;
    const info = traces.find((trace) => trace.id === open?.info.id);
    this.#store.set({ traces, ...(open !== undefined && info !== undefined ? { open: { ...open, info } } : {}) });
  }

  async deleteTrace(traceId: TraceId): Promise<void> {
    const traces = await attempted(this.#store, () => this.#worker.ask('deleteTrace', { traceId }));
    if (traces === undefined) return;
    this.#store.set({ traces });
    if (this.#store.state.open?.info.id === traceId) this.#switchTo(undefined);
  }

  exportTrace(traceId: TraceId): Promise<Blob> {
    return this.#worker.ask('exportTrace', { traceId });
  }

  /** Asks what the caller keeps the answer of itself. Rejects as `WorkerConnection.ask` does. */
  ask<Q extends AsideQuestion>(
    question: Q,
    params: WorkerQuestions[Q]['params'],
    options: AskOptions<Q> = {},
  ): Promise<WorkerQuestions[Q]['result']> {
    if (policiesOf({ question, params } as AskedQuestion).some((policy) => this.#givenUp.has(policy)))
      return Promise.reject(new Error(GIVEN_UP));
    return this.#worker.ask(question, params, options);
  }

  /** Decides a call by a policy that need not be the one shown. */
  explainUnder(policy: Policy, call: Call): Promise<ExplainedCall> {
    if (this.#givenUp.has(policy)) return Promise.reject(new Error(GIVEN_UP));
    return this.#worker.ask('explainUnder', { stamp: this.#shown.stamp, policy, call });
  }

  /** A worker that was stuck has been ended: all but what it was stuck on goes on in another one. */
  async #giveUp(asked: AskedQuestion | undefined): Promise<void> {
    const on = stuckOn(asked, this.#shown.policy);
    if (on.kind === 'policies') for (const policy of on.policies) this.#givenUp.add(policy);
    const reopen = this.#reopen;
    // Opened again, it might be stuck again: that is for the user to say.
    if (on.kind === 'trace') this.#switchTo(undefined);
    this.#store.set(crashChange({ kind: 'stuck', on }));
    await this.#openAgain();
    this.#reopen ??= reopen;
  }

  async #openAgain(): Promise<void> {
    const { focus } = this.#store.state;
    const traces = await attempted(this.#store, () => this.start());
    if (traces === undefined || this.#reopen === undefined) return;
    const opened = await this.#openBy(this.#reopen, focus);
    // After another crash it can be tried again.
    if (!opened && this.#store.state.problem?.kind === 'failed') this.#switchTo(undefined);
  }

  /** Opens a trace; false where that failed. */
  async #openBy(ask: OpenTrace, focus: number | undefined): Promise<boolean> {
    const open = await attempted(this.#store, ask);
    if (open !== undefined) this.#switchTo(open, ask, focus);
    return open !== undefined;
  }

  #openStored(open: OpenedTrace, focus: number | undefined): void {
    this.#switchTo(open, () => this.#worker.ask('openTrace', { traceId: open.info.id }), focus);
  }

  /** Opens a trace, or closes the open one: the only place where what belongs to a trace is reset. */
  #switchTo(open: OpenedTrace | undefined, reopen?: OpenTrace, focus?: number): void {
    this.#shown.leaveTrace();
    this.#reopen = reopen;
    this.#lines.clear();
    this.#store.set(traceChange(this.#store.state, open, focus));
    void this.#shown.decide();
  }
}
