'use client';
import { createContext, useCallback, useContext, useState, type ReactNode, type RefCallback } from 'react';
import type { Rule } from '@/lib/engine';

/** A list of so many rules is drawn whole. */
const SHORT_LIST = 40;
/** Of a longer one, so many rows are drawn whole before it is known what is in sight. */
const FIRST_ROWS = 12;
const MARGIN = '500px 0px';
/** What a row is as high as that was never drawn whole, in pixels; with the line of its condition. */
const HEIGHT = 58;
const HEIGHT_WITH_CONDITION = 78;

type SightListener = (room: number | undefined) => void;

/** Tells the rows of one scrolling element, the one with `data-scrolls`, when they come near what is in sight, and when they leave. */
class SightObserver {
  #observer: IntersectionObserver | undefined;
  readonly #tell = new Map<Element, SightListener>();

  watch(row: Element, tell: SightListener): () => void {
    this.#observer ??= new IntersectionObserver((entries) => entries.forEach((entry) => this.#see(entry)), {
      root: row.closest('[data-scrolls]'),
      rootMargin: MARGIN,
    });
    this.#tell.set(row, tell);
    this.#observer.observe(row);
    return () => {
      this.#tell.delete(row);
      this.#observer?.unobserve(row);
      if (this.#tell.size > 0) return;
      this.#observer?.disconnect();
      this.#observer = undefined;
    };
  }

  #see({ target, isIntersecting, boundingClientRect }: IntersectionObserverEntry): void {
    if (isIntersecting) this.#tell.get(target)?.(undefined);
    // Where the list itself is out of sight, nothing is known of what comes near.
    else if (boundingClientRect.height > 0 && !isInUse(target)) this.#tell.get(target)?.(boundingClientRect.height);
  }
}

/** Whether somebody is in the row, or has its menu open. */
const isInUse = (row: Element): boolean =>
  row.contains(document.activeElement) || row.querySelector('[aria-expanded=true]') !== null;

const SightContext = createContext<SightObserver | undefined>(undefined);

/** Around the rows of `count` rules: a page with tens of thousands of elements is slow whatever is done on it. */
export function NearSight({ count, children }: { count: number; children: ReactNode }) {
  const [sight] = useState(() => new SightObserver());
  return <SightContext value={count > SHORT_LIST ? sight : undefined}>{children}</SightContext>;
}

/**
 * The room in pixels that a rule's row takes while it is far from what is in sight and says only the rule's name, or undefined where it is
 * to be drawn whole; and what has to be told of its element.
 */
export function useRoom({ condition }: Rule, position: number): readonly [number | undefined, RefCallback<Element>] {
  const sight = useContext(SightContext);
  const [room, setRoom] = useState(() =>
    sight === undefined || position <= FIRST_ROWS ? undefined : condition === null ? HEIGHT : HEIGHT_WITH_CONDITION,
  );
  const watch = useCallback((row: Element | null) => (row === null ? undefined : sight?.watch(row, setRoom)), [sight]);
  return [sight === undefined ? undefined : room, watch];
}
