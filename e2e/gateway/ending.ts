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

/**
 * Ends the process, whatever is still open: output that is not read, or a handle, must not keep it. What was said on standard error is
 * written first, where it is read.
 */
export function endProcess(code: number): void {
  process.exitCode = code;
  setTimeout(() => process.exit(code), 1000).unref();
  process.stderr.write('', () => process.exit(code));
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
