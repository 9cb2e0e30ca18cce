import { useMemo } from 'react';
import { portabilityWarning } from '@/lib/engine';
import { useKnown } from '../session/use-catalog';
import type { SentenceTopic } from './sentence';
import { findSuggestions, suggestionsFor } from './suggestions';
import { beginningWith, isOnlyBeginning, isPattern, knownTools, matchTools, matchWords } from './tool-matches';
import { useMatchers } from './use-matchers';

interface TypedEntryOptions {
  readonly place: SentenceTopic;
  /** Those that were chosen already. */
  readonly values: readonly string[];
  /** Resources that the rule covers. */
  readonly resources: readonly string[];
  readonly text: string;
}

/** What is known of the text that is being typed: what it matches, what begins with it, and what to warn of. */
export function useTypedEntry({ place, values, resources, text }: TypedEntryOptions) {
  const known = useKnown();
  const wanted = text.trim();
  const ofTools = place === 'tools';
  const suggestions = useMemo(() => suggestionsFor(place, known, resources), [place, known, resources]);
  const tools = useMemo(() => knownTools(known, resources), [known, resources]);
  const matcherOf = useMatchers(ofTools ? [...values, wanted] : []);
  const byPattern = ofTools && isPattern(wanted);
  const matches = useMemo(
    () => (ofTools && wanted !== '' && matcherOf ? matchTools([wanted], tools, matcherOf) : undefined),
    [ofTools, wanted, tools, matcherOf],
  );
  const wider = useMemo(() => (ofTools ? beginningWith(wanted, tools) : undefined), [ofTools, wanted, tools]);
  const found = useMemo(
    () => (byPattern ? [] : findSuggestions(suggestions, wanted).filter(({ value }) => value !== wanted)),
    [byPattern, suggestions, wanted],
  );
  const nearest = wider ?? found.find(({ value }) => value.startsWith(wanted))?.value;
  const nothingKnown = suggestions.length === 0;
  const isUnknown = !nothingKnown && !ofTools && wanted !== '' && !suggestions.some(({ value }) => value === wanted);
  const unknownWords = isUnknown && found.length === 0 ? 'not among what is known: kept as you typed it' : undefined;
  return {
    wanted,
    found,
    nothingKnown,
    /** The tools that a typed pattern matches; undefined while no pattern is typed. */
    matched: byPattern ? matches?.inside : undefined,
    /** A pattern for all tools that begin with what is typed, else a known tool that does. */
    nearest: wanted === '' ? undefined : nearest,
    /** Whether the text by itself is nothing known, so that Enter takes what begins with it. */
    onlyBeginning:
      ofTools &&
      isOnlyBeginning(
        wanted,
        nearest,
        suggestions.map(({ value }) => value),
      ),
    verdict: matches === undefined ? unknownWords : matchWords(matches, tools),
    warning: ofTools ? portabilityWarning(wanted) : undefined,
    /** What a tool pattern matches, in words. */
    wordsOf: (pattern: string) =>
      matcherOf && ofTools ? matchWords(matchTools([pattern], tools, matcherOf), tools) : undefined,
  };
}

export type TypedEntry = ReturnType<typeof useTypedEntry>;
