/** A preview that no link holds, as the entry of the browser's history keeps it: a file's or a pasted text's. */
interface KeptPreview {
  /** The bundle as JSON. It is read again like any text that comes in. */
  readonly text: string;
  readonly source: string;
}

const KEY = 'previewedPolicy';

/** What the present entry of the history says is previewed: a link's fragment, or a kept bundle. Empty where it is the user's own work. */
export interface PreviewPlace {
  readonly fragment: string;
  readonly kept: KeptPreview | undefined;
}

export function presentPlace(): PreviewPlace {
  return { fragment: location.hash.length < 2 ? '' : location.hash, kept: keptIn(history.state) };
}

export const samePlace = (a: PreviewPlace | undefined, b: PreviewPlace): boolean =>
  a !== undefined && a.fragment === b.fragment && a.kept?.text === b.kept?.text;

/** History is storage like any other: nothing in it is trusted. */
function keptIn(state: unknown): KeptPreview | undefined {
  const kept: unknown =
    typeof state === 'object' && state !== null ? (state as Record<string, unknown>)[KEY] : undefined;
  if (typeof kept !== 'object' || kept === null) return undefined;
  const { text, source } = kept as Record<string, unknown>;
  return typeof text === 'string' && typeof source === 'string' ? { text, source } : undefined;
}

/** Makes a preview an entry of the history, so that it survives a reload, and Back leaves it. One that is too large for that is only shown. */
export function enterPreview(kept: KeptPreview): void {
  try {
    history.pushState({ [KEY]: kept }, '', ownAddress());
  } catch {
    // A browser limits the size of an entry.
  }
}

/** The user's own work becomes an entry of the history after the preview, so that Back shows the preview again. */
export function leavePreview(): void {
  const { fragment, kept } = presentPlace();
  if (fragment !== '' || kept !== undefined) history.pushState(null, '', ownAddress());
}

/** Takes a link that could not be read out of the address. */
export const dropFragment = (): void => history.replaceState(null, '', ownAddress());

const ownAddress = (): string => location.pathname + location.search;
