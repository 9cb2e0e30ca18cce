'use client';
import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual';
import {
  Fragment,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type Ref,
  type RefObject,
} from 'react';
import { onShowRow } from './show-row';
import type { RowPlace, VirtualRowsProps } from './row-place';

/** Rows that are drawn beyond each end of the visible part: a fast scroll shows no gap, and Tab finds the next row. */
const ROWS_BEYOND = 8;
/** The visible part before it is measured, in pixels. */
const FIRST_RECT = { width: 0, height: 640 };

/** The rows of a long list: those near the visible part, and elements as high as the others together (see `VirtualRows`). */
export function WindowedRows({ keys, rowHeight, space = 0, as = 'li', children }: VirtualRowsProps) {
  const before = useRef<GapElement>(null);
  const { scroller, above } = useScroller(before, keys);
  const inUse = useRowInUse(before, keys);
  const virtualizer = useVirtualizer<HTMLElement, HTMLElement>({
    count: keys.length,
    getScrollElement: () => scroller.current,
    estimateSize: rowHeight,
    getItemKey: useCallback((index: number) => keys[index] ?? index, [keys]),
    rangeExtractor: useCallback((range: Range) => rangeWith(range, inUse), [inUse]),
    overscan: ROWS_BEYOND,
    gap: space,
    scrollMargin: above,
    initialRect: FIRST_RECT,
    useFlushSync: false,
  });
  const { measureElement } = virtualizer;
  const placeOf = useMemo(() => rowPlaces(as, keys.length, measureElement), [as, keys.length, measureElement]);
  useEffect(
    () =>
      onShowRow((key) => {
        const index = keys.indexOf(key);
        if (index >= 0) virtualizer.scrollToIndex(index, { align: 'center' });
      }),
    [keys, virtualizer],
  );

  const items = virtualizer.getVirtualItems();
  const end = items.at(-1)?.end ?? above;
  return (
    <>
      <Gap as={as} ref={before} height={(items[0]?.start ?? above) - above} />
      {items.map(({ key, index, start }, i) => {
        const last = items[i - 1];
        return (
          <Fragment key={String(key)}>
            {last === undefined || last.index === index - 1 ? null : <Gap as={as} height={start - last.end - space} />}
            {children(index, placeOf(index))}
          </Fragment>
        );
      })}
      <Gap as={as} height={above + virtualizer.getTotalSize() - end} />
    </>
  );
}

type GapElement = HTMLLIElement & HTMLTableRowElement;

interface GapProps {
  as: 'li' | 'tr';
  height: number;
  ref?: Ref<GapElement>;
}

/** As high as the rows that are not drawn. */
function Gap({ as, height, ref }: GapProps) {
  if (as === 'li') return <li ref={ref} aria-hidden className="block border-0!" style={{ height }} />;
  return (
    <tr ref={ref} aria-hidden>
      <td style={{ height, padding: 0 }} />
    </tr>
  );
}

/** The element that scrolls the list, and how many pixels of its content are above the list. */
function useScroller(before: RefObject<HTMLElement | null>, keys: readonly string[]) {
  const scroller = useRef<HTMLElement>(null);
  const [above, setAbove] = useState(0);
  useLayoutEffect(() => {
    const first = before.current;
    const element = scrollerOf(first);
    scroller.current = element;
    if (first === null || element === null) return undefined;
    const observer = new ResizeObserver(() => {
      const top = first.getBoundingClientRect().top - element.getBoundingClientRect().top;
      setAbove(Math.round(top + element.scrollTop));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [before, keys]);
  return { scroller, above };
}

/** On a narrow screen some elements with the attribute do not scroll: one around them does. */
function scrollerOf(element: Element | null): HTMLElement | null {
  const scroller = element?.closest<HTMLElement>('[data-scrolls]') ?? null;
  if (scroller === null || getComputedStyle(scroller).overflowY !== 'visible') return scroller;
  return scrollerOf(scroller.parentElement);
}

/** The place of the row that was last focused or pressed, or -1: it stays drawn, or the focus, a menu or a drag would end as it leaves. */
function useRowInUse(before: RefObject<HTMLElement | null>, keys: readonly string[]): number {
  const [inUse, setInUse] = useState<string>();
  useEffect(() => {
    const list = before.current?.parentElement;
    const onUse = ({ target }: Event) => {
      const row = target instanceof Element ? target.closest<HTMLElement>('[data-index]') : null;
      if (row !== null) setInUse(keys[Number(row.dataset.index)]);
    };
    list?.addEventListener('focusin', onUse);
    list?.addEventListener('pointerdown', onUse);
    return () => {
      list?.removeEventListener('focusin', onUse);
      list?.removeEventListener('pointerdown', onUse);
    };
  }, [before, keys]);
  return inUse === undefined ? -1 : keys.indexOf(inUse);
}

function rangeWith(range: Range, inUse: number): number[] {
  const indexes = defaultRangeExtractor(range);
  if (inUse < 0 || indexes.includes(inUse)) return indexes;
  return [...indexes, inUse].sort((a, b) => a - b);
}

/** The place of each row, the same object each time: rows are memoized. */
function rowPlaces(as: 'li' | 'tr', count: number, ref: RowPlace['ref']): (index: number) => RowPlace {
  const places = new Map<number, RowPlace>();
  return (index) => {
    const place = places.get(index) ?? {
      ref,
      'data-index': index,
      ...(as === 'li' ? { 'aria-posinset': index + 1, 'aria-setsize': count } : { 'aria-rowindex': index + 2 }),
    };
    places.set(index, place);
    return place;
  };
}
