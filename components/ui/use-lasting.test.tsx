// @vitest-environment jsdom
import { act, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { useLasting } from './use-lasting';

describe('what lasts', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());
  const pass = (milliseconds: number): void => act(() => void vi.advanceTimersByTime(milliseconds));

  it('is true after a moment, and no longer than its input', () => {
    const { result, rerender } = renderHook(useLasting, { initialProps: true });
    expect(result.current).toBe(false);
    pass(99);
    expect(result.current).toBe(false);
    pass(1);
    expect(result.current).toBe(true);
    rerender(false);
    expect(result.current).toBe(false);
  });

  it('begins anew each time', () => {
    const { result, rerender } = renderHook(useLasting, { initialProps: true });
    for (let key = 0; key < 5; key++) {
      pass(60);
      rerender(false);
      rerender(true);
      expect(result.current).toBe(false);
    }
    pass(100);
    expect(result.current).toBe(true);
    rerender(false);
    rerender(true);
    expect(result.current).toBe(false);
  });
});
