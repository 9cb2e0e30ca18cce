import { describe, expect, it } from 'vitest';
import { code, plain } from './docs';

describe('texts from outside in Markdown', () => {
  it('are cut where a schema holds megabytes', () => {
    expect(plain('*'.repeat(4_000_000))).toHaveLength(4_001);
    expect(code('x'.repeat(4_000_000))).toHaveLength(203);
    expect(plain(`${'x'.repeat(1_999)}😀`)).toBe(`${'x'.repeat(1_999)}…`);
    expect(plain('short')).toBe('short');
  });

  it('may hold more backticks than a function takes arguments', () => {
    const text = '` '.repeat(300_000);
    expect(code(text)).toMatch(/^`` (` )+… ``$/);
  });
});
