/** So many steps are done between two pauses: a step is as much as to look one thing up. */
export const STEPS_BETWEEN_PAUSES = 2_000;
/** What deciding one call counts for. */
export const STEPS_OF_DECISION = 50;

/** The work is no longer wanted. */
export class WorkStopped extends Error {}

/** Counts the steps of long work, and lets others work after every so many. */
export class PacedWork {
  #steps = 0;

  /** `pause` lets others work, and says whether to go on. */
  constructor(private readonly pause: () => Promise<boolean> = () => Promise.resolve(true)) {}

  /** Counts steps that were done; true where a pause is due. */
  did(steps: number): boolean {
    return (this.#steps += steps) >= STEPS_BETWEEN_PAUSES;
  }

  /** Throws `WorkStopped` where the work is not to go on. */
  async rest(): Promise<void> {
    this.#steps = 0;
    if (!(await this.pause())) throw new WorkStopped();
  }
}
