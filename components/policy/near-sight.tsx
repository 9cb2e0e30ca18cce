'use client';
import { createContext, useCallback, useContext, useState, type ReactNode, type RefCallback } from 'react';
import type { Rule } from '@/lib/engine';

/** A list of up to this many rules is rendered whole. */
const SHORT_LIST = 40;
/** Of a longer list, this many rows are rendered whole before it is known what is visible. */
const FIRST_ROWS = 12;
const MARGIN = '500px 0px';
/** Assumed height in pixels of a row that was never rendered whole; with the line of its condition. */
const HEIGHT = 58;
const HEIGHT_WITH_CONDITION = 78;

type SightListener = (room: number | undefined) => void;

/** Notifies the rows of one scrolling element, the one with `data-scrolls`, when they come near the visible part, and when they leave. */
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

/** Whether the focus is in the row, or its menu is open. */
const isInUse = (row: Element): boolean =>
  row.contains(document.activeElement) || row.querySelector('[aria-expanded=true]') !== null;

const SightContext = createContext<SightObserver | undefined>(undefined);

/** Wraps the rows of `count` rules, because a page with tens of thousands of elements is slow. */
export function NearSight({ count, children }: { count: number; children: ReactNode }) {
  const [sight] = useState(() => new SightObserver());
  return <SightContext value={count > SHORT_LIST ? sight : undefined}>{children}</SightContext>;
}

/**
 * The height in pixels of a rule's row while it is far from the visible part and shows only the rule's name, or undefined where it is
 * rendered whole; and a ref for its element.
 */
export function useRoom({ condition }: Rule, position: number): readonly [number | undefined, RefCallback<Element>] {
  const sight = useContext(SightContext);
  const [room, setRoom] = useState(() =>
    sight === undefined || position <= FIRST_ROWS ? undefined : condition === null ? HEIGHT : HEIGHT_WITH_CONDITION,
  );
  const watch = useCallback((row: Element | null) => (row === null ? undefined : sight?.watch(row, setRoom)), [sight]);
  return [sight === undefined ? undefined : room, watch];
}
