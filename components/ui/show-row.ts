type RowScroller = (key: string) => void;

const scrollers = new Set<RowScroller>();

/** Registers a list that draws a part of its rows: `scrollTo` scrolls to the row with a key, if the list has it. Returns the end of it. */
export function onShowRow(scrollTo: RowScroller): () => void {
  scrollers.add(scrollTo);
  return () => void scrollers.delete(scrollTo);
}

/** Scrolls every list on the page that has a row with this key, so that the row is drawn with one of the next frames. */
export const showRow: RowScroller = (key) => scrollers.forEach((scrollTo) => scrollTo(key));
