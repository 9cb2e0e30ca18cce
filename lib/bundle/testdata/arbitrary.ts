import fc from 'fast-check';
import { EFFECTS, FACETS, READING_CHOICES, STATUSES, type Json, type JsonObject } from '../../engine';
import type { Bundle } from '../model';
import { readBundle } from '../read';

/**
 * Random bundles as they are written (JSON, with or without what may be omitted), for property tests. All of them are valid; `spoiled` are
 * the same with one value replaced, which mostly makes them invalid.
 */

const name = fc.string({ unit: 'grapheme', maxLength: 8 });
const filled = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 });
const json = fc.jsonValue({ maxDepth: 3, stringUnit: 'grapheme' }) as fc.Arbitrary<Json>;
const map = fc.dictionary(fc.oneof(filled, fc.constantFrom('__proto__', 'constructor')), json, { maxKeys: 4 });
const fact = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(arbitrary, { freq: 6 });
const names = fc.array(name, { maxLength: 3 });
const some = <T>(fields: { [K in keyof T]: fc.Arbitrary<T[K]> }, required: (keyof T)[] = []): fc.Arbitrary<Json> =>
  fc.record(fields, { requiredKeys: required }) as unknown as fc.Arbitrary<Json>;

const selector = fc.oneof(
  filled,
  filled.map((tag) => `tag:${tag}`),
);
const person = filled.filter((text) => !text.startsWith('tag:'));
const scope = some(
  Object.fromEntries([
    ...FACETS.map(
      (facet) =>
        [facet, fc.array(facet === 'users' || facet === 'groups' ? person : selector, { maxLength: 2 })] as const,
    ),
    ['x-note', json] as const,
  ]),
);

const condition = fc.constantFrom('true', '', 'request.args.n > 1', 'agent.slug == "é😂"', 'a b c');
const rule = some(
  {
    id: filled,
    name,
    description: name,
    effect: fc.constantFrom(...EFFECTS),
    status: fc.constantFrom(...STATUSES),
    scope,
    tools: fc.array(fc.constantFrom('*', 'send_*', '{a,b}_*', '[', '!x', 'ünï'), { minLength: 1, maxLength: 3 }),
    condition: fact(condition),
    'x-owner': json,
  },
  ['id', 'name', 'effect', 'tools'],
).map((written) => {
  const one = written as JsonObject;
  const bare =
    one['effect'] === 'gated' && (one['status'] ?? 'active') === 'active' && (one['condition'] ?? null) === null;
  return bare ? { ...one, condition: 'true' } : one;
});

const time = fc.constantFrom('2026-11-22T10:00:00Z', '2024-02-29T23:59:59.123456789+02:00');
const client = some({ name: fact(name), version: fact(name) });
export const call: fc.Arbitrary<JsonObject> = some(
  {
    id: filled,
    time: fact(time),
    agent: fact(some({ slug: fact(name), name: fact(name), tags: fact(names) })),
    instance: fact(some({ id: fact(name), name: fact(name), tags: fact(names), client: fact(client) })),
    user: fact(some({ id: fact(name), email: fact(name), name: fact(name), groups: fact(names) })),
    resource: fact(some({ slug: fact(name), name: fact(name), tags: fact(names) })),
    tool: fact(
      some({ name: fact(name), title: fact(name), annotations: fact(some({ readOnlyHint: fact(fc.boolean()) })) }),
    ),
    args: fact(map),
    ip: fact(name),
    userAgent: fact(name),
    recorded: fact(some({ effect: fc.constantFrom('allow', 'deny'), ruleId: name, reason: name }, ['effect'])),
    other: json,
  },
  ['id'],
) as fc.Arbitrary<JsonObject>;

const decidedBy = fc.oneof(
  some({ kind: fc.constantFrom('rule', 'gate'), ruleId: filled }, ['kind', 'ruleId']),
  some({ kind: fc.constant('default') }, ['kind']),
);
const test = some(
  {
    name,
    call,
    expect: some({ effect: fc.constantFrom('allow', 'deny', 'conditional'), decidedBy }, ['effect']),
  },
  ['name', 'call', 'expect'],
);
const tool = some(
  { name: filled, title: name, description: name, inputSchema: map, annotations: some({ title: name }) },
  ['name'],
);
const catalog = some({
  resources: fc.array(some({ slug: filled, name, tags: names, tools: fc.array(tool, { maxLength: 2 }) }, ['slug']), {
    maxLength: 2,
  }),
  agents: fc.array(some({ slug: filled, name, tags: names }, ['slug']), { maxLength: 2 }),
  instances: fc.array(some({ id: filled, name, agent: name, user: name, tags: names }, ['id']), { maxLength: 2 }),
  users: fc.array(some({ id: name, email: name, name, groups: names }), { maxLength: 2 }),
  groups: fc.array(some({ name: filled }, ['name']), { maxLength: 2 }),
});

const byId = (entry: Json): string => String((entry as JsonObject)['id']);

/** Valid bundles. */
export const bundles: fc.Arbitrary<JsonObject> = some(
  {
    format: fc.constant('policy-bundle'),
    version: fc.constant(1),
    name,
    description: name,
    settings: some({ gatedWhenFalse: fc.constantFrom('continue', 'deny'), 'x-y': json }),
    readings: some({
      ...Object.fromEntries(
        Object.entries(READING_CHOICES).map(([reading, values]) => [reading, fc.constantFrom(...values)]),
      ),
      'time-zone': fc.constantFrom('UTC', '+05:30', '-12:00', 'Europe/Berlin'),
    }),
    rules: fc.uniqueArray(rule, { maxLength: 5, selector: byId }),
    catalog,
    tests: fc.array(test, { maxLength: 2 }),
    invariants: fc.array(fc.oneof(fc.constant('no one may ever call `delete_*`'), json), { maxLength: 2 }),
    dismissed: fc.array(json, { maxLength: 2 }),
    exercise: map,
    trace: fc.uniqueArray(call, { maxLength: 3, selector: byId }),
    focus: filled,
    notes: name,
    unheardOf: json,
  },
  ['format', 'version', 'name', 'rules'],
) as fc.Arbitrary<JsonObject>;

/** Bundles with one value somewhere replaced, removed or added. */
export const spoiled: fc.Arbitrary<JsonObject> = fc
  .tuple(
    bundles,
    fc.nat(),
    fc.constantFrom<Json>(null, 0, 1, '', 'tag:', 'tag:x', 'allow', 'gated', true, [], {}, ['*'], [''], [null]),
    fc.nat(3),
  )
  .map(([bundle, at, value, how]) => {
    const copy = structuredClone(bundle);
    const holders: JsonObject[] = [];
    gather(copy, holders);
    const holder = (holders[at % holders.length] ?? copy) as Record<string, Json>;
    const keys = Object.keys(holder);
    const key = keys[at % Math.max(keys.length, 1)];
    if (key === undefined || how === 3) holder[Array.isArray(holder) ? keys.length : 'added'] = value;
    else if (how === 2 && !Array.isArray(holder)) delete holder[key];
    else holder[key] = value;
    return copy;
  });

function gather(value: Json, into: JsonObject[]): void {
  if (value === null || typeof value !== 'object') return;
  into.push(value as JsonObject);
  for (const item of Object.values(value)) gather(item as Json, into);
}

/** The bundle that is read from what was written; what is refused fails the test. */
export function readWritten(written: JsonObject): Bundle {
  const read = readBundle(JSON.stringify(written));
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.bundle;
}
