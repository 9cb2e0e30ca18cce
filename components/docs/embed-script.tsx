'use client';
import { useEffect } from 'react';
import { siteAddress } from '../site/site-address';

/** A first sign that the page is being read, not only loaded. */
const SIGNS_OF_USE = ['pointermove', 'pointerdown', 'wheel', 'scroll', 'keydown', 'focusin'] as const;

/**
 * Loads `embed.js` once the page is used; the elements then start when they come near the visible part of it. Until then the rules that
 * each element contains are shown, so that a page of text costs no engine and no editor.
 */
export function EmbedScript() {
  useEffect(() => {
    const src = siteAddress('embed.js');
    const used = new AbortController();
    const load = () => {
      used.abort();
      // A page may have several examples.
      if (document.querySelector(`script[src="${src}"]`) !== null) return;
      document.head.append(Object.assign(document.createElement('script'), { src }));
    };
    // A reader who followed a link of another page has used this one.
    if (navigator.userActivation.hasBeenActive) load();
    else for (const sign of SIGNS_OF_USE) window.addEventListener(sign, load, { signal: used.signal, passive: true });
    return () => used.abort();
  }, []);
  return null;
}
