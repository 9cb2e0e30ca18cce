/** The code that a question needs could not be fetched, however often it was tried. The question can be asked again. */
export class UnloadedError extends Error {
  override readonly name = 'UnloadedError';
  constructor() {
    super('a part of the program could not be loaded; try again once the server can be reached');
  }
}
