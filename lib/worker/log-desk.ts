import { reasonsOf, withFacts } from '../analysis';
import {
  bisectHistory,
  compareConnection,
  type ComparedConnection,
  LogReview,
  ProbeLog,
  readHistory,
  rebuiltHistory,
  reproduceCall,
  type Calibration,
  type LogEvidence,
  type ReproducedCall,
} from '../reproduce';
import { RECORDED_CODES, type ConnectionEvent, type ImportedCall, type PolicyEvent, type TraceWork } from '../trace';
import { lineOf } from './lines';
import { PolicyCompiler } from './policy-compiler';
import type { CallLine, EntryTurns, ImportProgress, LogPreview, ReproducedEntries, ReproducedEntry } from './answers';
import type { WorkerQuestions } from './protocol';
import { readImport, type ReadFile } from './read-import';
import { SupersededError } from './superseded';

/** Entries that are kept in memory; a longer log is for the command line, which keeps none. */
const MOST_ENTRIES = 200_000;

/** Connections that are compared; the page shows the first of them. */
const MOST_CONNECTIONS = 500;

/** A log that was read, and what was found when it was reproduced last. */
interface OpenLog {
  /** Counted up with each log. */
  readonly stamp: number;
  readonly calls: readonly ImportedCall[];
  readonly events: readonly PolicyEvent[];
  readonly connections: readonly ConnectionEvent[];
  readonly rejects: ReadFile['rejects'];
  /** What entries that are not here say against readings. */
  readonly contradictions: LogEvidence['contradictions'];
  evidence?: LogEvidence;
}

/** Reproduces what an audit log records. The log is in memory alone, and the next one takes its place. */
export class LogDesk {
  readonly #compiler = new PolicyCompiler();
  #stamp = 0;
  #log: OpenLog | undefined;

  /** Throws, in words for a person, where the log is too long. */
  async read(
    { source, name, options, evidence }: WorkerQuestions['readLog']['params'],
    { signal, onProgress }: { signal: AbortSignal; onProgress: (progress: ImportProgress) => void },
  ): Promise<LogPreview> {
    const stamp = ++this.#stamp;
    this.#log = undefined;
    const sink = new EntrySink();
    const chosen = options.mapping ?? {};
    const known = { from: Object.keys(chosen).length > 0 ? 'given' : 'guess', chosen } as const;
    const { read, preview } = await readImport({ source, name, options, known, sink, signal, onProgress });
    if (stamp !== this.#stamp) throw new SupersededError();
    const events = [...read.policyEvents, ...(evidence?.events ?? [])];
    const contradictions = evidence?.contradictions ?? new Map<string, number>();
    const { connections, rejects } = read;
    this.#log = { stamp, calls: sink.entries, events, connections, rejects, contradictions };
    return { ...preview, log: stamp, policyEvents: events.length, connections: connections.length };
  }

  /** What gave no entry, as NDJSON. */
  rejects(): Blob {
    return new Blob(
      (this.#log?.rejects ?? []).map((reject) => `${JSON.stringify(reject)}\n`),
      { type: 'application/x-ndjson' },
    );
  }

  lines({ log, indices }: WorkerQuestions['logLines']['params']): readonly CallLine[] {
    const { calls } = this.#open(log);
    return [...indices].flatMap((index) => {
      const call = calls[index];
      return call === undefined ? [] : [lineOf(call)];
    });
  }

  find({ log, text }: WorkerQuestions['findEntries']['params']): Uint32Array {
    const sought = text.toLowerCase();
    const found: number[] = [];
    for (const [index, call] of this.#open(log).calls.entries()) {
      const { args } = call;
      const { time: _time, recorded: _recorded, ...line } = lineOf(call);
      const texts = [...Object.values(line), args ? JSON.stringify(args) : undefined];
      if (texts.some((one) => typeof one === 'string' && one.toLowerCase().includes(sought))) found.push(index);
    }
    return Uint32Array.from(found);
  }

  /** Throws `SupersededError` where the work was stopped. */
  async reproduce(
    { log, policy }: WorkerQuestions['reproduceLog']['params'],
    work: TraceWork,
  ): Promise<ReproducedEntries> {
    const open = this.#open(log);
    const { calls, events, contradictions } = open;
    const review = await LogReview.of(await this.#compiler.compile(policy), contradictions);
    const verdicts = new Uint8Array(calls.length);
    for (const [index, call] of calls.entries()) {
      await work.pause(index, calls.length);
      if (work.stopped()) throw new SupersededError();
      verdicts[index] = RECORDED_CODES.indexOf(review.add(call));
    }
    const { counts, evidence, notable, further } = await review.finish(events, work);
    if (work.stopped()) throw new SupersededError();
    open.evidence = evidence;
    const places = new Map(calls.map(({ id }, index) => [id, index]));
    return {
      log,
      counts,
      verdicts,
      notable: notable.map((one) => ({ ...one, index: places.get(one.call.id) ?? 0 })),
      further,
      evidence,
    };
  }

  /** What the log shows of its gateway, where it has calls of the probe kit. */
  async calibrate({ log }: WorkerQuestions['calibrateLog']['params']): Promise<Calibration | null> {
    const probes = new ProbeLog();
    for (const call of this.#open(log).calls) probes.add(call);
    const found = await probes.calibrate();
    return found.probed > 0 ? found : null;
  }

  /** One entry with all its reasons, perhaps with other facts than it has. */
  async entry({ log, policy, index, changes }: WorkerQuestions['reproduceEntry']['params']): Promise<ReproducedEntry> {
    const { calls, evidence } = this.#open(log);
    const call = calls[index];
    if (call === undefined) throw new Error('the log has no such entry');
    const compiled = await this.#compiler.compile(policy);
    const changed: ImportedCall = withFacts(call, changes);
    return {
      ...(await reproduceCall(compiled, changed, evidence)),
      index,
      changes,
      reasons: await reasonsOf(compiled, changed),
    };
  }

  /** What the gateway listed for instances that connected, compared with the policy tool by tool. */
  async connections({
    log,
    policy,
  }: WorkerQuestions['compareConnections']['params']): Promise<readonly ComparedConnection[]> {
    const { connections } = this.#open(log);
    const compiled = await this.#compiler.compile(policy);
    return connections.slice(0, MOST_CONNECTIONS).map((event) => compareConnection(compiled, event));
  }

  async bisect({ log, policy, index, history }: WorkerQuestions['bisectEntry']['params']): Promise<EntryTurns> {
    const { calls, events } = this.#open(log);
    const call = calls[index];
    if (call === undefined) throw new Error('the log has no such entry');
    const rebuilt = history === undefined ? rebuiltHistory(policy, events) : { history: versionsIn(history), gaps: 0 };
    return { ...rebuilt, turns: (await bisectHistory(rebuilt.history, call)).turns };
  }

  async calls({
    policy,
    calls,
    evidence,
  }: WorkerQuestions['reproduceCalls']['params']): Promise<readonly ReproducedCall[]> {
    const compiled = await this.#compiler.compile(policy);
    const found: ReproducedCall[] = [];
    for (const call of calls) found.push(await reproduceCall(compiled, call, evidence));
    return found;
  }

  /** Whether work on this log is still wanted. */
  isOpen(log: number): boolean {
    return this.#log?.stamp === log;
  }

  #open(log: number): OpenLog {
    // The worker that had read it broke down, or was ended.
    if (this.#stamp === 0) throw new Error('the log is no longer in memory: choose it again');
    if (this.#log?.stamp !== log) throw new SupersededError();
    return this.#log;
  }
}

function versionsIn(text: string): EntryTurns['history'] {
  const read = readHistory(text);
  if (read.ok) return read.history;
  const [problem] = read.problems;
  throw new Error(`version ${String(read.version)} is not valid: ${problem?.message ?? 'it cannot be read'}`);
}

/** Takes the entries as they are read. */
class EntrySink {
  readonly entries: ImportedCall[] = [];

  get calls(): number {
    return this.entries.length;
  }

  add(calls: readonly ImportedCall[]): Promise<void> {
    if (this.entries.length + calls.length > MOST_ENTRIES) {
      const most = MOST_ENTRIES.toLocaleString('en');
      return Promise.reject(
        new Error(`more than ${most} entries: give a part of the log, or use \`policy reproduce\` on the command line`),
      );
    }
    for (const call of calls) this.entries.push(call);
    return Promise.resolve();
  }
}
