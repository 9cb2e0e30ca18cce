// npm run relocate -- /docs/playground [--to FOLDER]: a copy of the site for another path of a host.
import { relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ensurePackages } from './lib/packages.mjs';
import { normalBasePath } from './lib/relocation.mjs';
import { Problem, asCommand, root, say } from './lib/run.mjs';
import { ensureBuild, makeSite } from './lib/site.mjs';

await asCommand(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { to: { type: 'string', default: 'relocated' } },
  });
  const [path, ...more] = positionals;
  if (path === undefined || more.length > 0) {
    throw new Problem('Say for which path: npm run relocate -- /docs/playground [--to FOLDER]');
  }
  const basePath = normalBasePath(path);
  await ensurePackages();
  await ensureBuild();
  const to = resolve(root, values.to);
  makeSite({ to, basePath });
  say(
    `The copy for \`${basePath}/\` is in ${relative(root, to) || to}: put what is in that folder at that path of the host.`,
  );
});
