import { useEffect, useState, type ReactElement } from 'react';
import { flushSync } from 'react-dom';

/** The report that is printed in place of the workbench; undefined while nothing is printed. Its code is fetched when the page is idle. */
export function usePrinting(): ReactElement | undefined {
  const [report, setReport] = useState<ReactElement>();
  const [printing, setPrinting] = useState(false);
  useEffect(() => {
    // Where it fails, the workbench itself is printed.
    const load = () =>
      void import('./print-report').then(
        (module) => setReport(<module.PrintReport />),
        () => undefined,
      );
    const timer = setTimeout(load, AFTER_FIRST_SCREEN);
    const onPaper = matchMedia('print');
    const follow = () => setPrinting(onPaper.matches);
    // The page is printed as it is when the event has been handled.
    const before = () => flushSync(() => setPrinting(true));
    const after = () => setPrinting(false);
    onPaper.addEventListener('change', follow);
    addEventListener('beforeprint', before);
    addEventListener('afterprint', after);
    return () => {
      clearTimeout(timer);
      onPaper.removeEventListener('change', follow);
      removeEventListener('beforeprint', before);
      removeEventListener('afterprint', after);
    };
  }, []);
  return printing ? report : undefined;
}

/** Milliseconds. */
const AFTER_FIRST_SCREEN = 3000;
