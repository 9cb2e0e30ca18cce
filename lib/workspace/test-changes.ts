import type { BundleTest } from '../bundle';
import type { PolicyContent } from '../store';
import { sameJson } from './equal';

/**
 * One change among a policy's tests: put a new one at the end (`was` is null), take one out (`now` is null), or put one in another's place.
 * Tests have no ids: one is known by what it is, so that the change can be made again on a list that another tab has changed.
 */
export interface TestChange {
  readonly was: BundleTest | null;
  readonly now: BundleTest | null;
}

/** The tests after the changes, one by one; undefined where one that is named is not there (any more). */
export function changedTests(
  { tests = [] }: PolicyContent,
  changes: readonly TestChange[],
): readonly BundleTest[] | undefined {
  const next = [...tests];
  for (const { was, now } of changes) {
    if (was === null) {
      if (now !== null) next.push(now);
      continue;
    }
    const at = next.findIndex((test) => sameJson(test, was));
    if (at < 0) return undefined;
    next.splice(at, 1, ...(now === null ? [] : [now]));
  }
  return next;
}

/** What the changes come to, for the undo menu. */
export function testsLabel(changes: readonly TestChange[]): string {
  const [only] = changes;
  if (only === undefined || changes.length > 1) return `change ${changes.length} tests`;
  const { was, now } = only;
  if (was === null) return `add the test ${called(now)}`;
  if (now === null) return `delete the test ${called(was)}`;
  if (was.name !== now.name) return `rename the test ${called(was)} to ${called(now)}`;
  return sameJson(was.call, now.call)
    ? `change what the test ${called(was)} expects`
    : `change the test ${called(was)}`;
}

const called = (test: BundleTest | null): string => {
  const name = test === null || test.name === '' ? (test?.call.tool?.name ?? test?.call.id ?? '') : test.name;
  return `\`${name}\``;
};
