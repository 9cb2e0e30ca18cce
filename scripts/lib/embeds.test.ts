import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { embedScript } from './embeds.mjs';

test('embed.js is small, and the same each time it is made', async () => {
  const text = await embedScript();
  expect(gzipSync(text, { level: 9 }).length).toBeLessThanOrEqual(4_000);
  expect(await embedScript()).toBe(text);
});
