import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type BundleVector } from './testdata/vectors';

const folder = resolve(import.meta.dirname, '../../public/schema/vectors');

const python = ['python3', 'python'].find((name) => spawnSync(name, ['-c', 'import zlib']).status === 0);

describe.skipIf(python === undefined)(
  `checked by Python's standard library${python === undefined ? ' (skipped: no python3 here)' : ''}`,
  () => {
    const checked = (path: string) => spawnSync(python ?? '', [join(path, 'check.py')], { encoding: 'utf8' });

    it('all hold', () => {
      const { status, stdout } = checked(folder);
      expect({ status, stdout }).toEqual({
        status: 0,
        stdout: expect.stringMatching(/^[0-9]+ checks passed, 0 failed\s*$/) as string,
      });
    });

    it('and would be found out if one did not', () => {
      const copy = mkdtempSync(join(tmpdir(), 'vectors-'));
      try {
        cpSync(folder, copy, { recursive: true });
        const path = join(copy, 'bundles.json');
        const [first, ...rest] = JSON.parse(readFileSync(path, 'utf8')) as readonly BundleVector[];
        writeFileSync(path, JSON.stringify([{ ...first, digest: '0'.repeat(64) }, ...rest]));
        const { status, stdout } = checked(copy);
        expect(status).toBe(1);
        expect(stdout).toContain('FAILED empty: digest');
      } finally {
        rmSync(copy, { recursive: true, force: true });
      }
    });
  },
);
