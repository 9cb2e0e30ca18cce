import { useCallback, useDeferredValue, useEffect, useState } from 'react';
import { readSizes, type PaneSizes, type SizedPane } from './pane-sizes';

const KEY = 'policy-playground.pane-sizes';

/** The sizes of the panes, remembered in this browser. */
export function usePaneSizes() {
  const [sizes, setSizes] = useState<PaneSizes>(stored);
  const setSize = useCallback(
    (pane: SizedPane, size: number | undefined) =>
      setSizes(({ [pane]: _before, ...others }) => (size === undefined ? others : { ...others, [pane]: size })),
    [],
  );
  // Once a frame is enough while an edge is dragged.
  const settled = useDeferredValue(sizes);
  useEffect(() => keep(settled), [settled]);
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
