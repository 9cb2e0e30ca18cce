import fc from 'fast-check';
import { expect, test } from 'vitest';
import { advise } from './explain/advise';
import { argsType } from './check/args-type';
import { check } from './check/checker';
import { parse } from './syntax/parser';

const SCHEMA = { type: 'object', properties: { n: { type: 'integer' } }, required: ['n'] };

test('whatever is written, advice ends and keeps to the source', () => {
  const WORDS =
    '( ) [ ] . , ? : && || ! == + % in 1 2.5 "a" x agent request.args .slug .n user has( int( [1].map(x, .all(y, ["k"] .ip tool.annotations request.time'.split(
      ' ',
    );
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...WORDS), { maxLength: 25 }), (words) => {
      const source = words.join(' ');
      const parsed = parse(source);
      for (const { start, end } of advise(parsed, { checked: check(parsed), argsType: argsType([SCHEMA]) })) {
        expect(start).toBeLessThanOrEqual(end);
        expect(end).toBeLessThanOrEqual(source.length);
      }
    }),
    { numRuns: 2_000 },
  );
});
