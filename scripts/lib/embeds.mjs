// The page of an embed and the script `embed.js`, bundled apart from the site's own pages (components/embed/README.md says why).
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { placeholder } from './relocation.mjs';
import { root } from './run.mjs';

/** Where files of the build are that never change under one name. */
const assets = '_next/static/embed';

const shared = {
  bundle: true,
  minify: true,
  target: 'es2022',
  absWorkingDir: root,
  logLevel: 'error',
  legalComments: 'none',
};

/** The text of `embed.js`: the same for the same sources, so that its hash can be in snippets. */
export async function embedScript() {
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    ...shared,
    entryPoints: [join(root, 'components/embed-element/element.ts')],
    format: 'iife',
    write: false,
  });
  return outputFiles[0].text;
}

/**
 * The script under a name of its own, `embed.DIGEST.js`, and its hash for the attribute `integrity`: the build gives both to the pages,
 * which write them into snippets. The name is another one whenever the script is, so an update does not break the pages that use this one.
 * INVARIANT: the script does not contain the placeholder path, so that it is the same wherever the site is served.
 * @param {string} script
 */
export function pinnedScript(script) {
  if (script.includes(placeholder))
    throw new Error('embed.js contains the base path, so its hash would change with it');
  const digest = createHash('sha384').update(script, 'utf8').digest();
  return { name: `embed.${digest.toString('hex').slice(0, 12)}.js`, integrity: `sha384-${digest.toString('base64')}` };
}

/** @param {string} to the folder of the export */
async function bundlePage(to) {
  const { build } = await import('esbuild');
  const { metafile } = await build({
    ...shared,
    entryPoints: [join(root, 'components/embed/main.tsx')],
    outdir: join(to, assets),
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    splitting: true,
    format: 'esm',
    metafile: true,
    // A tenth of the size of React, and sooner ready: components/embed/README.md.
    alias: { react: 'preact/compat', 'react-dom': 'preact/compat' },
    // The code editor is not part of an embed: nothing there asks for it.
    external: ['*/monaco'],
    define: {
      'process.env.NODE_ENV': '"production"',
      'process.env.NEXT_PUBLIC_BASE_PATH': JSON.stringify(placeholder),
    },
  });
  const outputs = Object.entries(metafile.outputs);
  const fileOf = (path) => path.slice(path.indexOf(assets));
  const [main, { imports }] = outputs.find(([, { entryPoint }]) => entryPoint === 'components/embed/main.tsx');
  // What the entry imports at once, and what that imports: fetched together, not one after the other.
  const first = new Set();
  const visit = (list) => {
    for (const { path, kind } of list) {
      if (kind !== 'import-statement' || first.has(path)) continue;
      first.add(path);
      visit(metafile.outputs[path].imports);
    }
  };
  visit(imports);
  return { main: fileOf(main), first: [...first].map(fileOf) };
}

/** The style sheets of a page that Next exported. */
function styleSheets(to) {
  const html = readFileSync(join(to, 'index.html'), 'utf8');
  const links = html.match(/<link\b[^>]*rel="stylesheet"[^>]*>/g) ?? [];
  if (links.length === 0) throw new Error('the first page has no style sheet that an embed could use');
  return links.map((link) => /href="([^"]+)"/.exec(link)?.[1] ?? '');
}

/** @param {{ styles: readonly string[], main: string, first: readonly string[] }} parts */
const pageOf = ({ styles, main, first }) =>
  [
    '<!DOCTYPE html><html lang="en" class="embed"><head><meta charset="utf-8"/>',
    '<meta name="viewport" content="width=device-width, initial-scale=1"/>',
    '<meta name="robots" content="noindex"/><meta name="color-scheme" content="light dark"/>',
    `<link rel="icon" href="${placeholder}/icon.svg" type="image/svg+xml"/>`,
    '<title>Policy playground</title>',
    ...styles.map((href) => `<link rel="stylesheet" href="${href}"/>`),
    ...first.map((path) => `<link rel="modulepreload" href="${placeholder}/${path}"/>`),
    `<script type="module" src="${placeholder}/${main}"></script>`,
    '</head><body class="bg-paper"><div id="root"></div>',
    '<noscript>This example of a policy needs scripts.</noscript>',
    '</body></html>\n',
  ].join('');

/**
 * Adds the embeds to an export, which still has the placeholder path.
 * @param {string} to
 */
export async function addEmbeds(to) {
  mkdirSync(join(to, 'embed'), { recursive: true });
  const bundled = await bundlePage(to);
  writeFileSync(join(to, 'embed', 'index.html'), pageOf({ styles: styleSheets(to), ...bundled }));
  const script = await embedScript();
  for (const name of ['embed.js', pinnedScript(script).name]) writeFileSync(join(to, name), script);
  copyFileSync(join(root, 'components/embed-element/embed.d.ts'), join(to, 'embed.d.ts'));
}
