// @vitest-environment jsdom
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { junit } from './junit';

/** What a reader of XML 1.0 gets back: characters that it cannot hold are replaced. */
const held = (text: string): string =>
  text.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd');

const oddText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom('<', '>', '&', '"', "'", ']]>', '\n', '\r', '\t', '\u0000', '\ud800', '\ufffe', '😂'),
  }),
);

test('a strict reader of XML gets every name and failure back, whatever they hold', () => {
  fc.assert(
    fc.property(
      oddText,
      fc.array(fc.record({ name: oddText, failure: fc.option(oddText, { nil: undefined }) }), { maxLength: 4 }),
      (suite, outcomes) => {
        const xml = new DOMParser().parseFromString(junit(suite, outcomes), 'application/xml');
        expect(xml.querySelector('parsererror')).toBeNull();
        const root = xml.documentElement;
        const failed = outcomes.filter(({ failure }) => failure !== undefined).length;
        expect([root.getAttribute('tests'), root.getAttribute('failures')]).toEqual([
          String(outcomes.length),
          String(failed),
        ]);
        const cases = [...xml.querySelectorAll('testsuites > testsuite > testcase')];
        expect(
          cases.map((one) => ({
            suite: one.getAttribute('classname'),
            name: one.getAttribute('name'),
            message: one.querySelector('failure')?.getAttribute('message'),
            text: one.querySelector('failure')?.textContent,
          })),
        ).toEqual(
          outcomes.map(({ name, failure }) => {
            const message = failure === undefined ? undefined : held(failure);
            return { suite: held(suite), name: held(name), message, text: message };
          }),
        );
      },
    ),
    { numRuns: 200 },
  );
});
