/** A part of the worker whose code is loaded when it is first needed. Where it did not come, the next question fetches it again. */
export function lateDesk<T>(load: () => Promise<T>): () => Promise<T> {
  let loaded: Promise<T> | undefined;
  return () => {
    if (loaded === undefined) {
      loaded = load();
      loaded.catch(() => (loaded = undefined));
    }
    return loaded;
  };
}
