import { Session, type Profiler } from 'node:inspector';

/**
 * How much work a run does, as a count that is the same on every machine: the blocks of JavaScript that were executed, as V8 counts them for
 * coverage. What the platform does inside one call (a regular expression, `indexOf`, a sort) is not seen, so inputs are also made long enough
 * that a quadratic search inside one would not end.
 *
 * INVARIANT: only functions that are first called after this module was loaded are counted by blocks, so only thorough tests, which have a
 * process each, may import it.
 */
let session: Session | undefined;

/** The counts since they were last taken. */
function takeCounts(): readonly Profiler.ScriptCoverage[] {
  if (session === undefined) {
    session = new Session();
    session.connect();
    session.post('Profiler.enable');
    session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  }
  let taken: readonly Profiler.ScriptCoverage[] = [];
  session.post('Profiler.takePreciseCoverage', (error, answer) => {
    if (error) throw error;
    taken = answer.result;
  });
  return taken;
}

takeCounts();

/** The blocks of JavaScript that `run`, which must be synchronous, executes. */
export function countBlocks(run: () => void): number {
  takeCounts();
  run();
  return blocksSince();
}

/** The blocks of JavaScript that were executed since this was last asked. */
export function blocksSince(): number {
  const ranges = takeCounts().flatMap(({ functions }) => functions.flatMap((one) => one.ranges));
  return ranges.reduce((sum, { count }) => sum + count, 0);
}

/** The work for an input of a size, and how many times as much it is for one of double the size. */
export interface WorkGrowth {
  readonly blocks: number;
  readonly factor: number;
}

/** About 2 for work in proportion to the size, 4 and more for quadratic work, 1 where the size does not matter. */
export function growthOf<Input>(
  size: number,
  inputOf: (size: number) => Input,
  read: (input: Input) => unknown,
): WorkGrowth {
  // The first run also does what is done once: tables are filled, parts are loaded.
  const [small, large] = [inputOf(size), inputOf(2 * size)];
  read(small);
  const blocks = countBlocks(() => void read(small));
  return { blocks, factor: countBlocks(() => void read(large)) / blocks };
}

/** What a linear reader may need for double the input: a little more than twice, for what happens by steps (tables that grow). */
export const LINEAR = 2.3;
