'use client';
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import {
  barFor,
  heightOf,
  lastVirtual,
  rowsInSight,
  scrolled,
  toShow,
  type ScrollExtent,
  type ScrollPosition,
} from './scaled-scroll';

/** Pause in scrolling after which rows and bar are realigned, in milliseconds. */
const REST = 150;

/** Rows in a scroller, of which only the visible ones are rendered. `head`: height of the sticky part above them. */
export function useScaledRows(rows: number, rowHeight: number, head: number) {
  const scroller = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  const [position, setPosition] = useState<ScrollPosition>({ virtual: 0, bar: 0 });
  const extent: ScrollExtent = useMemo(
    () => ({ rows, rowHeight, viewport: Math.max(0, size.height - head) }),
    [rows, rowHeight, size.height, head],
  );
  const latest = useRef({ extent, position });

  const moveTo = useCallback((virtual: number) => {
    const { current: element } = scroller;
    const now = latest.current;
    if (element === null) return;
    const there = Math.min(lastVirtual(now.extent), Math.max(0, virtual));
    const bar = barFor(now.extent, there);
    // Setting or reading the scroll position forces a layout of the whole page.
    if (there === now.position.virtual && bar === now.position.bar) return;
    element.scrollTop = bar;
    const next = { virtual: there, bar: element.scrollTop };
    if (next.virtual === now.position.virtual && next.bar === now.position.bar) return;
    latest.current = { ...now, position: next };
    setPosition(next);
  }, []);

  useEffect(() => {
    const { current: element } = scroller;
    if (element === null) return undefined;
    let rest: ReturnType<typeof setTimeout> | undefined;
    const onScroll = () => {
      const now = latest.current;
      const next = scrolled(now.extent, now.position, element.scrollTop);
      if (next.virtual !== now.position.virtual || next.bar !== now.position.bar) {
        latest.current = { ...now, position: next };
        setPosition(next);
      }
      clearTimeout(rest);
      rest = setTimeout(() => moveTo(latest.current.position.virtual), REST);
    };
    const observer = new ResizeObserver(() => setSize({ width: element.clientWidth, height: element.clientHeight }));
    observer.observe(element);
    element.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      clearTimeout(rest);
      observer.disconnect();
      element.removeEventListener('scroll', onScroll);
    };
  }, [moveTo]);

  // With fewer rows, or a lower pane, the position must stay within the rows.
  useLayoutEffect(() => {
    latest.current = { ...latest.current, extent };
    moveTo(latest.current.position.virtual);
  }, [extent, moveTo]);

  const show = useCallback(
    (row: number) => moveTo(toShow(latest.current.extent, latest.current.position.virtual, row)),
    [moveTo],
  );

  const [from, to] = rowsInSight(extent, position.virtual);
  return {
    scroller,
    /** Width of the visible part, in pixels. */
    width: size.width,
    height: heightOf(extent),
    viewport: extent.viewport,
    /** The rows to render; the end is exclusive. */
    from,
    to,
    /** The offset of a row in the element. */
    topOf: (row: number) => row * rowHeight - position.virtual + position.bar,
    rowsAPage: Math.max(1, Math.floor(extent.viewport / rowHeight) - 1),
    show,
  };
}
