import { SHORTCUTS } from './shortcuts';

export function ShortcutTable() {
  return (
    <dl className="my-3 grid max-w-prose grid-cols-[minmax(0,2fr)_minmax(0,3fr)] gap-x-4 gap-y-1.5">
      {SHORTCUTS.map(([keys, meaning]) => (
        <div key={keys} className="col-span-2 grid grid-cols-subgrid">
          <dt className="font-mono text-xs leading-5">{keys}</dt>
          <dd className="text-ink-2">{meaning}</dd>
        </div>
      ))}
    </dl>
  );
}
