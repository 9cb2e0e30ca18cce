import { describe, expect, it } from 'vitest';
import { DeferredText } from './deferred-text';

/** A text whose rendering completes when the test says so. */
function typing(text: string) {
  const notified: string[] = [];
  const waiting = new Set<() => void>();
  const typed = new DeferredText(
    text,
    (now) => notified.push(now),
    (run) => {
      waiting.add(run);
      return () => waiting.delete(run);
    },
  );
  const draw = () => {
    for (const run of [...waiting]) run();
    waiting.clear();
  };
  return { typed, notified, draw, waiting };
}

describe('what is typed', () => {
  it('is notified once it is rendered, and once only', () => {
    const { typed, notified, draw } = typing('a');
    typed.take('ab');
    expect(notified).toEqual([]);
    draw();
    draw();
    expect(notified).toEqual(['ab']);
  });

  it('is notified with the text of that moment', () => {
    const { typed, notified, draw } = typing('');
    typed.take('a');
    typed.take('ab');
    draw();
    expect(notified).toEqual(['ab']);
  });

  it('is notified at once on a flush, and not again when it is rendered', () => {
    const { typed, notified, draw, waiting } = typing('');
    typed.take('a');
    typed.flush();
    expect(notified).toEqual(['a']);
    expect(waiting.size).toBe(0);
    draw();
    typed.flush();
    expect(notified).toEqual(['a']);
  });

  it('is recognized when it comes back late, after more was typed, and no more once a later text has come back', () => {
    const { typed } = typing('a');
    for (const text of ['ab', 'abc', 'abcd']) {
      typed.take(text);
      typed.flush();
    }
    expect(typed.isOwn('ab')).toBe(true);
    expect(typed.isOwn('abcd')).toBe(true);
    // Undone by the page: from outside.
    expect(typed.isOwn('abc')).toBe(false);
    expect(typed.isOwn('ab')).toBe(false);
    expect(typed.isOwn('abcd')).toBe(true);
  });

  it('is recognized when it comes back, but not before it was notified', () => {
    const { typed } = typing('a');
    expect(typed.isOwn('a')).toBe(true);
    typed.take('ab');
    // The page still passes the notified text: that is no change from outside.
    expect(typed.isOwn('a')).toBe(true);
    expect(typed.isOwn('ab')).toBe(false);
    typed.flush();
    expect(typed.isOwn('ab')).toBe(true);
    expect(typed.isOwn('from outside')).toBe(false);
  });

  it('is discarded at the end', () => {
    const { typed, notified, draw } = typing('');
    typed.take('a');
    typed.end();
    draw();
    expect(notified).toEqual([]);
  });
});
