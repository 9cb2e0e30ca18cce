import type { Call, Catalog, Policy } from '../engine';
import type { TraceId, TraceMeta } from '../store';
import type { CallFilter, ImportOptions, TraceView, ViewWanted } from '../trace';
import type {
  AsideQuestion,
  CallLine,
  ExplainedCall,
  ImportPreview,
  ImportProgress,
  OpenedTrace,
  WorkerQuestions,
  Replayed,
} from './protocol';
import { WorkerCrash, WorkerLink } from './rpc';
import type { WorkProgress } from './work';

/** What the page knows of traces and decisions, as of now. */
export interface ReplayState {
  readonly traces: readonly TraceMeta[];
  readonly open: OpenedTrace | undefined;
  /** The decisions of the policy that is shown; undefined while they are being worked out. */
  readonly results: Replayed | undefined;
  /** The last decisions there were: shown dimmed, and said to be stale, while new ones are on their way. */
  readonly stale: Replayed | undefined;
  /** How far deciding is, where it takes long. */
  readonly deciding: WorkProgress | undefined;
  readonly wanted: ViewWanted;
  /** What of the trace is shown; undefined until it was worked out for the first time. */
  readonly view: TraceView | undefined;
  /** Whether `view` is what is wanted, by the decisions that are shown; if not, how far that is, where it takes long. */
  readonly viewing: 'done' | WorkProgress | 'begun';
  /** Place in the trace of the call in focus. */
  readonly focus: number | undefined;
  readonly explained: ExplainedCall | undefined;
  /** Counts up whenever lines that were asked for have arrived. */
  readonly linesVersion: number;
  readonly problem: { readonly kind: 'crashed' | 'failed'; readonly message: string } | undefined;
}

const EMPTY: ReplayState = {
  traces: [],
  open: undefined,
  results: undefined,
  stale: undefined,
  deciding: undefined,
  wanted: { filter: {} },
  view: undefined,
  viewing: 'begun',
  focus: undefined,
  explained: undefined,
  linesVersion: 0,
  problem: undefined,
};

/** Lines that the page remembers: many screens, and little memory. */
const MOST_LINES = 4_000;
/** So often the page is told how far long work is, in milliseconds. */
const TELL_EVERY = 150;

/**
 * The page's side of replay: it asks the worker, and keeps the answers as one snapshot.
 *
 * INVARIANT: `results` and `explained` always belong to the policy given last to `show`; an answer for an earlier one is dropped.
 */
export class ReplayClient {
  #state = EMPTY;
  #listeners = new Set<() => void>();
  #link: WorkerLink | undefined;
  #stamp = 0;
  #policy: Policy | undefined;
  #lines = new Map<number, CallLine>();
  /** Places whose lines were asked for, and have not come yet. */
  #asked = new Set<number>();
  #toAsk: number[] = [];
  #toldAt = 0;
  /** Whether the listeners have yet to be told of what is in the state. */
  #untold = false;
  /** The call that was explained last, and of what. */
  #told: { readonly open: OpenedTrace | undefined; readonly index: number; readonly call: Call } | undefined;
  readonly #spawn: () => Worker;
  readonly #nextFrame: (run: () => void) => void;

  /** `nextFrame`: runs something once, right before the page is drawn next. */
  constructor(spawn: () => Worker, nextFrame: (run: () => void) => void) {
    this.#spawn = spawn;
    this.#nextFrame = nextFrame;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  getSnapshot = (): ReplayState => this.#state;

  /** Starts the worker and lists the stored traces. */
  async start(): Promise<readonly TraceMeta[]> {
    const traces = await this.#worker().ask('listTraces', undefined);
    this.#set({ traces });
    return traces;
  }

  end(): void {
    this.#link?.end();
    this.#link = undefined;
  }

  /** Shows a policy: every decision on the page is worked out anew for it. */
  show(policy: Policy): void {
    if (policy === this.#policy) return;
    this.#policy = policy;
    this.#stamp += 1;
    this.#set({ results: undefined, stale: this.#state.results ?? this.#state.stale, deciding: undefined });
    void this.#decide();
  }

  async openTrace(traceId: TraceId, focus?: number): Promise<void> {
    const open = await this.#attempt(() => this.#worker().ask('openTrace', { traceId }));
    if (open !== undefined) this.#opened(open, focus);
  }

  /** Opens calls that are not stored, such as a previewed bundle's. */
  async openCalls(
    name: string,
    calls: readonly Call[],
    catalog: Partial<Catalog> | undefined,
    focus: number,
  ): Promise<void> {
    const open = await this.#attempt(() => this.#worker().ask('openCalls', { name, calls, catalog }));
    if (open !== undefined) this.#opened(open, focus);
  }

  /** Stores the calls that `openCalls` opened, as a trace of one's own. */
  async keepCalls(): Promise<void> {
    const focus = this.#state.focus;
    const open = await this.#attempt(() => this.#worker().ask('keepCalls', undefined));
    if (open === undefined) return;
    this.#set({ traces: await this.#worker().ask('listTraces', undefined) });
    this.#opened(open, focus);
  }

  setFilter(filter: CallFilter): void {
    this.setView({ ...this.#state.wanted, filter });
  }

  /** What to show, in which order, in which groups. What was being worked out before ends. */
  setView(wanted: ViewWanted): void {
    this.#set({ wanted, viewing: 'begun' });
    void this.#look();
  }

  /** The calls that are shown, with their decisions, as a file. */
  exportCalls(format: 'ndjson' | 'csv'): Promise<Blob> {
    return this.#worker().ask('exportCalls', { stamp: this.#stamp, indices: this.#state.view?.places, format });
  }

  /** Puts a call in focus by its place in the trace; undefined takes the focus away. */
  select(index: number | undefined): void {
    this.#set({ focus: index, ...(index === undefined ? { explained: undefined } : {}) });
    void this.#explain();
  }

  /** Puts the first call that has a hazard in focus, as soon as the open trace is decided: the one most worth a look. */
  selectFirstHazard(): void {
    const { results, open } = this.#state;
    if (open === undefined) return;
    if (results === undefined) {
      const stop = this.subscribe(() => {
        if (this.#state.results === undefined && this.#state.open === open) return;
        stop();
        if (this.#state.open === open) this.selectFirstHazard();
      });
      return;
    }
    if (results.hazardous.first !== undefined) this.select(results.hazardous.first);
  }

  /** The call's line if it is here; if not, it is asked for, and `linesVersion` counts up when it has come. */
  lineAt(index: number): CallLine | undefined {
    const line = this.#lines.get(index);
    if (line === undefined && !this.#asked.has(index)) {
      this.#asked.add(index);
      // All that one drawing of the table misses is asked for at once.
      if (this.#toAsk.push(index) === 1) queueMicrotask(() => this.#askLines());
    }
    return line;
  }

  importFile(
    source: Blob,
    name: string,
    options: ImportOptions,
    onProgress: (progress: ImportProgress) => void,
    signal: AbortSignal,
  ): Promise<ImportPreview> {
    return this.#worker().ask('importFile', { source, name, options }, { onProgress, signal });
  }

  async takeImport(name: string, catalog?: Catalog): Promise<TraceMeta> {
    const info = await this.#worker().ask('takeImport', { name, catalog });
    this.#set({ traces: await this.#worker().ask('listTraces', undefined) });
    await this.openTrace(info.id, 0);
    return info;
  }

  claimSample(): Promise<boolean> {
    return this.#worker().ask('claimSample', undefined);
  }

  importRejects(): Promise<Blob> {
    return this.#worker().ask('importRejects', undefined);
  }

  dropImport(): Promise<undefined> {
    return this.#worker().ask('dropImport', undefined);
  }

  /** Adds a call to the open trace and puts it in focus. */
  async addCall(call: Call): Promise<void> {
    const open = await this.#worker().ask('addCall', { call });
    this.#set({ traces: await this.#worker().ask('listTraces', undefined) });
    this.#opened(open, open.info.calls - 1);
  }

  async renameTrace(traceId: TraceId, name: string): Promise<void> {
    const traces = await this.#attempt(() => this.#worker().ask('renameTrace', { traceId, name }));
    if (traces === undefined) return;
    const open = this.#state.open;
    const info = traces.find((trace) => trace.id === open?.info.id);
    this.#set({ traces, ...(open !== undefined && info !== undefined ? { open: { ...open, info } } : {}) });
  }

  async deleteTrace(traceId: TraceId): Promise<void> {
    const traces = await this.#attempt(() => this.#worker().ask('deleteTrace', { traceId }));
    if (traces === undefined) return;
    this.#set({ traces });
    if (this.#state.open?.info.id !== traceId) return;
    this.#lines.clear();
    this.#set({
      open: undefined,
      results: undefined,
      stale: undefined,
      deciding: undefined,
      view: undefined,
      viewing: 'begun',
      focus: undefined,
      explained: undefined,
    });
  }

  exportTrace(traceId: TraceId): Promise<Blob> {
    return this.#worker().ask('exportTrace', { traceId });
  }

  /** Decides a call that is in no trace by the policy that is shown. */
  explainCall(call: Call): Promise<ExplainedCall> {
    return this.#worker().ask('explainCall', { stamp: this.#stamp, call });
  }

  /** Asks what the page keeps the answer of itself: each belongs to what it was asked with. A broken worker rejects. */
  ask<Q extends AsideQuestion>(
    question: Q,
    params: WorkerQuestions[Q]['params'],
  ): Promise<WorkerQuestions[Q]['result']> {
    return this.#worker().ask(question, params);
  }

  /** Decides a call by a policy that need not be the one shown. */
  explainUnder(policy: Policy, call: Call): Promise<ExplainedCall> {
    return this.#worker().ask('explainUnder', { stamp: this.#stamp, policy, call });
  }

  #worker(): WorkerLink {
    this.#link ??= new WorkerLink(this.#spawn(), (message) => {
      this.#link = undefined;
      this.#set({ problem: { kind: 'crashed', message }, results: undefined, stale: undefined, explained: undefined });
    });
    return this.#link;
  }

  /** After a crash: a new worker, the same trace, the same policy. */
  async restart(): Promise<void> {
    const { open, focus } = this.#state;
    this.#set({ problem: undefined });
    await this.#attempt(() => this.start());
    if (open !== undefined) await this.openTrace(open.info.id, focus);
  }

  #opened(open: OpenedTrace, focus: number | undefined): void {
    this.#lines.clear();
    this.#set({
      open,
      results: undefined,
      stale: undefined,
      deciding: undefined,
      wanted: { ...this.#state.wanted, filter: {} },
      view: undefined,
      viewing: 'begun',
      focus: focus !== undefined && focus < open.info.calls ? focus : undefined,
      explained: undefined,
    });
    this.#stamp += 1;
    void this.#decide();
  }

  async #decide(): Promise<void> {
    const policy = this.#policy;
    const stamp = this.#stamp;
    if (policy === undefined || this.#state.open === undefined) return;
    const results = await this.#attempt(
      () =>
        this.#worker().ask(
          'decideAll',
          { stamp, policy },
          { onProgress: (deciding) => stamp === this.#stamp && this.#tell({ deciding }) },
        ),
      () => stamp === this.#stamp,
    );
    if (results === undefined || stamp !== this.#stamp) return;
    this.#heard({ results, stale: undefined, deciding: undefined, viewing: 'begun' });
    await Promise.all([this.#explain(), this.#look()]);
  }

  async #explain(): Promise<void> {
    const { focus, results, open } = this.#state;
    const stamp = this.#stamp;
    if (focus === undefined || results === undefined) return;
    const explained = await this.#attempt(
      () => this.#worker().ask('explain', { stamp, index: focus }),
      () => stamp === this.#stamp,
    );
    if (explained === undefined || stamp !== this.#stamp || focus !== this.#state.focus) return;
    // The call itself is what it was: what hangs on it alone has nothing to do anew.
    if (this.#told?.open !== open || this.#told?.index !== focus)
      this.#told = { open, index: focus, call: explained.call };
    this.#heard({ explained: { ...explained, call: this.#told.call } });
  }

  async #look(): Promise<void> {
    const { wanted, results } = this.#state;
    const stamp = this.#stamp;
    if (results === undefined) return;
    const current = () => stamp === this.#stamp && wanted === this.#state.wanted;
    const view = await this.#attempt(
      () =>
        this.#worker().ask(
          'view',
          { stamp, wanted },
          { onProgress: (viewing) => current() && this.#tell({ viewing }) },
        ),
      current,
    );
    if (view !== undefined && current()) this.#heard({ view, viewing: 'done' });
  }

  #askLines(): void {
    const indices = Uint32Array.from(this.#toAsk);
    this.#toAsk = [];
    const { open } = this.#state;
    void this.#attempt(() => this.#worker().ask('lines', { indices })).then((lines) => {
      for (const index of indices) this.#asked.delete(index);
      if (lines === undefined || this.#state.open !== open) return;
      if (this.#lines.size + lines.length > MOST_LINES) this.#lines.clear();
      lines.forEach((line, i) => this.#lines.set(indices[i] ?? 0, line));
      this.#heard({ linesVersion: this.#state.linesVersion + 1 });
    });
  }

  /** Tells how far work is, not more often than a person can read. */
  #tell(change: Pick<ReplayState, 'deciding'> | Pick<ReplayState, 'viewing'>): void {
    const now = performance.now();
    if (now - this.#toldAt < TELL_EVERY) return;
    this.#toldAt = now;
    this.#heard(change);
  }

  /** `wanted`: whether anybody still waits for the answer. One that was overtaken by a newer question fails, and nobody needs to know. */
  async #attempt<T>(action: () => Promise<T>, wanted: () => boolean = () => true): Promise<T | undefined> {
    try {
      return await action();
    } catch (error) {
      if (!(error instanceof WorkerCrash) && wanted()) {
        this.#set({ problem: { kind: 'failed', message: error instanceof Error ? error.message : String(error) } });
      }
      return undefined;
    }
  }

  /** What the page did: it shows at once. */
  #set(change: Partial<ReplayState>): void {
    this.#state = { ...this.#state, ...change };
    this.#tellListeners();
  }

  /** What the worker answered: it shows with the next frame, together with all else that came for it, since each telling draws anew. */
  #heard(change: Partial<ReplayState>): void {
    this.#state = { ...this.#state, ...change };
    if (this.#untold) return;
    this.#untold = true;
    this.#nextFrame(() => {
      if (this.#untold) this.#tellListeners();
    });
  }

  #tellListeners(): void {
    this.#untold = false;
    for (const listener of this.#listeners) listener();
  }
}
