import type { PacedWork } from './paced-work';

/** A value in each dimension. */
export type BoxPoint = readonly string[];

/** A box whose values are codes, with all points in it. */
export interface CodedBox {
  readonly sides: readonly (readonly number[])[];
  readonly places: readonly number[];
}

/** A set of points, in which boxes grow. Values are codes, counted from 0 in each dimension: a text would be read again at every look. */
export class PointSpace {
  /** How much was looked up. */
  steps = 0;
  /** By dimension, from a node of the trie and a code to the node behind it; in the last dimension it is the place of the point. */
  readonly #next: readonly Map<number, number>[];
  /** By dimension and place: the codes that occur with all other values of the point. */
  readonly #beside: (readonly (readonly number[])[])[] = [];

  private constructor(
    private readonly values: readonly (readonly string[])[],
    /** By place, a code in each dimension. */
    private readonly coded: readonly (readonly number[])[],
    private readonly work: PacedWork,
  ) {
    this.#next = values.map(() => new Map<number, number>());
  }

  /** The points, each once. */
  static async of(points: readonly BoxPoint[], work: PacedWork): Promise<PointSpace> {
    const codes = Array.from({ length: points[0]?.length ?? 0 }, () => new Map<string, number>());
    const coded: number[][] = [];
    for (const point of points) {
      coded.push(codes.map((known, dimension) => codeOf(known, point[dimension] ?? '')));
      if (work.did(codes.length)) await work.rest();
    }
    const space = new PointSpace(
      codes.map((known) => [...known.keys()]),
      coded,
      work,
    );
    await space.#index();
    return space;
  }

  get size(): number {
    return this.coded.length;
  }

  sidesOf({ sides }: CodedBox): PointBoxSides {
    return sides.map((side, dimension) => side.map((code) => this.values[dimension]?.[code] ?? '').toSorted());
  }

  /** The largest box around a point that grows along these dimensions, one after the other. */
  async grow(seed: number, order: readonly number[]): Promise<CodedBox> {
    const sides: (readonly number[])[] = (this.coded[seed] ?? []).map((code) => [code]);
    for (const dimension of order) {
      const fitting: number[] = [];
      for (const code of this.#beside[dimension]?.[seed] ?? []) {
        const before = this.steps;
        sides[dimension] = [code];
        if (this.#hasAll(sides)) fitting.push(code);
        if (this.work.did(this.steps - before)) await this.work.rest();
      }
      sides[dimension] = fitting;
    }
    const places: number[] = [];
    this.#hasAll(sides, places);
    return { sides, places };
  }

  async #index(): Promise<void> {
    const last = this.values.length - 1;
    const nodes = this.values.map(() => 0);
    for (const [place, codes] of this.coded.entries()) {
      let node = 0;
      for (const [dimension, code] of codes.entries()) {
        const key = this.#keyOf(dimension, node, code);
        const next = this.#next[dimension]?.get(key);
        node = next ?? (dimension === last ? place : (nodes[dimension] = (nodes[dimension] ?? 0) + 1));
        if (next === undefined) this.#next[dimension]?.set(key, node);
      }
      if (this.work.did(codes.length)) await this.work.rest();
    }
    for (const dimension of this.values.keys()) this.#beside.push(await this.#besideIn(dimension));
  }

  /** For each point, the codes in a dimension of all points that agree with it in the others. */
  async #besideIn(dimension: number): Promise<readonly (readonly number[])[]> {
    const groups = this.values.map(() => new Map<number, number>());
    const members: number[][] = [];
    const found: (readonly number[])[] = [];
    for (const codes of this.coded) {
      let group = 0;
      for (const [at, code] of codes.entries()) {
        if (at !== dimension) group = numberOf(groups[at], this.#keyOf(at, group, code));
      }
      const list = (members[group] ??= []);
      list.push(codes[dimension] ?? 0);
      found.push(list);
      if (this.work.did(codes.length)) await this.work.rest();
    }
    return found;
  }

  #keyOf(dimension: number, node: number, code: number): number {
    return node * (this.values[dimension]?.length ?? 0) + code;
  }

  /** Whether all points of a box are there; puts them into `places`. */
  #hasAll(sides: readonly (readonly number[])[], places?: number[], dimension = 0, node = 0): boolean {
    const side = sides[dimension];
    if (side === undefined) {
      places?.push(node);
      return true;
    }
    for (const code of side) {
      this.steps++;
      const next = this.#next[dimension]?.get(this.#keyOf(dimension, node, code));
      if (next === undefined || !this.#hasAll(sides, places, dimension + 1, next)) return false;
    }
    return true;
  }
}

type PointBoxSides = readonly (readonly string[])[];

const codeOf = (known: Map<string, number>, value: string): number => {
  const code = known.get(value) ?? known.size;
  known.set(value, code);
  return code;
};

/** The number of a key: a new one, counted up, where it has none. */
const numberOf = (known: Map<number, number> | undefined, key: number): number => {
  const number = known?.get(key) ?? known?.size ?? 0;
  known?.set(key, number);
  return number;
};
