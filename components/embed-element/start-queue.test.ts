import { describe, expect, it } from 'vitest';
import { StartQueue, type Starter } from './start-queue';

/** A queue with idle time on request, and what it has started. */
function queueOfTest() {
  const idle: (() => void)[] = [];
  const started: string[] = [];
  const ends = new Map<string, () => void>();
  const queue = new StartQueue((task) => void idle.push(task));
  const starter = (name: string, distance: () => number): Starter => ({
    distance,
    start(done) {
      started.push(name);
      ends.set(name, done);
    },
  });
  return { queue, starter, started, rest: () => idle.shift()?.(), end: (name: string) => ends.get(name)?.() };
}

describe('the order in which examples start', () => {
  it('starts one at a time, in idle time, the nearest first', () => {
    const { queue, starter, started, rest, end } = queueOfTest();
    queue.add(starter('far', () => 500));
    queue.add(starter('visible', () => 0));
    queue.add(starter('near', () => 100));
    expect(started).toEqual([]);
    rest();
    rest();
    expect(started).toEqual(['visible']);
    end('visible');
    expect(started).toEqual(['visible']);
    rest();
    expect(started).toEqual(['visible', 'near']);
    end('near');
    rest();
    expect(started).toEqual(['visible', 'near', 'far']);
  });

  it('goes by where the reader is when the turn comes', () => {
    const { queue, starter, started, rest, end } = queueOfTest();
    let scrolled = 0;
    queue.add(starter('top', () => scrolled));
    queue.add(starter('middle', () => 600 - scrolled));
    queue.add(starter('bottom', () => 900 - scrolled));
    rest();
    scrolled = 800;
    end('top');
    queue.add(starter('top again', () => scrolled));
    rest();
    expect(started).toEqual(['top', 'middle']);
  });

  it('goes on once, however often one says that it has started', () => {
    const { queue, starter, started, rest, end } = queueOfTest();
    for (const [i, name] of ['a', 'b', 'c'].entries()) queue.add(starter(name, () => i));
    rest();
    end('a');
    end('a');
    rest();
    end('a');
    rest();
    expect(started).toEqual(['a', 'b']);
  });

  it('leaves out what was removed, and starts what is added later', () => {
    const { queue, starter, started, rest } = queueOfTest();
    const gone = starter('gone', () => 0);
    queue.add(gone);
    queue.remove(gone);
    rest();
    queue.add(starter('later', () => 0));
    rest();
    expect(started).toEqual(['later']);
  });
});
