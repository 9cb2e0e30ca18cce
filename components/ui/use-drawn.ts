import { useEffect, useState } from 'react';

/** How many entries of a list to draw by now: the first at once, the rest a few at a time, so that a long one does not hold the page up. */
export function useDrawn(count: number, first: number, more: number): number {
  const [drawn, setDrawn] = useState(first);
  useEffect(() => {
    if (drawn >= count) return undefined;
    // One part a frame: of several at once the laying out would hold the page up together.
    const frame = requestAnimationFrame(() => setDrawn(drawn + more));
    return () => cancelAnimationFrame(frame);
  }, [drawn, count, more]);
  return drawn;
}
