import type { BundleTest } from '../bundle';

/** How a test is called: by its name, else by its call's tool, else by its call's id. */
export function testName({ name, call }: BundleTest): string {
  return name !== '' ? name : (call.tool?.name ?? call.id);
}

/** The name, or with the first number behind it that no other test has. */
export function freeTestName(name: string, tests: readonly BundleTest[]): string {
  const taken = new Set(tests.map((test) => test.name));
  for (let n = 1; ; n++) {
    const candidate = n === 1 ? name : `${name} (${n})`;
    if (!taken.has(candidate)) return candidate;
  }
}
