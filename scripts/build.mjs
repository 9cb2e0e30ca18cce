// npm run build: the static site in out/, for the root of a host.
import { ensurePackages } from './lib/packages.mjs';
import { asCommand } from './lib/run.mjs';
import { ensureBuild } from './lib/site.mjs';

await asCommand(async () => {
  await ensurePackages();
  await ensureBuild({ always: true });
});
