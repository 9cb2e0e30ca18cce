import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EMBED_THEMES, EMBED_VIEWS, isShown, readEmbedOptions, writeEmbedOptions, type EmbedOptions } from '.';

const read = (search: string) => readEmbedOptions(new URLSearchParams(search));

describe('the parameters of an embed', () => {
  it('have defaults', () => {
    expect(read('')).toEqual({ view: 'policy', theme: 'auto', editable: false, rules: [], hosts: [] });
  });

  it.each([
    ['editable', true],
    ['editable=1', true],
    ['editable=true', true],
    ['editable=0', false],
    ['editable=false', false],
  ])('%s', (search, editable) => expect(read(search).editable).toBe(editable));

  it.each([
    ['rules=2-3', [[2, 3]]],
    [
      'rules=1, 4-6',
      [
        [1, 1],
        [4, 6],
      ],
    ],
    ['rules=3-2,0,x,-1,9999999', []],
  ])('%s', (search, rules) => expect(read(search).rules).toEqual(rules));

  it('take origins only', () => {
    const hosts =
      'https://a.example,http://127.0.0.1:8080,null,https://b.example/path,*,javascript:alert(1),http://[::1]:3000';
    expect(read(`host=${encodeURIComponent(hosts)}`).hosts).toEqual([
      'https://a.example',
      'http://127.0.0.1:8080',
      'null',
      'http://[::1]:3000',
    ]);
  });

  it('are read as they were written', () => {
    const position = fc.integer({ min: 1, max: 5_000 });
    const options = fc.record<EmbedOptions>({
      view: fc.constantFrom(...EMBED_VIEWS),
      theme: fc.constantFrom(...EMBED_THEMES),
      editable: fc.boolean(),
      rules: fc.array(
        fc.tuple(position, position).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const),
        {
          maxLength: 5,
        },
      ),
      hosts: fc.array(fc.constantFrom('https://a.example', 'http://127.0.0.1:8080', 'null'), { maxLength: 3 }),
    });
    fc.assert(
      fc.property(options, (written) => {
        expect(read(writeEmbedOptions(written))).toEqual(written);
      }),
    );
  });

  it('never fail', () => {
    fc.assert(fc.property(fc.string(), (text) => void read(text)));
  });
});

describe('isShown', () => {
  it.each([
    ['no ranges', [], [1, 2, 3]],
    ['a range', [[2, 3]], [2, 3]],
    ['a range beyond the end', [[2, 9]], [2, 3]],
    ['only rules that there are not', [[7, 8]], [1, 2, 3]],
  ] as const)('%s', (_, ranges, shown) => {
    expect([1, 2, 3].filter((position) => isShown(ranges, position, 3))).toEqual(shown);
  });
});
