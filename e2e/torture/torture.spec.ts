import { randomFrom } from '../../lib/testdata/random';
import { expect, test } from '../fixtures';
import { torture } from './torture';

const MINUTE = 60_000;

// `npm run torture` sets these; without them it is a short run.
const minutes = Number(process.env['TORTURE_MINUTES'] ?? 0);
const seed = Number(process.env['TORTURE_SEED'] ?? Date.now() % 2 ** 31);

/**
 * A short run ends after so many steps, or so many seconds after its tabs are open where the machine is slow. The clock only ends a run: what
 * is expected, that nothing is lost, is the same however far it came.
 */
const SHORT_RUN = { steps: 24, chromiumSeconds: 40, otherSeconds: 15 };

test.use({ serviceWorkers: 'allow' });
// What led to a fault of an hour's run would fill the memory.
if (minutes > 0) test.use({ trace: 'off' });

test('nothing that was shown as saved is lost, whatever two tabs do and however they end', async ({
  context,
  problems,
  browserName,
}) => {
  test.setTimeout(Math.max(minutes + 5, 6) * MINUTE);
  // A tab that is killed may end what it was fetching.
  problems.allow(/Failed to load resource|download failed|crash/i);
  console.log(`torture: seed ${seed}`);
  const seconds = browserName === 'chromium' ? SHORT_RUN.chromiumSeconds : SHORT_RUN.otherSeconds;
  let end: number | undefined;
  const goesOn = (steps: number) => {
    end ??= Date.now() + (minutes > 0 ? minutes * MINUTE : seconds * 1_000);
    return Date.now() < end && (minutes > 0 || steps < SHORT_RUN.steps);
  };
  const { steps, kills, losses, faults, taken } = await torture(context, { random: randomFrom(seed), goesOn });
  console.log(`torture: ${steps} steps, ${kills} kills, ${losses.length} losses; seed ${seed}`);
  console.log(
    Object.entries(taken)
      .map(([action, times]) => `${action} ${times}`)
      .join(', '),
  );
  expect([...losses, ...faults], `try again by: npm run torture -- --seed ${seed}`).toEqual([]);
  expect(steps).toBeGreaterThan(0);
});
