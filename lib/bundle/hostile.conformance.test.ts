import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { growthOf, LINEAR } from '../testdata/counted-work';
import { HOSTILE, readHostile } from './testdata/hostile';

const program = join(import.meta.dirname, 'testdata/hostile.ts');

describe.each(Object.entries(HOSTILE))('%s', (name, inputOf) => {
  // Node with the program needs 50 MB of these. A limit is firm, where the memory taken depends on when the garbage collector ran.
  it('is refused in a heap of 120 MB', () => {
    const limited = ['--max-old-space-size=120', '--import', 'tsx', program, name];
    const { status, stdout, stderr } = spawnSync(process.execPath, limited, { encoding: 'utf8' });
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '{"opened":false}', stderr: '' });
  });

  it('takes work in proportion to its length', () => {
    const { blocks, factor } = growthOf(2 ** 15, inputOf, readHostile);
    expect(blocks).toBeGreaterThan(100);
    expect(factor).toBeLessThan(LINEAR);
  });
});

it('a bomb takes the same work however large it is', () => {
  const bombOf = HOSTILE['a bomb of 64 MiB'];
  if (bombOf === undefined) throw new Error('there is no bomb');
  expect(growthOf(2 ** 20, bombOf, readHostile).factor).toBeLessThan(1.1);
});
