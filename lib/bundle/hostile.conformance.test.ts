import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { HOSTILE } from './testdata/hostile';

const program = join(import.meta.dirname, 'testdata/hostile.ts');

/**
 * The limits are of the reading itself: what starting a program takes is not counted. The slowest takes most of a second on a
 * quiet machine; a busy one, whose memory is slower too, is given two.
 */
it.each(Object.keys(HOSTILE))('%s is refused within a second and 100 MB', { timeout: 60_000 }, (name) => {
  const { stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', program, name], { encoding: 'utf8' });
  expect(stderr).toBe('');
  const { opened, milliseconds, megabytes } = JSON.parse(stdout) as Record<string, number>;
  expect(opened).toBe(false);
  expect(milliseconds).toBeLessThan(2_000);
  expect(megabytes).toBeLessThan(100);
});
