import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const top = resolve(import.meta.dirname, '..');

/**
 * What each place may import, besides itself, and does: a permission that no import uses is taken out. A place is a folder of `lib`
 * (`cel`) or of `components` (`components/ui`), or one of the folders beside them (`app`). The arrows point downwards only.
 */
const MAY_IMPORT: Record<string, readonly string[]> = {
  json: [],
  text: [],
  loading: [],
  cel: ['json', 'text'],
  engine: ['cel', 'json'],
  trace: ['engine', 'json', 'text'],
  bundle: ['engine', 'json'],
  statements: ['engine'],
  regions: ['statements', 'engine', 'cel'],
  analysis: ['bundle', 'trace', 'engine', 'cel', 'json', 'text'],
  findings: ['regions', 'statements', 'analysis', 'engine', 'cel'],
  suggest: ['analysis', 'engine', 'json', 'text'],
  reproduce: ['analysis', 'bundle', 'trace', 'engine', 'json'],
  wording: ['suggest', 'reproduce', 'regions', 'analysis', 'bundle', 'trace', 'engine', 'cel', 'text'],
  intake: ['analysis', 'bundle', 'engine', 'cel', 'json', 'text'],
  redact: ['bundle', 'engine', 'cel'],
  embed: ['bundle', 'engine', 'text'],
  store: ['trace', 'bundle', 'engine', 'json'],
  worker: [
    'store',
    'redact',
    'findings',
    'regions',
    'statements',
    'suggest',
    'reproduce',
    'analysis',
    'bundle',
    'trace',
    'engine',
    'loading',
  ],
  editor: ['engine', 'cel', 'json', 'text'],
  workspace: ['store', 'bundle', 'engine', 'json'],
  cli: [
    'wording',
    'suggest',
    'findings',
    'regions',
    'statements',
    'reproduce',
    'analysis',
    'bundle',
    'trace',
    'engine',
    'cel',
    'json',
    'text',
  ],

  'components/ui': ['wording', 'engine', 'cel', 'text', 'loading'],
  'components/site': ['components/ui'],
  'components/editor': ['components/ui', 'editor', 'cel'],
  'components/session': [
    ...['components/ui', 'workspace', 'worker', 'intake', 'findings', 'analysis', 'bundle', 'engine', 'loading'],
  ],
  'components/catalog': [
    ...['components/session', 'components/site', 'components/ui'],
    ...['workspace', 'worker', 'bundle', 'trace', 'engine', 'json'],
  ],
  'components/coverage': ['components/session', 'components/site', 'components/ui', 'worker', 'analysis', 'engine'],
  'components/tests': [
    ...['components/session', 'components/site', 'components/ui'],
    ...['workspace', 'worker', 'wording', 'analysis', 'bundle', 'engine'],
  ],
  'components/versions': ['components/session', 'components/site', 'components/ui', 'store', 'bundle'],
  'components/policy': [
    ...['components/coverage', 'components/tests', 'components/session', 'components/editor', 'components/site'],
    ...[
      'components/ui',
      'workspace',
      'worker',
      'wording',
      'intake',
      'editor',
      'findings',
      'analysis',
      'trace',
      'engine',
      'cel',
      'text',
    ],
  ],
  'components/docs': [
    ...['components/policy', 'components/site', 'components/ui'],
    ...['embed', 'findings', 'analysis', 'bundle', 'engine', 'cel'],
  ],
  'components/intake': [
    ...['components/policy', 'components/session', 'components/ui'],
    ...['workspace', 'intake', 'wording', 'analysis', 'bundle', 'engine'],
  ],
  'components/replay': [
    ...['components/policy', 'components/session', 'components/editor', 'components/site', 'components/ui'],
    ...['store', 'worker', 'editor', 'wording', 'analysis', 'trace', 'engine', 'json'],
  ],
  'components/explain': [
    ...['components/replay', 'components/policy', 'components/tests', 'components/session', 'components/site'],
    ...['components/ui', 'worker', 'wording', 'analysis', 'engine', 'cel', 'json'],
  ],
  'components/access': [
    ...['components/explain', 'components/session', 'components/site', 'components/ui'],
    ...['worker', 'wording', 'analysis', 'bundle', 'trace', 'engine'],
  ],
  'components/findings': [
    ...['components/explain', 'components/policy', 'components/session', 'components/site', 'components/ui'],
    ...['workspace', 'wording', 'findings', 'statements', 'bundle', 'engine'],
  ],
  'components/first-screen': ['components/ui'],
  'components/compare': [
    ...[
      'components/explain',
      'components/first-screen',
      'components/intake',
      'components/session',
      'components/site',
      'components/ui',
    ],
    ...['workspace', 'worker', 'store', 'wording', 'analysis', 'bundle', 'trace', 'engine'],
  ],
  'components/history': [
    ...['components/intake', 'components/policy', 'components/session', 'components/ui'],
    ...['workspace', 'worker', 'store', 'analysis', 'bundle', 'engine'],
  ],
  'components/suggest': [
    ...['components/compare', 'components/intake', 'components/policy', 'components/session', 'components/site'],
    'components/ui',
    ...['wording', 'suggest', 'intake', 'analysis', 'engine'],
  ],
  'components/share': [
    ...['components/explain', 'components/intake', 'components/policy'],
    ...['components/session', 'components/site', 'components/ui'],
    ...['workspace', 'worker', 'store', 'embed', 'intake', 'redact', 'bundle', 'engine'],
  ],
  'components/reproduce': [
    ...['components/share', 'components/explain', 'components/replay', 'components/intake'],
    ...['components/session', 'components/site', 'components/ui'],
    ...['worker', 'store', 'wording', 'reproduce', 'intake', 'analysis', 'bundle', 'trace', 'engine'],
  ],
  'components/embed': [
    ...['components/explain', 'components/policy', 'components/tests', 'components/session', 'components/editor'],
    ...['components/site', 'components/ui'],
    ...['embed', 'editor', 'intake', 'wording', 'analysis', 'bundle', 'engine', 'cel'],
  ],
  'components/embed-element': ['embed'],
  'components/workbench': [
    ...[
      'components/access',
      'components/findings',
      'components/first-screen',
      'components/compare',
      'components/history',
      'components/share',
      'components/suggest',
      'components/explain',
      'components/replay',
    ],
    ...['components/intake', 'components/docs', 'components/policy', 'components/catalog', 'components/coverage'],
    ...['components/tests', 'components/versions', 'components/session', 'components/site', 'components/ui'],
    ...['workspace', 'worker', 'store', 'intake', 'wording', 'bundle', 'engine'],
  ],

  app: [
    'components/workbench',
    'components/reproduce',
    'components/compare',
    'components/docs',
    'components/first-screen',
    'components/session',
    'components/site',
    'components/ui',
    'workspace',
    'worker',
    'store',
    'cel',
  ],
  e2e: ['scripts', 'cli', 'wording', 'bundle', 'trace', 'engine', 'json'],
  scripts: [],
};

/** The one that composes the screen: what it needs of another folder is that folder's, so nothing below imports it. */
const ROOF = 'components/workbench';

/** Places that see no page, no clock, no chance and no Node; and the packages that they may use, each named here. */
const PURE: Record<string, readonly string[]> = {
  json: [],
  text: [],
  cel: ['@bufbuild/re2'],
  engine: ['minimatch'],
  trace: [],
  statements: [],
  regions: [],
  findings: [],
  bundle: ['@noble/hashes', 'fflate', 'pako'],
  analysis: [],
  suggest: [],
  reproduce: [],
  wording: [],
  intake: ['papaparse'],
  redact: [],
  embed: [],
};

/** Packages that are behind one door. */
const ONLY_IN: Record<string, string> = {
  'monaco-editor': 'editor',
  dexie: 'store',
};

/** Entries of a folder other than its `index.ts`: what is loaded apart, because it is large and seldom needed. */
const FURTHER_ENTRIES: readonly string[] = [
  'lib/cel/explain/vocabulary-docs',
  'lib/store/memory',
  'lib/worker/same-thread',
  'lib/wording/suggestion-words',
];

/** The groups of folders that have some, from the lowest up: a group imports only those before it. */
const GROUPS: Record<string, readonly string[]> = {
  cel: ['values', 'syntax', 'check', 'evaluate', 'explain'],
  engine: ['model', 'match', 'conditions', 'routes', 'decide', 'validate'],
};

/** Pages that read files of the repository while the site is built; none of that reaches a browser. */
const READ_WHILE_BUILDING: readonly string[] = ['app/docs/bundles/page.tsx', 'app/docs/[segment]/page.tsx'];

interface SourceFile {
  /** From the repository's top, with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly place: string;
  readonly test: boolean;
}

interface Import {
  readonly from: SourceFile;
  /** As it is written. */
  readonly specifier: string;
  /** The path from the top of an imported file of this repository, where the specifier has one. */
  readonly target?: string;
  readonly package?: string;
}

function* sourcesIn(folder: string): Generator<SourceFile> {
  if (!existsSync(join(top, folder))) return;
  for (const entry of readdirSync(join(top, folder), { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) {
      if (entry.name !== 'testdata' && entry.name !== 'node_modules') yield* sourcesIn(path);
    } else if (/\.(ts|tsx|mjs)$/.test(entry.name)) {
      yield {
        path,
        text: readFileSync(join(top, path), 'utf8'),
        place: placeOf(path),
        test: isTest(path),
      };
    }
  }
}

function placeOf(path: string): string {
  const [first = '', second = ''] = path.split('/');
  if (first === 'lib') return second;
  return first === 'components' ? `components/${second}` : first;
}

/** A test, a benchmark, or what only those use: it may look anywhere. */
function isTest(path: string): boolean {
  return (
    /\.(test|spec|d)\.tsx?$/.test(path) ||
    /(^|\/)(bench|testdata)\/|\/testkit\.tsx?$|\/fuzz(-\w+)?\.ts$/.test(path) ||
    /^scripts\/(bench|fuzz)\.mjs$/.test(path)
  );
}

/** The name under which a package is installed: `minimatch/unsafe` would be of `minimatch`. */
function packageOf(specifier: string): string {
  const [first = '', second = ''] = specifier.split('/');
  return first.startsWith('@') ? `${first}/${second}` : first;
}

/** Static and dynamic imports, exports from elsewhere, and the workers that are named by `new URL('…', import.meta.url)`. */
function importsOf(file: SourceFile): Import[] {
  const found = ts.preProcessFile(file.text, true, true).importedFiles.map(({ fileName }) => fileName);
  for (const [, specifier = ''] of file.text.matchAll(/new URL\(\s*['"]([^'"]+)['"],\s*import\.meta\.url/g)) {
    found.push(specifier);
  }
  return [...new Set(found)].map((specifier) => {
    if (specifier.startsWith('.')) {
      return { from: file, specifier, target: relative(top, resolve(top, dirname(file.path), specifier)) };
    }
    if (specifier.startsWith('@/')) return { from: file, specifier, target: specifier.slice(2) };
    return { from: file, specifier, package: packageOf(specifier) };
  });
}

/** The file that an import leads to: of the folders here, or none. */
function fileOf({ target }: Import): string | undefined {
  const endings = ['', '.ts', '.tsx', '/index.ts', '/index.tsx'];
  return target === undefined ? undefined : endings.map((ending) => target + ending).find((path) => paths.has(path));
}

/** The cycles of a graph, each as the path that closes it; one for each arrow that leads back. */
function cyclesOf(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const cycles: string[] = [];
  const done = new Set<string>();
  const visit = (node: string, above: readonly string[]) => {
    if (above.includes(node)) return void cycles.push([...above.slice(above.indexOf(node)), node].join(' → '));
    if (done.has(node)) return;
    for (const next of graph.get(node) ?? []) visit(next, [...above, node]);
    done.add(node);
  };
  for (const node of graph.keys()) visit(node, []);
  return cycles;
}

const files = ['app', 'components', 'lib', 'e2e', 'scripts'].flatMap((folder) => [...sourcesIn(folder)]);
const shipped = files.filter((file) => !file.test);
const imports = shipped.flatMap(importsOf);
/** Imports from one place of the table to another. */
const between = imports.flatMap((one) => {
  const place = one.target === undefined ? undefined : placeOf(one.target);
  const counts = place !== undefined && place !== one.from.place && place in MAY_IMPORT && one.from.place in MAY_IMPORT;
  return counts ? [{ ...one, place }] : [];
});
const paths = new Set(files.map(({ path }) => path));
const shown = (one: Import) => `${one.from.path} imports \`${one.specifier}\``;

describe('the layers', () => {
  it('has every folder in the table', () => {
    const inTable = (place: string) => place in MAY_IMPORT;
    const places = new Set(files.filter((file) => !/^lib\/[^/]+$/.test(file.path)).map((file) => file.place));
    expect([...places].filter((place) => !inTable(place))).toEqual([]);
    expect(Object.keys(MAY_IMPORT).filter((place) => !places.has(place))).toEqual([]);
  });

  it('has arrows that point downwards only', () => {
    const arrows = new Map(Object.entries(MAY_IMPORT));
    expect(cyclesOf(arrows)).toEqual([]);
    expect([...arrows].filter(([, below]) => below.includes(ROOF)).map(([place]) => place)).toEqual(['app']);
  });

  it('is kept by every import', () => {
    const against = between.filter(({ from, place }) => !(MAY_IMPORT[from.place] ?? []).includes(place));
    expect(against.map(shown)).toEqual([]);
  });

  it('permits nothing that no import uses', () => {
    const used = new Set(between.map(({ from, place }) => `${from.place} → ${place}`));
    const permitted = Object.entries(MAY_IMPORT).flatMap(([place, below]) => below.map((one) => `${place} → ${one}`));
    expect(permitted.filter((one) => !used.has(one))).toEqual([]);
  });

  it.each(Object.entries(GROUPS))('has groups in %s that import downwards only', (folder, groups) => {
    const groupOf = (path: string) => groups.indexOf(path.split('/')[2] ?? '');
    const own = imports.filter(
      ({ from, target }) => from.place === folder && target !== undefined && placeOf(target) === folder,
    );
    const upward = own.filter(
      ({ from, target = '' }) =>
        groupOf(from.path) >= 0 && (groupOf(target) < 0 || groupOf(target) > groupOf(from.path)),
    );
    expect(own.length).toBeGreaterThan(0);
    expect(upward.map(shown)).toEqual([]);
  });

  it('has no cycle of files, imports of types included', () => {
    const graph = new Map(files.map((file) => [file.path, importsOf(file).flatMap((one) => fileOf(one) ?? [])]));
    // Few imports lead nowhere, if any: an address that is not resolved would hide a cycle.
    expect([...graph.values()].flat().length).toBeGreaterThan(2 * files.length);
    expect(cyclesOf(graph)).toEqual([]);
  });

  it('goes through the index of a folder of lib', () => {
    const past = imports.filter(({ from, target }) => {
      if (target === undefined || !target.startsWith('lib/') || placeOf(target) === from.place) return false;
      return !/^lib\/[^/]+(\/index(\.ts)?)?$/.test(target) && !FURTHER_ENTRIES.includes(target.replace(/\.ts$/, ''));
    });
    expect(past.map(shown)).toEqual([]);
  });

  it('writes imports inside lib relatively and without an extension', () => {
    const other = imports.filter(
      ({ from, specifier }) =>
        from.path.startsWith('lib/') &&
        (specifier.startsWith('@/') || (specifier.startsWith('.') && /\.[jt]sx?$/.test(specifier))),
    );
    // A worker is named by its file: the bundler asks for that.
    expect(other.filter(({ specifier }) => !/\bworker\.ts$/.test(specifier)).map(shown)).toEqual([]);
  });
});

describe('the pure folders', () => {
  const pure = imports.filter(({ from }) => from.place in PURE);

  it('use the packages that are named here, and no others', () => {
    const others = pure.filter((one) => one.package !== undefined && !PURE[one.from.place]?.includes(one.package));
    expect(others.map(shown)).toEqual([]);
  });

  it('are all checked without the types of the page and of Node', () => {
    const { include } = JSON.parse(readFileSync(join(top, 'lib', 'tsconfig.json'), 'utf8')) as { include: string[] };
    const unchecked = Object.keys(PURE).filter(
      (place) => existsSync(join(top, 'lib', place)) && !include.includes(`${place}/**/*.ts`),
    );
    expect(unchecked).toEqual([]);
  });

  it('read no clock and use no randomness', () => {
    const impure = shipped
      // Few files hold these words: the others need no syntax tree.
      .filter((file) => file.place in PURE && /\bDate\b|\bMath\.random\b/.test(file.text))
      .flatMap((file) => impureCalls(file).map((call) => `${file.path}: ${call}`));
    expect(impure).toEqual([]);
  });
});

/** Uses of what differs from one run to the next. */
function impureCalls(file: SourceFile): string[] {
  const source = ts.createSourceFile(file.path, file.text, ts.ScriptTarget.Latest, false);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression)) {
      const name = `${node.expression.text}.${node.name.text}`;
      if (name === 'Date.now' || name === 'Math.random') found.push(name);
    }
    const isDate = (ts.isNewExpression(node) || ts.isCallExpression(node)) && ts.isIdentifier(node.expression);
    if (isDate && node.expression.text === 'Date' && (node.arguments ?? []).length === 0) found.push('new Date()');
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

describe('packages', () => {
  it.each(Object.entries(ONLY_IN))('%s is used in lib/%s only', (name, place) => {
    expect(imports.filter((one) => one.package === name && one.from.place !== place).map(shown)).toEqual([]);
  });

  const manifest = JSON.parse(readFileSync(join(top, 'package.json'), 'utf8')) as Record<
    string,
    Record<string, string>
  >;
  const isShipped = ({ from }: Import) => /^(?:app|components|lib)\//.test(from.path);

  it('are dependencies where they are shipped', () => {
    const foreign = imports.filter(
      (one) =>
        isShipped(one) &&
        one.from.place !== 'cli' &&
        one.package !== undefined &&
        !(one.package in (manifest['dependencies'] ?? {})) &&
        !(one.package.startsWith('node:') && READ_WHILE_BUILDING.includes(one.from.path)),
    );
    expect(foreign.map(shown)).toEqual([]);
  });

  it('have exact versions', () => {
    const all = { ...manifest['dependencies'], ...manifest['devDependencies'] };
    expect(Object.entries(all).filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });
});

describe('what is shipped', () => {
  it('uses no test data', () => {
    expect(
      imports.filter(({ specifier }) => /testdata|testkit|\.test$|\/fuzz(-\w+)?$/.test(specifier)).map(shown),
    ).toEqual([]);
  });

  it('has a README in lib, in components, and in every folder of lib', () => {
    const folders = readdirSync(join(top, 'lib')).filter((name) => statSync(join(top, 'lib', name)).isDirectory());
    const described = ['lib', 'components', ...folders.map((name) => `lib/${name}`)];
    expect(described.filter((folder) => !existsSync(join(top, folder, 'README.md')))).toEqual([]);
  });
});
