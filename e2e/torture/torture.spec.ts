import { expect, test } from '../fixtures';
import { torture } from './torture';

const MINUTE = 60_000;

// `npm run torture` sets these; without them it is a short run.
const minutes = Number(process.env['TORTURE_MINUTES'] ?? 0);
const seed = Number(process.env['TORTURE_SEED'] ?? Date.now() % 2 ** 31);
const SHORT_RUN_STEPS = 25;

test('nothing that was shown as saved is lost, whatever two tabs do and however they end', async ({
  context,
  problems,
}) => {
  test.setTimeout(Math.max(minutes + 5, 6) * MINUTE);
  // A tab that is killed may end what it was fetching.
  problems.allow(/Failed to load resource|download failed|crash/i);
  const end = Date.now() + minutes * MINUTE;
  const goesOn = (steps: number) => (minutes > 0 ? Date.now() < end : steps < SHORT_RUN_STEPS);
  const { steps, kills, losses, taken } = await torture(context, { seed, goesOn });
  console.log(`torture: ${steps} steps, ${kills} kills, ${losses.length} losses; seed ${seed}`);
  console.log(
    Object.entries(taken)
      .map(([action, times]) => `${action} ${times}`)
      .join(', '),
  );
  expect(losses, `try again by: npm run torture -- --seed ${seed}`).toEqual([]);
  expect(kills + steps).toBeGreaterThan(0);
});
