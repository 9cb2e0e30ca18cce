import { describe, expect, it } from 'vitest';
import type { Json } from '../engine';
import { canonical, NotCanonicalError } from './canonical';
import { readJson } from './json';

/** RFC 8785: appendix B (numbers) and section 3.2.3 (the order of keys), besides what a reader may stumble over. */
const FORMS: readonly (readonly [Json, string])[] = [
  [0, '0'],
  [-0, '0'],
  [5e-324, '5e-324'],
  [-5e-324, '-5e-324'],
  [1.7976931348623157e308, '1.7976931348623157e+308'],
  [9007199254740992, '9007199254740992'],
  [295147905179352830000, '295147905179352830000'],
  [9.999999999999997e22, '9.999999999999997e+22'],
  [1e23, '1e+23'],
  [999999999999999700000, '999999999999999700000'],
  [1e21, '1e+21'],
  [333333333.3333333, '333333333.3333333'],
  [0.000001, '0.000001'],
  [1e-7, '1e-7'],
  [[null, true, false], '[null,true,false]'],
  [{ b: 1, a: [] }, '{"a":[],"b":1}'],
  [
    { '\u20ac': 'Euro', '\r': 'CR', '\ufb33': 'Dalet', '1': 'One', '\u0080': 'Control', '😂': 'Smiley', ö: 'O' },
    '{"\\r":"CR","1":"One","\u0080":"Control","ö":"O","€":"Euro","😂":"Smiley","\ufb33":"Dalet"}',
  ],
  ['\u20ac$\u000f\nA\'B"\\/\b\f\t\u007f\u2028', '"€$\\u000f\\nA\'B\\"\\\\/\\b\\f\\t\u007f\u2028"'],
];

describe('the canonical form', () => {
  it.each(FORMS)('of %j', (value, form) => {
    expect(canonical(value)).toBe(form);
  });

  it('keeps `__proto__` as a key', () => {
    expect(canonical(readJson('{"b":1,"__proto__":{"z":1}}').value as Json)).toBe('{"__proto__":{"z":1},"b":1}');
  });
});

describe('what has none', () => {
  let deep: Json = 1;
  for (let level = 0; level < 200_000; level++) deep = [deep];
  it.each([
    ['lone-surrogate', '/a/0', { a: ['\ud800'] }],
    ['lone-surrogate', '/\udc00', { '\udc00': 1 }],
    ['number-range', '/a', { a: Number.NaN }],
    ['number-range', '/0', [Infinity]],
    ['too-deep', '/0'.repeat(128), deep],
  ] as readonly [string, string, Json][])('%s', (code, pointer, value) => {
    expect(() => canonical(value)).toThrow(NotCanonicalError);
    expect(() => canonical(value)).toThrow(expect.objectContaining({ code, pointer }));
  });
});
