import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { describeMachine, findRegressions, readLines, recordFigure } from './figures.mjs';

type Entry = Parameters<typeof findRegressions>[1];
type Figure = Parameters<typeof recordFigure>[0];

const machine = { cpu: 'A', cores: 2, memoryGigabytes: 24, node: 'v20.20.2', platform: 'linux x64' };
const entry = (version: string, figures: readonly Figure[], on = machine): Entry => ({
  version,
  date: '2026-11-29',
  machine: on,
  figures,
});
const ratio = (value: number): Figure => ({ name: 'cel: times the closure', value, unit: '×', better: 'lower' });
const duration = (value: number): Figure => ({ name: 'editor: opens', value, unit: 'ms', better: 'lower' });

describe('figures that got worse', () => {
  it('are those worse by more than 10 %', () => {
    const history = [entry('1', [ratio(4)])];
    expect(findRegressions(history, entry('2', [ratio(4.3)]))).toEqual([]);
    expect(findRegressions(history, entry('2', [ratio(5)]))).toEqual(['cel: times the closure: 5 ×, 4 × in 1 (+25 %)']);
    expect(findRegressions(history, entry('2', [ratio(1)]))).toEqual([]);
  });

  it('follow the direction of the figure', () => {
    const speed = (value: number): Figure => ({ ...ratio(value), name: 'replay: times cedar', better: 'higher' });
    expect(findRegressions([entry('1', [speed(100)])], entry('2', [speed(80)]))).toEqual([
      'replay: times cedar: 80 ×, 100 × in 1 (-20 %)',
    ]);
  });

  it('compare times only on the same machine', () => {
    const other = { ...machine, cpu: 'B' };
    const history = [entry('1', [duration(10)]), entry('2', [duration(90)], other)];
    expect(findRegressions(history, entry('3', [duration(20)]))).toEqual(['editor: opens: 20 ms, 10 ms in 1 (+100 %)']);
    expect(findRegressions(history, entry('3', [duration(95)], other))).toEqual([]);
  });

  it('are compared with the newest entry that has the figure', () => {
    const history = [entry('1', [ratio(4)]), entry('2', [duration(1)])];
    expect(findRegressions(history, entry('3', [ratio(8)]))).toHaveLength(1);
    expect(findRegressions([], entry('1', [ratio(8)]))).toEqual([]);
  });
});

describe('recording', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'figures-'))));
  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  });

  it('appends one line for a figure where a history is kept, and nothing else', () => {
    const file = join(folder, 'figures.ndjson');
    vi.stubEnv('BENCH_FIGURES', undefined);
    recordFigure(ratio(4));
    expect(readLines(file)).toEqual([]);
    vi.stubEnv('BENCH_FIGURES', file);
    recordFigure(ratio(4.123456));
    recordFigure(duration(NaN));
    expect(readLines(file)).toEqual([ratio(4.123)]);
  });

  it('describes the machine', () => {
    expect(describeMachine().cores).toBeGreaterThan(0);
  });
});
