import type { Call, Json } from '../engine';
import { wellFormed } from '../text';

/** A value of an argument with the number of calls that have it. */
export interface SeenValue {
  readonly value: string;
  readonly count: number;
}

const MOST_CHARACTERS = 200;

/** Counts what calls give for one argument, by its path below `request.args`; of a list, each of its texts. */
export class SeenValues {
  readonly #path: readonly string[];
  readonly #most: number;
  readonly #counts = new Map<string, number>();

  /** `most`: how many different values are kept apart. */
  constructor(path: readonly string[], most: number) {
    this.#path = path;
    this.#most = most;
  }

  add({ args }: Pick<Call, 'args'>): void {
    const value = this.#path.reduce<Json | undefined>(
      (at, key) => (isMembers(at) && Object.hasOwn(at, key) ? at[key] : undefined),
      args ?? undefined,
    );
    for (const text of new Set(Array.isArray(value) ? (value as readonly Json[]) : [value])) {
      if (typeof text !== 'string' || text === '' || text.length > MOST_CHARACTERS || wellFormed(text) !== text)
        continue;
      const count = this.#counts.get(text);
      if (count !== undefined || this.#counts.size < this.#most) this.#counts.set(text, (count ?? 0) + 1);
    }
  }

  /** The commonest first. */
  commonest(most: number): readonly SeenValue[] {
    return [...this.#counts]
      .map(([value, count]) => ({ value, count }))
      .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
      .slice(0, most);
  }
}

const isMembers = (value: Json | undefined): value is Readonly<Record<string, Json>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
