import { useEffect, useState } from 'react';

/** How many entries of a list to draw by now: the first at once, the rest a few at a time, so that a long one does not hold the page up. */
export function useDrawn(count: number, first: number, more: number): number {
  const [drawn, setDrawn] = useState(first);
  useEffect(() => {
    if (drawn >= count) return undefined;
    const timer = setTimeout(() => setDrawn(drawn + more));
    return () => clearTimeout(timer);
  }, [drawn, count, more]);
  return drawn;
}
