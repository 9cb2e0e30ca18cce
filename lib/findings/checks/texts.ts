/** Names, selectors and tool patterns: what deceives the eye, what the gateway does not document, and what the catalog does not know. */
import { qualifiedPattern, ruleTextFindings } from '../../analysis';
import {
  nearestName,
  parseSelector,
  portabilityWarning,
  FACETS,
  type Catalog,
  type Facet,
  type Readings,
  type Rule,
} from '../../engine';
import { changeOf, listed, ofEvery, ruleFinding } from '../build';
import { statements } from '../statements';
import type { CheckedPolicy, FindingCheck, PolicyFinding } from '../model';
import { isSameName, unfitInStatement, unfitPatterns } from './fits-no-tool';
import { confusableText, hiddenText, undocumentedVariable } from './conditions';

const textCheck = (base: FindingCheck): FindingCheck => ({
  ...base,
  find: ofEvery(async (checked, rule, index) => [
    ...ruleTextFindings(rule)
      .filter(({ code }) => code === base.code)
      .map(({ pointer, severity, message, help, start, end }) =>
        ruleFinding(base.code, rule, index, {
          ...{ at: pointer, severity, certainty: 'proven' as const, message, range: { start, end } },
          ...(help === undefined ? {} : { help }),
        }),
      ),
    ...(await base.find(checked, index)),
  ]),
});

export const hiddenCharactersCheck = textCheck(hiddenText);
export const confusableLettersCheck = textCheck(confusableText);

export const notPortable: FindingCheck = {
  ...undocumentedVariable,
  find: ofEvery(async (checked, rule, index) => [
    ...rule.tools.flatMap((pattern, i) => {
      const message = portabilityWarning(pattern);
      const at = `/tools/${String(i)}`;
      return message === undefined
        ? []
        : [ruleFinding('not-portable', rule, index, { at, severity: 'warning', certainty: 'possible', message })];
    }),
    ...(await undocumentedVariable.find(checked, index)),
  ]),
};

export const unknownName: FindingCheck = {
  code: 'unknown-name',
  what: 'A selector, or an invariant, names what the catalog does not have, a tool pattern names its server as well, or those of a deny rule or an invariant fit no tool in it.',
  why: 'Names are compared exactly: a misspelt one matches nothing.',
  example: 'Scope `agents: [curser]`, or the tool pattern `mcp__slack__send_*`.',
  remedy: 'Use the name in the catalog; write a tool as its bare name and its server as a resource.',
  find: ofEvery(async ({ catalog, region }, rule, index) => {
    const { readings } = region.compiled;
    const qualified = rule.tools.flatMap((pattern, i) =>
      qualifiedFinding(pattern, i, { rule, index }, catalog.resources ?? []),
    );
    const unfit = qualified.length > 0 ? [] : await unfitPatterns(rule, index, catalog.resources ?? [], readings);
    return [
      ...FACETS.flatMap((facet) => selectorFindings(facet, rule, index, { catalog, readings })),
      ...qualified,
      ...unfit,
    ];
  }),
  findInInvariant: invariantFindings,
};

/** The names of a catalog, and how the gateway compares names. */
interface KnownNames {
  readonly catalog: Partial<Catalog>;
  readonly readings: Readings;
}

function selectorFindings(facet: Facet, rule: Rule, index: number, known: KnownNames): readonly PolicyFinding[] {
  return rule.scope[facet].flatMap((selector, i) => {
    const unknown = unknownSelector(facet, selector, known);
    if (unknown === undefined) return [];
    return [ruleFinding('unknown-name', rule, index, { at: `/scope/${facet}/${String(i)}`, ...unknown })];
  });
}

/** A name or tag that the catalog does not have, with the nearest one that it has; undefined where it is known, or nothing is. */
function unknownSelector(facet: Facet, selector: string, { catalog, readings }: KnownNames) {
  const { kind, value } = parseSelector(facet, selector);
  const names = kind === 'tag' ? tagsIn(facet, catalog) : namesIn(facet, catalog);
  if (names.length === 0 || names.some((one) => isSameName(one, value, readings))) return undefined;
  const meant = nearestName(value, names);
  return {
    ...unknownText(meant === undefined ? undefined : `${kind === 'tag' ? 'tag:' : ''}${meant}`),
    message: `the catalog has no ${kind === 'tag' ? 'tag' : 'name'} \`${value}\` among its ${facet}`,
  };
}

/** How surely a text that the catalog does not know is a mistake: `meant` is the nearest one that it knows. */
const unknownText = (meant: string | undefined) => ({
  severity: meant === undefined ? ('info' as const) : ('warning' as const),
  certainty: 'possible' as const,
  ...(meant === undefined ? {} : { help: `\`${meant}\` is the nearest` }),
});

/** Names of an invariant: of a misspelt one it may be proven, and protect nothing. */
async function invariantFindings({ catalog, invariants, region }: CheckedPolicy, index: number) {
  const known = { catalog, readings: region.compiled.readings };
  const line = invariants[index];
  const { formatInvariant, parseInvariant } = await statements();
  const read = typeof line === 'string' ? parseInvariant(line) : undefined;
  if (read?.ok !== true || read.statement.kind !== 'calls') return [];
  const { calls } = read.statement;
  const { subject } = calls;
  const named = [
    ...(subject?.names.map((selector) => [subject.facet, selector] as const) ?? []),
    ...calls.resources.map((selector) => ['resources', selector] as const),
  ];
  const unknown = [
    ...named.flatMap(([facet, selector]) => unknownSelector(facet, selector, known) ?? []),
    ...(await unfitInStatement(calls, catalog.resources ?? [], known.readings)).map(({ pattern, meant }) => ({
      ...unknownText(meant),
      message: `the catalog has no tool that fits \`${pattern}\``,
    })),
  ];
  return unknown.map(({ message, ...rest }) => ({
    ...{ code: 'unknown-name', pointer: `/invariants/${String(index)}`, relatedRuleIds: [], ...rest },
    message: `${message}, which the invariant “${formatInvariant(read.statement)}” names`,
  }));
}

function namesIn(facet: Facet, catalog: Partial<Catalog>): readonly string[] {
  switch (facet) {
    case 'resources':
      return (catalog.resources ?? []).map(({ slug }) => slug);
    case 'agents':
      return (catalog.agents ?? []).map(({ slug }) => slug);
    case 'instances':
      return (catalog.instances ?? []).map(({ id }) => id);
    case 'users':
      return (catalog.users ?? []).flatMap(({ id, email }) => [id, email]).filter((one) => one !== undefined);
    case 'groups':
      return [
        ...(catalog.groups ?? []).map(({ name }) => name),
        ...(catalog.users ?? []).flatMap(({ groups }) => groups ?? []),
      ];
  }
}

const tagsIn = (facet: Facet, catalog: Partial<Catalog>): readonly string[] =>
  (facet === 'resources' || facet === 'agents' || facet === 'instances' ? (catalog[facet] ?? []) : []).flatMap(
    ({ tags }) => tags ?? [],
  );

type CatalogResources = Catalog['resources'];

/** Where the catalog does not know the server, only what can mean nothing else is reported: a tool may have such a name. */
function qualifiedFinding(
  pattern: string,
  at: number,
  { rule, index }: { readonly rule: Rule; readonly index: number },
  resources: CatalogResources,
): readonly PolicyFinding[] {
  const qualified = qualifiedIn(pattern, resources);
  if (qualified === undefined) return [];
  const { resource, tool } = qualified;
  const bare = resource === undefined ? undefined : bareRule(rule, resource, resources);
  return [
    ruleFinding('unknown-name', rule, index, {
      at: `/tools/${String(at)}`,
      severity: 'warning',
      certainty: 'possible',
      message: `tool pattern \`${pattern}\` seems to name a server as well, and is matched against the name of the tool alone`,
      help:
        resource === undefined
          ? `write the tool as \`${tool}\`, and its server as a resource`
          : `scope the rule to the resource \`${resource}\`, and write the tool as \`${tool}\``,
      ...(bare === undefined
        ? {}
        : {
            fix: changeOf(
              `Write ${listed(bare.tools.map((one) => `\`${one}\``))} on \`${resource ?? ''}\``,
              rule,
              bare,
            ),
          }),
    }),
  ];
}

function qualifiedIn(pattern: string, resources: CatalogResources): ReturnType<typeof qualifiedPattern> {
  if (resources.some(({ tools }) => tools?.some(({ name }) => name === pattern) === true)) return undefined;
  const slugs = resources.map(({ slug }) => slug);
  const found = qualifiedPattern(pattern, slugs);
  // Without a catalog, two underscores are how clients join the names.
  return found?.certain === true || (slugs.length === 0 && pattern.includes('__')) ? found : undefined;
}

/** The rule's patterns without their server, on that server alone; undefined where it is about others too. */
function bareRule(
  { tools, scope }: Rule,
  resource: string,
  resources: CatalogResources,
): Pick<Rule, 'tools' | 'scope'> | undefined {
  const bare = tools.map((pattern) => qualifiedIn(pattern, resources)).filter((one) => one?.resource === resource);
  const isElsewhere = scope.resources.some((selector) => selector !== resource);
  const isUnknown = resources.length > 0 && !resources.some(({ slug }) => slug === resource);
  if (bare.length < tools.length || isElsewhere || isUnknown) return undefined;
  return { tools: [...new Set(bare.flatMap((one) => one?.tool ?? []))], scope: { ...scope, resources: [resource] } };
}
