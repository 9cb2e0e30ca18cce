import { nodeDisk, type LogDisk, type LogFile } from './disk';
import { printableJson } from '../../../lib/cli';

/** What is written and synced together at most, so that those that came first do not wait for all that came since. */
const MAX_BATCH_BYTES = 4 * 1024 * 1024;
export const MAX_BATCH_ENTRIES = 256;

interface WaitingEntry {
  readonly line: string;
  readonly bytes: number;
  readonly done: () => void;
  readonly failed: (error: Error) => void;
}

/**
 * An NDJSON file that only grows. Entries that arrive while the disk is busy are written and synced together, in their order.
 *
 * INVARIANT: a line is on the disk when the promise of `append` resolves; it rejects where that failed, and the next line that is
 * written begins on a line of its own.
 */
export class AuditLog {
  readonly #path: string;
  readonly #disk: LogDisk;
  #file: LogFile | undefined;
  #waiting: WaitingEntry[] = [];
  #flushing: Promise<void> | undefined;
  #reopenWanted = false;

  private constructor(path: string, disk: LogDisk, file: LogFile) {
    this.#path = path;
    this.#disk = disk;
    this.#file = file;
  }

  /** Creates the file for its owner alone, or goes on with the one that is there. Rejects where it cannot be a log. */
  static async open(path: string, disk: LogDisk = nodeDisk): Promise<AuditLog> {
    return new AuditLog(path, disk, await disk.open(path));
  }

  append(entry: object): Promise<void> {
    const line = `${printableJson(JSON.stringify(entry))}\n`;
    return new Promise((done, failed) => {
      this.#waiting.push({ line, bytes: Buffer.byteLength(line), done, failed });
      this.#flushing ??= this.#flush();
    });
  }

  /** The next entry goes to the file that has the path then: for a log that was rotated. */
  reopen(): void {
    this.#reopenWanted = true;
  }

  /** Waits for what was appended. */
  async close(): Promise<void> {
    await this.#flushing;
    await this.#file?.close();
    this.#file = undefined;
  }

  async #flush(): Promise<void> {
    // What arrives in the same turn, as calls in one write do, shares a sync.
    await new Promise((next) => setImmediate(next));
    while (this.#waiting.length > 0) {
      const batch = this.#takeBatch();
      let written = 0;
      let failure: Error | undefined;
      try {
        const file = await this.#currentFile();
        const bytes = Buffer.from(batch.map(({ line }) => line).join(''));
        // A line that a full disk, or a crash, cut off stays one bad line.
        if (await file.endsInsideLine()) await writeAll(file, Buffer.from('\n'));
        ({ written, failure } = await writtenOf(file, bytes));
        await file.sync();
      } catch (error) {
        written = 0;
        failure = error instanceof Error ? error : new Error(String(error));
      }
      settle(batch, written, failure ?? new Error('not written'));
    }
    // In the same step as the look at what waits: an entry that comes later starts another flush.
    this.#flushing = undefined;
  }

  #takeBatch(): readonly WaitingEntry[] {
    let bytes = 0;
    let count = 0;
    const most = Math.min(this.#waiting.length, MAX_BATCH_ENTRIES);
    while (count < most && (count === 0 || bytes < MAX_BATCH_BYTES)) bytes += this.#waiting[count++]?.bytes ?? 0;
    return this.#waiting.splice(0, count);
  }

  /** The file under the log's path: another than before where that was removed or rotated. */
  async #currentFile(): Promise<LogFile> {
    const open = this.#file;
    if (open !== undefined && !this.#reopenWanted && (await open.isAt(this.#path))) return open;
    const file = await this.#disk.open(this.#path);
    this.#reopenWanted = false;
    this.#file = file;
    await open?.close().catch(() => undefined);
    return file;
  }
}

async function writeAll(file: LogFile, bytes: Buffer): Promise<void> {
  const { failure } = await writtenOf(file, bytes);
  if (failure !== undefined) throw failure;
}

/** Writes as much as can be written. */
async function writtenOf(file: LogFile, bytes: Buffer): Promise<{ written: number; failure: Error | undefined }> {
  let written = 0;
  try {
    while (written < bytes.length) written += await file.write(bytes.subarray(written));
    return { written, failure: undefined };
  } catch (error) {
    return { written, failure: error instanceof Error ? error : new Error(String(error)) };
  }
}

/** Entries of which every byte was written are logged, whatever happened to those after them. */
function settle(batch: readonly WaitingEntry[], written: number, failure: Error): void {
  let end = 0;
  for (const { bytes, done, failed } of batch) {
    end += bytes;
    if (end <= written) done();
    else failed(failure);
  }
}
