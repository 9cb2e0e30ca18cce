'use client';
import { useCallback, useEffect, useState } from 'react';
import type { Bundle, BundleWarning } from '@/lib/bundle';
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
 * The policy in the address bar. A link is opened at the start and whenever the fragment changes; it never changes what is stored, and the
 * fragment is removed from the address once it has been read. A damaged link is refused with its reason, and opens nothing.
 */
export function useLink(): LinkState {
  const [preview, setPreview] = useState<BundlePreview>();
  const [refused, refuse] = useState<Refusal>();

  const show = useCallback((next: BundlePreview) => {
    refuse(undefined);
    setPreview(next);
  }, []);
  const close = useCallback(() => {
    setPreview(undefined);
    refuse(undefined);
  }, []);

  useEffect(() => {
    async function open() {
      const { hash } = location;
      if (hash.length < 2) return;
      const { readWhole } = await import('@/lib/intake');
      const read = readWhole(hash);
      // Another fragment, such as that of a heading.
      if (read.form === undefined) return;
      if (read.ok) show({ bundle: read.bundle, warnings: read.warnings, source: 'the link' });
      else refuse(refusalOf(read));
      history.replaceState(history.state, '', location.pathname + location.search);
    }
    void open();
    const onHashChange = () => void open();
    window.addEventListener('hashchange', onHashChange);
    return () => window.removeEventListener('hashchange', onHashChange);
  }, [show]);

  return { preview, refused, show, refuse, close };
}
