'use client';
import { useEffect, useRef } from 'react';
import { repeatUses } from './first-use';

/** Where the page's first screen is drawn at build. */
const PLACE = 'first-screen';
/** What `html` says of the start of the page: absent once it is started. Written first by scripts/lib/scripts-on-use.mjs. */
const STATE = 'start';
/** A visitor with this in their storage finds their own work instead of the first screen. Not among the preferences: it does not travel. */
export const VISITED = 'policy-playground:visited';
/** What does not come in so many milliseconds is not waited for. */
const PATIENCE = 10_000;

/** An empty place, which the build fills (scripts/lib/first-screens.mjs). React leaves its content as it is. */
export const FirstScreen = () => <div id={PLACE} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: '' }} />;

interface FirstScreenEndProps {
  /** Whether the started page shows what was drawn. */
  there: boolean;
}

/**
 * Takes the drawn screen away when the same is there to be used, and does again what was done with it. Where the visitor's own work is opened,
 * it does so at once.
 */
export function FirstScreenEnd({ there }: FirstScreenEndProps) {
  const ended = useRef(false);
  useEffect(() => {
    const end = () => {
      if (ended.current) return;
      ended.current = true;
      endFirstScreen();
    };
    if (there || document.documentElement.dataset[STATE] !== 'loads') {
      end();
      return undefined;
    }
    const timer = setTimeout(end, PATIENCE);
    return () => clearTimeout(timer);
  }, [there]);
  return null;
}

function endFirstScreen(): void {
  try {
    localStorage.setItem(VISITED, '1');
  } catch {
    // Storage is refused: each visit is a first one.
  }
  const { dataset } = document.documentElement;
  const { firstUses = [] } = window;
  // From here on no use is kept any more.
  delete window.firstUses;
  dataset[STATE] = 'ends';
  const place = document.getElementById(PLACE);
  if (place !== null) {
    // INVARIANT: the place is still drawn here: elements that are not drawn have no counterparts.
    void repeatUses(firstUses, place);
    // The place itself is React's.
    place.hidden = true;
    place.replaceChildren();
  }
  delete dataset[STATE];
}
