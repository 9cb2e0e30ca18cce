import { useEffect, useState, type ReactElement } from 'react';
import { flushSync } from 'react-dom';

/** The report that is printed in place of the workbench; undefined while nothing is printed. Its code is fetched once the page is used. */
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
    const used = new AbortController();
    const whenUsed = () => {
      used.abort();
      load();
    };
    for (const sign of SIGNS_OF_USE) addEventListener(sign, whenUsed, { signal: used.signal });
    const onPaper = matchMedia('print');
    const follow = () => setPrinting(onPaper.matches);
    // The page is printed as it is when the event has been handled.
    const before = () => flushSync(() => setPrinting(true));
    const after = () => setPrinting(false);
    onPaper.addEventListener('change', follow);
    addEventListener('beforeprint', before);
    addEventListener('afterprint', after);
    return () => {
      used.abort();
      onPaper.removeEventListener('change', follow);
      removeEventListener('beforeprint', before);
      removeEventListener('afterprint', after);
    };
  }, []);
  return printing ? report : undefined;
}

/** Ctrl+P begins with a key, and the browser's menu is reached across the page. */
const SIGNS_OF_USE = ['pointermove', 'pointerdown', 'keydown'];
