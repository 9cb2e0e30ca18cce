import { coverageOf, placeRule, reasonsOf, runTests } from '../analysis';
import { compileErrors } from '../engine';
import type { Store } from '../store';
import { SeenValues, viewOf, type ReplayResult, type TraceWork } from '../trace';
import { AnalysisDesk } from './analysis-desk';
import type { ShownDecisions } from './compare-desk';
import { PolicyCompiler } from './policy-compiler';
import { ConditionMemo } from './condition-memo';
import { CoverageDesk } from './coverage-desk';
import { decisionsOf } from './decisions';
import { FindingsDesk } from './findings-desk';
import { ImportDesk } from './import-desk';
import { lineOf, toolNamesOf } from './lines';
import { lateDesk } from './late-desk';
import type { LoadedTrace } from './loaded-trace';
import type { CallLine, Replayed } from './answers';
import type { ProgressOf, WorkerQuestion, WorkerQuestions } from './protocol';
import { SupersededError } from './superseded';
import { TraceDesk } from './trace-desk';
import { slicedWork, type WorkerPorts, type WorkProgress } from './work';

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

/** How many calls are looked at for values of an argument, how many values are kept apart, and how many are offered. */
const SEEN = { calls: 5_000, apart: 2_000, listed: 50 } as const;
const SAMPLE_CLAIMED = 'sample-claimed';

/**
 * All that the worker knows: the open trace, the policy that was decided last, and an import that waits to be taken. A question about
 * decisions or a trace that are no longer there is superseded: the page has moved on.
 */
export class Answerer {
  readonly #store: Store;
  readonly #ports: WorkerPorts;
  #shown: ShownDecisions | undefined;
  /** Counted up by each question that ends those of its kind. */
  readonly #turns = { decide: 0, view: 0, impact: 0, move: 0, findings: 0, log: 0, suggest: 0, beside: 0, access: 0 };
  readonly #traces: TraceDesk;
  readonly #imports: ImportDesk;
  readonly #analysis = new AnalysisDesk();
  readonly #tested = new PolicyCompiler();
  readonly #coverage = new CoverageDesk();
  readonly #findings = new FindingsDesk();
  readonly #conditions = new ConditionMemo();
  /** Most visits compare with nothing, and the workbench reproduces nothing. */
  readonly #compareDesk = lateDesk(async () => new (await import('./compare-desk')).CompareDesk());
  readonly #logDesk = lateDesk(async () => new (await import('./log-desk')).LogDesk());

  constructor(store: Store, ports: WorkerPorts) {
    this.#store = store;
    this.#ports = ports;
    this.#traces = new TraceDesk(store, ports);
    this.#imports = new ImportDesk(store, ports);
  }

  /** Throws `SupersededError` where the answer is no longer wanted, and an `Error` in words for a person where there is none. */
  async answer<Q extends WorkerQuestion>(
    question: Q,
    params: WorkerQuestions[Q]['params'],
    context: QuestionContext<Q>,
  ): Promise<WorkerQuestions[Q]['result']> {
    return this.#answers[question](params, context);
  }

  readonly #answers: QuestionHandlers = {
    listTraces: () => this.#traces.list(),
    openTrace: ({ traceId }) => this.#traces.openStored(traceId),
    openCalls: (params) => this.#traces.openCalls(params),
    keepCalls: () => this.#traces.keepCalls(),
    renameTrace: ({ traceId, name }) => this.#traces.rename(traceId, name),
    deleteTrace: ({ traceId }) => this.#traces.delete(traceId),
    addCall: ({ call }) => this.#traces.addCall(call),
    spliceCalls: (splice) => this.#traces.splice(splice),
    setFacts: (params) => this.#traces.setFacts(params),
    undoFacts: () => this.#traces.undoFacts(),
    exportTrace: ({ traceId }) => this.#traces.export(traceId),
    importFile: (params, context) => this.#imports.read(params, context),
    importRejects: () => this.#imports.rejects(),
    takeImport: (params) => this.#imports.take(params),
    dropImport: () => this.#imports.drop(),
    claimSample: async () => {
      if ((await this.#store.readSetting(SAMPLE_CLAIMED)).kind === 'found') return false;
      await this.#store.putSetting(SAMPLE_CLAIMED, true);
      return true;
    },
    decideAll: async ({ stamp, policy }, { onProgress }) => {
      const trace = this.#openTrace();
      const started = this.#ports.now();
      const work = this.#work('decide', onProgress);
      const decided = await decisionsOf(policy, trace, [this.#shown], work);
      // Another question may have come after the last pause.
      if (work.stopped()) throw new SupersededError();
      this.#shown = { ...decided, stamp };
      const { results } = decided;
      const hazardous = hazardousOf(results);
      return { ...results, stamp, traceId: trace.info.id, hazardous, took: this.#ports.now() - started };
    },
    lines: async ({ indices }) => {
      const trace = this.#openTrace();
      const lines: CallLine[] = [];
      for (const index of indices) {
        const call = await trace.call(index);
        if (call !== undefined) lines.push(lineOf(call));
      }
      return lines;
    },
    view: async ({ stamp, wanted }, { onProgress }) => {
      const { trace, results } = this.#decisionsOf(stamp);
      const conditions = (source: string) => this.#conditions.of(trace, source);
      const view = await viewOf(trace, results, wanted, this.#work('view', onProgress), conditions);
      if (view === undefined) throw new SupersededError();
      return view;
    },
    exportCalls: async ({ stamp, ...wanted }) => {
      const { exportCalls } = await import('./export-calls');
      return exportCalls(this.#decisionsOf(stamp), wanted, this.#whileShown(stamp));
    },
    explain: async ({ stamp, index }) => {
      const { policy, trace } = this.#decisionsOf(stamp);
      const call = await trace.call(index);
      if (call === undefined) throw new Error('there is no such call in the open trace');
      return { stamp, ...(await reasonsOf(policy, call, this.#toolNames())) };
    },
    explainUnder: async ({ stamp, policy, call }) => ({
      stamp,
      ...(await this.#analysis.explain(policy, call, this.#toolNames())),
    }),
    impact: (params) =>
      this.#analysis.impact(params, this.#traces.open, this.#shown, this.#work(params.beside ? 'beside' : 'impact')),
    move: (params) => this.#analysis.move(params, this.#traces.open, this.#shown, this.#work('move')),
    access: (params) => {
      const turn = (this.#turns.access += 1);
      const work = slicedWork(this.#ports, () => turn !== this.#turns.access);
      return this.#analysis.access(params, work);
    },
    place: ({ policy, like, call }) => placeRule(policy, like, call),
    compare: async ({ stamp, baseline }) =>
      (await this.#compareDesk()).compare(baseline, this.#decisionsOf(stamp), this.#whileShown(stamp)),
    compareCell: async (params) => {
      const desk = await this.#compareDesk();
      return desk.groups(params.baseline, params, this.#decisionsOf(params.stamp), this.#whileShown(params.stamp));
    },
    compareCall: async ({ stamp, baseline, index }) =>
      (await this.#compareDesk()).call(baseline, index, this.#decisionsOf(stamp), this.#whileShown(stamp)),
    runTests: async ({ policy, tests }) => runTests(await this.#tested.compile(policy), tests),
    coverage: async ({ stamp, policy, tests }) => {
      const byTests = coverageOf(
        await this.#tested.compile(policy),
        tests.map(({ call }) => call),
      );
      if (stamp === undefined) return { trace: undefined, tests: byTests };
      const { policy: shown, trace } = this.#decisionsOf(stamp);
      return { trace: await this.#coverage.coverage(shown, trace, this.#whileShown(stamp)), tests: byTests };
    },
    callsOfTrace: ({ most, places }) => this.#openTrace().wholeCalls(most, places),
    seenValues: async ({ path }) => {
      const values = new SeenValues(path, SEEN.apart);
      for (const call of await this.#openTrace().first(SEEN.calls)) values.add(call);
      return values.commonest(SEEN.listed);
    },
    // Loaded when it is first needed: most visits ask for neither.
    suggest: async (params, { onProgress }) => {
      const [trace, work] = [this.#openTrace(), this.#work('suggest', onProgress)];
      return (await import('./suggest-desk')).suggestFromTrace(params, trace, work);
    },
    whyNot: async (params) => (await import('./why-not-desk')).answerWhyNot(params),
    planRedaction: async ({ bundle, keep }) => (await import('../redact')).planRedaction(bundle, new Set(keep)),
    compileErrors: ({ conditions }) => compileErrors(conditions),
    findings: (params, { onProgress }) =>
      this.#findings.findings(params, (onSlice) => this.#workBehindDecisions(onSlice), onProgress),
    ask: async (params) => (await import('./regions-desk')).askLine(params),
    comparePermissions: async (params, { signal }) => {
      const work = slicedWork(this.#ports, () => signal.aborted);
      return (await import('./regions-desk')).comparePermissions(params, work);
    },
    readLog: async (params, context) => (await this.#logDesk()).read(params, context),
    logRejects: async () => (await this.#logDesk()).rejects(),
    logLines: async (params) => (await this.#logDesk()).lines(params),
    findEntries: async (params) => (await this.#logDesk()).find(params),
    compareConnections: async (params) => (await this.#logDesk()).connections(params),
    bisectEntry: async (params) => (await this.#logDesk()).bisect(params),
    calibrateLog: async (params) => (await this.#logDesk()).calibrate(params),
    reproduceLog: async (params, { onProgress }) => {
      const desk = await this.#logDesk();
      const turn = (this.#turns.log += 1);
      const isOver = () => turn !== this.#turns.log || !desk.isOpen(params.log);
      return desk.reproduce(params, slicedWork(this.#ports, isOver, onProgress));
    },
    reproduceCalls: async (params) => (await this.#logDesk()).calls(params),
    reproduceEntry: async (params) => (await this.#logDesk()).entry(params),
  };

  #toolNames(): readonly string[] {
    const trace = this.#traces.open;
    return trace === undefined ? [] : toolNamesOf(trace.columns, trace.info.catalog ?? undefined);
  }

  #openTrace(): LoadedTrace {
    const { open } = this.#traces;
    if (open === undefined) throw new SupersededError();
    return open;
  }

  /** The decisions that have this stamp, over the open trace. */
  #decisionsOf(stamp: number): ShownDecisions {
    const shown = this.#shown;
    if (shown === undefined || shown.stamp !== stamp || shown.trace !== this.#traces.open) throw new SupersededError();
    return shown;
  }

  /** Work that ends when the next of its kind begins, or another trace is opened. */
  #work(
    kind: 'decide' | 'view' | 'impact' | 'move' | 'suggest' | 'beside',
    onProgress?: (steps: WorkProgress) => void,
  ): TraceWork {
    const turn = (this.#turns[kind] += 1);
    const { open } = this.#traces;
    return slicedWork(this.#ports, () => turn !== this.#turns[kind] || this.#traces.open !== open, onProgress);
  }

  /** Work that ends when the next of its kind begins, or a policy is to be decided: no decision waits for it. */
  #workBehindDecisions(onSlice: () => void): TraceWork {
    const turn = (this.#turns.findings += 1);
    const { decide } = this.#turns;
    const stopped = (): boolean => turn !== this.#turns.findings || decide !== this.#turns.decide;
    return slicedWork(this.#ports, stopped, onSlice);
  }

  /** Work that ends when other decisions are shown than those of the stamp, or another trace is opened. */
  #whileShown(stamp: number): TraceWork {
    const { open } = this.#traces;
    return slicedWork(this.#ports, () => this.#shown?.stamp !== stamp || this.#traces.open !== open);
  }
}

function hazardousOf({ hazards }: ReplayResult): Replayed['hazardous'] {
  const first = hazards.findIndex((bits) => bits > 0);
  return { count: hazards.reduce((sum, bits) => sum + (bits > 0 ? 1 : 0), 0), first: first < 0 ? undefined : first };
}
