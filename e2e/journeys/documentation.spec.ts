import { DOCS_PAGES } from '../../components/docs/pages';
import { expect, test } from '../fixtures';
import { write } from '../typing';

test('a reader finds a page by its words, follows the pages, and tries an example', async ({ page, browserName }) => {
  const requested: string[] = [];
  page.on('request', (request) => requested.push(new URL(request.url()).pathname));
  await page.goto('./docs/');
  const sidebar = page.getByRole('navigation', { name: 'Documentation' });
  await expect(sidebar.getByRole('link', { name: 'What a policy is' })).toBeVisible();
  // A page that is read needs no script: they are loaded once it is used. (Firefox counts opening it as a use.)
  if (browserName === 'chromium') expect(requested.filter((path) => /\.js(on)?$/.test(path))).toEqual([]);

  await write(page.getByRole('searchbox', { name: 'Search the documentation' }), 'fall-through gate');
  const result = page.getByRole('list', { name: 'Results' }).getByRole('link', { name: /Fall-through below a gate/ });
  await expect(result).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('list', { name: 'Results' }).getByRole('link').first()).toBeFocused();
  await result.click();

  await expect(page).toHaveURL(/docs\/effects\/#fall-through-below-a-gate$/);
  await expect(page.getByRole('heading', { name: /Fall-through below a gate/ })).toBeInViewport();
  await expect(sidebar.getByRole('link', { name: 'Effects and the gate' })).toHaveAttribute('aria-current', 'page');
  const example = page.frameLocator('policy-playground[label="Example: A gate above Allow all"] iframe');
  await expect(example.getByText(/Allowed/).first()).toBeVisible();

  const pager = page.getByRole('navigation', { name: 'Previous and next page' });
  await pager.getByRole('link', { name: 'Scope and tags' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Scope and tags');
});

test('every page has its content without scripts', { tag: '@chromium' }, async ({ request }) => {
  for (const { segment, title } of DOCS_PAGES) {
    const html = await (await request.get(`./docs/${segment}/`)).text();
    const main = /<main\b[^>]*>(.*)<\/main>/s.exec(html)?.[1] ?? '';
    const text = main.replace(/<script\b.*?<\/script>|<[^>]+>/gs, ' ').replace(/\s+/g, ' ');
    expect(text.length, title).toBeGreaterThan(400);
  }
});
