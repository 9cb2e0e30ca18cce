'use client';
import { useCallback, useEffect, useState } from 'react';
import type { Bundle, Problem } from '@/lib/bundle';

export interface Preview {
  readonly bundle: Bundle;
  readonly warnings: readonly Problem[];
  /** Where it came from, in words: "the link", or a file's name. */
  readonly source: string;
}

export interface LinkState {
  /** A policy that is looked at, beside one's own work, which it does not touch. */
  readonly preview: Preview | undefined;
  readonly refused: { readonly message: string; readonly problems: readonly Problem[] } | undefined;
  show(preview: Preview): void;
  refuse(message: string, problems?: readonly Problem[]): void;
  close(): void;
}

/**
 * The policy in the address bar. A link is opened at the start and whenever the fragment changes; it never changes what is stored, and
 * the fragment is taken out of the address once it has been read. A damaged link is refused in plain words, and opens nothing else.
 */
export function useLink(): LinkState {
  const [preview, setPreview] = useState<Preview>();
  const [refused, setRefused] = useState<LinkState['refused']>();

  const show = useCallback((next: Preview) => {
    setRefused(undefined);
    setPreview(next);
  }, []);
  const refuse = useCallback(
    (message: string, problems: readonly Problem[] = []) => setRefused({ message, problems }),
    [],
  );
  const close = useCallback(() => {
    setPreview(undefined);
    setRefused(undefined);
  }, []);

  useEffect(() => {
    async function open() {
      const { hash } = location;
      if (hash.length < 2) return;
      const { decodeLink, looksLikeLink } = await import('@/lib/bundle');
      if (!looksLikeLink(hash)) return;
      const decoded = decodeLink(hash);
      if (decoded.ok) show({ bundle: decoded.bundle, warnings: decoded.warnings, source: 'the link' });
      else refuse(decoded.refusal.message, decoded.refusal.problems);
      history.replaceState(history.state, '', location.pathname + location.search);
    }
    void open();
    const onHashChange = () => void open();
    window.addEventListener('hashchange', onHashChange);
    return () => window.removeEventListener('hashchange', onHashChange);
  }, [show, refuse]);

  return { preview, refused, show, refuse, close };
}
