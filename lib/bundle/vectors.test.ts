import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decodeLink } from './link';
import { bundleVectors, damagedVectors, repairableVectors, type BundleVector } from './testdata/vectors';
import { writeBundle } from './write';

const folder = resolve(import.meta.dirname, '../../public/schema/vectors');
const published = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), 'utf8'));
const withoutLink = ({ link: _, ...rest }: BundleVector): object => rest;

describe('the published vectors', () => {
  const bundles = published('bundles.json') as readonly BundleVector[];

  it('are what the code gives, but for the compressed bytes', () => {
    expect(bundles.map(withoutLink)).toEqual(bundleVectors().map(withoutLink));
    expect(bundles.length).toBeGreaterThanOrEqual(20);
  });

  it.each(bundles)('$name: $about', ({ link, canonical }) => {
    const decoded = decodeLink(link);
    expect(decoded.ok && writeBundle(decoded.bundle)).toBe(canonical);
  });

  it('name the refusal of every damaged link', () => {
    const damaged = published('damaged-links.json');
    expect(damaged).toEqual(damagedVectors());
    expect(damagedVectors().length).toBeGreaterThanOrEqual(20);
  });

  it('name the link in every text from which it is certain', () => {
    expect(published('repairable-links.json')).toEqual(repairableVectors());
  });
});
