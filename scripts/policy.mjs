// npm run -s policy -- COMMAND …: the command line over the playground's own modules.
import { runBundled } from './lib/bundled.mjs';

await runBundled({ entry: 'lib/cli/main.ts', name: 'policy' });
