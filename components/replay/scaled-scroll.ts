/**
 * Scrolling through more rows than a browser can draw an element for. A million rows of 28 pixels are 28,000,000 pixels high; Firefox draws
 * no element higher than 17,895,697 (2^30 units of a 60th of a pixel), so that with an element of the full height the last 360,000 rows
 * cannot be reached. Beyond `MOST_PIXELS` the element is shorter than the rows are together, and its scroll bar represents them at scale.
 * `@tanstack/react-virtual`, which draws the other long lists (`components/ui/README.md`), has an element of the full height only.
 *
 * A small step (the wheel, a finger, the page's own) moves the rows by as many pixels; a large one (the bar is dragged) goes to the rows that
 * the bar represents. Small steps let the two differ, and they are aligned as soon as the scrolling pauses.
 */
export const MOST_PIXELS = 8_000_000;

export interface ScrollExtent {
  readonly rows: number;
  readonly rowHeight: number;
  /** Height of the visible part of the rows. */
  readonly viewport: number;
}

/** `virtual`: pixels of rows above the first visible one; `bar`: the element's scroll position. */
export interface ScrollPosition {
  readonly virtual: number;
  readonly bar: number;
}

/** Height of the element. */
export const heightOf = ({ rows, rowHeight }: ScrollExtent): number => Math.min(MOST_PIXELS, rows * rowHeight);

export const lastVirtual = ({ rows, rowHeight, viewport }: ScrollExtent): number =>
  Math.max(0, rows * rowHeight - viewport);
export const lastBar = (extent: ScrollExtent): number => Math.max(0, heightOf(extent) - extent.viewport);

const clamped = (value: number, most: number): number => Math.min(most, Math.max(0, value));

/** The bar's position for a position of the rows. */
export function barFor(extent: ScrollExtent, virtual: number): number {
  const [rows, bar] = [lastVirtual(extent), lastBar(extent)];
  return rows === bar || rows === 0 ? clamped(virtual, bar) : (clamped(virtual, rows) / rows) * bar;
}

/** The rows' position for a position of the bar. */
function virtualFor(extent: ScrollExtent, bar: number): number {
  const [rows, most] = [lastVirtual(extent), lastBar(extent)];
  return rows === most || most === 0 ? clamped(bar, rows) : (clamped(bar, most) / most) * rows;
}

/** After the browser has scrolled to `bar`. */
export function scrolled(extent: ScrollExtent, { virtual, bar: before }: ScrollPosition, bar: number): ScrollPosition {
  const isScaled = lastVirtual(extent) !== lastBar(extent);
  const step = bar - before;
  const atEnd = bar <= 0 || bar >= lastBar(extent) - 1;
  if (!isScaled || atEnd || Math.abs(step) > 2 * extent.viewport) return { virtual: virtualFor(extent, bar), bar };
  return { virtual: clamped(virtual + step, lastVirtual(extent)), bar };
}

/** The rows to render: the visible ones and some around them. */
export function rowsInSight(
  { rows, rowHeight, viewport }: ScrollExtent,
  virtual: number,
): readonly [from: number, to: number] {
  const from = Math.max(0, Math.floor(virtual / rowHeight) - 8);
  return [from, Math.min(rows, Math.ceil((virtual + viewport) / rowHeight) + 8)];
}

/** The nearest position of the rows at which the given row is visible. */
export function toShow({ rowHeight, viewport }: ScrollExtent, virtual: number, row: number): number {
  const top = row * rowHeight;
  if (top < virtual) return top;
  return top + rowHeight > virtual + viewport ? top + rowHeight - viewport : virtual;
}
