'use client';
import { Search } from 'lucide-react';
import { useEffect, useState } from 'react';

const SEARCH_DELAY_MS = 150;

/** Filters after a short pause in typing, so that a long trace is not searched for every letter. */
export function SearchBox({ text, onText }: { text: string; onText(text: string): void }) {
  const [typed, setTyped] = useState(text);
  const [given, setGiven] = useState(text);
  if (given !== text) {
    setGiven(text);
    setTyped(text);
  }
  useEffect(() => {
    if (typed === text) return undefined;
    const timer = setTimeout(() => onText(typed), SEARCH_DELAY_MS);
    return () => clearTimeout(timer);
  }, [typed, text, onText]);
  return (
    <label className="relative flex-[2_1_14rem]">
      <span className="sr-only">Search in calls</span>
      <Search
        size={13}
        aria-hidden
        className="pointer-events-none absolute top-1/2 left-2 -translate-y-1/2 text-ink-3"
      />
      <input
        type="search"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        placeholder="Search arguments, people…"
        className="h-7 w-full rounded-md border border-line bg-paper pr-2 pl-7 text-sm placeholder:text-ink-3 pointer-coarse:h-10"
      />
    </label>
  );
}
