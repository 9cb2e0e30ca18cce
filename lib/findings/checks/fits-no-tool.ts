/** Deny rules and invariants whose tool patterns fit none of the tools that the catalog lists. */
import {
  comparable,
  loadMatchers,
  nearestName,
  parseSelector,
  type Catalog,
  type MatcherFactory,
  type Readings,
  type Rule,
} from '../../engine';
import type { StatedCalls } from '../../statements';
import { changeOf, listed, ruleFinding } from '../build';
import type { PolicyFinding } from '../model';

type Resources = Catalog['resources'];

/**
 * Patterns of an active deny rule that fit no tool in the catalog: each that would with its markup, its server or its case put right, or
 * else the rule, where none of its patterns fits.
 */
export async function unfitPatterns(
  rule: Rule,
  index: number,
  resources: Resources,
  readings: Readings,
): Promise<readonly PolicyFinding[]> {
  if (rule.effect !== 'deny' || rule.status !== 'active') return [];
  const covered = coveredBy(rule.scope.resources, resources, readings);
  const names = toolNames(covered);
  if (names.length === 0) return [];
  const slugs = resources.map(({ slug }) => slug);
  const meant = rule.tools.map((pattern) => readingsOf(pattern, slugs));
  const fits = fitOf(await loadMatchers([...rule.tools, ...meant.flat()]), names, readings);
  if (rule.tools.every((pattern) => fits(pattern))) return [];
  const found = rule.tools.flatMap((pattern, at) => {
    const right = fits(pattern) ? undefined : meant[at]?.find(fits);
    return right === undefined ? [] : [misspelt(rule, index, at, right)];
  });
  if (found.length > 0 || rule.tools.some(fits) || covered.some(({ tools }) => tools === undefined)) return found;
  return [
    ruleFinding('unknown-name', rule, index, {
      ...{ at: '/tools', severity: 'info', certainty: 'possible' },
      message: `this rule denies no tool in the catalog: none fits ${listed(rule.tools.map((pattern) => `\`${pattern}\``))}`,
    }),
  ];
}

/** A tool pattern that fits no tool in the catalog, and what was probably meant. */
interface UnfitPattern {
  readonly pattern: string;
  readonly meant: string | undefined;
}

/** Tool patterns of an invariant that fit no tool in the catalog: of such tools it may be proven, and protect nothing. */
export async function unfitInStatement(
  { tools, resources: selectors }: StatedCalls,
  resources: Resources,
  readings: Readings,
): Promise<readonly UnfitPattern[]> {
  const covered = coveredBy(selectors, resources, readings);
  const names = toolNames(covered);
  if (names.length === 0) return [];
  const slugs = resources.map(({ slug }) => slug);
  const fits = fitOf(
    await loadMatchers([...tools, ...tools.flatMap((one) => readingsOf(one, slugs))]),
    names,
    readings,
  );
  const unlisted = covered.some((one) => one.tools === undefined);
  return tools.flatMap((pattern) => {
    if (fits(pattern)) return [];
    const meant = readingsOf(pattern, slugs).find(fits) ?? nearestName(pattern, names);
    return unlisted && meant === undefined ? [] : [{ pattern, meant }];
  });
}

function misspelt(rule: Rule, index: number, at: number, right: string): PolicyFinding {
  const pattern = rule.tools[at] ?? '';
  return ruleFinding('unknown-name', rule, index, {
    ...{ at: `/tools/${String(at)}`, severity: 'warning', certainty: 'possible' },
    message: `tool pattern \`${pattern}\` fits no tool in the catalog, so that the rule does not deny what it seems to`,
    help: `\`${right}\` fits, and is probably meant`,
    fix: changeOf(`Write \`${right}\``, rule, { tools: rule.tools.map((one, i) => (i === at ? right : one)) }),
  });
}

const fitOf =
  (matchers: MatcherFactory, names: readonly string[], readings: Readings) =>
  (pattern: string): boolean =>
    names.some(matchers(pattern, readings));

const toolNames = (resources: Resources): readonly string[] =>
  resources.flatMap(({ tools = [] }) => tools.map(({ name }) => name));

export const isSameName = (one: string, other: string, readings: Readings): boolean =>
  comparable(one, readings) === comparable(other, readings);

/** The resources that selectors select; without a selector, all. */
function coveredBy(selectors: readonly string[], resources: Resources, readings: Readings): Resources {
  const parsed = selectors.map((selector) => parseSelector('resources', selector));
  return resources.filter(
    ({ slug, tags = [] }) =>
      parsed.length === 0 ||
      parsed.some(({ kind, value }) =>
        (kind === 'tag' ? tags : [slug]).some((one) => isSameName(one, value, readings)),
      ),
  );
}

/** What a pattern may have been before it was copied, the likeliest first: without escapes, marks around it, its server, in lower case. */
function readingsOf(pattern: string, slugs: readonly string[]): readonly string[] {
  const plain = pattern
    .replace(/\\([!-/:-@[-`{-~])/g, '$1')
    .trim()
    .replace(/^[`"'“”‘’]+|[`"'“”‘’]+$/g, '');
  const bare = /^\[([^[\]]+)\]$/.exec(plain)?.[1] ?? plain;
  const readings = [plain, bare, withoutServer(bare, slugs) ?? bare];
  const all = [...readings, ...readings.map((one) => one.toLowerCase())];
  return [...new Set(all)].filter((one) => one !== pattern && one !== '');
}

/** Without the server, and the `mcp` before it, however they are joined. */
function withoutServer(pattern: string, slugs: readonly string[]): string | undefined {
  const parts = pattern.replace(/^mcp[-_.:/]+/i, '');
  const any = /^\*(?:__|[.:/])(.+)$/.exec(parts)?.[1];
  if (any !== undefined) return any;
  const letters = (text: string) => text.toLowerCase().replaceAll('_', '-');
  const slug = slugs.find((one) => letters(parts).startsWith(letters(one)) && /^[-_.:/]/.test(parts.slice(one.length)));
  return slug === undefined ? undefined : parts.slice(slug.length).replace(/^[-_.:/]+/, '');
}
