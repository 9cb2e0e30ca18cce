'use client';
import { clsx } from 'clsx';
import type { PointerEvent } from 'react';
import { FIRST_SIZES, sizeAfterKey, snapped, type PaneSizes, type SizedPane } from './pane-sizes';

interface PaneEdgesProps {
  sizes: PaneSizes;
  onSize(pane: SizedPane, size: number | undefined): void;
}

/** The edges between the panes of a wide screen: dragged, moved by arrow keys, folded by Enter, as at first again by a double click. */
export function PaneEdges(props: PaneEdgesProps) {
  return (
    <>
      <Edge {...props} pane="policy" label="Width of the policy" />
      <Edge {...props} pane="explanation" label="Height of the explanation" />
    </>
  );
}

function Edge({ sizes, onSize, pane, label }: PaneEdgesProps & { pane: SizedPane; label: string }) {
  const size = sizes[pane] ?? FIRST_SIZES[pane];
  const upright = pane === 'policy';

  function drag({ currentTarget: edge, pointerId, clientX, clientY }: PointerEvent<HTMLElement>) {
    if (!edge.hasPointerCapture(pointerId)) return;
    const around = edge.parentElement?.getBoundingClientRect();
    if (around === undefined) return;
    const percent = upright
      ? ((clientX - around.left) / around.width) * 100
      : ((around.bottom - clientY) / around.height) * 100;
    onSize(pane, snapped(pane, Math.min(100, Math.max(0, percent))));
  }
  return (
    <div
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation={upright ? 'vertical' : 'horizontal'}
      aria-valuenow={Math.round(size)}
      aria-valuetext={size === 0 ? 'folded' : `${Math.round(size)} %`}
      title={`${label}: drag it, or use the arrow keys; Enter folds, a double click brings back the first size`}
      onKeyDown={(event) => {
        const next = sizeAfterKey(pane, size, event.key);
        if (next === undefined) return;
        event.preventDefault();
        onSize(pane, next);
      }}
      onDoubleClick={() => onSize(pane, undefined)}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={drag}
      className={clsx(
        'z-20 touch-none max-lg:hidden hover:bg-accent/30 focus-visible:bg-accent/30',
        upright
          ? 'col-start-2 row-start-1 w-2 cursor-col-resize'
          : 'col-span-2 col-start-1 row-start-2 h-2 cursor-row-resize',
        // At the edge of the screen all of it stays in sight.
        upright && size < 100 && size > 0 && '-ml-1',
        upright && size === 100 && '-ml-2',
        !upright && (size > 0 ? '-mt-1' : '-mt-2'),
      )}
    />
  );
}
