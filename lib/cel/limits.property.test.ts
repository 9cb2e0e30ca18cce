import { describe, expect, test } from 'vitest';
import { countBlocks, growthOf, LINEAR } from '../testdata/counted-work';
import { loadRegex, patternSteps } from './evaluate/regex';
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

test('the steps of a computed pattern that is too long to be compiled are known without looking at it', async () => {
  await loadRegex();
  const blocks = countBlocks(() => expect(patternSteps('('.repeat(2_000_000))).toBeGreaterThan(1_000_000));
  expect(blocks).toBeLessThan(10_000);
});
