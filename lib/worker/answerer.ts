import { coverageOf, placeRule } from '../analysis';
import { compilePolicy, type Call, type Catalog, type CompiledPolicy, type Rule } from '../engine';
import { traceId, type Failure, type Missing, type Store, type TraceId, type TraceMeta } from '../store';
import { filterCalls, replay, type ReplayResult } from '../trace';
import { AnalysisDesk, reasonsOf } from './analysis-desk';
import { CompareDesk, type Standing } from './compare-desk';
import { CoverageDesk } from './coverage-desk';
import { readImport, type Staged } from './import-desk';
import { facetsOf, lineOf } from './lines';
import type { Explained, ImportProgress, OpenedTrace, Question, Questions } from './protocol';
import { TestDesk } from './test-desk';

interface Surroundings {
  readonly now: () => number;
  readonly newId: () => string;
}

interface Context {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: ImportProgress) => void;
}

type Answers = {
  readonly [Q in Question]: (
    params: Questions[Q]['params'],
    context: Context,
  ) => Promise<Questions[Q]['result']> | Questions[Q]['result'];
};

interface OpenTrace {
  readonly info: TraceMeta;
  readonly calls: Call[];
  /** False for a bundle's calls that are only looked at. */
  readonly stored: boolean;
}

/** The policy whose decisions were asked for last. */
interface Decided {
  readonly stamp: number;
  readonly rules: readonly Rule[];
  readonly policy: CompiledPolicy;
  readonly calls: readonly Call[];
}

const EMPTY_CATALOG: Catalog = { resources: [], agents: [], instances: [], users: [], groups: [] };
const SAMPLE_CLAIMED = 'sample-claimed';
const PUT_AT_ONCE = 1_000;

/** All that the worker knows: the open trace, the policy that was decided last, and an import that waits to be taken. */
export class Answerer {
  readonly #store: Store;
  readonly #around: Surroundings;
  #open: OpenTrace | undefined;
  #decided: Decided | undefined;
  #results: ReplayResult | undefined;
  #staged: Staged | undefined;
  #readings = 0;
  readonly #analysis = new AnalysisDesk();
  readonly #compare = new CompareDesk();
  readonly #tests = new TestDesk();
  readonly #coverage = new CoverageDesk();

  constructor(store: Store, around: Surroundings) {
    this.#store = store;
    this.#around = around;
  }

  async answer<Q extends Question>(
    question: Q,
    params: Questions[Q]['params'],
    context: Context,
  ): Promise<Questions[Q]['result']> {
    return this.#answers[question](params, context);
  }

  readonly #answers: Answers = {
    listTraces: () => this.#traces(),
    openTrace: ({ traceId: id }) => this.#openStored(id),
    openCalls: ({ name, calls, catalog }) =>
      this.#show({
        info: this.#metaFor(name, calls.length, { ...EMPTY_CATALOG, ...catalog }),
        calls: [...calls],
        stored: false,
      }),
    keepCalls: async () => {
      const { info, calls, stored } = this.#needOpen();
      return stored ? this.#facts() : this.#openStored((await this.#put(info, calls)).id);
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
      this.#staged = undefined;
      const { staged, preview } = await readImport(source, name, options, signal, onProgress);
      // A later import, or a drop, has taken the place of this one.
      if (reading === this.#readings && !signal.aborted) this.#staged = staged;
      return preview;
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
        ...this.#metaFor(name, staged.calls.length, catalog ?? staged.catalog),
        format: staged.summary.format ?? 'native',
        rejects: staged.rejects.length,
      };
      const stored = await this.#put(info, staged.calls);
      this.#staged = undefined;
      return stored;
    },
    dropImport: () => {
      this.#readings += 1;
      this.#staged = undefined;
      return undefined;
    },
    addCall: ({ call }) => this.#add(call),
    decideAll: async ({ stamp, policy }) => {
      const open = this.#needOpen();
      const started = this.#around.now();
      const compiled = await compilePolicy(policy);
      const results = replay(compiled, open.calls);
      this.#decided = { stamp, rules: policy.rules, policy: compiled, calls: open.calls };
      this.#results = results;
      const { rowAt: _rowAt, ...decided } = results;
      return { ...decided, stamp, traceId: open.info.id, took: this.#around.now() - started };
    },
    lines: ({ indices }) => {
      const { calls } = this.#needOpen();
      return [...indices].flatMap((index) => {
        const call = calls[index];
        return call === undefined ? [] : [lineOf(call)];
      });
    },
    filter: ({ stamp, filter }) => {
      const { rules } = this.#needDecided(stamp);
      return filterCalls(this.#needOpen().calls, filter, this.#results, rules);
    },
    explain: ({ stamp, index }) => {
      const call = this.#needOpen().calls[index];
      if (call === undefined) throw new Error('there is no such call in the open trace');
      return this.#explain(stamp, call);
    },
    explainCall: ({ stamp, call }) => this.#explain(stamp, call),
    impact: (params) => this.#analysis.impact(params, this.#open?.calls),
    move: (params) => this.#analysis.move(params, this.#open?.calls),
    access: (params) => this.#analysis.access(params),
    place: ({ policy, like, call }) => placeRule(policy, like, call),
    explainUnder: async ({ stamp, policy, call }) => ({ stamp, ...(await this.#analysis.explain(policy, call)) }),
    compare: ({ stamp, baseline }) => this.#compare.compare(baseline, this.#standing(stamp)),
    compareCell: (params) => this.#compare.groups(params.baseline, params, this.#standing(params.stamp)),
    compareCall: ({ stamp, baseline, index }) => this.#compare.call(baseline, index, this.#standing(stamp)),
    runTests: ({ policy, tests }) => this.#tests.run(policy, tests),
    coverage: async ({ stamp, policy, tests }) => {
      const tried = tests.map(({ call }) => call);
      const byTests = coverageOf(await this.#tests.ready(policy), tried);
      if (stamp === undefined) return { trace: undefined, tests: byTests };
      const { policy: shown, calls } = this.#standing(stamp);
      const goesOn = () => this.#decided?.stamp === stamp && this.#open?.calls === calls;
      return { trace: await this.#coverage.coverage(shown, calls, goesOn), tests: byTests };
    },
    exportTrace: async ({ traceId: id }) => {
      const lines: string[] = [];
      for await (const chunk of this.#store.readTrace(id)) {
        if (chunk.kind === 'failed') throw new Error(chunk.message);
        if (chunk.kind === 'calls') for (const call of chunk.calls) lines.push(`${JSON.stringify(call)}\n`);
      }
      return new Blob(lines, { type: 'application/x-ndjson' });
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
    const calls: Call[] = [];
    for await (const chunk of this.#store.readTrace(id)) {
      if (chunk.kind === 'failed') throw new Error(chunk.message);
      // A chunk that could not be read is set aside by the store, which tells of it.
      if (chunk.kind === 'calls') for (const call of chunk.calls) calls.push(call);
    }
    return this.#show({ info: { ...info, calls: calls.length }, calls, stored: true });
  }

  #show(open: OpenTrace): OpenedTrace {
    this.#open = open;
    this.#results = undefined;
    return this.#facts();
  }

  #facts(): OpenedTrace {
    const { info, calls } = this.#needOpen();
    return { info, facets: facetsOf(calls), catalog: { ...EMPTY_CATALOG, ...info.catalog } };
  }

  #metaFor(name: string, calls: number, catalog: Partial<Catalog> | null): TraceMeta {
    return {
      id: traceId(this.#around.newId()),
      name,
      addedAt: this.#around.now(),
      format: 'native',
      calls,
      chunks: 0,
      rejects: 0,
      catalog,
      info: {},
    };
  }

  async #put(info: TraceMeta, calls: readonly Call[]): Promise<TraceMeta> {
    const outcome = await this.#store.putTrace(info, chunksOf(calls));
    if (outcome.kind === 'stored') return outcome.meta;
    throw new Error(outcome.kind === 'failed' ? outcome.message : 'storing was stopped');
  }

  async #add(call: Call): Promise<OpenedTrace> {
    const open = this.#open;
    if (open === undefined || !open.stored) {
      const calls = [...(open?.calls ?? []), call];
      const name = open?.info.name ?? 'Composed calls';
      return this.#openStored(
        (await this.#put(this.#metaFor(name, calls.length, open?.info.catalog ?? null), calls)).id,
      );
    }
    const taken = new Set(open.calls.map((one) => one.id as string));
    const outcome = await this.#store.appendCalls(open.info.id, [
      taken.has(call.id) ? { ...call, id: `${call.id}-${this.#around.newId()}` as Call['id'] } : call,
    ]);
    if (outcome.kind !== 'stored')
      throw new Error(outcome.kind === 'failed' ? outcome.message : 'this trace is no longer stored');
    return this.#openStored(open.info.id);
  }

  #explain(stamp: number, call: Call): Explained {
    const { policy, rules } = this.#needDecided(stamp);
    return { stamp, ...reasonsOf(policy, rules, call) };
  }

  #needOpen(): OpenTrace {
    if (this.#open === undefined) throw new Error('no trace is open');
    return this.#open;
  }

  #standing(stamp: number): Standing {
    const { policy, calls } = this.#needDecided(stamp);
    if (this.#results === undefined || this.#open?.calls !== calls)
      throw new Error('the open trace has not been decided yet');
    return { stamp, policy, results: this.#results, calls };
  }

  #needDecided(stamp: number): Decided {
    if (this.#decided === undefined || this.#decided.stamp !== stamp)
      throw new Error('the policy has changed meanwhile');
    return this.#decided;
  }
}

function done(outcome: { readonly kind: 'done' } | Missing | Failure): void {
  if (outcome.kind === 'failed') throw new Error(outcome.message);
  if (outcome.kind === 'missing') throw new Error('this trace is no longer stored');
}

function* chunksOf(calls: readonly Call[]): Generator<readonly Call[]> {
  for (let i = 0; i < calls.length; i += PUT_AT_ONCE) yield calls.slice(i, i + PUT_AT_ONCE);
}
