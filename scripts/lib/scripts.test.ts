import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { shippedPackages } from './licenses.mjs';
import { nodeIsTooOld, whatIsMissing } from './packages.mjs';
import { execute } from './run.mjs';
import { portFrom } from './serve.mjs';
import { keptFiles, serviceWorkerFor } from './service-worker.mjs';
import { buildId } from './sources.mjs';
import { closingLine, playwrightResult, summary, vitestResult } from './tally.mjs';

const top = join(import.meta.dirname, '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'scripts-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(path: string, content: string): string {
  const file = join(folder, path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, content);
  return file;
}

describe('whatIsMissing', () => {
  const wanted = {
    packages: {
      '': {},
      'node_modules/a': { version: '1.0.0', integrity: 'x' },
      'node_modules/b-other-platform': { version: '1.0.0', optional: true },
    },
  };
  const present = (packages: Record<string, { version: string; integrity?: string }>) => ({ packages });
  const cases: [what: string, present: Parameters<typeof whatIsMissing>[1], reason: string | null][] = [
    ['nothing installed', null, 'no packages are installed'],
    ['all there', present({ 'node_modules/a': { version: '1.0.0', integrity: 'x' } }), null],
    ['one absent', present({}), '`node_modules/a` is not installed'],
    ['another version', present({ 'node_modules/a': { version: '2.0.0' } }), '`node_modules/a` is 2.0.0, wanted 1.0.0'],
    [
      'another content',
      present({ 'node_modules/a': { version: '1.0.0', integrity: 'y' } }),
      '`node_modules/a` differs',
    ],
    [
      'one too many',
      present({ 'node_modules/a': { version: '1.0.0' }, 'node_modules/c': { version: '1.0.0' } }),
      '`node_modules/c` is installed and not wanted',
    ],
  ];
  it.each(cases)('%s', (_, there, reason) => expect(whatIsMissing(wanted, there)).toBe(reason));
});

describe('nodeIsTooOld', () => {
  it.each([
    ['18.20.0', true],
    ['20.18.3', true],
    ['20.19.0', false],
    ['20.20.2', false],
    ['22.0.0', false],
  ])('%s: %s', (version, old) => expect(nodeIsTooOld(version)).toBe(old));
});

describe('npm', () => {
  it.each(['start', 'dev'])('hands on what is asked of `npm run %s`', async (script) => {
    const { code, output } = await execute('npm', ['run', '-s', script, '--', '--port', 'none'], {
      quiet: true,
      timeoutMs: 30_000,
    });
    expect(output).toContain('none');
    expect(code).toBe(1);
  });
});

describe('portFrom', () => {
  it.each([
    [undefined, 3000],
    ['', 3000],
    ['8080', 8080],
    ['0', 0],
  ])('%j is %d', (text, port) => expect(portFrom(text)).toBe(port));
  it.each(['x', '-1', '65536', '80.5', ' 80', '0x50'])('%j is refused', (text) => {
    expect(() => portFrom(text)).toThrow(`\`${text}\` is not a port`);
  });
});

describe('buildId', () => {
  beforeEach(() => {
    rmSync(join(folder, 'sources'), { recursive: true, force: true });
    write('sources/app/page.tsx', 'one');
    write('sources/lib/a.ts', 'two');
    write('sources/next.config.ts', 'three');
  });
  const id = () => buildId(join(folder, 'sources'));

  it('is the same for the same sources', () => {
    expect(id()).toMatch(/^[0-9a-f]{12}$/);
    expect(id()).toBe(id());
  });

  it.each(['app/page.tsx', 'lib/new.ts', 'next.config.ts', 'package-lock.json', 'public/data.json'])(
    'differs after a change in %s',
    (path) => {
      const before = id();
      write(`sources/${path}`, 'changed');
      expect(id()).not.toBe(before);
    },
  );

  it.each(['lib/a.test.ts', 'lib/testdata/x.json', 'lib/bench/run.ts', 'lib/README.md', 'e2e/a.spec.ts', 'README.md'])(
    'does not depend on %s',
    (path) => {
      const before = id();
      write(`sources/${path}`, 'changed');
      expect(id()).toBe(before);
    },
  );

  it('distinguishes where a text moved from one file to the next', () => {
    write('sources/lib/b.ts', '');
    const before = id();
    write('sources/lib/a.ts', '');
    write('sources/lib/b.ts', 'two');
    expect(id()).not.toBe(before);
  });
});

describe('the service worker', () => {
  const site = join(folder, 'site');
  beforeEach(() => {
    rmSync(site, { recursive: true, force: true });
    write('site/index.html', '<script src="/at/_next/static/main.js"></script><link href="/at/_next/static/main.css">');
    write('site/guide/index.html', '<h1>guide</h1>');
    write('site/404.html', '');
    write('site/404/index.html', '');
    write('site/build.json', '{}');
    write('site/_next/static/main.js', 'main');
    write('site/_next/static/main.css', 'main');
    write('site/_next/static/editor.js', 'x'.repeat(5000));
    write('site/_next/static/worker.js', 'x'.repeat(500));
    write('site/_next/static/old.woff', 'x');
  });

  it('keeps what the pages load first, and the rest later, the largest last', () => {
    expect(keptFiles(site)).toEqual({
      first: ['404.html', '_next/static/main.css', '_next/static/main.js', 'guide/index.html', 'index.html'],
      later: ['_next/static/worker.js', '_next/static/editor.js'],
    });
  });

  it('has addresses instead of files, and a version that follows the content', () => {
    const script = serviceWorkerFor(site);
    expect(script).toContain('const FIRST = ["404.html","_next/static/main.css","_next/static/main.js","guide/",""];');
    expect(script).not.toMatch(/__[A-Z]+__/);
    expect(serviceWorkerFor(site)).toBe(script);
    write('site/_next/static/editor.js', 'y'.repeat(5000));
    expect(serviceWorkerFor(site)).not.toBe(script);
  });

  it('never takes over at once', () => {
    const install = /addEventListener\('install'.*\n/.exec(serviceWorkerFor(site))?.[0] ?? '';
    expect(install).toContain('keep(FIRST)');
    expect(install).not.toContain('skipWaiting');
  });
});

describe('the tally', () => {
  it('sums over all results', () => {
    const results = [
      { name: 'types', passed: 1, failed: 0 },
      { name: 'unit tests', passed: 40, failed: 2 },
      { name: 'browsers', passed: 0, failed: 1, note: 'not here' },
    ];
    expect(closingLine(results)).toBe('41 passed, 3 failed');
    expect(summary(results)).toEqual(['✓ types', '✗ unit tests (40 passed, 2 failed)', '✗ browsers: not here']);
  });

  const suite = (status: string, tests: string[]) => ({
    status,
    assertionResults: tests.map((test) => ({ status: test })),
  });
  const unit = (passed: number, failed: number, testResults: object[]) =>
    write('unit.json', JSON.stringify({ numPassedTests: passed, numFailedTests: failed, testResults }));

  it.each([
    ['all well', unit, [5, 0], [suite('passed', ['passed'])], 0, { passed: 5, failed: 0 }],
    ['a failing test', unit, [4, 1], [suite('failed', ['failed', 'passed'])], 1, { passed: 4, failed: 1 }],
    ['a file that cannot be loaded', unit, [4, 0], [suite('failed', [])], 1, { passed: 4, failed: 1 }],
    ['a bad end after good tests', unit, [4, 0], [suite('passed', ['passed'])], 1, { passed: 4, failed: 1 }],
  ] as const)('vitest: %s', (_, report, [passed, failed], suites, code, expected) => {
    expect(vitestResult('unit', report(passed, failed, [...suites]), code)).toEqual({ name: 'unit', ...expected });
  });

  it('vitest: no report', () => {
    const result = vitestResult('unit', join(folder, 'none.json'), 124);
    expect(result).toEqual({ name: 'unit', passed: 0, failed: 1, note: 'there is no report (ended with 124)' });
  });

  it('Playwright: what passed at the second try has passed, and is reported', () => {
    const file = write('e2e.json', JSON.stringify({ stats: { expected: 3, unexpected: 1, flaky: 2, skipped: 1 } }));
    expect(playwrightResult('e2e', file, 1)).toEqual({
      name: 'e2e',
      passed: 5,
      failed: 1,
      note: '2 passed only when tried again',
    });
  });
});

describe('execute', () => {
  it('returns how a program ended, and its output', async () => {
    const script = 'console.log("out"); console.error("err"); process.exit(3)';
    const { code, output } = await execute(process.execPath, ['-e', script], { quiet: true });
    expect(code).toBe(3);
    expect(output.split('\n').sort()).toEqual(['', 'err', 'out']);
  });

  it('ends what takes too long, with its children', async () => {
    const script = `require('child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' })`;
    const { code, output } = await execute(process.execPath, ['-e', script], { quiet: true, timeoutMs: 700 });
    expect(code).toBe(124);
    expect(output).toContain('it took too long');
  });

  it('reports that there is no such program', async () => {
    const { code, output } = await execute('no-such-program-here', [], { quiet: true });
    expect(code).toBe(127);
    expect(output).toContain('`no-such-program-here` cannot be started');
  });
});

describe('notices', () => {
  it('name every package that is shipped', () => {
    const { dependencies } = JSON.parse(readFileSync(join(top, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>;
    };
    const notices = readFileSync(join(top, 'NOTICES.md'), 'utf8');
    expect(Object.keys(dependencies).filter((name) => !notices.includes(`\`${name}\``))).toEqual([]);
  });

  it('leave out what only development uses', () => {
    const packages = {
      '': {},
      'node_modules/a': {},
      'node_modules/b': { dev: true },
      'node_modules/c': { optional: true },
    };
    expect(shippedPackages({ packages })).toEqual(['node_modules/a']);
  });

  it('belong to a lock file that holds no download addresses', () => {
    expect(readFileSync(join(top, 'package-lock.json'), 'utf8')).not.toContain('"resolved"');
  });
});
