// `npm run bench -- NAME…`: runs benchmarks by name, all of them where none is named. Each is bundled first, as what is shipped is, so
// that no loader of TypeScript takes part in what is measured.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { cacheFolder, root } from './lib/run.mjs';

const BENCHES = {
  cel: 'lib/cel/bench/run.ts',
  engine: 'lib/engine/bench/run.ts',
  links: 'lib/bundle/bench/links.ts',
  replay: 'lib/trace/bench/run.ts',
  // These drive a browser on the built site, and measure what happens there.
  editor: 'scripts/bench/editor.mjs',
  million: 'scripts/bench/million.mjs',
};
const names = Object.keys(BENCHES);

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !names.includes(name));
if (unknown.length) {
  console.error(`no such benchmark: ${unknown.join(', ')} (there are: ${names.join(', ')})`);
  process.exit(2);
}
for (const name of wanted.length ? wanted : names) {
  const entry = join(root, BENCHES[name]);
  if (entry.endsWith('.mjs')) {
    const { status } = spawnSync(process.execPath, [entry], { stdio: 'inherit' });
    if (status) process.exitCode = status;
    continue;
  }
  const outfile = join(cacheFolder, 'bench', `${name}.mjs`);
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    define: { 'import.meta.url': JSON.stringify(pathToFileURL(entry).href) },
    logLevel: 'warning',
  });
  const { status } = spawnSync(process.execPath, [outfile], { stdio: 'inherit' });
  if (status) process.exitCode = status;
}
