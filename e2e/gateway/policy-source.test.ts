import { afterAll, expect, it, vi } from 'vitest';
import { processIo } from '../../lib/cli';
import { PolicySource, type LoadedPolicy } from './policy-source';
import { newPlace } from './testdata/started';

const place = newPlace();
afterAll(place.remove);
const bundle = (name: string): object => ({ format: 'policy-bundle', version: 1, name, rules: [] });

vi.setConfig({ testTimeout: 30_000 });

it('a file that changed between its loading and the watching is read again', async () => {
  place.write('p.json', bundle('First'));
  const source = new PolicySource('p.json', place.folder, processIo(place.folder, {}));
  expect(await source.load()).toMatchObject({
    ok: true,
    policy: { words: expect.stringContaining('First') as string },
  });
  place.write('p.json', bundle('Other'));
  const loaded: LoadedPolicy[] = [];
  const end = source.watch((one) => loaded.push(one));
  await vi.waitFor(() => expect(loaded).toHaveLength(1), { timeout: 300_000 });
  expect(loaded[0]).toMatchObject({ ok: true, policy: { words: expect.stringContaining('Other') as string } });
  end();
});
