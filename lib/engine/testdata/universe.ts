/** A small world in which policies, calls and unknowns often meet: every fact with the values that it may take. */
import fc from 'fast-check';
import { FACETS, ruleId, type Call, type Facet, type JsonObject, type Policy, type Rule, type Scope } from '../model/model';

/** A call of which everything is known: null is absent, nothing is missing. */
export interface KnownCall {
  readonly id: string;
  readonly time: string | null;
  readonly agent: { readonly slug: string | null; readonly name: string | null; readonly tags: readonly string[] | null } | null;
  readonly instance: {
    readonly id: string | null;
    readonly name: string | null;
    readonly tags: readonly string[] | null;
    readonly client: { readonly name: string | null; readonly version: string | null; readonly protocolVersion: string | null } | null;
  } | null;
  readonly user: {
    readonly id: string | null;
    readonly email: string | null;
    readonly name: string | null;
    readonly groups: readonly string[] | null;
  } | null;
  readonly resource: { readonly slug: string | null; readonly name: string | null; readonly tags: readonly string[] | null } | null;
  readonly tool: { readonly name: string | null; readonly title: string | null; readonly annotations: JsonObject | null } | null;
  readonly args: JsonObject | null;
  readonly ip: string | null;
  readonly userAgent: string | null;
}

const or = <T>(...values: T[]) => fc.constantFrom<T | null>(...values, null);
const tags = fc.option(fc.subarray(['t', 'T', 'u']), { nil: null });
const part = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null, freq: 8 });
const TOOLS = ['send_a', 'Send_a', 'ns/send_a', 'get'] as const;

/** How each fact is drawn, by its path; those of an object are under the object's own. */
const FACTS = {
  time: or('2026-11-22T10:00:00Z', '2020-01-01T00:00:00.5+02:00', 'noon'),
  agent: part(fc.record({ slug: or('a', 'A', 'b'), name: or('n'), tags })),
  instance: part(
    fc.record({ id: or('i', 'j'), name: or('n'), tags, client: part(fc.record({ name: or('c'), version: or('1'), protocolVersion: or('2025-06-18') })) }),
  ),
  user: part(fc.record({ id: or('i', 'u'), email: or('u', 'e@x'), name: or('n'), groups: fc.option(fc.subarray(['g', 'G', 'h']), { nil: null }) })),
  resource: part(fc.record({ slug: or('a', 'r'), name: or('n'), tags })),
  tool: fc.record({
    name: fc.constantFrom<string>(...TOOLS),
    title: or('t'),
    annotations: part(fc.constantFrom<JsonObject>({}, { readOnlyHint: true }, { readOnlyHint: false, destructiveHint: true })),
  }),
  args: part(fc.constantFrom<JsonObject>({}, { n: 1 }, { n: 5, s: 'u' }, { n: 'x' }, { s: null })),
  ip: or('1.2.3.4'),
  userAgent: or('ua'),
} as const;

export const knownCall: fc.Arbitrary<KnownCall> = fc.record({ id: fc.constant('c'), ...FACTS });

/** The paths of all facts, an object before what is in it. */
export const PATHS: readonly (readonly string[])[] = [
  ['time'],
  ['args'],
  ['ip'],
  ['userAgent'],
  ...[
    ['agent', 'slug', 'name', 'tags'],
    ['instance', 'id', 'name', 'tags', 'client'],
    ['user', 'id', 'email', 'name', 'groups'],
    ['resource', 'slug', 'name', 'tags'],
    ['tool', 'name', 'title', 'annotations'],
  ].flatMap(([object = '', ...fields]) => [[object], ...fields.map((field) => [object, field])]),
  ['instance', 'client', 'name'],
  ['instance', 'client', 'version'],
  ['instance', 'client', 'protocolVersion'],
  ['instance', 'client', 'protocolVersion'],
];

type Tree = Record<string, unknown>;

/** The call without the facts at these paths: they are unknown. */
export function without(call: KnownCall, paths: readonly (readonly string[])[]): Call {
  const copy = structuredClone(call) as unknown as Tree;
  for (const path of paths) {
    const holder = path.slice(0, -1).reduce<Tree | null | undefined>((tree, key) => tree?.[key] as Tree | null | undefined, copy);
    if (holder) delete holder[path[path.length - 1] ?? ''];
  }
  return copy as unknown as Call;
}

/** The partial call with each fact that it lacks taken from another: one of its completions. */
export function complete(partial: Call, from: KnownCall): KnownCall {
  const fill = (have: unknown, other: unknown): unknown => {
    if (have === undefined) return other;
    if (have === null || typeof have !== 'object' || Array.isArray(have)) return have;
    return have;
  };
  const top = partial as unknown as Tree;
  const source = from as unknown as Tree;
  const object = (key: string, fields: readonly string[]): unknown => {
    const have = top[key] as Tree | null | undefined;
    const other = source[key] as Tree | null;
    if (have === undefined || have === null) return fill(have, other);
    return Object.fromEntries(fields.map((field) => [field, fill(have[field], other?.[field] ?? null)]));
  };
  const instance = object('instance', ['id', 'name', 'tags', 'client']) as Tree | null;
  const client = instance?.['client'] as Tree | null | undefined;
  const otherClient = (source['instance'] as Tree | null)?.['client'] as Tree | null | undefined;
  if (instance && client) {
    instance['client'] = Object.fromEntries(['name', 'version', 'protocolVersion'].map((field) => [field, fill(client[field], otherClient?.[field] ?? null)]));
  }
  const tool = object('tool', ['name', 'title', 'annotations']) as Tree;
  tool['name'] ??= TOOLS[3];
  return {
    id: from.id,
    time: fill(top['time'], from.time),
    agent: object('agent', ['slug', 'name', 'tags']),
    instance,
    user: object('user', ['id', 'email', 'name', 'groups']),
    resource: object('resource', ['slug', 'name', 'tags']),
    tool,
    args: fill(top['args'], from.args),
    ip: fill(top['ip'], from.ip),
    userAgent: fill(top['userAgent'], from.userAgent),
  } as unknown as KnownCall;
}

export const CONDITIONS = [
  'request.args.n > 1.0',
  '!(request.args.n > 1.0)',
  'has(request.args.n) && request.args.n == 5.0',
  'agent.slug == "a"',
  'agent.slugg == "a"',
  'request.args.s == user.id || resource.slug == "r"',
  'user.groups.exists(g, g == "h")',
  'has(request.ip) && has(agent.name)',
  'request.time < timestamp("2025-01-01T00:00:00Z")',
  'tool.annotations.readOnlyHint',
  'has(tool.annotations) ? has(tool.annotations.destructiveHint) : tool.name == "get"',
  'instance.client.name == "c" || has(instance.client)',
  'has(instance.client.other)',
  'size(user) > 1',
  'tool.name.startsWith("send")',
  'request.args.n + 1 > 0.0',
  'request.args',
  '"t" in agent.tags',
  'nope(',
  '',
  '"text"',
  'true',
  'false',
] as const;

const SELECTORS: Record<Facet, readonly string[]> = {
  resources: ['a', 'r', 'tag:t'],
  agents: ['a', 'A', 'b', 'tag:t', 'tag:u'],
  instances: ['i', 'tag:T'],
  users: ['u', 'i', 'e@x'],
  groups: ['g', 'h'],
};

export const PATTERNS = ['*', 'send_*', '*send_a', 'get', 'Send_a', 'n*'] as const;

const scope: fc.Arbitrary<Scope> = fc.record(
  Object.fromEntries(
    FACETS.map((facet) => [
      facet,
      fc.oneof({ weight: 4, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.subarray([...SELECTORS[facet]], { minLength: 1 }) }),
    ]),
  ) as unknown as { [F in Facet]: fc.Arbitrary<readonly string[]> },
);

const rule: fc.Arbitrary<Omit<Rule, 'id'>> = fc.record({
  name: fc.constant(''),
  description: fc.constant(''),
  effect: fc.constantFrom('allow', 'deny', 'gated'),
  status: fc.constantFrom('active', 'active', 'active', 'active', 'draft', 'disabled'),
  scope,
  tools: fc.subarray([...PATTERNS], { minLength: 1, maxLength: 2 }),
  condition: fc.option(fc.constantFrom<string>(...CONDITIONS), { nil: null, freq: 3 }),
});

export const policy: fc.Arbitrary<Policy> = fc
  .record({
    rules: fc.array(rule, { maxLength: 6 }),
    gatedWhenFalse: fc.constantFrom('continue' as const, 'deny' as const),
  })
  .map(({ rules, gatedWhenFalse }) => ({
    rules: rules.map((one, i) => ({ ...one, id: ruleId(`r${i}`) })),
    settings: { gatedWhenFalse },
  }));
