import { describe, expect, it } from 'vitest';
import { countBlocks, growthOf, LINEAR } from './counted-work';

const each = (text: string, work: (index: number) => void): void => {
  for (let index = 0; index < text.length; index++) work(index);
};
const linear = (text: string): void => each(text, () => undefined);
const quadratic = (text: string): void => each(text, () => linear(text));

describe('counted work', () => {
  it('is a count that repeats exactly', () => {
    const once = countBlocks(() => linear('x'.repeat(10_000)));
    expect(once).toBeGreaterThan(10_000);
    expect(countBlocks(() => linear('x'.repeat(10_000)))).toBe(once);
  });

  it('tells linear work from quadratic work', () => {
    const textOf = (size: number) => 'x'.repeat(size);
    expect(growthOf(500, textOf, linear).factor).toBeLessThan(LINEAR);
    expect(growthOf(500, textOf, quadratic).factor).toBeGreaterThan(3.5);
  });
});
