/** Runs a function after the next paint, as a separate task, so that it does not prolong the present one. */
export const nextTask = (): Promise<void> => new Promise((done) => setTimeout(done));
