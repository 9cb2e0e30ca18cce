import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../engine';
import { canonical } from './canonical';
import { digestOf } from './digest';
import { bundles, readWritten } from './testdata/arbitrary';
import { writeBundle } from './write';

describe('the digest', () => {
  it('is that of four fields of the written bundle, whatever else is in it', () => {
    fc.assert(
      fc.property(bundles, (written) => {
        const bundle = readWritten(written);
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
});
