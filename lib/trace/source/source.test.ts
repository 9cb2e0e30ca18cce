import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { completeEnd, decode, utf8Length, wellFormed } from './bytes';
import { jsonFault } from './fault';
import { MAX_DEPTH, tooDeep } from './limits';
import { jsonLayout } from './records';
import { RowAssembler, type CsvRow } from './rows';
import { cutInPieces } from './testkit';

const encoder = new TextEncoder();

describe('jsonFault', () => {
  test.each<[string, number, string]>([
    ['', 0, 'the text ends where a value is expected'],
    ['{"a":}', 5, 'found `}` where a value is expected'],
    ['{"a" 1}', 5, 'found `1` where `:` is expected'],
    ['{a:1}', 1, 'found `a` where a key in double quotes is expected'],
    ['{"a":1,}', 7, 'found `}` where a key in double quotes is expected'],
    ['[1,]', 3, 'found `]` where a value is expected'],
    ['[1 2]', 3, 'found `2` where `,` or `]` is expected'],
    ['[1}', 2, 'found `}` where `,` or `]` is expected'],
    ['{} x', 3, 'found `x` where the end is expected'],
    ['[01]', 2, 'found `1` where `,` or `]` is expected'],
    ['["a', 1, 'a string is not closed'],
    ['"a\nb"', 2, 'a string holds a control character or a line break'],
    ['"\\x"', 1, 'a string holds an unknown escape'],
    ['[😀]', 1, 'found `😀` where a value is expected'],
  ])('%j at %i: %s', (text, at, message) => {
    expect(jsonFault(text)).toEqual({ at, message });
  });

  test('a text that is only cut off has its fault at the cut, or at the word or string that is cut', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), (text, at) => {
        const cut = text.slice(0, at % (text.length + 1));
        const fault = jsonFault(cut);
        if (fault !== null && !fault.message.startsWith('a string')) expect(cut.slice(fault.at)).toMatch(/^[-+.\w]*$/);
      }),
    );
  });
});

describe('DocumentCutter', () => {
  test('keeps the elements before a cut, and rejects the rest at its offset', () => {
    fc.assert(
      fc.property(
        fc.array(fc.jsonValue({ maxDepth: 2 }), { minLength: 1 }),
        fc.nat(),
        fc.integer({ min: 1, max: 30 }),
        (values, at, size) => {
          const text = JSON.stringify(values);
          const cut = text.slice(0, 1 + (at % (text.length - 1)));
          const found = cutInPieces(cut, [], size);
          const records = found.flatMap((piece) => ('record' in piece ? [piece.record] : []));
          const rejects = found.flatMap((piece) => ('reject' in piece ? [piece.reject] : []));
          expect(rejects).toHaveLength(1);
          expect(JSON.stringify(records.map(({ value }) => value))).toBe(
            JSON.stringify(values.slice(0, records.length)),
          );
          expect(rejects[0]?.offset).toBeLessThanOrEqual(utf8Length(cut));
          // Nothing whole is left behind: after the last record comes at most one element that was cut.
          const consumed = JSON.stringify(values.slice(0, records.length + 1)).length;
          expect(cut.length).toBeLessThanOrEqual(consumed);
        },
      ),
    );
  });

  test('gives a wrapped list by its elements, and the rest of the object after it', () => {
    const found = cutInPieces('{"a":1,"list":[{"x":1},2],"b":{"list":[3]},"__proto__":{"y":1}} [4]', ['list'], 5);
    expect(
      found.map((piece) =>
        'record' in piece
          ? [piece.record.root, piece.record.path, JSON.stringify(piece.record.value), piece.record.rest]
          : piece,
      ),
    ).toEqual([
      [0, '/list/0', '{"x":1}', undefined],
      [0, '/list/1', '2', undefined],
      [0, '', '{"a":1,"b":{"list":[3]},"__proto__":{"y":1}}', true],
      [1, '/0', '4', undefined],
    ]);
  });

  test.each<[string, number, string]>([
    ['[1,,2]', 3, 'not JSON from here on: found `,` where a value is expected'],
    ['[1 2]', 3, 'not JSON from here on: found `2` where `,` or `]` is expected'],
    ['{"a" 1}', 5, 'not JSON from here on: found `1` where `:` is expected'],
    ['{"a":1,}', 7, 'not JSON from here on: found `}` where a key in double quotes is expected'],
    ['{"é":1,"b":tru}', 12, 'not JSON from here on: found `t` where a value is expected (at offset 12)'],
    ['[{"é":1},{"b"}]', 10, 'not JSON from here on: found `}` where `:` is expected (at offset 14)'],
    ['[1', 1, 'the file ends in the middle of a value'],
    ['[1,', 3, 'the file ends before a closing `]`'],
    ['{"list":[1]', 11, 'the file ends before a closing `}`'],
  ])('%j stops at %i: %s', (text, offset, reason) => {
    const [reject] = cutInPieces(text, ['list'], 100).flatMap((piece) => ('reject' in piece ? [piece.reject] : []));
    expect([reject?.offset, reject?.reason]).toEqual([offset, reason]);
  });
});

describe('jsonLayout', () => {
  test.each<[string, boolean, string]>([
    ['{"a":1}\n{"b":2}\n', true, 'lines'],
    ['{"a":1}\n', true, 'document'],
    ['{"a":1}\n{"b"', false, 'lines'],
    ['[\n{"a":1},\n{"b":2}\n]', true, 'document'],
    ['[{"a":1},\n{"b":oops},\n{"c":3}\n]', true, 'document'],
    ['{\n "a": {"b": 1},\n "c": [\n', false, 'document'],
    ['{"a":"unclosed\n{"b":2}\n', true, 'lines'],
    ['{"a":\n{"b":2}\n{"c":3}\n', true, 'lines'],
    ['words\n{"b":2}\n', true, 'lines'],
    ['[2026-11-17] started\n{"b":2}\n', true, 'lines'],
    ['[{"a":1}]\n[{"b":2}]\n', true, 'lines'],
    ['', true, 'lines'],
  ])('%j (whole: %s) is %s', (head, whole, layout) => {
    expect(jsonLayout(head, whole)).toBe(layout);
  });
});

describe('RowAssembler', () => {
  const separator = ',';
  const quoted = (cell: string): string =>
    /[",\n\r]|^\s|\s$/.test(cell) || cell === '' ? `"${cell.replaceAll('"', '""')}"` : cell;
  const read = (text: string, width: number) => {
    const rows = new RowAssembler(separator, width);
    const found = text.split('\n').flatMap((line, i) => rows.push({ text: line, line: i + 1, offset: 0 }));
    return [...found, ...rows.end()];
  };
  const cell = fc.string({ unit: fc.constantFrom(...'ab",\n 1{}'), maxLength: 8 });

  test('reads back any table that was written by RFC 4180', () => {
    const table = fc
      .integer({ min: 2, max: 4 })
      .chain((width) =>
        fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 6 }),
      );
    fc.assert(
      fc.property(table, (rows) => {
        const text = rows.map((cells) => cells.map(quoted).join(separator)).join('\n');
        const found = read(text, rows[0]?.length ?? 0);
        expect(found.map((row) => ('cells' in row ? row.cells : row.reason))).toEqual(rows);
      }),
      { numRuns: 500 },
    );
  });

  test('a quote that is never closed costs its own line, however long the table', () => {
    const good = Array.from({ length: 30_000 }, (_, i) => `tool_${i},slack`);
    const found = read(['a,b', 'bad,"open', ...good].join('\n'), 2);
    expect(found.filter((row): row is CsvRow => 'cells' in row)).toHaveLength(good.length + 1);
    expect(found.flatMap((row) => ('reason' in row ? [[row.line, row.reason]] : []))).toEqual([
      [2, 'a quoted cell is not closed'],
    ]);
  });
});

describe('bytes', () => {
  test('any cut of any text is distinguished from what is not UTF-8', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(), (text, at) => {
        const bytes = encoder.encode(text);
        expect(utf8Length(text)).toBe(bytes.length);
        const cut = bytes.subarray(0, at % (bytes.length + 1));
        const end = completeEnd(cut);
        expect(decode(cut.subarray(0, end))).not.toBeNull();
        expect(wellFormed(cut)).toEqual({ end, cut: end < cut.length });
      }),
    );
  });
});

test('nesting is measured without recursion', () => {
  const nested = (depth: number): unknown => JSON.parse('['.repeat(depth) + ']'.repeat(depth));
  expect(tooDeep(nested(MAX_DEPTH))).toBe(false);
  expect(tooDeep(nested(MAX_DEPTH + 2))).toBe(true);
  expect(tooDeep(nested(100_000))).toBe(true);
});
