import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../engine';
import { canonical } from './canonical';
import { digestOf, shortDigest } from './digest';
import type { Bundle } from './model';
import { readBundle } from './read';
import { bundles } from './testdata/arbitrary';
import { writeBundle } from './write';

const read = (written: JsonObject): Bundle => {
  const result = readBundle(JSON.stringify(written));
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.bundle;
};
const ALLOW_ALL: JsonObject = {
  format: 'policy-bundle',
  version: 1,
  name: 'n',
  rules: [{ id: 'r1', name: 'Allow all', effect: 'allow', tools: ['*'] }],
};

describe('the digest', () => {
  it('is the SHA-256 of the canonical form of what is written of the policy', () => {
    const text =
      '{"format":"policy-bundle","rules":[{"effect":"allow","id":"r1","name":"Allow all","tools":["*"]}],"version":1}';
    expect(digestOf(read(ALLOW_ALL))).toBe(createHash('sha256').update(text).digest('hex'));
  });

  it('is that of four fields of the written bundle, whatever else is in it', () => {
    fc.assert(
      fc.property(bundles, (written) => {
        const bundle = read(written);
        const { format, version, settings, rules } = JSON.parse(writeBundle(bundle)) as Record<string, Json>;
        const four = canonical({
          format,
          version,
          rules,
          ...(settings === undefined ? {} : { settings }),
        } as JsonObject);
        expect(digestOf(bundle)).toBe(createHash('sha256').update(four).digest('hex'));
        expect(digestOf({ rules: bundle.rules, settings: bundle.settings })).toBe(digestOf(bundle));
      }),
    );
  });

  const same: readonly (readonly [string, JsonObject, boolean])[] = [
    ['a name', { name: 'other' }, true],
    ['notes and a trace', { notes: 'x', trace: [{ id: 'c' }], focus: 'c' }, true],
    ['what is omitted, written out', { settings: { gatedWhenFalse: 'continue' } }, true],
    ['a setting', { settings: { gatedWhenFalse: 'deny' } }, false],
    ['a field of somebody else in the settings', { settings: { 'x-by': 'ana' } }, false],
    ['no rule', { rules: [] }, false],
  ];
  it.each(same)('with %s', (_, fields, expected) => {
    expect(digestOf(read({ ...ALLOW_ALL, ...fields })) === digestOf(read(ALLOW_ALL))).toBe(expected);
  });

  it('is shown by its first eight digits', () => {
    expect(shortDigest('9f3a17c2' + '0'.repeat(56))).toBe('9f3a·17c2');
  });
});
