import { conditionLiteral, pathOf, presence } from '../analysis';
import { MAX_CONDITION_LENGTH, type Call, type Json } from '../engine';
import { isObject } from '../json';
import { wellFormed } from '../text';
import { FEW_VALUES, REPEATED } from './model';

const MOST_APART = 200;
const MOST_KEYS = 100;
const MOST_CHARACTERS = 200;

/** What calls gave for one argument. */
interface ValuesOfKey {
  /** How many calls have it. */
  present: number;
  /** By the values as literals of a condition; undefined once they are too many, or one is no plain value. */
  counts: Map<string, number> | undefined;
}

/** What calls of one tool gave for their arguments. */
export class ArgumentValues {
  #calls = 0;
  #unknown = 0;
  #absent = 0;
  #tooMany = false;
  readonly #keys = new Map<string, ValuesOfKey>();

  add({ args }: Pick<Call, 'args'>): void {
    this.#calls++;
    if (args === undefined) this.#unknown++;
    else if (!isObject(args)) this.#absent++;
    else for (const [key, value] of Object.entries(args)) this.#count(key, value);
  }

  /** Names of all arguments that some call had. */
  get names(): readonly string[] {
    return [...this.#keys.keys()];
  }

  #count(key: string, value: Json): void {
    let found = this.#keys.get(key);
    if (found === undefined) {
      if (this.#keys.size >= MOST_KEYS) return void (this.#tooMany = true);
      this.#keys.set(key, (found = { present: 0, counts: new Map() }));
    }
    found.present++;
    const literal = isPlain(value) && wellFormed(key) === key ? conditionLiteral(value) : undefined;
    if (literal === undefined || found.counts === undefined) return void (found.counts = undefined);
    found.counts.set(literal, (found.counts.get(literal) ?? 0) + 1);
    if (found.counts.size > MOST_APART) found.counts = undefined;
  }

  /** Limits of the arguments with few values that came again and again. */
  limits(): readonly ArgumentLimit[] {
    if (this.#unknown > 0) return [];
    return [...this.#keys].flatMap(([key, { present, counts }]) => {
      if (counts === undefined || counts.size > FEW_VALUES || present < REPEATED * counts.size) return [];
      if (counts.has('true') && counts.has('false')) return [];
      return [{ key, literals: [...counts.keys()].sort(), mayLack: present < this.#calls }];
    });
  }

  /**
   * The limit of one argument that keeps most of these calls and none of the denied ones; undefined where there is none. An argument that
   * some call lacks is a value of its own.
   */
  limitAgainst(denied: ArgumentValues): ArgumentLimit | undefined {
    if (this.#unknown > 0 || denied.#unknown > 0 || this.#tooMany || denied.#tooMany) return undefined;
    let best: { readonly limit: ArgumentLimit; readonly kept: number } | undefined;
    for (const [key, { present, counts }] of this.#keys) {
      const refused = denied.#keys.get(key) ?? { present: 0, counts: new Map<string, number>() };
      if (counts === undefined || refused.counts === undefined) continue;
      const kept = [...counts].filter(([literal]) => !refused.counts?.has(literal));
      const mayLack = present < this.#calls && refused.present === denied.#calls;
      const calls = kept.reduce((sum, [, count]) => sum + count, mayLack ? this.#calls - present : 0);
      if (kept.length === 0 || calls <= (best?.kept ?? 0)) continue;
      best = { limit: { key, literals: kept.map(([literal]) => literal).sort(), mayLack }, kept: calls };
    }
    return best?.limit;
  }

  /** The condition that keeps arguments to their limits; null where there are none. Arguments past the length of a condition are left open. */
  conditionOf(limits: readonly ArgumentLimit[]): { readonly text: string; readonly keys: readonly string[] } | null {
    const parts: string[] = [];
    const keys: string[] = [];
    for (const limit of limits.toSorted((a, b) => (a.key < b.key ? -1 : 1))) {
      const part = partOf(limit, this.#absent > 0);
      if ([...parts, part].join(' && ').length > MAX_CONDITION_LENGTH) continue;
      parts.push(part);
      keys.push(limit.key);
    }
    const [only, ...more] = parts;
    if (only === undefined) return null;
    // Brackets around alternatives are for those that are joined with others.
    return { text: more.length === 0 ? only.replace(/^\((.*)\)$/s, '$1') : parts.join(' && '), keys };
  }
}

/** What an argument may be. */
export interface ArgumentLimit {
  readonly key: string;
  readonly literals: readonly string[];
  /** Whether it may be missing. */
  readonly mayLack: boolean;
}

/** Asks whether the argument is there before it reads it, so that no call errs for want of it. */
function partOf({ key, literals, mayLack }: ArgumentLimit, argsMayLack: boolean): string {
  const [path, there, [only = '', ...more]] = [pathOf([key]), presence([key]), literals];
  const test = more.length === 0 ? `${path} == ${only}` : `${path} in [${literals.join(', ')}]`;
  if (!mayLack) return `${argsMayLack ? 'has(request.args) && ' : ''}${there} && ${test}`;
  const lacks = there.startsWith('has(') ? `!${there}` : `!(${there})`;
  return `(${argsMayLack ? '!has(request.args) || ' : ''}${lacks} || ${test})`;
}

const isPlain = (value: Json): value is string | number | boolean | null =>
  value === null ||
  typeof value === 'boolean' ||
  typeof value === 'number' ||
  (typeof value === 'string' && value.length <= MOST_CHARACTERS && wellFormed(value) === value);
