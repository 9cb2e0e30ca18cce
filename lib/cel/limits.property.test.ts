import { describe, expect, test } from 'vitest';
import { growthOf, LINEAR } from '../testdata/counted-work';
import { parse } from './syntax/parser';

describe('broken sources end in a bounded number of diagnostics, in work that grows with their length', () => {
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
    const sourceOf = (length: number) => piece.repeat(Math.floor(length / piece.length));
    const { diagnostics } = parse(sourceOf(99_000));
    expect(diagnostics.length).toBeGreaterThan(0);
    expect(diagnostics.length).toBeLessThanOrEqual(100);
    expect(growthOf(40_000, sourceOf, parse).factor).toBeLessThan(LINEAR);
  });
});
