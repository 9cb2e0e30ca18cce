import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../engine';
import { canonical } from './canonical';
import { readJson } from './json';

describe('the canonical form', () => {
  it('does not depend on the order of members, and is read back as the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary', maxDepth: 3 }), (value) => {
        const form = canonical(value as Json);
        expect(canonical(readJson(form).value as Json)).toBe(form);
        expect(canonical(reversed(value as Json))).toBe(form);
        expect(JSON.parse(form)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});

function reversed(value: Json): Json {
  if (Array.isArray(value)) return value.map(reversed);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, item]) => [key, reversed(item as Json)]),
  );
}
