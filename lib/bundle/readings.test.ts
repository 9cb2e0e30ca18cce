import { describe, expect, it } from 'vitest';
import { digestOf } from './digest';
import { decodeLink, encodeLink } from './link';
import { readBundle } from './read';
import { writeBundle } from './write';

const RULES = [{ id: 'r', name: 'Read', effect: 'allow', tools: ['get_*'] }];
const bundle = (members: object): string =>
  JSON.stringify({ format: 'policy-bundle', version: 1, name: 'P', rules: RULES, ...members });

function read(members: object) {
  const found = readBundle(bundle(members));
  if (!found.ok) throw new Error(JSON.stringify(found.problems));
  return found.bundle;
}

const READINGS = { case: 'insensitive', gatedWhenFalse: 'deny', 'time-zone': 'Europe/Berlin', 'x-note': 'measured' };

describe('the readings of a bundle', () => {
  it('go with the settings in memory, and beside them where the bundle is written', () => {
    const found = read({ readings: READINGS, settings: { gatedWhenFalse: 'deny' } });
    expect(found.settings).toEqual({ gatedWhenFalse: 'deny', readings: READINGS });
    expect(JSON.parse(writeBundle(found))).toMatchObject({
      readings: READINGS,
      settings: { gatedWhenFalse: 'deny' },
    });
  });

  it('are no part of the digest', () => {
    expect(digestOf(read({ readings: READINGS }))).toBe(digestOf(read({})));
  });

  it('travel in a link', () => {
    const encoded = encodeLink(read({ readings: READINGS }));
    if (!encoded.ok) throw new Error('no link');
    const opened = decodeLink(encoded.fragment);
    expect(opened.ok && opened.bundle.settings.readings).toEqual(READINGS);
  });

  it('are left out where they name nothing', () => {
    expect(writeBundle(read({ readings: {} }))).toBe(writeBundle(read({})));
  });

  it.each([
    ['a list', { readings: [] }, '/readings', 'type'],
    ['a reading that there is not', { readings: { Case: 'insensitive' } }, '/readings/Case', 'unknown-field'],
    ['a value that there is not', { readings: { case: 'any' } }, '/readings/case', 'not-a-choice'],
    ['no text for a zone', { readings: { 'time-zone': 2 } }, '/readings/time-zone', 'not-a-choice'],
    ['an offset that no clock has', { readings: { 'time-zone': '+15:00' } }, '/readings/time-zone', 'not-a-choice'],
    [
      'a zone that there is not',
      { readings: { 'time-zone': 'Europe/Nowhere' } },
      '/readings/time-zone',
      'not-a-choice',
    ],
    ['readings in the settings', { settings: { readings: {} } }, '/settings/readings', 'unknown-field'],
  ])('refuses %s', (_, members, pointer, code) => {
    const found = readBundle(bundle(members));
    expect(found.ok ? [] : found.problems.map((one) => [one.pointer, one.code])).toEqual([[pointer, code]]);
  });
});
