// npm run check: the quick part of npm test, for while one works.
import { staticChecks, unitTests } from './lib/checks.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { asCommand, say } from './lib/run.mjs';
import { closingLine, summary } from './lib/tally.mjs';

const minutes = 60 * 1000;

await asCommand(async () => {
  await ensurePackages();
  const [still, unit] = await Promise.all([
    staticChecks({ timeoutMs: 5 * minutes, quick: true }),
    unitTests({ timeoutMs: 10 * minutes, quick: true }),
  ]);
  const results = [...still, unit];
  say(['', ...summary(results), closingLine(results)].join('\n'));
  if (results.some(({ failed }) => failed > 0)) process.exitCode = 1;
});
