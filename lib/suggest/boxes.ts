/** Exact covers: sets of points written as products of lists, as a rule's scope and tools are. */

/** A value in each dimension. */
export type BoxPoint = readonly string[];

/** Lists of values, one a dimension: it holds every combination of them. */
export interface PointBox {
  readonly sides: readonly (readonly string[])[];
}

/** So many points are looked up before boxes only grow along one dimension. */
const MOST_LOOKUPS = 5_000_000;

/**
 * Boxes that hold exactly these points, as few as several greedy searches find. They grow along the dimensions that may have several values.
 * None of the boxes can be left out, and they may share points.
 */
export async function coverByBoxes(
  points: readonly BoxPoint[],
  mayGrow: readonly boolean[],
  pause: () => Promise<unknown>,
): Promise<readonly PointBox[]> {
  const space = new PointSpace(points);
  const growing = mayGrow.flatMap((grows, dimension) => (grows ? [dimension] : []));
  const rotations = growing.map((_, at) => [...growing.slice(at), ...growing.slice(0, at)]);
  const orders = rotations.length === 0 ? [[]] : rotations.flatMap((order) => [order, order.toReversed()]);
  let best: readonly PointBox[] | undefined;
  for (const tried of [orders, ...orders.map((order) => [order])]) {
    const boxes = withoutNeedless(await greedyCover(space, points, tried, pause));
    if (best === undefined || boxes.length < best.length) best = boxes;
    if (space.isSpent) break;
  }
  return best ?? [];
}

/** From each point that is not covered yet grows, in one of the orders, the box that covers most of the others. */
async function greedyCover(
  space: PointSpace,
  points: readonly BoxPoint[],
  orders: readonly (readonly number[])[],
  pause: () => Promise<unknown>,
): Promise<readonly PointBox[]> {
  const uncovered = new Map(points.map((point) => [keyOf(point), point]));
  const boxes: PointBox[] = [];
  for (const [, seed] of uncovered) {
    const grown = orders.map((order) => space.grow(seed, space.isSpent ? order.slice(0, 1) : order));
    const counts = grown.map((box) => countIn(box, uncovered));
    const best = grown[counts.indexOf(Math.max(...counts))] ?? space.grow(seed, []);
    boxes.push(best);
    for (const key of keysIn(best)) uncovered.delete(key);
    await pause();
  }
  return boxes;
}

class PointSpace {
  readonly #keys: ReadonlySet<string>;
  /** For each dimension, by all other values of a point: the values that occur with them. */
  readonly #beside: readonly ReadonlyMap<string, readonly string[]>[];
  #lookups = 0;

  constructor(points: readonly BoxPoint[]) {
    this.#keys = new Set(points.map(keyOf));
    const dimensions = points[0]?.length ?? 0;
    this.#beside = Array.from({ length: dimensions }, (_, dimension) => {
      const found = new Map<string, string[]>();
      for (const point of points) {
        const rest = keyOf(point.with(dimension, ''));
        const values = found.get(rest);
        if (values === undefined) found.set(rest, [point[dimension] ?? '']);
        else values.push(point[dimension] ?? '');
      }
      return found;
    });
  }

  /** Whether so much was looked up that boxes grow along one dimension only. */
  get isSpent(): boolean {
    return this.#lookups > MOST_LOOKUPS;
  }

  grow(seed: BoxPoint, order: readonly number[]): PointBox {
    let sides: readonly (readonly string[])[] = seed.map((value) => [value]);
    for (const dimension of order) {
      const candidates = this.#beside[dimension]?.get(keyOf(seed.with(dimension, ''))) ?? [];
      const others = sides;
      const fitting = candidates.filter((value) => this.#hasAll({ sides: others.with(dimension, [value]) }));
      sides = sides.with(dimension, fitting.toSorted());
    }
    return { sides };
  }

  #hasAll(box: PointBox): boolean {
    for (const key of keysIn(box)) {
      this.#lookups++;
      if (!this.#keys.has(key)) return false;
    }
    return true;
  }
}

const keyOf = (point: BoxPoint): string => JSON.stringify(point);

function* keysIn({ sides }: PointBox, before: readonly string[] = []): Generator<string> {
  const side = sides[before.length];
  if (side === undefined) return yield keyOf(before);
  for (const value of side) yield* keysIn({ sides }, [...before, value]);
}

function countIn(box: PointBox, uncovered: ReadonlyMap<string, BoxPoint>): number {
  let count = 0;
  for (const key of keysIn(box)) if (uncovered.has(key)) count++;
  return count;
}

/** Takes out every box whose points all lie in others, the smallest first. */
function withoutNeedless(boxes: readonly PointBox[]): readonly PointBox[] {
  const times = new Map<string, number>();
  for (const box of boxes) for (const key of keysIn(box)) times.set(key, (times.get(key) ?? 0) + 1);
  const sizeOf = ({ sides }: PointBox): number => sides.reduce((size, side) => size * side.length, 1);
  const needless = new Set<PointBox>();
  for (const box of boxes.toSorted((a, b) => sizeOf(a) - sizeOf(b))) {
    const keys = [...keysIn(box)];
    if (!keys.every((key) => (times.get(key) ?? 0) > 1)) continue;
    needless.add(box);
    for (const key of keys) times.set(key, (times.get(key) ?? 0) - 1);
  }
  return boxes.filter((box) => !needless.has(box));
}
