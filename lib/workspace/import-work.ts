import { readBundle } from '../bundle';
import { validateCall, type Call } from '../engine';
import {
  CHUNK_CALLS,
  isFailure,
  policyId,
  problemOf,
  traceId,
  type LogEntry,
  type NamedVersion,
  type PolicyHead,
  type PolicyId,
  type RuleDraft,
  type SavedCase,
  type Store,
  type StoredSetting,
  type TraceMeta,
} from '../store';
import { contentOfBundle } from './bundle-content';
import { sameJson } from './equal';
import { digestOrNull } from './export-work';
import { newPolicyId, type RandomSource } from './ids';
import { fitsPolicy } from './policy-history';
import { WorkArchive, type ManifestEntry } from './work-archive';
import { NO_SETTINGS, parseSettings, settingHere, type WorkSettings } from './work-settings';

/** What a file of exported work holds. */
export interface IncomingWork {
  readonly exportedAt: string | undefined;
  readonly policies: readonly IncomingPolicyRecord[];
  readonly traces: readonly IncomingTrace[];
  readonly cases: readonly SavedCase[];
  readonly settings: WorkSettings;
  /** What is missing, damaged or cannot be read, in words; empty where the file arrived whole and all of it can be imported. */
  readonly problems: readonly string[];
}

interface IncomingPolicyRecord {
  readonly head: PolicyHead;
  readonly log: readonly LogEntry[];
  readonly versions: readonly NamedVersion[];
  readonly drafts: readonly RuleDraft[];
}

interface IncomingTrace {
  readonly meta: Omit<TraceMeta, 'calls' | 'chunks'>;
  readonly calls: readonly Call[];
}

export type ReadWork =
  { readonly ok: true; readonly work: IncomingWork } | { readonly ok: false; readonly message: string };

/** Reads a file of exported work and verifies it. What is damaged is left out and named. Never throws. */
export function readWork(bytes: Uint8Array): ReadWork {
  const opened = WorkArchive.open(bytes);
  if (!opened.ok) return opened;
  const { archive } = opened;
  const { manifest } = archive;
  const problems = [...archive.damage, ...manifest.problems.map((one) => `when the file was made: ${one}`)];
  const attempt = <T>(entry: ManifestEntry, what: string, read: (entry: ManifestEntry) => T | string): readonly T[] => {
    const found = read(entry);
    if (typeof found !== 'string') return [found];
    problems.push(`the ${what} \`${String(entry['name'])}\` is not imported: ${found}`);
    return [];
  };
  const policies = manifest.policies.flatMap((entry) =>
    attempt(entry, 'policy', (one) => readPolicy(archive, one, (text) => problems.push(text))),
  );
  const traces = manifest.traces.flatMap((entry) => attempt(entry, 'trace', (one) => readTrace(archive, one)));
  const cases = manifest.cases.flatMap((entry) => attempt(entry, 'case', (one) => readCase(archive, one)));
  const text = archive.text(manifest.settings);
  const settings = text === undefined ? NO_SETTINGS : parseSettings(text, (problem) => problems.push(problem));
  return { ok: true, work: { exportedAt: manifest.exportedAt, policies, traces, cases, settings, problems } };
}

const DAMAGED = 'its file is missing or damaged';

function readPolicy(
  archive: WorkArchive,
  entry: ManifestEntry,
  note: (problem: string) => void,
): IncomingPolicyRecord | string {
  const rows = rowsOf(archive.text(entry['history']) ?? '');
  if (typeof rows === 'string') return rows;
  const of = <T>(kind: string, table: 'log' | 'versions' | 'drafts', keyOf = (row: T): object => row as object): T[] =>
    (rows.get(kind) ?? []).flatMap((row) => {
      const problem = problemOf(table, keyOf(row as T));
      if (problem === null) return [row as T];
      note(`a ${kind} of the policy \`${String(entry['name'])}\` is not imported: it ${problem}`);
      return [];
    });
  const head = headOf(archive, entry, rows.get('policy')?.[0]);
  if (typeof head === 'string') return head;
  const log = of<LogEntry>('step', 'log');
  const fits = head.last - head.first + 1 === log.length && fitsPolicy(head, log);
  if (!fits) note(`the policy \`${head.content.name}\` is imported without its steps: they do not fit it`);
  return {
    head: fits ? head : { ...head, first: 1, cursor: 0, last: 0 },
    log: fits ? log : [],
    versions: of<NamedVersion>('version', 'versions'),
    drafts: of<RuleDraft>('draft', 'drafts', (draft) => ({ ...draft, ruleId: draft.rule.id })),
  };
}

/** The policy itself: of its history, or of its bundle where an older build made the file. */
function headOf(archive: WorkArchive, entry: ManifestEntry, row: unknown): PolicyHead | string {
  if (row !== undefined) {
    const problem = problemOf('policies', row);
    if (problem !== null) return `it ${problem}`;
    const head = row as PolicyHead;
    if (typeof entry['digest'] === 'string' && digestOrNull(head.content) !== entry['digest'])
      return 'its digest is another than the manifest says';
    return head;
  }
  const text = archive.text(entry['path']);
  if (text === undefined) return DAMAGED;
  const read = readBundle(text);
  if (!read.ok) return read.problems[0]?.message ?? 'its bundle cannot be read';
  const at = Date.parse(archive.manifest.exportedAt ?? '') || 0;
  const deletedAt = typeof entry['deletedAt'] === 'number' ? entry['deletedAt'] : null;
  const id = policyId(typeof entry['id'] === 'string' ? entry['id'] : '');
  const log = { revision: 1, first: 1, cursor: 0, last: 0 };
  return { id, ...log, content: contentOfBundle(read.bundle), createdAt: at, updatedAt: at, deletedAt };
}

/** The rows of a history by their kind; a text says what is wrong with it. */
function rowsOf(text: string): ReadonlyMap<string, readonly unknown[]> | string {
  const rows = new Map<string, unknown[]>();
  for (const row of jsonLines(text)) {
    if (typeof row !== 'object' || row === null) return 'a line of its history is no JSON object';
    const { kind, ...rest } = row as { readonly kind?: unknown };
    const same = rows.get(String(kind));
    if (same === undefined) rows.set(String(kind), [rest]);
    else same.push(rest);
  }
  return rows;
}

function readTrace(archive: WorkArchive, { path, ...written }: ManifestEntry): IncomingTrace | string {
  const text = archive.text(path);
  if (text === undefined) return DAMAGED;
  const calls: Call[] = [];
  for (const [i, call] of jsonLines(text).entries()) {
    const [problem] = validateCall(call);
    if (problem) return `line ${i + 1}: ${problem.pointer} ${problem.message}`;
    calls.push(call as Call);
  }
  const added = Date.parse(archive.manifest.exportedAt ?? '') || 0;
  const unnamed = { id: `t-${String(path)}`, addedAt: added, format: 'native', rejects: 0, catalog: null, info: {} };
  const row = { ...unnamed, ...written, calls: calls.length, chunks: 0 };
  const problem = problemOf('traces', row);
  if (problem !== null) return `it ${problem}`;
  const { calls: _calls, chunks: _chunks, ...meta } = row as unknown as TraceMeta;
  return { meta, calls };
}

function readCase(archive: WorkArchive, { path, ...written }: ManifestEntry): SavedCase | string {
  const text = archive.text(path);
  if (text === undefined) return DAMAGED;
  const row = { id: String(path), ...written, text };
  const problem = problemOf('cases', row);
  return problem === null ? (row as unknown as SavedCase) : `it ${problem}`;
}

function jsonLines(text: string): readonly unknown[] {
  return text.split('\n').flatMap((line) => {
    if (line.trim() === '') return [];
    try {
      return [JSON.parse(line) as unknown];
    } catch {
      return [undefined];
    }
  });
}

export interface ImportedWork {
  readonly policies: number;
  readonly traces: number;
  readonly cases: number;
  readonly settings: number;
  /** Policies, traces, cases and settings that were here already, as they are in the file. */
  readonly known: number;
  readonly problems: readonly string[];
}

/**
 * Stores what a file holds beside what is there: nothing is overwritten. What is here already is left as it is; of a policy that is
 * here in another form, a copy is added under a new id. Never throws.
 */
export async function importWork(store: Store, work: IncomingWork, random: RandomSource): Promise<ImportedWork> {
  const target = new ImportTarget(store, random);
  for (const policy of work.policies) await target.putPolicy(policy);
  for (const trace of work.traces) await target.putTrace(trace);
  for (const one of work.cases) await target.putCase(one);
  for (const one of work.settings.stored) await target.putSetting(one);
  return target.result;
}

class ImportTarget {
  readonly #counts = { policies: 0, traces: 0, cases: 0, settings: 0, known: 0 };
  readonly #problems: string[] = [];
  /** Policies of the file, with their ids here. */
  readonly #ids = new Map<string, PolicyId>();

  constructor(
    private readonly store: Store,
    private readonly random: RandomSource,
  ) {}

  get result(): ImportedWork {
    return { ...this.#counts, problems: this.#problems };
  }

  async putPolicy({ head, log, versions, drafts }: IncomingPolicyRecord): Promise<void> {
    const { store } = this;
    const present = await store.readPolicy(head.id);
    if (isFailure(present)) return this.#failed(head.content.name, present.message);
    const isKnown = present.kind === 'found' && sameJson(present.value.head.content, head.content);
    const isNew = present.kind === 'missing' && head.id !== '';
    const id = isKnown || isNew ? head.id : newPolicyId(this.random);
    if (!isKnown) {
      const content = isNew ? head.content : { ...head.content, name: `${head.content.name} (imported)` };
      const put = await store.putPolicy(
        { ...head, id, content },
        log.map((entry) => ({ ...entry, policyId: id })),
      );
      if (put.kind !== 'done')
        return this.#failed(head.content.name, 'message' in put ? put.message : 'it could not be stored');
      for (const draft of drafts) this.#check(head.content.name, await store.putDraft({ ...draft, policyId: id }));
    }
    this.#counts[isKnown ? 'known' : 'policies']++;
    this.#ids.set(head.id, id);
    await this.#putVersions(id, head.content.name, versions);
  }

  /** A version never changes: one that is here is the same. */
  async #putVersions(id: PolicyId, name: string, versions: readonly NamedVersion[]): Promise<void> {
    const listed = await this.store.listVersions(id);
    if (isFailure(listed)) return this.#failed(name, listed.message);
    const here = new Set(listed.values.map((version) => version.id));
    for (const version of versions.filter((one) => !here.has(one.id)))
      this.#check(name, await this.store.putVersion({ ...version, policyId: id }));
  }

  async putTrace({ meta, calls }: IncomingTrace): Promise<void> {
    const { store } = this;
    // Without a database, each of page and worker has a memory of its own.
    if (store.kind === 'memory') return this.#failed(meta.name, 'this browser stores no traces');
    const present = await store.readTraceMeta(meta.id);
    if (isFailure(present)) return this.#failed(meta.name, present.message);
    if (present.kind === 'found' && present.value.calls === calls.length && present.value.name === meta.name) {
      this.#counts.known++;
      return;
    }
    const id = present.kind === 'missing' ? meta.id : traceId(newPolicyId(this.random).replace('p-', 't-'));
    const put = await store.putTrace({ ...meta, id }, chunksOf(calls));
    if (put.kind === 'stored') this.#counts.traces++;
    else this.#failed(meta.name, 'message' in put ? put.message : 'it was stopped');
  }

  async putCase(saved: SavedCase): Promise<void> {
    const listed = await this.store.listCases();
    if (isFailure(listed)) return this.#failed(saved.name, listed.message);
    if (listed.values.some(({ text, name }) => text === saved.text && name === saved.name)) {
      this.#counts.known++;
      return;
    }
    const isTaken = listed.values.some(({ id }) => id === saved.id);
    const id = isTaken ? newPolicyId(this.random).replace('p-', 'c-') : saved.id;
    const put = await this.store.putCase({ ...saved, id });
    if (put.kind === 'done') this.#counts.cases++;
    else this.#failed(saved.name, put.message);
  }

  /** Follows the policies that it is about. */
  async putSetting(written: StoredSetting): Promise<void> {
    const setting = settingHere(written, this.#ids);
    if (setting === undefined) return;
    const { key, value } = setting;
    const present = await this.store.readSetting(key);
    if (isFailure(present)) return this.#failed(key, present.message);
    if (present.kind === 'found' && present.value !== null) {
      if (sameJson(present.value, value)) this.#counts.known++;
      else this.#failed(key, 'it is set otherwise here, and stays so');
      return;
    }
    const put = await this.store.putSetting(key, value);
    if (put.kind === 'done') this.#counts.settings++;
    else this.#failed(key, put.message);
  }

  #check(name: string, outcome: Awaited<ReturnType<Store['putVersion']>>): void {
    if (isFailure(outcome)) this.#failed(name, outcome.message);
  }

  #failed(name: string, message: string): void {
    this.#problems.push(`\`${name}\`: ${message}`);
  }
}

function* chunksOf(calls: readonly Call[]): Generator<readonly Call[]> {
  for (let at = 0; at < calls.length; at += CHUNK_CALLS) yield calls.slice(at, at + CHUNK_CALLS);
}
