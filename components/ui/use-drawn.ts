import { useEffect, useState } from 'react';

/** How many entries of a list to render now: the first at once, the rest a few at a time, so that a long list does not block the page. */
export function useDrawn(count: number, first: number, more: number): number {
  const [drawn, setDrawn] = useState(first);
  useEffect(() => {
    if (drawn >= count) return undefined;
    // One part for each frame: the layout of several at once would block the page.
    const frame = requestAnimationFrame(() => setDrawn(drawn + more));
    return () => cancelAnimationFrame(frame);
  }, [drawn, count, more]);
  return drawn;
}
