'use client';
import { useCallback, useMemo, useState } from 'react';
import type { ReplayClient } from '@/lib/worker';
import { useAnswer } from '../session/use-answer';

export interface EntrySearch {
  readonly text: string;
  setText(text: string): void;
  /** Of these places, those whose entries have the text in them; all of them until the first answer is there. */
  narrow(places: Uint32Array): Uint32Array;
  /** An answer to an earlier text is shown. */
  readonly isBehind: boolean;
}

/** Searches the entries of a log in the worker. */
export function useEntrySearch(client: ReplayClient, log: number): EntrySearch {
  const [text, setText] = useState('');
  const sought = text.trim();
  const question = useMemo(() => (sought === '' ? undefined : { log, text: sought }), [log, sought]);
  const ask = useCallback((params: NonNullable<typeof question>) => client.ask('findEntries', params), [client]);
  const { answer, current } = useAnswer(question, ask);
  const found = useMemo(() => (answer === undefined ? undefined : new Set(answer)), [answer]);
  const narrow = useCallback(
    (places: Uint32Array) => (found === undefined ? places : places.filter((place) => found.has(place))),
    [found],
  );
  return { text, setText, narrow, isBehind: question !== undefined && !current };
}
