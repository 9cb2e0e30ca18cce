/** Longer than any frame is to take. Milliseconds. */
const BACKGROUND_MS = 100;

/** Runs a function before the next paint, or soon where the page is in the background. Returns a function that cancels it. */
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

/** Runs a function after the next paint. Returns a function that cancels it. */
export function afterFrame(run: () => void): () => void {
  let cancel = nextFrame(() => {
    const timer = setTimeout(run);
    cancel = () => clearTimeout(timer);
  });
  return () => cancel();
}
