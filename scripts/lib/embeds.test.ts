import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { embedScript, integrityOf } from './embeds.mjs';

test('embed.js is small, and the same each time it is made', async () => {
  const text = await embedScript();
  expect(gzipSync(text, { level: 9 }).length).toBeLessThanOrEqual(4_000);
  expect(await embedScript()).toBe(text);
});

test('the hash of embed.js is that of its bytes, as browsers compute it', async () => {
  const text = await embedScript();
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-384', new TextEncoder().encode(text)));
  expect(integrityOf(text)).toBe(`sha384-${Buffer.from(bytes).toString('base64')}`);
  expect(() => integrityOf('fetch("/__base_path__/x")')).toThrow('base path');
});
