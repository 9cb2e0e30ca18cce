import { callId, EMPTY_CATALOG, type Call } from '../engine';
import type { Store, StoreFailure, StoreMissing, TraceId, TraceMeta } from '../store';
import { facetsOf } from './lines';
import { LoadedTrace } from './loaded-trace';
import type { FactsSet, OpenedTrace } from './answers';
import type { CallSplice, FactsWanted, WorkerQuestions } from './protocol';
import { storingFailed } from './staging';
import { callsOf, settingFacts, spliced, takingPartsBack } from './trace-edits';
import type { TraceColumns } from '../trace';
import { newTraceMeta } from './trace-meta';
import type { WorkerPorts } from './work';

/** The stored traces, and the one that is open. */
export class TraceDesk {
  readonly #store: Store;
  readonly #ports: WorkerPorts;
  #open: LoadedTrace | undefined;
  /** The trace before facts were set on its calls, and the one that has them: kept until the next time, to be undone. */
  #factsSet: { readonly before: TraceColumns; readonly after: TraceId } | undefined;

  constructor(store: Store, ports: WorkerPorts) {
    this.#store = store;
    this.#ports = ports;
  }

  /** The open trace; another object whenever another trace, or the same one with other calls, is opened. */
  get open(): LoadedTrace | undefined {
    return this.#open;
  }

  /** Newest first. */
  async list(): Promise<readonly TraceMeta[]> {
    const listed = await this.#store.listTraces();
    if (listed.kind === 'failed') throw new Error(listed.message);
    return [...listed.values].sort((a, b) => b.addedAt - a.addedAt);
  }

  async openStored(id: TraceId): Promise<OpenedTrace> {
    const info = (await this.list()).find((trace) => trace.id === id);
    if (info === undefined) throw new Error('this trace is no longer stored');
    return this.#show(await LoadedTrace.from(this.#store, info));
  }

  openCalls({ name, calls, catalog }: WorkerQuestions['openCalls']['params']): OpenedTrace {
    return this.#show(LoadedTrace.of(newTraceMeta(this.#ports, name, { ...EMPTY_CATALOG, ...catalog }), calls));
  }

  /** Stores the open calls where they are not stored yet. */
  async keepCalls(): Promise<OpenedTrace> {
    const open = this.#open;
    if (open === undefined) throw new Error('no trace is open');
    return open.stored ? factsOf(open) : this.openStored((await this.#put(open.info, callsOf(open))).id);
  }

  async addCall(call: Call): Promise<OpenedTrace> {
    const open = this.#open;
    if (open === undefined || !open.stored) {
      const meta = newTraceMeta(this.#ports, open?.info.name ?? 'Composed calls', open?.info.catalog ?? null);
      return this.openStored((await this.#put(meta, callsOf(open, call))).id);
    }
    const id = (await hasId(open, call.id)) ? callId(`${call.id}-${this.#ports.newId()}`) : call.id;
    const outcome = await this.#store.appendCalls(open.info.id, [{ ...call, id }]);
    if (outcome.kind !== 'stored')
      throw new Error(outcome.kind === 'failed' ? storingFailed(outcome) : 'this trace is no longer stored');
    return this.openStored(open.info.id);
  }

  splice(splice: CallSplice): Promise<OpenedTrace> {
    return this.#replaceBy((open) => spliced(callsOf(open), splice));
  }

  /** Sets facts on the calls at these places, or on all: one step, which `undoFacts` takes back. */
  async setFacts({ settings, places }: FactsWanted): Promise<FactsSet> {
    const before = this.#open?.columns;
    let changed = 0;
    const opened = await this.#replaceBy((open) => settingFacts(callsOf(open), settings, places, () => changed++));
    if (before !== undefined) this.#factsSet = { before, after: opened.info.id };
    return { opened, changed };
  }

  /** Takes back what `setFacts` did, where the trace that came of it is open as it was. */
  async undoFacts(): Promise<OpenedTrace> {
    const { before, after } = this.#factsSet ?? {};
    const open = this.#open;
    if (before === undefined || open?.info.id !== after || open?.columns.length !== before.length)
      throw new Error('the trace was changed, or another one opened, since these facts were set');
    this.#factsSet = undefined;
    return this.#replaceBy((now) => takingPartsBack(callsOf(now), before));
  }

  /** INVARIANT: the trace as it was is deleted only once the new one is stored. */
  async #replaceBy(change: (open: LoadedTrace) => AsyncIterable<readonly Call[]>): Promise<OpenedTrace> {
    const open = this.#open;
    if (open === undefined) throw new Error('no trace is open');
    const { id } = newTraceMeta(this.#ports, open.info.name, open.info.catalog);
    const stored = await this.#put({ ...open.info, id }, change(open));
    const opened = await this.openStored(stored.id);
    if (open.stored) requireDone(await this.#store.deleteTrace(open.info.id));
    return opened;
  }

  async rename(id: TraceId, name: string): Promise<readonly TraceMeta[]> {
    requireDone(await this.#store.renameTrace(id, name));
    return this.list();
  }

  async delete(id: TraceId): Promise<readonly TraceMeta[]> {
    const open = this.#open;
    // Closed first, so that nothing reads from a trace that is half deleted.
    if (open?.info.id === id) this.#open = undefined;
    const outcome = await this.#store.deleteTrace(id);
    if (outcome.kind === 'failed' && open?.info.id === id) this.#open ??= open;
    requireDone(outcome);
    return this.list();
  }

  /** As native NDJSON. */
  async export(id: TraceId): Promise<Blob> {
    const parts: Blob[] = [];
    for await (const chunk of this.#store.readTrace(id)) {
      if (chunk.kind === 'failed') throw new Error(chunk.message);
      // Parts of their own, so that the browser may put them on disk: a million calls fit into no text.
      if (chunk.kind === 'calls') parts.push(new Blob(chunk.calls.map((call) => `${JSON.stringify(call)}\n`)));
    }
    return new Blob(parts, { type: 'application/x-ndjson' });
  }

  #show(open: LoadedTrace): OpenedTrace {
    this.#open = open;
    return factsOf(open);
  }

  async #put(info: TraceMeta, calls: AsyncIterable<readonly Call[]>): Promise<TraceMeta> {
    const outcome = await this.#store.putTrace(info, calls);
    if (outcome.kind === 'stored') return outcome.meta;
    throw new Error(outcome.kind === 'failed' ? storingFailed(outcome) : 'storing was stopped');
  }
}

const factsOf = ({ info, columns }: LoadedTrace): OpenedTrace => ({
  info,
  facets: facetsOf(columns),
  catalog: { ...EMPTY_CATALOG, ...info.catalog },
});

function requireDone(outcome: { readonly kind: 'done' } | StoreMissing | StoreFailure): void {
  if (outcome.kind === 'failed') throw new Error(outcome.message);
  if (outcome.kind === 'missing') throw new Error('this trace is no longer stored');
}

/** Whether a call of the trace has this id. One that has the same text elsewhere counts as well, which does no harm. */
async function hasId(trace: LoadedTrace, id: string): Promise<boolean> {
  const written = `"id":${JSON.stringify(id)}`;
  for (let chunk = 0; chunk < trace.columns.chunks; chunk++) {
    if ((await trace.lines(chunk))?.some((line) => line.includes(written))) return true;
  }
  return false;
}
