/** The documents of the documentation: each example is decided as its page says, and each link leads somewhere. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, posix, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXAMPLES } from '@/components/docs/command-line-text';
import { anchorOf, fencesOf, headingsOf, linksOf } from '@/components/docs/document-text';
import { readExample } from '@/components/docs/example';
import { faultyPolicies, GALLERY_ANCHORS } from '@/components/docs/faulty-policies';
import { readLesson } from '@/components/docs/lesson';
import { DOCS_PAGES } from '@/components/docs/pages';
import { HELP_PLACES } from '@/components/site/help-places';
import { runTests, USE_CASES } from '@/lib/analysis';
import { compilePolicy, decide, type Decision } from '@/lib/engine';
import { decodeLink } from '@/lib/bundle';
import { FINDING_CHECKS, findFindings } from '@/lib/findings';
import { FORMAT_LABELS } from '@/lib/trace';

const top = resolve(import.meta.dirname, '../..');
const folder = join(top, 'app/docs/_pages');

const documents = new Map(
  readdirSync(folder).map((file) => [file.replace(/\.mdx$/, ''), readFileSync(join(folder, file), 'utf8')]),
);
const semantics = readFileSync(join(top, 'docs/semantics.md'), 'utf8');

/** Routes that are code: their anchors are those of the registries that they are made from. */
const ROUTES: Record<string, readonly string[]> = {
  findings: FINDING_CHECKS.map(({ code }) => code),
  conditions: USE_CASES.map(({ id }) => id),
  'command-line': EXAMPLES.map(({ id }) => id),
  language: ['failing', 'facts', 'macros', 'methods', 'functions', 'operators'],
  bundles: [],
  'what-is-wrong': GALLERY_ANCHORS,
};

const anchors: ReadonlyMap<string, readonly string[]> = new Map([
  ...Object.entries(ROUTES),
  ...[...documents, ['semantics', semantics] as const].map(
    ([segment, source]) => [segment, headingsOf(source).map(({ id }) => id)] as const,
  ),
]);

/** Pages of the site beside the documentation, and files that the build adds. */
const ELSEWHERE = ['/', '/compare/', '/reproduce/', '/embed.d.ts'];

/** Why a link of a document leads nowhere; undefined for one that leads somewhere. */
function brokenBecause(segment: string, target: string): string | undefined {
  if (/^https:\/\//.test(target) || ELSEWHERE.includes(target)) return undefined;
  if (target.startsWith('/')) return existsSync(join(top, 'public', target)) ? undefined : 'there is no such file';
  const { pathname, hash } = new URL(target, `https://site.example/docs/${segment}/`);
  const page = posix.basename(pathname);
  if (pathname !== `/docs/${page}/` || !anchors.has(page)) return 'there is no such page';
  return hash === '' || anchors.get(page)?.includes(hash.slice(1)) === true ? undefined : 'there is no such anchor';
}

const decider = ({ decidedBy: by }: Decision): string | undefined =>
  by.kind === 'default' ? 'default' : by.kind === 'undecided' ? undefined : by.ruleId;

describe('the examples', () => {
  const examples = [...documents].flatMap(([segment, source]) =>
    fencesOf(source, 'policy').map((text, i) => ({ place: `${segment}, example ${i + 1}`, text })),
  );

  it('are on most pages', () => {
    expect(examples.length).toBeGreaterThanOrEqual(18);
    // A fence of another spelling would be shown as text, and not be checked.
    const fences = [...documents.values()].flatMap((source) =>
      [...source.matchAll(/^```(\S.*)$/gm)].map(([, kind]) => kind),
    );
    expect([...new Set(fences)].sort()).toEqual(['exercise', 'html', 'js', 'json', 'policy', 'sh']);
  });

  it.each(examples)('$place is decided as the page says', async ({ text }) => {
    const { bundle, claims } = readExample(text);
    const compiled = await compilePolicy(bundle);
    expect(claims.length).toBeGreaterThan(0);
    for (const { call, effect, by } of claims) {
      const decision = decide(compiled, call);
      expect({ call, effect: decision.effect, by: decider(decision) }).toEqual({ call, effect, by });
    }
  });

  it('fail where they are wrong', () => {
    expect(() => readExample('{"name":"x","rules":[{"id":"a"}],"calls":[]}')).toThrow('example “x”');
    expect(() => readExample('{"name":"x","view":"other","rules":[],"calls":[]}')).toThrow('there is no view `other`');
  });
});

describe('the faulty policies', () => {
  it('are each under an anchor of its own, and open by a link in which the checks find the same', async () => {
    expect(new Set(GALLERY_ANCHORS).size).toBe(GALLERY_ANCHORS.length);
    for (const { name, link, findings } of await faultyPolicies()) {
      const opened = decodeLink(link);
      if (!opened.ok) throw new Error(`the link of “${name}” does not open`);
      const found = await findFindings(opened.bundle, opened.bundle.catalog);
      expect({ name, found }).toEqual({ name, found: findings });
      expect(findings.length).toBeGreaterThan(0);
      const broken = findings.flatMap(({ code }) => brokenBecause('what-is-wrong', `../findings/#${code}`) ?? []);
      expect(broken).toEqual([]);
    }
  });
});

describe('the lessons', () => {
  const source = documents.get('lessons') ?? '';
  const lessons = fencesOf(source, 'exercise').map((text) => readLesson(text));

  it('are eight or more, each under a heading and a name of its own', () => {
    expect(lessons.length).toBeGreaterThanOrEqual(8);
    expect(new Set(lessons.map(({ id }) => id)).size).toBe(lessons.length);
    expect(headingsOf(source).filter(({ level }) => level === 2)).toHaveLength(lessons.length);
    const counted = /ids=\{\[([^\]]*)\]\}/.exec(source)?.[1] ?? '';
    expect(counted.split(',').map((id) => id.trim().slice(1, -1))).toEqual(lessons.map(({ id }) => id));
  });

  it.each(lessons.map((lesson) => [lesson.id, lesson] as const))(
    '%s fails its tests at the start, and its solution passes them',
    async (_, { bundle, exercise }) => {
      const failures = async (rules: typeof bundle.rules) =>
        runTests(await compilePolicy({ ...bundle, rules }), bundle.tests ?? []).filter(
          ({ wrong }) => wrong !== undefined,
        );
      expect((await failures(bundle.rules)).length).toBeGreaterThan(0);
      expect(exercise.solution).toBeDefined();
      expect(await failures(exercise.solution ?? [])).toEqual([]);
      expect(exercise.hint).toBeDefined();
      // Neither allowing everything nor denying everything is a solution.
      expect(new Set(bundle.tests?.map(({ expect: { effect } }) => effect)).size).toBe(2);
    },
  );
});

describe('the documents', () => {
  it('are the pages of the registry, beside those that are code', () => {
    const pages = DOCS_PAGES.map(({ segment }) => segment);
    expect([...pages].sort()).toEqual([...anchors.keys()].sort());
    expect(new Set(pages).size).toBe(pages.length);
    for (const route of Object.keys(ROUTES)) expect(existsSync(join(top, 'app/docs', route, 'page.tsx'))).toBe(true);
  });

  it.each([...documents])('%s has a title, anchors that differ, and links that lead somewhere', (segment, source) => {
    const headings = headingsOf(source);
    expect(headings.filter(({ level }) => level === 1)).toHaveLength(1);
    const ids = headings.map(({ id }) => id);
    expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
    const broken = linksOf(source).flatMap((target) => {
      const reason = brokenBecause(segment, target);
      return reason === undefined ? [] : [`${target}: ${reason}`];
    });
    expect(broken).toEqual([]);
    // An image needs a text.
    expect(source).not.toMatch(/!\[\s*\]/);
  });

  it('would not have a broken link', () => {
    expect(brokenBecause('scope', '../efects/')).toBe('there is no such page');
    expect(brokenBecause('scope', '../effects/#nothing')).toBe('there is no such anchor');
    expect(brokenBecause('scope', '#nothing')).toBe('there is no such anchor');
    expect(brokenBecause('scope', '/samples/none.ndjson')).toBe('there is no such file');
    expect(brokenBecause('scope', 'http://a.example/')).toBe('there is no such page');
    expect(brokenBecause('scope', '../effects/#the-setting')).toBeUndefined();
  });

  it('are where the user interface links to', () => {
    const broken = HELP_PLACES.flatMap((place) => brokenBecause('policies', `../${place}`) ?? []);
    expect(broken).toEqual([]);
  });

  it('have anchors as GitHub makes them', () => {
    expect(anchorOf('Calls, and facts that are not known')).toBe('calls-and-facts-that-are-not-known');
    expect(headingsOf('# A `b`\n\n```sh\n# no heading\n```\n')).toEqual([{ level: 1, title: 'A b', id: 'a-b' }]);
  });

  it('name every format of traces', () => {
    const cells = [...(documents.get('traces') ?? '').matchAll(/^\| (.*?) +\|/gm)].map(([, cell]) => cell);
    expect(FORMAT_LABELS.map(({ label }) => label).filter((label) => !cells.includes(label))).toEqual([]);
  });

  it('use standard technical English', () => {
    const banned = /\b(?:somebody|nobody|anybody|told|tells|telling|mend(?:s|ed|ing)?)\b/i;
    expect([...documents].filter(([, source]) => banned.test(source)).map(([segment]) => segment)).toEqual([]);
  });
});
