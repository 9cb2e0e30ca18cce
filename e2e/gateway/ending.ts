import { setTimeout as sleep } from 'node:timers/promises';

/** How long everything may take to end before the process does so anyway. */
const MOST_MS = 10_000;

/** Resolves with the first signal to end. A second one ends the process at once. */
export function untilSignalled(): Promise<void> {
  return new Promise((done) => {
    let asked = false;
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.on(signal, () => {
        if (asked) process.exit(1);
        asked = true;
        done();
      });
  });
}

/** How long output may stay unread before it is given up. */
const UNREAD_MS = 1000;

/** Ends the process, whatever is still open. What was written is read first, unless its reader has stopped. */
export async function endProcess(code: number): Promise<never> {
  const unread = (): number => process.stdout.writableLength + process.stderr.writableLength;
  for (let before = Infinity; unread() > 0 && unread() < before;) {
    before = unread();
    for (let waited = 0; waited < UNREAD_MS && unread() === before; waited += 10) await sleep(10);
  }
  process.exit(code);
}

/** Takes what is to be ended, and ends it in the reverse order, once. */
export class Ending {
  readonly #steps: (() => Promise<void> | void)[] = [];

  add(step: () => Promise<void> | void): void {
    this.#steps.unshift(step);
  }

  /** One step that fails, or takes too long, does not keep the others. */
  async run(): Promise<void> {
    const late = new Promise<void>((done) => setTimeout(done, MOST_MS).unref());
    for (const step of this.#steps.splice(0))
      await Promise.race([
        Promise.resolve()
          .then(step)
          .catch(() => undefined),
        late,
      ]);
  }
}
