/** Exact covers: sets of points written as products of lists, as a rule's scope and tools are. */
import type { PacedWork } from './paced-work';
import { PointSpace, type BoxPoint, type CodedBox } from './point-space';

/** Lists of values, one a dimension: it holds every combination of them. */
export interface PointBox {
  readonly sides: readonly (readonly string[])[];
  /** The points in it, by their places. */
  readonly places: readonly number[];
}

/** So many steps are done before boxes only grow along one dimension. */
const MOST_STEPS = 8_000_000;

/**
 * Boxes that hold exactly these points, as few as several greedy searches find. They grow along the dimensions that may have several values.
 * None of the boxes can be left out, and they may share points. Every point is there once.
 */
export async function coverByBoxes(
  points: readonly BoxPoint[],
  mayGrow: readonly boolean[],
  work: PacedWork,
): Promise<readonly PointBox[]> {
  const space = await PointSpace.of(points, work);
  const growing = mayGrow.flatMap((grows, dimension) => (grows ? [dimension] : []));
  const rotations = growing.map((_, at) => [...growing.slice(at), ...growing.slice(0, at)]);
  const orders = rotations.length === 0 ? [[]] : rotations.flatMap((order) => [order, order.toReversed()]);
  let best: readonly CodedBox[] | undefined;
  for (const tried of [orders, ...orders.map((order) => [order])]) {
    const boxes = await withoutNeedless(await greedyCover(space, tried, work), space, work);
    if (best === undefined || boxes.length < best.length) best = boxes;
    if (space.steps > MOST_STEPS) break;
  }
  return (best ?? []).map((box) => ({ sides: space.sidesOf(box), places: box.places }));
}

/** From each point that is not covered yet grows, in one of the orders, the box that covers most of the others. */
async function greedyCover(
  space: PointSpace,
  orders: readonly (readonly number[])[],
  work: PacedWork,
): Promise<readonly CodedBox[]> {
  const uncovered = new Uint8Array(space.size).fill(1);
  const firsts = [...new Set(orders.map((order) => order[0]))].map((first) => (first === undefined ? [] : [first]));
  const boxes: CodedBox[] = [];
  for (let seed = 0; seed < space.size; seed++) {
    if (work.did(1)) await work.rest();
    if (uncovered[seed] === 0) continue;
    let [best, most]: [CodedBox | undefined, number] = [undefined, 0];
    for (const order of space.steps > MOST_STEPS ? firsts : orders) {
      const box = await space.grow(seed, order);
      let count = 0;
      for (const place of box.places) count += uncovered[place] ?? 0;
      if (count > most) [best, most] = [box, count];
      if (work.did(box.places.length)) await work.rest();
    }
    if (best === undefined) continue;
    boxes.push(best);
    for (const place of best.places) uncovered[place] = 0;
  }
  return boxes;
}

/** Takes out every box whose points all lie in others, the smallest first. */
async function withoutNeedless(
  boxes: readonly CodedBox[],
  space: PointSpace,
  work: PacedWork,
): Promise<readonly CodedBox[]> {
  const times = new Uint32Array(space.size);
  const count = (box: CodedBox, by: 1 | -1): void => {
    for (const place of box.places) times[place] = (times[place] ?? 0) + by;
  };
  for (const box of boxes) {
    count(box, 1);
    if (work.did(box.places.length)) await work.rest();
  }
  const needless = new Set<CodedBox>();
  for (const box of boxes.toSorted((a, b) => a.places.length - b.places.length)) {
    if (work.did(box.places.length)) await work.rest();
    if (!box.places.every((place) => (times[place] ?? 0) > 1)) continue;
    needless.add(box);
    count(box, -1);
  }
  return boxes.filter((box) => !needless.has(box));
}
