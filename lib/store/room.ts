/** How much the browser lets us store, and whether it may throw it away. */
export interface StorageRoom {
  /** Bytes, as far as the browser reports them. */
  readonly used: number | null;
  readonly quota: number | null;
  /** Whether the browser promised not to discard it; null where it does not say. */
  readonly persisted: boolean | null;
}

type Manager = Pick<StorageManager, 'estimate' | 'persisted' | 'persist'>;

/** Never rejects: what the browser does not tell is null. */
export async function readRoom(storage: Partial<Manager> | undefined): Promise<StorageRoom> {
  const estimate = await quietly(() => storage?.estimate?.());
  const persisted = await quietly(() => storage?.persisted?.());
  return { used: estimate?.usage ?? null, quota: estimate?.quota ?? null, persisted: persisted ?? null };
}

/** Asks the browser not to discard our data (Firefox asks the user). Null where it cannot be asked. */
export async function askToPersist(storage: Partial<Manager> | undefined): Promise<boolean | null> {
  return (await quietly(() => storage?.persist?.())) ?? null;
}

async function quietly<T>(ask: () => Promise<T> | undefined): Promise<T | undefined> {
  try {
    return await ask();
  } catch {
    return undefined;
  }
}
