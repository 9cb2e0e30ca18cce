import { describe, expect, test } from 'vitest';
import { parse } from './syntax/parser';

describe('broken sources end in a bounded number of diagnostics, soon', () => {
  test.each([
    '$a',
    'not ',
    '!-',
    'a.?',
    '(',
    '{',
    '[0',
    'f(',
    'a?',
    ',',
    "'\\q",
    '`',
    '"""',
    ')',
    'a b ',
    '}{',
    '?:',
    'has(',
    '.in',
    '/*',
  ])('%s', (piece) => {
    const started = performance.now();
    const { diagnostics } = parse(piece.repeat(Math.floor(99_000 / piece.length)));
    expect(diagnostics.length).toBeGreaterThan(0);
    expect(diagnostics.length).toBeLessThanOrEqual(100);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
