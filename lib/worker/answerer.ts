import { coverageOf, placeRule, reasonsOf } from '../analysis';
import { callId, type Call, type Catalog } from '../engine';
import { traceId, type StoreFailure, type StoreMissing, type Store, type TraceId, type TraceMeta } from '../store';
import { viewOf, type ReplayResult, type TraceWork } from '../trace';
import { AnalysisDesk } from './analysis-desk';
import { CompareDesk, type ShownDecisions } from './compare-desk';
import { CoverageDesk } from './coverage-desk';
import { decisionsOf } from './decisions';
import { exportCalls } from './export-calls';
import { readImport, type StagedImport } from './import-desk';
import { facetsOf, lineOf } from './lines';
import { LoadedTrace } from './loaded-trace';
import { knownMapping, rememberMapping } from './mapping-memory';
import type {
  CallLine,
  ExplainedCall,
  OpenedTrace,
  ProgressOf,
  WorkerQuestion,
  WorkerQuestions,
  Replayed,
} from './protocol';
import { Staging, storingFailed } from './staging';
import { TestDesk } from './test-desk';
import { slicedWork, SupersededError, type SliceScheduler, type WorkProgress } from './work';

export interface WorkerPorts extends SliceScheduler {
  readonly newId: () => string;
}

interface QuestionContext<Q extends WorkerQuestion> {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: ProgressOf<Q>) => void;
}

type QuestionHandlers = {
  readonly [Q in WorkerQuestion]: (
    params: WorkerQuestions[Q]['params'],
    context: QuestionContext<Q>,
  ) => Promise<WorkerQuestions[Q]['result']> | WorkerQuestions[Q]['result'];
};

const EMPTY_CATALOG: Catalog = { resources: [], agents: [], instances: [], users: [], groups: [] };
const SAMPLE_CLAIMED = 'sample-claimed';

/** All that the worker knows: the open trace, the policy that was decided last, and an import that waits to be taken. */
export class Answerer {
  readonly #store: Store;
  readonly #around: WorkerPorts;
  #open: LoadedTrace | undefined;
  #shown: ShownDecisions | undefined;
  /** Counted up by each question that ends those of its kind. */
  readonly #turns = { decide: 0, view: 0, impact: 0, move: 0 };
  #staged: StagedImport | undefined;
  #readings = 0;
  readonly #analysis = new AnalysisDesk();
  readonly #compare = new CompareDesk();
  readonly #tests = new TestDesk();
  readonly #coverage = new CoverageDesk();

  constructor(store: Store, around: WorkerPorts) {
    this.#store = store;
    this.#around = around;
  }

  async answer<Q extends WorkerQuestion>(
    question: Q,
    params: WorkerQuestions[Q]['params'],
    context: QuestionContext<Q>,
  ): Promise<WorkerQuestions[Q]['result']> {
    return this.#answers[question](params, context);
  }

  readonly #answers: QuestionHandlers = {
    listTraces: () => this.#traces(),
    openTrace: ({ traceId: id }) => this.#openStored(id),
    openCalls: ({ name, calls, catalog }) =>
      this.#show(LoadedTrace.of(this.#metaFor(name, { ...EMPTY_CATALOG, ...catalog }), calls)),
    keepCalls: async () => {
      const open = this.#needOpen();
      return open.stored ? this.#facts() : this.#openStored((await this.#put(open.info, callsOf(open))).id);
    },
    renameTrace: async ({ traceId: id, name }) => {
      done(await this.#store.renameTrace(id, name));
      return this.#traces();
    },
    deleteTrace: async ({ traceId: id }) => {
      done(await this.#store.deleteTrace(id));
      if (this.#open?.info.id === id) this.#open = undefined;
      return this.#traces();
    },
    importFile: async ({ source, name, options }, { signal, onProgress }) => {
      const reading = ++this.#readings;
      await this.#dropStaged();
      const staging = new Staging(this.#store, traceId(this.#around.newId()));
      try {
        const known = await knownMapping(this.#store, source, options, signal);
        const { staged, preview } = await readImport(source, name, options, known, staging, signal, onProgress);
        // A later import, or a drop, has taken the place of this one.
        if (reading === this.#readings && !signal.aborted) this.#staged = staged;
        else await staging.drop();
        return preview;
      } catch (error) {
        await staging.drop();
        throw error;
      }
    },
    importRejects: () =>
      new Blob(
        (this.#staged?.rejects ?? []).map((reject) => `${JSON.stringify(reject)}\n`),
        { type: 'application/x-ndjson' },
      ),
    claimSample: async () => {
      if ((await this.#store.readSetting(SAMPLE_CLAIMED)).kind === 'found') return false;
      await this.#store.putSetting(SAMPLE_CLAIMED, true);
      return true;
    },
    takeImport: async ({ name, catalog }) => {
      const staged = this.#staged;
      if (staged === undefined) throw new Error('there is no import to take');
      const info = {
        ...this.#metaFor(name, catalog ?? staged.catalog),
        format: staged.summary.format ?? 'native',
        rejects: staged.rejects.length,
      };
      this.#staged = undefined;
      const stored = await staged.calls.take(info);
      await rememberMapping(this.#store, staged.remember);
      return stored;
    },
    dropImport: async () => {
      this.#readings += 1;
      await this.#dropStaged();
      return undefined;
    },
    addCall: ({ call }) => this.#add(call),
    decideAll: async ({ stamp, policy }, { onProgress }) => {
      const trace = this.#needOpen();
      const started = this.#around.now();
      const work = this.#work('decide', onProgress);
      const decided = await decisionsOf(policy, trace, [this.#shown], work);
      // The last of it may have been another question's turn.
      if (work.stopped() || this.#open !== trace) throw new SupersededError();
      this.#shown = { ...decided, stamp };
      const { results } = decided;
      const hazardous = hazardousOf(results);
      return { ...results, stamp, traceId: trace.info.id, hazardous, took: this.#around.now() - started };
    },
    lines: async ({ indices }) => {
      const trace = this.#needOpen();
      const lines: CallLine[] = [];
      for (const index of indices) {
        const call = await trace.call(index);
        if (call !== undefined) lines.push(lineOf(call));
      }
      return lines;
    },
    view: async ({ stamp, wanted }, { onProgress }) => {
      const { trace, results } = this.#standing(stamp);
      const view = await viewOf(trace, results, wanted, this.#work('view', onProgress));
      if (view === undefined) throw new SupersededError();
      return view;
    },
    exportCalls: ({ stamp, indices, format }) =>
      exportCalls(this.#standing(stamp), indices, format, this.#whileShown(stamp)),
    explain: async ({ stamp, index }) => {
      const call = await this.#needOpen().call(index);
      if (call === undefined) throw new Error('there is no such call in the open trace');
      return this.#explain(stamp, call);
    },
    explainCall: ({ stamp, call }) => this.#explain(stamp, call),
    impact: (params) => this.#analysis.impact(params, this.#open, this.#shown, this.#work('impact')),
    move: (params) => this.#analysis.move(params, this.#open, this.#shown, this.#work('move')),
    access: (params) => this.#analysis.access(params),
    place: ({ policy, like, call }) => placeRule(policy, like, call),
    explainUnder: async ({ stamp, policy, call }) => ({ stamp, ...(await this.#analysis.explain(policy, call)) }),
    compare: ({ stamp, baseline }) => this.#compare.compare(baseline, this.#standing(stamp), this.#whileShown(stamp)),
    compareCell: (params) =>
      this.#compare.groups(params.baseline, params, this.#standing(params.stamp), this.#whileShown(params.stamp)),
    compareCall: ({ stamp, baseline, index }) =>
      this.#compare.call(baseline, index, this.#standing(stamp), this.#whileShown(stamp)),
    runTests: ({ policy, tests }) => this.#tests.run(policy, tests),
    coverage: async ({ stamp, policy, tests }) => {
      const tried = tests.map(({ call }) => call);
      const byTests = coverageOf(await this.#tests.ready(policy), tried);
      if (stamp === undefined) return { trace: undefined, tests: byTests };
      const { policy: shown, trace } = this.#standing(stamp);
      return { trace: await this.#coverage.coverage(shown, trace, this.#whileShown(stamp)), tests: byTests };
    },
    callsOfTrace: ({ most }) => this.#needOpen().wholeCalls(most),
    // Loaded when it is first asked for: most visits share nothing.
    planRedaction: async ({ bundle, keep }) => (await import('../redact')).planRedaction(bundle, new Set(keep)),
    whyNot: ({ policy, call, ruleId }) => this.#analysis.whyNot(policy, call, ruleId),
    exportTrace: async ({ traceId: id }) => {
      const parts: Blob[] = [];
      for await (const chunk of this.#store.readTrace(id)) {
        if (chunk.kind === 'failed') throw new Error(chunk.message);
        // Parts of their own, so that the browser may put them on disk: a million calls fit into no text.
        if (chunk.kind === 'calls') parts.push(new Blob(chunk.calls.map((call) => `${JSON.stringify(call)}\n`)));
      }
      return new Blob(parts, { type: 'application/x-ndjson' });
    },
  };

  async #traces(): Promise<readonly TraceMeta[]> {
    const listed = await this.#store.listTraces();
    if (listed.kind === 'failed') throw new Error(listed.message);
    return [...listed.values].sort((a, b) => b.addedAt - a.addedAt);
  }

  async #openStored(id: TraceId): Promise<OpenedTrace> {
    const info = (await this.#traces()).find((trace) => trace.id === id);
    if (info === undefined) throw new Error('this trace is no longer stored');
    return this.#show(await LoadedTrace.from(this.#store, info));
  }

  #show(open: LoadedTrace): OpenedTrace {
    this.#open = open;
    return this.#facts();
  }

  #facts(): OpenedTrace {
    const { info, columns } = this.#needOpen();
    return { info, facets: facetsOf(columns), catalog: { ...EMPTY_CATALOG, ...info.catalog } };
  }

  /** Work that ends when the next of its kind begins. */
  #work(kind: 'decide' | 'view' | 'impact' | 'move', onProgress?: (steps: WorkProgress) => void): TraceWork {
    const turn = (this.#turns[kind] += 1);
    return slicedWork(this.#around, () => turn !== this.#turns[kind], onProgress);
  }

  /** Work that ends when other decisions are shown than those of the stamp. */
  #whileShown(stamp: number): TraceWork {
    const open = this.#open;
    return slicedWork(this.#around, () => this.#shown?.stamp !== stamp || this.#open !== open);
  }

  async #dropStaged(): Promise<void> {
    const staged = this.#staged;
    this.#staged = undefined;
    await staged?.calls.drop();
  }

  #metaFor(name: string, catalog: Partial<Catalog> | null): TraceMeta {
    return {
      id: traceId(this.#around.newId()),
      name,
      addedAt: this.#around.now(),
      format: 'native',
      calls: 0,
      chunks: 0,
      rejects: 0,
      catalog,
      info: {},
    };
  }

  async #put(info: TraceMeta, calls: AsyncIterable<readonly Call[]>): Promise<TraceMeta> {
    const outcome = await this.#store.putTrace(info, calls);
    if (outcome.kind === 'stored') return outcome.meta;
    throw new Error(outcome.kind === 'failed' ? storingFailed(outcome) : 'storing was stopped');
  }

  async #add(call: Call): Promise<OpenedTrace> {
    const open = this.#open;
    if (open === undefined || !open.stored) {
      const name = open?.info.name ?? 'Composed calls';
      return this.#openStored(
        (await this.#put(this.#metaFor(name, open?.info.catalog ?? null), callsOf(open, call))).id,
      );
    }
    const id = (await hasId(open, call.id)) ? callId(`${call.id}-${this.#around.newId()}`) : call.id;
    const outcome = await this.#store.appendCalls(open.info.id, [{ ...call, id }]);
    if (outcome.kind !== 'stored')
      throw new Error(outcome.kind === 'failed' ? storingFailed(outcome) : 'this trace is no longer stored');
    return this.#openStored(open.info.id);
  }

  async #explain(stamp: number, call: Call): Promise<ExplainedCall> {
    return { stamp, ...(await reasonsOf(this.#needShown(stamp).policy, call)) };
  }

  #needOpen(): LoadedTrace {
    if (this.#open === undefined) throw new Error('no trace is open');
    return this.#open;
  }

  #standing(stamp: number): ShownDecisions {
    const shown = this.#needShown(stamp);
    if (this.#open !== shown.trace) throw new Error('the open trace has not been decided yet');
    return shown;
  }

  #needShown(stamp: number): ShownDecisions {
    if (this.#shown === undefined || this.#shown.stamp !== stamp) throw new SupersededError();
    return this.#shown;
  }
}

function done(outcome: { readonly kind: 'done' } | StoreMissing | StoreFailure): void {
  if (outcome.kind === 'failed') throw new Error(outcome.message);
  if (outcome.kind === 'missing') throw new Error('this trace is no longer stored');
}

/** All calls of a trace, and one more. */
async function* callsOf(trace: LoadedTrace | undefined, more?: Call): AsyncGenerator<readonly Call[]> {
  for (let chunk = 0; chunk < (trace?.columns.chunks ?? 0); chunk++) yield (await trace?.calls(chunk)) ?? [];
  if (more !== undefined) yield [more];
}

/** Whether a call of the trace has this id. One that has it elsewhere is taken for it, which does no harm. */
async function hasId(trace: LoadedTrace, id: string): Promise<boolean> {
  const written = `"id":${JSON.stringify(id)}`;
  for (let chunk = 0; chunk < trace.columns.chunks; chunk++) {
    if ((await trace.lines(chunk))?.some((line) => line.includes(written))) return true;
  }
  return false;
}

function hazardousOf({ hazards }: ReplayResult): Replayed['hazardous'] {
  const first = hazards.findIndex((bits) => bits > 0);
  return { count: hazards.reduce((sum, bits) => sum + (bits > 0 ? 1 : 0), 0), first: first < 0 ? undefined : first };
}
