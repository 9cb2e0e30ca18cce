import { useEffect, useState } from 'react';

/** Up to here something seems to happen at once. Milliseconds. */
const MOMENT = 100;

/** Whether something has been so for longer than a moment: what is over sooner would only flicker, with every key that is typed. */
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
