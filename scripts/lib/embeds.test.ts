import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { embedScript, pinnedScript } from './embeds.mjs';

test('embed.js is small, and the same each time it is made', async () => {
  const text = await embedScript();
  expect(gzipSync(text, { level: 9 }).length).toBeLessThanOrEqual(4_000);
  expect(await embedScript()).toBe(text);
});

test('the hash of embed.js is that of its bytes, as browsers compute it, and its name is another one whenever the bytes are', async () => {
  const text = await embedScript();
  const bytes = Buffer.from(await crypto.subtle.digest('SHA-384', new TextEncoder().encode(text)));
  expect(pinnedScript(text)).toEqual({
    name: `embed.${bytes.toString('hex').slice(0, 12)}.js`,
    integrity: `sha384-${bytes.toString('base64')}`,
  });
  expect(pinnedScript(`${text} `).name).not.toBe(pinnedScript(text).name);
  expect(() => pinnedScript('fetch("/__base_path__/x")')).toThrow('base path');
});
