import {
  chmodSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { AuditLog, MAX_BATCH_ENTRIES } from './audit-log';
import type { LogDisk } from './disk';

const folder = mkdtempSync(join(tmpdir(), 'audit log '));
afterAll(() => rmSync(folder, { recursive: true }));
let count = 0;
const newPath = (): string => join(folder, `${String(count++)}.ndjson`);
const onPosix = process.platform === 'win32' ? it.skip : it;

/** A disk in memory with room for so many bytes, that counts its syncs. */
function smallDisk(room: number) {
  const disk = { text: '', room, syncs: 0, failSync: false };
  const open: LogDisk['open'] = () =>
    Promise.resolve({
      write: (bytes) => {
        const free = disk.room - Buffer.byteLength(disk.text);
        if (free <= 0) return Promise.reject(new Error('ENOSPC'));
        // At most so many bytes at a time, as a system may.
        const taken = bytes.subarray(0, Math.min(free, 1000));
        disk.text += taken.toString();
        return Promise.resolve(taken.length);
      },
      sync: () => {
        disk.syncs++;
        return disk.failSync ? Promise.reject(new Error('EIO')) : Promise.resolve();
      },
      endsInsideLine: () => Promise.resolve(disk.text !== '' && !disk.text.endsWith('\n')),
      isAt: () => Promise.resolve(true),
      close: () => Promise.resolve(),
    });
  return { disk, open: () => AuditLog.open('any', { open }) };
}

describe('a full disk', () => {
  it('fails the entry that did not fit, and the next one is on a line of its own', async () => {
    const { disk, open } = smallDisk(30);
    const log = await open();
    await log.append({ n: 1 });
    await expect(log.append({ n: 2, long: 'x'.repeat(100) })).rejects.toThrow('ENOSPC');
    expect(disk.text).toHaveLength(30);
    disk.room = 1000;
    await log.append({ n: 3 });
    const [first, cut = '', third, ...rest] = disk.text.split('\n');
    expect([first, third, rest]).toEqual(['{"n":1}', '{"n":3}', ['']]);
    expect(cut).toMatch(/^\{"n":2,"long":"x*$/);
  });

  it('fails no entry of the same batch that is whole on the disk', async () => {
    const { open } = smallDisk(20);
    const log = await open();
    const settled = await Promise.allSettled([1, 2, 3].map((n) => log.append({ n })));
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
  });

  it('fails what was written where that cannot be brought to the disk', async () => {
    const { disk, open } = smallDisk(1000);
    const log = await open();
    disk.failSync = true;
    await expect(log.append({ n: 1 })).rejects.toThrow('EIO');
  });
});

it('ten thousand entries at once take few syncs, in their order, and each is logged at its own', async () => {
  const { disk, open } = smallDisk(Infinity);
  const log = await open();
  const syncsBefore: number[] = [];
  await Promise.all(
    Array.from({ length: 10_000 }, (_, n) => log.append({ n }).then(() => (syncsBefore[n] = disk.syncs))),
  );
  expect(disk.syncs).toBeLessThanOrEqual(Math.ceil(10_000 / MAX_BATCH_ENTRIES) + 1);
  expect(syncsBefore).toEqual(Array.from({ length: 10_000 }, (_, n) => Math.floor(n / MAX_BATCH_ENTRIES) + 1));
  expect(disk.text.split('\n').slice(0, -1)).toEqual(Array.from({ length: 10_000 }, (_, n) => `{"n":${String(n)}}`));
});

it('an entry is written that comes just when others were', async () => {
  const { disk, open } = smallDisk(Infinity);
  const log = await open();
  for (let n = 0; n < 50; n++) await log.append({ n }).then(() => log.append({ after: n }));
  await log.close();
  expect(disk.text.split('\n')).toHaveLength(101);
});

describe('the file', () => {
  onPosix("is its owner's alone, also one that was there before", async () => {
    const [fresh, old] = [newPath(), newPath()];
    writeFileSync(old, '{"before":1}');
    chmodSync(old, 0o644);
    for (const path of [fresh, old]) {
      const log = await AuditLog.open(path);
      await log.append({ n: 1 });
      await log.close();
      expect(statSync(path).mode & 0o777).toBe(0o600);
    }
    expect(readFileSync(old, 'utf8')).toBe('{"before":1}\n{"n":1}\n');
  });

  it('that was rotated, or removed, is noticed at the next entry', async () => {
    const path = newPath();
    const log = await AuditLog.open(path);
    await log.append({ n: 1 });
    renameSync(path, `${path}.1`);
    await log.append({ n: 2 });
    rmSync(path);
    await log.append({ n: 3 });
    await log.close();
    expect([readFileSync(`${path}.1`, 'utf8'), readFileSync(path, 'utf8')]).toEqual(['{"n":1}\n', '{"n":3}\n']);
  });

  it('is opened again when that is asked for', async () => {
    let opened = 0;
    const log = await AuditLog.open('any', {
      open: () => {
        opened++;
        return Promise.resolve(smallFile());
      },
    });
    await log.append({});
    log.reopen();
    await log.append({});
    expect(opened).toBe(2);
  });

  onPosix('must be a regular one', async () => {
    const link = newPath();
    symlinkSync('/dev/null', link);
    for (const path of ['/dev/null', '/dev/full', folder, link])
      await expect(AuditLog.open(path)).rejects.toThrow('it is not a regular file');
  });
});

const smallFile = () => ({
  write: (bytes: Buffer) => Promise.resolve(bytes.length),
  sync: () => Promise.resolve(),
  endsInsideLine: () => Promise.resolve(false),
  isAt: () => Promise.resolve(true),
  close: () => Promise.resolve(),
});
