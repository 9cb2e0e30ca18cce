'use client';
import { useEffect, type RefObject } from 'react';

/** Reports the height of an element whenever it changes, in CSS pixels, rounded up; at most once a frame. */
export function useHeight(element: RefObject<HTMLElement | null>, onHeight: (height: number) => void): void {
  useEffect(() => {
    const { current } = element;
    if (current === null) return undefined;
    let frame = 0;
    let last = -1;
    const report = () => {
      const height = Math.ceil(current.getBoundingClientRect().height);
      if (height === last) return;
      last = height;
      onHeight(height);
    };
    const observer = new ResizeObserver(() => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(report);
    });
    observer.observe(current);
    report();
    return () => {
      cancelAnimationFrame(frame);
      observer.disconnect();
    };
  }, [element, onHeight]);
}
