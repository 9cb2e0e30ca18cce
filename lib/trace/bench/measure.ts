export const print = (text: string): void => void process.stdout.write(`${text}\n`);

/** Something to be reached, and whether it was. */
export interface BenchTarget {
  readonly words: string;
  readonly reached: boolean;
}

export const target = (words: string, reached: boolean): BenchTarget => ({ words, reached });

/** Milliseconds of processor time that something takes: on all threads of the process, collecting garbage and compiling included. */
export async function measured<T>(run: () => T | Promise<T>): Promise<{ readonly ms: number; readonly value: T }> {
  const start = process.cpuUsage();
  const value = await run();
  const { user, system } = process.cpuUsage(start);
  return { ms: (user + system) / 1000, value };
}

/** The middle one; the upper of two in the middle. */
export const middle = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;
