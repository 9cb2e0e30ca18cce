/** Longer than any frame is to take. Milliseconds. */
const BACKGROUND_MS = 100;

/** Before the page is drawn next; soon, where it is in the background and not drawn at all. Gives what takes it back. */
export function nextFrame(run: () => void): () => void {
  const timer = setTimeout(once, BACKGROUND_MS);
  const frame = requestAnimationFrame(once);
  function cancel() {
    clearTimeout(timer);
    cancelAnimationFrame(frame);
  }
  function once() {
    cancel();
    run();
  }
  return cancel;
}

/** Once the page has been drawn with what was changed before. Gives what takes it back. */
export function afterFrame(run: () => void): () => void {
  let cancel = nextFrame(() => {
    const timer = setTimeout(run);
    cancel = () => clearTimeout(timer);
  });
  return () => cancel();
}
