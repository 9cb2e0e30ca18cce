'use client';
import { useEffect, useState } from 'react';
import { loadMatchers, type MatcherFactory } from '@/lib/engine';
import { needsGlob } from './tool-matches';

/** Creates matchers for these patterns; undefined while the code is loading (patterns with more than `*` need a library). */
export function useMatchers(patterns: readonly string[]): MatcherFactory | undefined {
  const wanted = needsGlob(patterns);
  const [loaded, setLoaded] = useState<{ readonly factory: MatcherFactory; readonly glob: boolean }>();
  const enough = loaded !== undefined && (loaded.glob || !wanted);
  useEffect(() => {
    if (enough) return undefined;
    let gone = false;
    void loadMatchers(wanted ? ['?'] : []).then((factory) => {
      if (!gone) setLoaded({ factory, glob: wanted });
    });
    return () => {
      gone = true;
    };
  }, [enough, wanted]);
  return enough ? loaded.factory : undefined;
}
