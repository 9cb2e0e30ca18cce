import { constants } from 'node:fs';
import { open, stat } from 'node:fs/promises';

/** An open log file. Every method rejects with the system's error. */
export interface LogFile {
  /** Appends some of the bytes, at least one; gives how many. */
  write(bytes: Buffer): Promise<number>;
  sync(): Promise<void>;
  /** Whether the last byte of the file ends no line. */
  endsInsideLine(): Promise<boolean>;
  /** Whether the path still leads to this file. */
  isAt(path: string): Promise<boolean>;
  close(): Promise<void>;
}

export interface LogDisk {
  open(path: string): Promise<LogFile>;
}

/** Other users may neither read nor write it: it holds what agents do. */
const OWNER_ALONE = 0o600;
const NEWLINE = 0x0a;

export const nodeDisk: LogDisk = {
  async open(path) {
    // Looked at before it is opened: opening a device or a pipe may have effects, or wait.
    await refuseSpecialFile(path);
    const { O_APPEND, O_CREAT, O_RDWR, O_NONBLOCK = 0 } = constants;
    const handle = await open(path, O_APPEND | O_CREAT | O_RDWR | O_NONBLOCK, OWNER_ALONE);
    try {
      const opened = await handle.stat();
      if (!opened.isFile()) throw notAFile();
      if (process.platform !== 'win32' && (opened.mode & 0o777) !== OWNER_ALONE) await handle.chmod(OWNER_ALONE);
      return {
        write: async (bytes) => (await handle.write(bytes)).bytesWritten,
        sync: () => handle.datasync(),
        endsInsideLine: async () => {
          const { size } = await handle.stat();
          if (size === 0) return false;
          const { buffer, bytesRead } = await handle.read(Buffer.alloc(1), 0, 1, size - 1);
          return bytesRead === 1 && buffer[0] !== NEWLINE;
        },
        isAt: async (at) => {
          const [mine, found] = await Promise.all([
            handle.stat({ bigint: true }),
            stat(at, { bigint: true }).catch(() => undefined),
          ]);
          return found?.ino === mine.ino && found.dev === mine.dev;
        },
        close: () => handle.close(),
      };
    } catch (error) {
      await handle.close();
      throw error;
    }
  },
};

async function refuseSpecialFile(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (found !== undefined && !found.isFile()) throw notAFile();
}

const notAFile = (): Error => new Error('it is not a regular file, so entries in it would be lost');
