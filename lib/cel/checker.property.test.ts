import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { check } from './check/checker';
import { parse } from './syntax/parser';

describe('whatever is written', () => {
  const WORDS =
    '( ) [ ] { } . , : ? && || ! == < + - * / % in true null 1 2.5 3u "a" b"b" x y agent request.args has( size( [1].map(x, .all(y, int( type( .size() ["k"] {}'.split(
      ' ',
    );
  test('the check ends, in order, within the source, and gives every reachable node a type', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...WORDS), { maxLength: 25 }), (words) => {
        const source = words.join(' ');
        const parsed = parse(source);
        const checked = check(parsed, { result: 'bool' });
        expect(checked.typeOf.get(parsed.expr.id)).toBeDefined();
        let last = 0;
        for (const { start, end, message } of checked.diagnostics) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThanOrEqual(start);
          expect(end).toBeLessThanOrEqual(source.length);
          expect(message).not.toMatch(/\.$|undefined|_var/);
          last = start;
        }
      }),
      { numRuns: 3_000 },
    );
  });
});
