import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../engine';
import { canonical } from './canonical';
import { readBundle } from './read';
import { bundles, readWritten, spoiled } from './testdata/arbitrary';
import { writeBundle } from './write';

describe('a round trip', () => {
  it('keeps everything but what is omitted, unknown fields and `__proto__` included', () => {
    fc.assert(
      fc.property(bundles, (written) => {
        const bundle = readWritten(written);
        const text = writeBundle(bundle);
        const again = readBundle(text);
        expect(again).toEqual({ ok: true, bundle, warnings: expect.anything() as unknown });
        expect(again.ok && writeBundle(again.bundle)).toBe(text);
        expect(text).toBe(canonical(minimal(JSON.parse(JSON.stringify(written)) as JsonObject)));
      }),
      { numRuns: 200 },
    );
  });

  it('never throws on what is spoiled', () => {
    fc.assert(
      fc.property(spoiled, (written) => void readBundle(JSON.stringify(written))),
      { numRuns: 200 },
    );
  });
});

/** What docs/bundle-and-link.md, "Bundle" says is left out, written a second time and in another way. */
function minimal(bundle: JsonObject): JsonObject {
  const copy = structuredClone(bundle) as Record<string, Json>;
  const drop = (holder: Record<string, Json>, field: string, value: Json): void => {
    if (JSON.stringify(holder[field]) === JSON.stringify(value)) delete holder[field];
  };
  const settings = copy['settings'] as Record<string, Json> | undefined;
  if (settings !== undefined) {
    drop(settings, 'gatedWhenFalse', 'continue');
    drop(copy, 'settings', {});
  }
  for (const one of copy['rules'] as Record<string, Json>[]) {
    drop(one, 'description', '');
    drop(one, 'status', 'active');
    drop(one, 'condition', null);
    const scope = one['scope'] as Record<string, Json> | undefined;
    if (scope === undefined) continue;
    for (const facet of ['resources', 'agents', 'instances', 'users', 'groups']) drop(scope, facet, []);
    drop(one, 'scope', {});
  }
  return copy;
}
