'use client';
import { useEffect } from 'react';
import { siteAddress } from '../site/site-address';

/** Loads `embed.js` once the page is there; the elements then start when they come near the visible part of it. */
export function EmbedScript() {
  useEffect(() => {
    const src = siteAddress('embed.js');
    if (document.querySelector(`script[src="${src}"]`) !== null) return;
    document.head.append(Object.assign(document.createElement('script'), { src }));
  }, []);
  return null;
}
