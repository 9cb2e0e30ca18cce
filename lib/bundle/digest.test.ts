import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../engine';
import { digestOf, shortDigest } from './digest';
import { readWritten } from './testdata/arbitrary';

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
    expect(digestOf(readWritten(ALLOW_ALL))).toBe(createHash('sha256').update(text).digest('hex'));
  });

  const same: readonly (readonly [string, JsonObject, boolean])[] = [
    ['a name', { name: 'other' }, true],
    ['notes and a trace', { notes: 'x', trace: [{ id: 'c' }], focus: 'c' }, true],
    ['what is omitted, written out', { settings: { gatedWhenFalse: 'continue' } }, true],
    ['a setting', { settings: { gatedWhenFalse: 'deny' } }, false],
    ['an unknown field in the settings', { settings: { 'x-by': 'ana' } }, false],
    ['no rule', { rules: [] }, false],
  ];
  it.each(same)('with %s', (_, fields, expected) => {
    expect(digestOf(readWritten({ ...ALLOW_ALL, ...fields })) === digestOf(readWritten(ALLOW_ALL))).toBe(expected);
  });

  it('is shown by its first eight digits', () => {
    expect(shortDigest('9f3a17c2' + '0'.repeat(56))).toBe('9f3a·17c2');
  });
});
