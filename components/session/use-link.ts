'use client';
import { useCallback, useEffect, useRef, useState } from 'react';
import { writeBundle, type Bundle, type BundleWarning } from '@/lib/bundle';
import { dropFragment, enterPreview, leavePreview, presentPlace, samePlace, type PreviewPlace } from './preview-place';
import { refusalOf, type Refusal } from './refusal';

export interface BundlePreview {
  readonly bundle: Bundle;
  readonly warnings: readonly BundleWarning[];
  /** Where it came from, in words: "the link", or a file's name. */
  readonly source: string;
}

export interface LinkState {
  /** A previewed policy, which does not change the user's own work. */
  readonly preview: BundlePreview | undefined;
  readonly refused: Refusal | undefined;
  show(preview: BundlePreview): void;
  refuse(refusal: Refusal): void;
  close(): void;
}

/**
 * The policy that the address names: that of a link, or one that the entry of the history keeps. It is a place: it survives a reload, Back and
 * Forward go to it and from it, and it never changes what is stored. A damaged link is refused with its reason, and opens nothing.
 */
export function useLink(): LinkState {
  const [preview, setPreview] = useState<BundlePreview>();
  const [refused, refuse] = useState<Refusal>();
  const shown = useRef<PreviewPlace>(undefined);

  const show = useCallback((next: BundlePreview) => {
    refuse(undefined);
    setPreview(next);
    enterPreview({ text: writeBundle(next.bundle), source: next.source });
    shown.current = presentPlace();
  }, []);
  const close = useCallback(() => {
    setPreview(undefined);
    refuse(undefined);
    leavePreview();
    shown.current = presentPlace();
  }, []);

  useEffect(() => {
    async function follow() {
      const place = presentPlace();
      // One change of the address is announced by two events.
      if (samePlace(shown.current, place)) return;
      const text = place.fragment === '' ? place.kept?.text : place.fragment;
      const before = shown.current;
      shown.current = place;
      if (text === undefined) {
        setPreview(undefined);
        return;
      }
      const { readWhole } = await import('@/lib/intake');
      const read = readWhole(text);
      // Another fragment, such as that of a heading.
      if (read.form === undefined) {
        shown.current = before;
        return;
      }
      if (read.ok) {
        refuse(undefined);
        const source = place.fragment === '' ? (place.kept?.source ?? '') : 'the link';
        setPreview({ bundle: read.bundle, warnings: read.warnings, source });
        return;
      }
      refuse(refusalOf(read));
      dropFragment();
      shown.current = presentPlace();
    }
    const onChange = () => void follow();
    onChange();
    window.addEventListener('hashchange', onChange);
    window.addEventListener('popstate', onChange);
    return () => {
      window.removeEventListener('hashchange', onChange);
      window.removeEventListener('popstate', onChange);
    };
  }, []);

  return { preview, refused, show, refuse, close };
}
