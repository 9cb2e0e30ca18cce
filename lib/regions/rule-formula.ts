/** Rules as formulas: which calls a rule applies to, its condition, and which calls it therefore decides. */
import {
  isPortablePattern,
  loadMatchers,
  parseSelector,
  patternProblem,
  FACETS,
  type Facet,
  type MatcherFactory,
  type Rule,
  type Settings,
} from '../engine';
import { conditionFormula } from './condition-formula';
import { all, any, constant, ERROR, factAtom, FALSE, is, TRUE, type Formula } from './formula';
import { Remembered } from './remembered';
import { globLanguage, literalLanguage, testedLanguage, type GlobPieces, type TextLanguage } from './text-languages';
import type { ValueTest } from './value-sets';

/** A rule as what it asks of calls. */
export interface RuleRegion extends RuleFormulas {
  readonly index: number;
  readonly rule: Rule;
}

interface RuleFormulas {
  /** The languages of its tool patterns. */
  readonly tools: readonly TextLanguage[];
  /** Scope and tool patterns: true or false. */
  readonly applies: Formula;
  readonly condition: Formula;
  /** Where the rule decides to allow, and to deny: true or false. */
  readonly allows: Formula;
  readonly denies: Formula;
  /** Both together. */
  readonly decides: Formula;
}

/** Where a fact decides of a selector or pattern: never an error. */
const NEVER = {
  unreachable: FALSE,
  absent: FALSE,
  null: FALSE,
  true: FALSE,
  false: FALSE,
  other: FALSE,
  numbers: FALSE,
  texts: FALSE,
  lists: FALSE,
  maps: FALSE,
} as const;

const SELECTED: Readonly<
  Record<Facet, { readonly names: readonly string[]; readonly tags?: string; readonly list?: true }>
> = {
  resources: { names: ['resource.slug'], tags: 'resource.tags' },
  agents: { names: ['agent.slug'], tags: 'agent.tags' },
  instances: { names: ['instance.id'], tags: 'instance.tags' },
  users: { names: ['user.id', 'user.email'] },
  groups: { names: ['user.groups'], list: true },
};

export const ruleRegion = async (rule: Rule, index: number, settings: Settings): Promise<RuleRegion> => ({
  index,
  rule,
  ...(await formulasOf(rule, settings)),
});

/** Formulas by their texts: rules that say the same share them, and so does a rule with itself after an edit elsewhere. */
const rulesKnown = new Remembered<Promise<RuleFormulas>>(10_000);

function formulasOf(rule: Rule, settings: Settings): Promise<RuleFormulas> {
  const { effect, scope, tools, condition } = rule;
  const key = JSON.stringify([effect, FACETS.map((facet) => scope[facet]), tools, condition, settings.gatedWhenFalse]);
  return rulesKnown.get(key, () => computeFormulas(rule, settings));
}

async function computeFormulas(rule: Rule, settings: Settings): Promise<RuleFormulas> {
  const tools = toolLanguages(rule.tools, await loadMatchers(rule.tools));
  const applies = all([
    any(tools.map(isInLanguage)),
    ...FACETS.flatMap((facet) => facetFormula(facet, rule.scope[facet])),
  ]);
  const condition =
    rule.condition === null ? constant(rule.effect === 'gated' ? ERROR : TRUE) : await conditionFormula(rule.condition);
  const holds = all([applies, is(condition, TRUE)]);
  const never = constant(FALSE);
  const gateDenies = rule.effect === 'gated' && settings.gatedWhenFalse === 'deny';
  const allows = rule.effect === 'deny' ? never : holds;
  const denies = rule.effect === 'deny' ? holds : gateDenies ? all([applies, is(condition, FALSE)]) : never;
  const decides = gateDenies ? all([applies, is(condition, TRUE | FALSE)]) : holds;
  return { tools, applies, condition, allows, denies, decides };
}

/** Atoms of patterns and selectors, each once: what is known of an atom is known of it in every rule. */
const atomsKnown = new Remembered<Formula>(20_000);

const isInLanguage = (language: TextLanguage): Formula =>
  atomsKnown.get(`tool ${String(language.key)}`, () =>
    factAtom(['tool', 'name'], { ...NEVER, texts: { kind: 'language', language } }),
  );

function toolLanguages(patterns: readonly string[], matchers: MatcherFactory): readonly TextLanguage[] {
  const plain: GlobPieces[] = [];
  const languages: TextLanguage[] = [];
  for (const pattern of patterns) {
    if (patternProblem(pattern)) continue;
    if (isPortablePattern(pattern)) plain.push(pattern.split(/\*+/));
    else languages.push(expanded(pattern) ?? testedLanguage(`glob ${pattern}`, matchers(pattern)));
  }
  if (plain.length > 0) languages.push(globLanguage(plain));
  return languages;
}

/** A pattern whose only syntax beyond `*` is one list of literal alternatives, such as `{send,post}_*`. */
function expanded(pattern: string): TextLanguage | undefined {
  const [, head = '', body, tail = ''] = /^([^?[\]{}$\\]*)\{([^?[\]{}$\\*.]+)\}([^?[\]{}$\\]*)$/.exec(pattern) ?? [];
  const members = body?.split(',') ?? [];
  if (members.length < 2 || members.some((member) => member === '')) return undefined;
  return globLanguage(members.map((member) => (head + member + tail).split(/\*+/)));
}

function facetFormula(facet: Facet, selectors: readonly string[]): readonly Formula[] {
  if (selectors.length === 0) return [];
  const parsed = selectors.map((selector) => parseSelector(facet, selector));
  const { names, tags, list } = SELECTED[facet];
  const named = parsed.filter(({ kind }) => kind === 'name').map(({ value }) => value);
  const terms: Formula[] = [];
  for (const fact of named.length > 0 ? names : []) {
    if (list) for (const value of named) terms.push(listed(fact, value));
    else terms.push(isOneOf(fact, named));
  }
  for (const { kind, value } of parsed) if (kind === 'tag' && tags !== undefined) terms.push(listed(tags, value));
  return [any(terms)];
}

/** That a list has a text: true or false. */
function listed(fact: string, value: string): Formula {
  const test: ValueTest = { kind: 'member', member: JSON.stringify(value) };
  return atomsKnown.get(`list ${fact} ${value}`, () => factAtom(fact.split('.'), { ...NEVER, lists: test }));
}

/** That a fact is one of these texts: true or false. */
export function isOneOf(fact: string, texts: readonly string[]): Formula {
  const language = literalLanguage(texts);
  return atomsKnown.get(`text ${fact} ${String(language.key)}`, () =>
    factAtom(fact.split('.'), { ...NEVER, texts: { kind: 'language', language } }),
  );
}
