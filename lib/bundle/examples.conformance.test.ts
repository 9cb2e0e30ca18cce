import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readBundle } from './read';
import type { BundleVector } from './testdata/vectors';

/** The example importers of the documentation, each run as a user would run it, on every published vector. */
const schema = resolve(import.meta.dirname, '../../public/schema');
const vectors = <T>(name: string): readonly T[] =>
  JSON.parse(readFileSync(join(schema, 'vectors', name), 'utf8')) as readonly T[];
const bundles = vectors<BundleVector>('bundles.json');
const damaged = vectors<{ readonly name: string; readonly code: string; readonly text: string }>('damaged-links.json');

const scratch = mkdtempSync(join(tmpdir(), 'importers-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const has = (command: string, ...args: string[]): boolean => spawnSync(command, args).status === 0;
const python = ['python3', 'python'].find((name) => has(name, '-c', 'import zlib'));
const go = process.env['GO'] ?? 'go';
const program = join(scratch, process.platform === 'win32' ? 'import.exe' : 'import');

/** How each is started; Go's is compiled first. */
const IMPORTERS = [
  { language: 'Node', file: 'import.mjs', start: [process.execPath, join(schema, 'examples/import.mjs')], there: true },
  {
    language: 'Python',
    file: 'import.py',
    start: [python ?? '', join(schema, 'examples/import.py')],
    there: python !== undefined,
  },
  { language: 'Go', file: 'import.go', start: [program], there: has(go, 'version') },
] as const;

/** What a bundle may hold beside its policy: of the right kind, and of others. */
const BESIDE: readonly (readonly [string, unknown])[] = [
  ['description', 1],
  ['notes', []],
  ['focus', null],
  ['focus', ''],
  ['catalog', []],
  ['readings', 'strict'],
  ['exercise', []],
  ['case', 'x'],
  ['tests', {}],
  ['invariants', 'none'],
  ['invariants', ['x'.repeat(1001)]],
  ['invariants', Array.from({ length: 201 }, () => 'x')],
  ['invariants', [7]],
  ['dismissed', {}],
  ['x-own', [1]],
];

describe.each(IMPORTERS)('the example in $language', ({ language, file, start, there }) => {
  // A program takes its time to start: Node's is tried on every link, each other one on a third of them.
  const turn = IMPORTERS.findIndex((importer) => importer.language === language);
  const isTurn = (_: unknown, at: number): boolean => turn === 0 || at % IMPORTERS.length === turn;

  const run = (source: string): SpawnSyncReturns<string> => {
    const [command = '', ...args] = start;
    return spawnSync(command, [...args, source], { encoding: 'utf8' });
  };

  describe.skipIf(!there)(there ? 'on this machine' : `(skipped: ${language} is not on this machine)`, () => {
    beforeAll(() => {
      if (language !== 'Go') return;
      const built = spawnSync(go, ['build', '-o', program, join(schema, 'examples', file)], {
        encoding: 'utf8',
        env: { ...process.env, GO111MODULE: 'off', GOCACHE: join(scratch, 'cache'), GOFLAGS: '' },
      });
      expect({ status: built.status, stderr: built.stderr }).toEqual({ status: 0, stderr: '' });
    });

    it('reads every bundle from its link or its file, with its digest, and fills in what was left out', () => {
      for (const [at, { name, source, link, digest, canonical }] of bundles.entries()) {
        const path = join(scratch, 'vector.policy.json');
        writeFileSync(path, source);
        const read = readBundle(canonical);
        const { rules, settings } = JSON.parse(JSON.stringify(read.ok ? read.bundle : {})) as BundleLike;
        for (const from of at % 5 === turn ? [path, link] : isTurn(link, at) ? [link] : []) {
          const { status, stdout, stderr } = run(from);
          expect({ name, status, stderr }).toEqual({ name, status: 0, stderr: '' });
          expect({ name, ...(JSON.parse(stdout) as object) }).toMatchObject({ digest, rules, settings });
        }
      }
    });

    it('refuses what is beside a policy and of another kind, as the playground does', () => {
      const path = join(scratch, 'beside.policy.json');
      for (const [member, value] of BESIDE) {
        writeFileSync(
          path,
          JSON.stringify({ format: 'policy-bundle', version: 1, name: 'x', rules: [], [member]: value }),
        );
        const accepted = readBundle(readFileSync(path)).ok;
        const { status, stderr } = run(path);
        expect({ member, value, status }).toEqual({ member, value, status: accepted ? 0 : 1 });
        expect(stderr).toMatch(accepted ? /^$/ : /^refused: [^\n]+\n$/);
      }
    });

    it('opens no damaged link', () => {
      for (const { name, text } of damaged.filter(isTurn)) {
        // What no command line takes cannot be given to one.
        if (text.includes('\0') || text === '' || !text.includes('#1.')) continue;
        const { status, stderr } = run(text);
        // One line that says why, and no stack trace.
        const refusal = expect.stringMatching(/^refused: [^\n]+\n$/) as string;
        expect({ name, status, stderr }).toEqual({ name, status: 1, stderr: refusal });
      }
    });
  });
});

interface BundleLike {
  readonly rules: unknown;
  readonly settings: unknown;
}
