/** Once what is under way is on the screen: for work that would otherwise hold the page up in one piece with it. */
export const nextTask = (): Promise<void> => new Promise((done) => setTimeout(done));
