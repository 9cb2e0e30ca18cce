import { useEffect, useState } from 'react';

/** Shorter than this seems immediate. Milliseconds. */
const MOMENT = 100;

/** Whether a state has lasted longer than a moment; a shorter one would flicker with every key. */
export function useLasting(is: boolean): boolean {
  const [lasts, setLasts] = useState(false);
  useEffect(() => {
    if (!is) return undefined;
    const timer = setTimeout(() => setLasts(true), MOMENT);
    return () => {
      clearTimeout(timer);
      setLasts(false);
    };
  }, [is]);
  return is && lasts;
}
