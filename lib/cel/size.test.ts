import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';

interface Part {
  readonly exports?: readonly string[];
  readonly limit: number;
}

const { about: _, ...parts } = JSON.parse(readFileSync(new URL('./size-budget.json', import.meta.url), 'utf8')) as {
  readonly about: string;
} & Readonly<Record<string, Part>>;

async function size({ exports }: Part): Promise<number> {
  const names = exports ? `{ ${exports.join(', ')} }` : '*';
  const { outputFiles } = await build({
    stdin: {
      contents: `export ${names} from './index'`,
      resolveDir: fileURLToPath(new URL('.', import.meta.url)),
      loader: 'ts',
    },
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    write: false,
    external: ['@bufbuild/re2', './vocabulary-docs'],
  });
  return gzipSync(outputFiles[0]?.contents ?? '', { level: 9 }).length;
}

describe('the size of lib/cel, gzipped', { timeout: 30_000 }, () => {
  it.each(Object.entries(parts) as [string, Part][])(
    '%s is within its budget, and the budget is not slack',
    async (name, part) => {
      const bytes = await size(part);
      console.log(`lib/cel, ${name}: ${bytes} of ${part.limit} bytes`);
      expect(bytes).toBeLessThanOrEqual(part.limit);
      expect(bytes).toBeGreaterThan(part.limit * 0.9);
    },
  );
});
