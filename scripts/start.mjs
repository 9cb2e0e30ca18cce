// npm start: everything from a fresh clone to a page in the browser. [-- --port 3000]
import { parseArgs } from 'node:util';
import { ensurePackages } from './lib/packages.mjs';
import { asCommand } from './lib/run.mjs';
import { portFrom, serveUntilInterrupted } from './lib/serve.mjs';
import { ensureBuild, siteFolder } from './lib/site.mjs';

await asCommand(async () => {
  const { values } = parseArgs({ options: { port: { type: 'string' } } });
  // A wrong port is said before the long work, not after it.
  portFrom(values.port ?? process.env.PORT);
  await ensurePackages();
  await ensureBuild();
  await serveUntilInterrupted({ folder: siteFolder, port: values.port });
});
