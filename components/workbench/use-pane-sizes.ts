import { useCallback, useState } from 'react';
import { readSizes, type PaneSizes, type SizedPane } from './pane-sizes';

const KEY = 'policy-playground.pane-sizes';

/** The sizes of the panes, remembered in this browser. */
export function usePaneSizes() {
  const [sizes, setSizes] = useState<PaneSizes>(stored);
  const setSize = useCallback(
    (pane: SizedPane, size: number | undefined) =>
      setSizes((now) => {
        const { [pane]: _before, ...others } = now;
        const next = size === undefined ? others : { ...others, [pane]: size };
        keep(next);
        return next;
      }),
    [],
  );
  return { sizes, setSize };
}

function stored(): PaneSizes {
  try {
    return readSizes(localStorage.getItem(KEY));
  } catch {
    // A browser may refuse storage: the sizes are as at first.
    return {};
  }
}

function keep(sizes: PaneSizes): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(sizes));
  } catch {
    // They hold until the page is left.
  }
}
