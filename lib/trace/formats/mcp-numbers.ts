import { NUMBER_MARK } from './mcp-surroundings';

/** One number among equal words. It counts the messages while each is the one before it plus one. */
interface Counting {
  last: number;
  messages: number;
  /** Whether it never leapt, and never came again. */
  steady: boolean;
}

/** From surroundings to those that are meant since; undefined where they were those of several connections. */
export type RenamedSurroundings = readonly [from: string, to: string | undefined];

const MARKED = new RegExp(`(?<=^|\\s)${NUMBER_MARK}(\\d+)(?=\\s|$)`, 'g');
/** So many messages in a row show that a number counts them; before that it is taken as a name, which never lends too much. */
const PROOF = 4;
/** So many different words are distinguished; a hostile log has no more. */
const MOST_SHAPES = 1_000;

/**
 * The numbers that a log writes around its messages (`[202]`, `pid 202`): those that name a connection belong to the surroundings, and one
 * that counts the messages (7, 8, 9, 10) does not.
 */
export class SurroundingNumbers {
  readonly #shapes = new Map<string, { counting: readonly Counting[]; texts: string[] }>();

  /** The surroundings with the numbers that name a connection, and what earlier ones are called from now on. */
  read(surroundings: string): { readonly text: string; readonly renamed: readonly RenamedSurroundings[] } {
    const numbers = [...surroundings.matchAll(MARKED)].map(([, digits]) => Number(digits));
    if (numbers.length === 0) return { text: surroundings, renamed: [] };
    const shape = surroundings.replace(MARKED, NUMBER_MARK);
    const known = this.#shapes.get(shape);
    if (known === undefined) {
      const counting = numbers.map((last) => ({ last, messages: 1, steady: true }));
      if (this.#shapes.size < MOST_SHAPES) this.#shapes.set(shape, { counting, texts: [surroundings] });
      return { text: surroundings, renamed: [] };
    }
    const before = known.counting.map(counts);
    known.counting.forEach((counting, i) => note(counting, numbers[i] ?? 0));
    const text = written(surroundings, known.counting);
    const turned = known.counting.some((counting, i) => counts(counting) !== before[i]);
    const lost = known.counting.some((counting, i) => before[i] === true && !counts(counting));
    const earlier = known.texts;
    known.texts = turned ? [text] : earlier.length < PROOF ? [...earlier, text] : earlier;
    if (!turned) return { text, renamed: [] };
    // A number that counted and comes again was that of several connections.
    return { text, renamed: earlier.filter((one) => one !== text).map((one) => [one, lost ? undefined : text]) };
  }
}

function note(counting: Counting, number: number): void {
  if (number !== counting.last + 1) counting.steady = false;
  counting.last = number;
  counting.messages++;
}

const counts = ({ steady, messages }: Counting): boolean => steady && messages >= PROOF;

function written(text: string, known: readonly Counting[]): string {
  let at = 0;
  return text.replace(MARKED, (marked) => {
    const counting = known[at++];
    return counting !== undefined && counts(counting) ? NUMBER_MARK : marked;
  });
}
