import { describe, expect, it } from 'vitest';
import { TypedText } from './typed-text';

/** A text whose drawing waits until the test says that it is done. */
function typing(text: string) {
  const told: string[] = [];
  const waiting = new Set<() => void>();
  const typed = new TypedText(
    text,
    (now) => told.push(now),
    (run) => {
      waiting.add(run);
      return () => waiting.delete(run);
    },
  );
  const draw = () => {
    for (const run of [...waiting]) run();
    waiting.clear();
  };
  return { typed, told, draw, waiting };
}

describe('what is typed', () => {
  it('is told once it is drawn, and once only', () => {
    const { typed, told, draw } = typing('a');
    typed.take('ab');
    expect(told).toEqual([]);
    draw();
    draw();
    expect(told).toEqual(['ab']);
  });

  it('is told as it stands by then', () => {
    const { typed, told, draw } = typing('');
    typed.take('a');
    typed.take('ab');
    draw();
    expect(told).toEqual(['ab']);
  });

  it('is told at once where it is asked for, and not again when it is drawn', () => {
    const { typed, told, draw, waiting } = typing('');
    typed.take('a');
    typed.tell();
    expect(told).toEqual(['a']);
    expect(waiting.size).toBe(0);
    draw();
    typed.tell();
    expect(told).toEqual(['a']);
  });

  it('is known again when it comes back, and what is not told yet is not', () => {
    const { typed } = typing('a');
    expect(typed.isOwn('a')).toBe(true);
    typed.take('ab');
    // The page still says what it was told: that is no change from outside.
    expect(typed.isOwn('a')).toBe(true);
    expect(typed.isOwn('ab')).toBe(false);
    typed.tell();
    expect(typed.isOwn('ab')).toBe(true);
    expect(typed.isOwn('from outside')).toBe(false);
  });

  it('is forgotten at the end', () => {
    const { typed, told, draw } = typing('');
    typed.take('a');
    typed.end();
    draw();
    expect(told).toEqual([]);
  });
});
