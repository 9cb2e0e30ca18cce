// npm run -s gateway -- --policy … --servers …: the reference gateway.
import { runBundled } from './lib/bundled.mjs';

await runBundled({ entry: 'e2e/gateway/main.ts', name: 'gateway' });
