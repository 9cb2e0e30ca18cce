// npm run dev: the development server, which shows changes as they are saved. [-- --port 3000]
import { ensurePackages } from './lib/packages.mjs';
import { asCommand, installed, run } from './lib/run.mjs';

await asCommand(async () => {
  await ensurePackages();
  process.on('SIGINT', () => {});
  await run(process.execPath, [installed('next', 'dist', 'bin', 'next'), 'dev', ...process.argv.slice(2)]);
});
