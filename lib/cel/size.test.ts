import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';

interface Part {
  /** By default all. */
  readonly exports?: readonly string[];
  /** Files that must not come along. */
  readonly without?: readonly string[];
  readonly limit: number;
}

const { about: _, ...parts } = JSON.parse(readFileSync(new URL('./size-budget.json', import.meta.url), 'utf8')) as {
  readonly about: string;
} & Readonly<Record<string, Part>>;

async function bundle({ exports }: Part): Promise<{ readonly bytes: number; readonly files: readonly string[] }> {
  const names = exports ? `{ ${exports.join(', ')} }` : '*';
  const { outputFiles, metafile } = await build({
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
    metafile: true,
    external: ['@bufbuild/re2', '*/regex-compile', '*/timezone-names', '*/vocabulary-docs'],
  });
  const inputs = Object.values(metafile.outputs).flatMap((output) => Object.entries(output.inputs));
  const files = inputs.flatMap(([path, { bytesInOutput }]) =>
    bytesInOutput ? [path.replace(/^.*\/|\.ts$/g, '')] : [],
  );
  return { bytes: gzipSync(outputFiles[0]?.contents ?? '', { level: 9 }).length, files };
}

describe('the size of lib/cel, gzipped', () => {
  it.each(Object.entries(parts) as [string, Part][])(
    '%s is within its budget, the budget is not slack, and nothing comes along that is loaded on demand',
    async (name, part) => {
      const { bytes, files } = await bundle(part);
      console.log(`lib/cel, ${name}: ${bytes} of ${part.limit} bytes`);
      expect(bytes).toBeLessThanOrEqual(part.limit);
      expect(bytes).toBeGreaterThan(part.limit * 0.9);
      expect(files).toContain('checker');
      expect(files.filter((file) => part.without?.includes(file))).toEqual([]);
    },
  );
});
