'use client';
import { useCallback, useState, type KeyboardEvent } from 'react';
import { siteAddress } from '../site/site-address';
import { TextInput } from '../ui/field';
import { counted } from '../ui/words';
import { loadDocsSearch, type DocsSearchIndex } from './search-index';

/** Searches all pages. The index is loaded when the field is first used. */
export function DocsSearch() {
  const [search, setSearch] = useState<DocsSearchIndex>();
  const [failed, setFailed] = useState(false);
  const [query, setQuery] = useState('');
  const [open, setOpen] = useState(false);

  const start = useCallback(() => {
    setOpen(true);
    setFailed(false);
    loadDocsSearch().then(
      (loaded) => setSearch(() => loaded),
      () => setFailed(true),
    );
  }, []);
  // The page is read before its scripts have come: what was typed until then is searched for, too.
  const takeUp = useCallback(
    (element: HTMLElement | null) => {
      const field = element?.querySelector('input');
      if (!field || (field.value === '' && document.activeElement !== field)) return;
      setQuery(field.value);
      start();
    },
    [start],
  );

  const asked = query.trim();
  const results = search === undefined || asked === '' ? [] : search(asked);
  const said = failed
    ? 'The index of the search could not be loaded.'
    : search === undefined
      ? 'Loading the index…'
      : results.length === 0
        ? `No page has “${asked}”.`
        : counted(results.length, 'place');
  return (
    <search
      ref={takeUp}
      className="relative ml-auto w-full sm:w-72"
      onKeyDown={moveInResults}
      onBlur={({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget)) setOpen(false);
      }}
    >
      <TextInput
        type="search"
        aria-label="Search the documentation"
        placeholder="Search"
        value={query}
        onFocus={start}
        onChange={({ target }) => {
          setQuery(target.value);
          setOpen(true);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape') setOpen(false);
        }}
      />
      {!open || asked === '' ? null : (
        <div className="absolute inset-x-0 top-full z-20 mt-1 max-h-[70dvh] overflow-auto rounded-md border border-line bg-paper p-1 shadow-float">
          <p role="status" className="px-2 py-1 text-xs text-ink-2">
            {said}
          </p>
          <ul aria-label="Results">
            {results.map(({ title, heading, address, excerpt }) => (
              <li key={address}>
                <a
                  href={siteAddress(`docs/${address}`)}
                  onClick={() => setOpen(false)}
                  className="block rounded px-2 py-1.5 text-sm hover:bg-sunken focus-visible:bg-sunken"
                >
                  <span className="font-medium">{heading === '' ? title : heading}</span>
                  {heading === '' ? null : <span className="text-ink-2"> · {title}</span>}
                  <span className="line-clamp-2 text-xs text-ink-2">{excerpt}</span>
                </a>
              </li>
            ))}
          </ul>
        </div>
      )}
    </search>
  );
}

/** The arrow keys go from the field to the results, and through them. */
function moveInResults(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0) return;
  const places = [...event.currentTarget.querySelectorAll<HTMLElement>('input, a')];
  const next = places[places.findIndex((one) => one === document.activeElement) + step];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}
