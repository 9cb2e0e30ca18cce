import type { BrowserContext, Page } from '@playwright/test';

const DATABASE = 'policy-playground';

/** A page of the same origin that does not run the app: what is done to the database from it is done by another tab. */
export async function openOutsider(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  await page.goto('./build.json');
  return page;
}

/**
 * From now on, in pages opened after this, writes to the tables of `window.fullTables` fail as on a full disk. Not in workers.
 */
export async function prepareFullDisk(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const full = window as unknown as { fullTables?: readonly string[] };
    for (const method of ['put', 'add'] as const) {
      const original = IDBObjectStore.prototype[method];
      IDBObjectStore.prototype[method] = function (this: IDBObjectStore, value: unknown, key?: IDBValidKey) {
        if (full.fullTables?.includes(this.name))
          throw new DOMException('The quota has been exceeded.', 'QuotaExceededError');
        return key === undefined ? original.call(this, value) : original.call(this, value, key);
      };
    }
  });
}

export const fillDisk = (page: Page, tables: readonly string[]): Promise<void> =>
  page.evaluate((names) => {
    Object.assign(window, { fullTables: names });
  }, tables);

export const deleteDatabase = (outsider: Page): Promise<void> =>
  outsider.evaluate(
    (name) =>
      new Promise<void>((resolve, reject) => {
        const request = indexedDB.deleteDatabase(name);
        request.onsuccess = () => resolve();
        request.onerror = () => reject(request.error ?? new Error('not deleted'));
      }),
    DATABASE,
  );

/** Opens the database as a build of the future does, with a version that no present build knows. */
export const upgradeDatabase = (outsider: Page): Promise<void> =>
  outsider.evaluate(
    (name) =>
      new Promise<void>((resolve, reject) => {
        const request = indexedDB.open(name, 100_000);
        request.onsuccess = () => {
          request.result.close();
          resolve();
        };
        request.onerror = () => reject(request.error ?? new Error('not opened'));
      }),
    DATABASE,
  );

/** Reads every row of a table, or changes each of them by `damage` (the body of a function of `row`). */
export const rowsOf = (outsider: Page, table: string, damaged?: object): Promise<readonly unknown[]> =>
  outsider.evaluate(
    ([name, storeName, over]) =>
      new Promise<readonly unknown[]>((resolve, reject) => {
        const request = indexedDB.open(name);
        request.onerror = () => reject(request.error ?? new Error('not opened'));
        request.onsuccess = () => {
          const db = request.result;
          const transaction = db.transaction(storeName, over === null ? 'readonly' : 'readwrite');
          const store = transaction.objectStore(storeName);
          const read = store.getAll();
          read.onsuccess = () => {
            if (over !== null) for (const row of read.result as object[]) store.put({ ...row, ...over });
          };
          transaction.oncomplete = () => {
            db.close();
            resolve(read.result as unknown[]);
          };
        };
      }),
    [DATABASE, table, damaged ?? null] as const,
  );

/** Ends a tab as a crash or a power cut does: nothing of it runs any more. Firefox has no such command; there it is closed at once. */
export async function killTab(page: Page): Promise<void> {
  if (page.context().browser()?.browserType().name() === 'chromium') {
    const session = await page.context().newCDPSession(page);
    const crashed = page.waitForEvent('crash');
    void session.send('Page.crash').catch(() => undefined);
    await crashed;
  }
  await page.close({ runBeforeUnload: false });
}
