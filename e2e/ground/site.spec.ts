import { SITES, expect, test, untilKept, type SiteName } from '../fixtures';
import { Workbench } from '../journeys/page';

test.use({ serviceWorkers: 'allow' });

const policyOf = (html: string): Map<string, string[]> => {
  const content = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? '';
  return new Map(
    content.split('; ').map((directive): [string, string[]] => {
      const [name = '', ...values] = directive.split(' ');
      return [name, values];
    }),
  );
};

for (const siteName of Object.keys(SITES) as SiteName[]) {
  test.describe(`the ${siteName} site`, () => {
    test.use({ siteName });

    test('loads, and requests nothing from another origin', async ({ page, site }) => {
      const requested: string[] = [];
      page.on('request', (request) => requested.push(request.url()));
      await page.goto('./');
      await expect(page.locator('h1').first()).toBeAttached();
      await page.waitForLoadState('networkidle');
      expect(requested.length).toBeGreaterThan(5);
      expect(requested.filter((url) => !url.startsWith(site.url))).toEqual([]);
    });

    test('has a strict content security policy that the browser enforces', async ({ page, problems }) => {
      const response = await page.goto('./');
      const policy = policyOf((await response?.text()) ?? '');
      const scripts = policy.get('script-src') ?? [];
      expect(policy.get('default-src')).toEqual(["'none'"]);
      expect(scripts[0]).toBe("'self'");
      for (const source of scripts.slice(1)) expect(source).toMatch(/^'sha256-[A-Za-z0-9+/]{43}='$/);
      expect([...policy.values()].flat().filter((source) => /unsafe-eval|https?:|\*/.test(source))).toEqual([]);
      expect([...policy].filter(([, values]) => values.includes("'unsafe-inline'")).map(([name]) => name)).toEqual([
        'style-src',
      ]);

      problems.allow(/policy violation|Content[- ]Security[- ]Policy/i);
      const outcome = await page.evaluate(async () => {
        const violated: string[] = [];
        document.addEventListener('securitypolicyviolation', (event) => violated.push(event.effectiveDirective));
        const script = document.createElement('script');
        script.textContent = 'window.name = "inline code ran"';
        document.body.append(script);
        // In a task of its own: what a test runs in the page directly is exempt.
        const evaluated = await new Promise((done) =>
          setTimeout(() => {
            try {
              done(new Function('return "ran"')());
            } catch {
              done('refused');
            }
          }),
        );
        const fetched = await fetch('https://elsewhere.example/').then(
          () => 'sent',
          () => 'refused',
        );
        await new Promise((done) => setTimeout(done, 200));
        return { violated: [...new Set(violated)].sort(), evaluated, fetched, name: window.name };
      });
      expect(outcome).toEqual({
        violated: ['connect-src', 'script-src', 'script-src-elem'],
        evaluated: 'refused',
        fetched: 'refused',
        name: '',
      });
    });

    test('works without a network after the first visit, its worker included', async ({ page, site }) => {
      const bench = new Workbench(page);
      await bench.open();
      const allowed = await bench.decision('Allowed');
      await untilKept(page);
      await site.goOffline();
      await page.reload();
      expect(await bench.decision('Allowed')).toBe(allowed);
      expect(page.workers().length).toBeGreaterThan(0);
      await bench.open('./?from=somewhere');
      expect(await bench.decision('Allowed')).toBe(allowed);
      const head = await page.evaluate(async (url) => {
        const response = await fetch(url, { method: 'HEAD' });
        return { status: response.status, type: response.headers.get('content-type'), body: await response.text() };
      }, site.url);
      expect(head).toEqual({ status: 200, type: 'text/html; charset=utf-8', body: '' });
      // So do the documentation and its examples.
      await page.goto('./docs/tool-patterns/');
      await page.getByRole('heading', { level: 1 }).click();
      const example = page.frameLocator('policy-playground >> nth=0 >> iframe');
      await expect(example.getByTestId('answer')).toHaveText(/^(Allowed|Denied)/);
    });

    test('reports an unknown address, and opens nothing', async ({ page, problems }) => {
      problems.allow(/404/);
      const response = await page.goto('./no/such/page');
      expect(response?.status()).toBe(404);
      await expect(page.getByRole('heading', { name: 'There is no page at this address' })).toBeVisible();
      await page.getByRole('link', { name: 'Go to the playground' }).click();
      await expect(page).toHaveURL('./');
    });

    test('repairs a link whose # arrived as %23', async ({ page, site, problems }) => {
      problems.allow(/404/);
      const asked: string[] = [];
      page.on('framenavigated', (frame) => asked.push(frame.url()));
      await page.goto('./%231.q1ZKSk0s.0123456789ab');
      await expect.poll(() => asked).toContain(`${site.url}#1.q1ZKSk0s.0123456789ab`);
    });
  });
}
