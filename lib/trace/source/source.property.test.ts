import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decode, wellFormed } from './bytes';
import { jsonFault } from './fault';
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
