/** Values that are worth suggesting: those that a schema names, that the catalog holds, and that the call in focus has. */
import { callPathOf, type Catalog, type Json } from '../engine';
import type { ConditionContext } from './context';
import { ELEMENT, type KnownExpression, type KnownPathStep } from './known';
import { namedValues } from './schema';

export interface SuggestedValue {
  readonly value: Json;
  /** Where it comes from, in a few words. */
  readonly from: string;
}

const SCHEMA_WORDS = { enum: 'permitted by the schema', example: 'an example in the schema', default: 'the default' };

/** What `known` may be equal to. */
export function suggestedValues(known: KnownExpression, context: ConditionContext): readonly SuggestedValue[] {
  const named = namedValues(known.schemas).map(({ value, from }) => ({ value, from: SCHEMA_WORDS[from] }));
  const listed = factValues(known.steps, context);
  const seen = callValues(known.steps, context).map((value) => ({ value, from: 'in the call in focus' }));
  const first = new Map<string, SuggestedValue>();
  for (const one of [...named, ...listed, ...seen]) {
    const key = JSON.stringify(one.value);
    if (!first.has(key)) first.set(key, one);
  }
  return [...first.values()];
}

const dotted = (steps: readonly KnownPathStep[]): string =>
  steps.map((step) => (typeof step === 'string' ? step : '*')).join('.');

type ListedValues = (catalog: Catalog) => readonly (string | undefined)[];
const tagsOf = (items: readonly { readonly tags?: readonly string[] }[]) => items.flatMap((item) => item.tags ?? []);

/** Facts of a call whose values the catalog lists, by path; `*` is an element. */
const FROM_CATALOG: Readonly<Record<string, ListedValues>> = {
  'agent.slug': ({ agents }) => agents.map(({ slug }) => slug),
  'agent.name': ({ agents }) => agents.map(({ name }) => name),
  'agent.tags.*': ({ agents }) => tagsOf(agents),
  'instance.id': ({ instances }) => instances.map(({ id }) => id),
  'instance.name': ({ instances }) => instances.map(({ name }) => name),
  'instance.tags.*': ({ instances }) => tagsOf(instances),
  'instance.client.name': ({ instances }) => instances.map(({ client }) => client?.name),
  'instance.client.version': ({ instances }) => instances.map(({ client }) => client?.version),
  'instance.client.protocolVersion': ({ instances }) => instances.map(({ client }) => client?.protocolVersion),
  'user.id': ({ users }) => users.map(({ id }) => id),
  'user.email': ({ users }) => users.map(({ email }) => email),
  'user.name': ({ users }) => users.map(({ name }) => name),
  'user.groups.*': ({ groups, users }) => [
    ...groups.map(({ name }) => name),
    ...users.flatMap((user) => user.groups ?? []),
  ],
  'resource.slug': ({ resources }) => resources.map(({ slug }) => slug),
  'resource.name': ({ resources }) => resources.map(({ name }) => name),
  'resource.tags.*': ({ resources }) => tagsOf(resources),
};

function factValues(
  steps: readonly KnownPathStep[] | undefined,
  { catalog, tools }: ConditionContext,
): SuggestedValue[] {
  if (!steps) return [];
  const path = dotted(steps);
  const covered = (values: readonly (string | undefined)[], from: string) =>
    values.flatMap((value) => (value === undefined ? [] : [{ value, from }]));
  if (path === 'tool.name')
    return covered(
      tools.map(({ tool }) => tool.name),
      'covered by the rule',
    );
  if (path === 'tool.title')
    return covered(
      tools.map(({ tool }) => tool.title),
      'covered by the rule',
    );
  const listed = Object.hasOwn(FROM_CATALOG, path) ? FROM_CATALOG[path] : undefined;
  return catalog && listed ? covered(listed(catalog), 'in the catalog') : [];
}

/** What the call in focus has at a place; under a list, each of its elements. */
export function callValues(steps: readonly KnownPathStep[] | undefined, { call }: ConditionContext): readonly Json[] {
  if (!call || !steps) return [];
  const [variable, member, ...inner] = steps;
  const path = typeof variable === 'string' && typeof member === 'string' ? callPathOf([variable, member]) : undefined;
  if (path === undefined) return [];
  return [...path.map(String), ...inner]
    .reduce<readonly unknown[]>((values, step) => values.flatMap((value) => into(value, step)), [call])
    .filter(isJson);
}

function into(value: unknown, step: KnownPathStep): readonly unknown[] {
  if (step === ELEMENT) return Array.isArray(value) ? value : [];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  return Object.entries(value).flatMap(([key, held]: [string, unknown]) => (key === step ? [held] : []));
}

const isJson = (value: unknown): value is Json => value !== undefined;
