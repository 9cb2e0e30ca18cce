import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decode, wellFormed } from './bytes';
import { jsonFault } from './fault';
import { expand } from './records';
import { cutInPieces } from './testkit';

const parses = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

describe('jsonFault', () => {
  const nearJson = fc.oneof(
    fc.json(),
    fc.string({ unit: fc.constantFrom(...'{}[],:"\\ \n01.-eE+truefalsn/u'), maxLength: 24 }),
    fc.tuple(fc.json(), fc.nat(), fc.string({ maxLength: 2 })).map(([text, at, put]) => {
      const place = at % (text.length + 1);
      return text.slice(0, place) + put + text.slice(place + 1);
    }),
  );
  test('finds a fault exactly where `JSON.parse` refuses', () => {
    fc.assert(
      fc.property(nearJson, (text) => {
        expect(jsonFault(text) === null, text).toBe(parses(text));
      }),
      { numRuns: 3000 },
    );
  });
});

describe('DocumentCutter', () => {
  test('gives the elements of any list, however it is cut', () => {
    fc.assert(
      fc.property(
        fc.array(fc.jsonValue({ maxDepth: 3 })),
        fc.integer({ min: 1, max: 40 }),
        fc.constantFrom(undefined, 1, '\t'),
        (values, size, indent) => {
          const text = JSON.stringify(values, null, indent);
          const found = cutInPieces(text, [], size);
          expect(JSON.stringify(found.map((piece) => ('record' in piece ? piece.record.value : piece)))).toBe(
            JSON.stringify(values),
          );
          expect(found.map((piece) => ('record' in piece ? piece.record.path : ''))).toEqual(
            values.map((_, i) => `/${i}`),
          );
        },
      ),
    );
  });
});

describe('a list of entries inside two objects', () => {
  const wrappers = ['log/entries', 'calls'];
  const object = fc.dictionary(fc.constantFrom('a', '__proto__', 'calls', 'entries'), fc.jsonValue({ maxDepth: 2 }));
  const entries = fc.array(fc.jsonValue({ maxDepth: 2 }));

  test('gives each entry, and what is around it, however it is cut and whether it is a line or a document', () => {
    fc.assert(
      fc.property(object, object, entries, fc.integer({ min: 1, max: 40 }), (outer, inner, list, size) => {
        const text = JSON.stringify({ ...outer, log: { ...inner, entries: list }, last: 1 });
        const whole = JSON.parse(text) as { readonly log: object; readonly calls?: unknown };
        const found = cutInPieces(text, wrappers, size).map((piece) => ('record' in piece ? piece.record : piece));
        const line = expand(whole, wrappers, 0);
        expect(found.map((record) => ({ ...record, offset: undefined }))).toEqual(
          line.map((record) => ({ ...record, offset: undefined })),
        );
        const given = line.filter(({ path }) => path.startsWith('/log/entries/')).map(({ value }) => value);
        expect(JSON.stringify(given)).toBe(JSON.stringify(list));
        const rest = line.find((record) => record.rest)?.value;
        const { entries: _, ...around } = whole.log as { readonly entries: unknown };
        expect(JSON.stringify((rest as typeof whole).log)).toBe(JSON.stringify(around));
      }),
      { numRuns: 200 },
    );
  });

  test('keeps the entries before a cut, and what is around them', () => {
    const text = '{"log":{"version":"1.2","entries":[{"n":1},{"n":2},{"n":3,"x":';
    for (const size of [1, 7, 100]) {
      const found = cutInPieces(text, wrappers, size);
      const records = found.flatMap((piece) => ('record' in piece ? [piece.record] : []));
      expect(records.map(({ path, value }) => [path, value])).toEqual([
        ['/log/entries/0', { n: 1 }],
        ['/log/entries/1', { n: 2 }],
        ['', { log: { version: '1.2' } }],
      ]);
      expect(found.flatMap((piece) => ('reject' in piece ? [piece.reject.reason] : []))).toEqual([
        'the file ends in the middle of a value',
      ]);
    }
  });
});

describe('bytes', () => {
  test('agrees with the decoder on which bytes are text', () => {
    const bytes = fc.array(
      fc.constantFrom(0x41, 0x80, 0xbf, 0xc0, 0xc2, 0xe0, 0xa0, 0xed, 0x9f, 0xef, 0xf0, 0x90, 0xf4, 0x8f, 0xf5, 0xff),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(bytes, (list) => {
        const array = Uint8Array.from(list);
        const { end } = wellFormed(array);
        expect(end === array.length).toBe(decode(array) !== null);
        expect(decode(array.subarray(0, end))).not.toBeNull();
      }),
      { numRuns: 1000 },
    );
  });
});
