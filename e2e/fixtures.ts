import { existsSync, readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { join } from 'node:path';
import axe, { type AxeResults } from 'axe-core';
import { test as base, expect, type BrowserContext, type BrowserContextOptions, type Page } from '@playwright/test';
import { buildId } from '../scripts/lib/sources.mjs';
import { createStaticServer, listen, stop } from '../scripts/lib/static-server.mjs';

export { expect };

const top = join(import.meta.dirname, '..');

/** The sites under test: the build for a host's root, and its copy for a sub-path. */
export const SITES = {
  root: { folder: join(top, 'out'), basePath: '', madeBy: 'npm run build' },
  relocated: {
    folder: join(top, '.cache', 'relocated'),
    basePath: '/docs/playground',
    madeBy: 'npm run relocate -- /docs/playground --to .cache/relocated',
  },
} as const;

export type SiteName = keyof typeof SITES;

/** A site that is being served. Its `url` ends in a slash. */
export interface ServedSite {
  readonly url: string;
  /** Stops the server; what the browser shows from then on is cached. */
  readonly goOffline: () => Promise<void>;
}

/** Errors of a page that are not visible in it, and those that the test expects. */
export interface PageProblems {
  /** Problems that match are expected by this test. */
  readonly allow: (pattern: RegExp) => void;
  readonly found: () => readonly string[];
}

const warnedOf = new Set<string>();

/** Warns, once in each run of tests, of a build that is older than the sources. */
function warnIfStale(folder: string, madeBy: string): void {
  if (warnedOf.has(folder)) return;
  warnedOf.add(folder);
  const { build } = JSON.parse(readFileSync(join(folder, 'build.json'), 'utf8')) as { build: string };
  if (build !== buildId()) console.warn(`${folder} is not built from the present sources: \`${madeBy}\` makes it anew`);
}

/** Serves a folder on a free port of the loopback interface. */
export async function serve(folder: string, basePath: string): Promise<ServedSite & { server: Server }> {
  const server = createStaticServer({ folder, basePath });
  const port = await listen(server, { port: 0 });
  return { url: `http://127.0.0.1:${port}${basePath}/`, goOffline: () => stop(server).then(() => undefined), server };
}

/** Firefox reports a font whose download it ended itself, because the page navigated away. */
const ENDED_FONT_DOWNLOAD = /download failed \(font-family: .* status=2152398850/;

/** Notes every request that leaves the origin, every breach of the page's policy, every error in any page of a context. */
async function guard(context: BrowserContext, origin: string, found: string[]): Promise<void> {
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      console.error(`policy violation: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
    });
  });
  context.on('request', (request) => {
    const url = new URL(request.url());
    const own =
      url.origin === origin || url.protocol === 'data:' || url.protocol === 'blob:' || url.protocol === 'about:';
    if (!own) found.push(`request to another origin: ${request.url()}`);
  });
  context.on('console', (message) => {
    if (message.type() === 'error') found.push(`console: ${message.text()} (${message.location().url})`);
  });
  context.on('weberror', (event) => {
    const { message, stack } = event.error();
    if (!ENDED_FONT_DOWNLOAD.test(message)) found.push(`uncaught: ${message}${stack ? `\n${stack}` : ''}`);
  });
}

/** Runs in the page: as a person who prefers the plain field. A frame may have no storage. */
function preferPlainField(): void {
  try {
    localStorage.setItem('policy-playground.condition-editor', JSON.stringify({ plain: true, values: true }));
  } catch {
    // Its editor is plain anyway.
  }
}

/** Runs in the page: as a person who uses it as soon as they see it. */
function useAtOnce(): void {
  document.addEventListener('DOMContentLoaded', () => {
    if (document.documentElement.dataset['start'] !== 'waits') return;
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'Shift', bubbles: true }));
  });
}

/** Resolves once a page that was drawn at build is started: until then its elements are not those to be tested. */
export async function untilStarted(page: Page): Promise<void> {
  await expect(page.locator('html[data-start]')).toHaveCount(0, { timeout: 15_000 });
}

/** The pages of a context are used as soon as they are there, and `goto` and `reload` wait until they are started. */
async function startPages(context: BrowserContext): Promise<void> {
  await context.addInitScript(useAtOnce);
  context.on('page', (page) => {
    const { goto, reload } = page;
    page.goto = async (...where) => {
      const response = await goto.apply(page, where);
      await untilStarted(page);
      return response;
    };
    page.reload = async (...how) => {
      const response = await reload.apply(page, how);
      await untilStarted(page);
      return response;
    };
  });
}

interface Fixtures {
  /** Whether pages that are drawn at build are used, and so started, as soon as they are there. */
  startsPages: boolean;
  /** The site that the test is about; `test.use({ siteName: 'relocated' })` chooses the other one. */
  siteName: SiteName;
  /** Whether conditions open in the code editor. In Firefox, which takes seconds to load it, only where a test is about it. */
  codeEditor: boolean;
  site: ServedSite;
  /** Any page of the test's contexts adds to it; a test fails in the end if something is left. */
  problems: PageProblems;
  /** A visitor with a profile of their own: nothing stored, nothing kept. */
  visitor: (options?: BrowserContextOptions) => Promise<Page>;
  /** Looks for accessibility problems of any impact, and expects none: in Chromium alone, as Firefox shows the same document. */
  axe: (page: Page) => Promise<void>;
}

export const test = base.extend<Fixtures & { found: string[] }>({
  startsPages: [true, { option: true }],
  siteName: ['root', { option: true }],
  codeEditor: [false, { option: true }],
  found: async ({}, use) => use([]),
  site: async ({ siteName }, use) => {
    const { folder, basePath, madeBy } = SITES[siteName];
    if (!existsSync(join(folder, 'index.html')))
      throw new Error(`there is nothing in ${folder}: run \`${madeBy}\` first`);
    warnIfStale(folder, madeBy);
    const { server, ...served } = await serve(folder, basePath);
    await use(served);
    await stop(server);
  },
  baseURL: async ({ site }, use) => use(site.url),
  context: async ({ context, site, found, codeEditor, browserName, startsPages }, use) => {
    await guard(context, new URL(site.url).origin, found);
    if (startsPages) await startPages(context);
    if (!codeEditor && browserName === 'firefox') await context.addInitScript(preferPlainField);
    await use(context);
  },
  visitor: async ({ browser, site, found, contextOptions, startsPages }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (options) => {
      const context = await browser.newContext({ ...contextOptions, baseURL: site.url, ...options });
      contexts.push(context);
      await guard(context, new URL(site.url).origin, found);
      if (startsPages) await startPages(context);
      return context.newPage();
    });
    await Promise.all(contexts.map((context) => context.close()));
  },
  problems: [
    async ({ found }, use) => {
      const allowed: RegExp[] = [];
      const left = () => found.filter((problem) => !allowed.some((pattern) => pattern.test(problem)));
      await use({ allow: (pattern) => allowed.push(pattern), found: left });
      expect(left(), 'errors that the browser reported').toEqual([]);
    },
    { auto: true },
  ],
  axe: async ({ browserName }, use) => {
    await use(async (page) => {
      // Outdated results are dimmed, which lowers their contrast.
      await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
      if (browserName !== 'chromium') return;
      if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
      const found = await page.evaluate(findProblems);
      expect(found, 'accessibility problems').toEqual([]);
    });
  },
});

/**
 * Runs axe in the page and transfers only its findings, which is fast. Waits for animations to end; where one began in the meantime, runs
 * axe again.
 */
async function findProblems(): Promise<string[]> {
  const { axe: here } = window as unknown as {
    axe: { run: (options: { resultTypes: string[]; iframes: boolean }) => Promise<AxeResults> };
  };
  const moving = () =>
    document.getAnimations().filter(({ effect }) => Number.isFinite(Number(effect?.getComputedTiming().endTime ?? 0)));
  const nextFrame = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const untilStill = async () => {
    for (let left = moving(); left.length > 0; left = moving()) {
      await Promise.allSettled(left.map(({ finished }) => finished));
      await nextFrame();
    }
  };
  let begun = 0;
  const count = () => begun++;
  document.addEventListener('transitionrun', count);
  document.addEventListener('animationstart', count);
  let found: AxeResults;
  let before: number;
  do {
    await untilStill();
    before = begun;
    // It would write to frames of other origins, which cannot answer; such a page is looked at by itself.
    found = await here.run({ resultTypes: ['violations'], iframes: false });
    await nextFrame();
  } while (found.violations.length > 0 && (begun > before || document.querySelector('[aria-busy="true"]') !== null));
  document.removeEventListener('transitionrun', count);
  document.removeEventListener('animationstart', count);
  return found.violations.flatMap(({ id, impact, help, nodes }) =>
    nodes.map(
      ({ target, failureSummary }) => `${id} (${impact}): ${help}\n  at ${target.join(' ')}\n  ${failureSummary}`,
    ),
  );
}

/** Waits until all of the build is kept for use without a network. */
export async function untilKept(page: Page): Promise<void> {
  await expect(page.locator('html[data-offline="ready"]')).toBeAttached({ timeout: 90_000 });
}
