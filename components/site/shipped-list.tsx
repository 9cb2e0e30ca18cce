import { useEffect, useState } from 'react';
import { Button } from '../ui/button';

/** Something that ships with the app, as its list describes it. */
interface ShippedItem {
  readonly id: string;
  readonly title: string;
  readonly about: string;
}

/** A list that ships with the app; empty until it is there. `load` is the same function at every call. */
export function useShippedList<T>(load: () => Promise<readonly T[]>) {
  const [items, setItems] = useState<readonly T[]>([]);
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    let gone = false;
    load().then(
      (loaded) => !gone && setItems(loaded),
      (error: unknown) => !gone && setProblem(messageOf(error)),
    );
    return () => {
      gone = true;
    };
  }, [load]);
  return { items, problem, onFailed: (error: unknown) => setProblem(messageOf(error)) };
}

interface ShippedListProps<T extends ShippedItem> {
  items: readonly T[];
  /** How much there is of it: `12 calls`. */
  sizeOf(item: T): string;
  /** What choosing one does, for its button, and in full for a screen reader. */
  action: string;
  labelOf(item: T): string;
  disabled?: boolean;
  onChoose(item: T): void;
}

export function ShippedList<T extends ShippedItem>(props: ShippedListProps<T>) {
  const { items, sizeOf, action, labelOf, disabled = false, onChoose } = props;
  return (
    <ul className="divide-y divide-line">
      {items.map((item) => (
        <li key={item.id} className="flex items-center gap-3 py-1.5 text-sm">
          <span className="min-w-0 flex-1">
            <span className="font-medium">{item.title}</span>{' '}
            <span className="text-xs text-ink-2">
              {item.about}, {sizeOf(item)}
            </span>
          </span>
          <Button aria-label={labelOf(item)} disabled={disabled} onClick={() => onChoose(item)}>
            {action}
          </Button>
        </li>
      ))}
    </ul>
  );
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
