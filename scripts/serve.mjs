// Serves a folder: node scripts/serve.mjs [FOLDER] [--port 3000] [--base /docs/playground]. Stays up until Ctrl-C.
import { parseArgs } from 'node:util';
import { resolve } from 'node:path';
import { normalBasePath } from './lib/relocation.mjs';
import { asCommand } from './lib/run.mjs';
import { serveUntilInterrupted } from './lib/serve.mjs';
import { siteFolder } from './lib/site.mjs';

await asCommand(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { port: { type: 'string' }, base: { type: 'string', default: '' } },
  });
  await serveUntilInterrupted({
    folder: resolve(positionals[0] ?? siteFolder),
    basePath: normalBasePath(values.base),
    port: values.port,
  });
});
