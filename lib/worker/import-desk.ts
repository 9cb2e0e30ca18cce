import { traceId, type Store, type TraceMeta } from '../store';
import { knownMapping, rememberMapping } from './mapping-memory';
import type { ImportPreview, ImportProgress } from './answers';
import type { WorkerQuestions } from './protocol';
import { readImport, type ReadFile } from './read-import';
import { Staging } from './staging';
import { newTraceMeta } from './trace-meta';
import type { WorkerPorts } from './work';

/** What a finished import has, until it is taken or dropped. No trace is stored before it is taken. */
interface StagedImport extends ReadFile {
  readonly calls: Staging;
}

/** Reads files, and keeps the last one that was read aside until it is taken or dropped. */
export class ImportDesk {
  readonly #store: Store;
  readonly #ports: WorkerPorts;
  #staged: StagedImport | undefined;
  /** Counts up with each import and each drop, so that one that was overtaken is not kept. */
  #readings = 0;

  constructor(store: Store, ports: WorkerPorts) {
    this.#store = store;
    this.#ports = ports;
  }

  async read(
    { source, name, options }: WorkerQuestions['importFile']['params'],
    { signal, onProgress }: { signal: AbortSignal; onProgress: (progress: ImportProgress) => void },
  ): Promise<ImportPreview> {
    const reading = ++this.#readings;
    await this.#dropStaged();
    const staging = new Staging(this.#store, traceId(this.#ports.newId()));
    try {
      const known = await knownMapping(this.#store, source, options, signal);
      const { read, preview } = await readImport({ source, name, options, known, sink: staging, signal, onProgress });
      // A later import, or a drop, has taken the place of this one.
      if (reading === this.#readings && !signal.aborted) this.#staged = { ...read, calls: staging };
      else await staging.drop();
      return preview;
    } catch (error) {
      await staging.drop();
      throw error;
    }
  }

  /** All rejects of the import that is kept aside, as NDJSON. */
  rejects(): Blob {
    return new Blob(
      (this.#staged?.rejects ?? []).map((reject) => `${JSON.stringify(reject)}\n`),
      { type: 'application/x-ndjson' },
    );
  }

  async take({ name, catalog }: WorkerQuestions['takeImport']['params']): Promise<TraceMeta> {
    const staged = this.#staged;
    if (staged === undefined) throw new Error('there is no import to take');
    this.#staged = undefined;
    const stored = await staged.calls.take({
      ...newTraceMeta(this.#ports, name, catalog ?? staged.catalog),
      format: staged.summary.format ?? 'native',
      rejects: staged.rejects.length,
    });
    await rememberMapping(this.#store, staged.remember);
    return stored;
  }

  async drop(): Promise<undefined> {
    this.#readings += 1;
    await this.#dropStaged();
    return undefined;
  }

  async #dropStaged(): Promise<void> {
    const staged = this.#staged;
    this.#staged = undefined;
    await staged?.calls.drop();
  }
}
