// npm run dev: the development server, which shows changes as they are saved. [-- --port 3000]
import { ensurePackages } from './lib/packages.mjs';
import { Problem, asCommand, execute, installed } from './lib/run.mjs';

await asCommand(async () => {
  await ensurePackages();
  let interrupted = false;
  // Ctrl-C reaches the server too: it ends first, and then this.
  process.on('SIGINT', () => (interrupted = true));
  const next = installed('next', 'dist', 'bin', 'next');
  const given = process.argv.slice(2);
  // By default Next listens on all network interfaces.
  const host = given.some((word) => /^(-H|--hostname)/.test(word)) ? [] : ['--hostname', 'localhost'];
  const { code } = await execute(process.execPath, [next, 'dev', ...host, ...given]);
  if (code !== 0 && !interrupted) throw new Problem(`The development server ended with ${code}.`);
});
