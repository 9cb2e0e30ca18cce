/** What starts in its turn. */
export interface Starter {
  /** How far it is from the visible part of the page, in pixels; 0 where it is visible. */
  distance(): number;
  /** Starts it; `done` is called once the next one may start, more than once does no harm. */
  start(done: () => void): void;
}

/**
 * Starts one after another, each in idle time, those first that are nearest to the visible part of the page. Frames of one origin share a
 * thread, and where that is the page's own, five that start together would hold up its scrolling.
 */
export class StartQueue {
  readonly #whenIdle: (task: () => void) => void;
  readonly #waiting = new Set<Starter>();
  #busy = false;

  constructor(whenIdle: (task: () => void) => void) {
    this.#whenIdle = whenIdle;
  }

  add(one: Starter): void {
    this.#waiting.add(one);
    this.#next();
  }

  remove(one: Starter): void {
    this.#waiting.delete(one);
  }

  #next(): void {
    if (this.#busy || this.#waiting.size === 0) return;
    this.#busy = true;
    this.#whenIdle(() => {
      // The reader may have scrolled since they were added.
      const [nearest] = [...this.#waiting].sort((a, b) => a.distance() - b.distance());
      if (nearest === undefined) this.#busy = false;
      else this.#begin(nearest);
    });
  }

  #begin(one: Starter): void {
    this.#waiting.delete(one);
    let isDone = false;
    one.start(() => {
      if (isDone) return;
      isDone = true;
      this.#busy = false;
      this.#next();
    });
  }
}

/** Runs a task once the page has nothing else to do, at the latest after 300 ms. */
export function whenIdle(task: () => void): void {
  // Safari has no idle callbacks.
  if (typeof requestIdleCallback === 'function') requestIdleCallback(task, { timeout: 300 });
  else setTimeout(task, 50);
}

/** How far an element is from the visible part of the page, in pixels. */
export function distanceFromView(element: Element): number {
  const { top, bottom } = element.getBoundingClientRect();
  return Math.max(0, top - innerHeight, -bottom);
}
