import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Catalog, compilePolicy, fillPolicy, validatePolicy, type WrittenPolicy } from '../engine';
import { collectTrace } from './collect';
import { replay } from './replay';

const SAMPLES = new URL('../../public/samples/', import.meta.url);
const read = (name: string): unknown => JSON.parse(readFileSync(new URL(name, SAMPLES), 'utf8'));
const load = (name: string) => collectTrace([new Uint8Array(readFileSync(new URL(name, SAMPLES)))]);

interface Index {
  readonly policy: string;
  readonly catalog: string;
  readonly traces: readonly {
    readonly id: string;
    readonly file: string;
    readonly calls: number;
    readonly focus: string;
  }[];
}
const index = read('index.json') as Index;
const catalog = read(index.catalog) as Catalog;
const compiled = compilePolicy(fillPolicy({ rules: [], ...(read(index.policy) as Partial<WrittenPolicy>) }));

test('the index names every file', () => {
  const named = ['index.json', index.policy, index.catalog, ...index.traces.map(({ file }) => file)];
  expect(readdirSync(SAMPLES).sort()).toEqual(named.sort());
});

test('the sample policy has nothing wrong with it', async () => {
  expect(validatePolicy((await compiled).policy)).toEqual([]);
});

describe.each(index.traces)('$id', ({ file, calls: count, focus }) => {
  test('is calls of the native format, all of them good, in order of time', async () => {
    const { detection, calls, rejects, summary } = await load(file);
    expect(detection?.format).toBe('native');
    expect(rejects).toEqual([]);
    expect(summary.notes).toEqual([]);
    expect(calls).toHaveLength(count);
    expect(calls.map(({ id }) => id)).toContain(focus);
    expect(calls.map(({ time }) => time)).toEqual(calls.map(({ time }) => time).sort());
  });

  test('speaks of tools, agents and people that the catalog knows, with the arguments that their schemas name', async () => {
    const { calls } = await load(file);
    for (const { id, agent, user, instance, resource, tool, args } of calls) {
      const listed = catalog.resources
        .find(({ slug }) => slug === resource?.slug)
        ?.tools?.find(({ name }) => name === tool?.name);
      expect(listed, id).toBeDefined();
      expect(catalog.agents.map(({ slug }) => slug)).toContain(agent?.slug);
      expect(catalog.users.map(({ email }) => email)).toContain(user?.email);
      expect(catalog.instances.map((one) => one.id)).toContain(instance?.id);
      const schema = listed?.inputSchema as { properties: object; required?: string[] };
      expect(
        Object.keys(args ?? {}).filter((key) => !Object.hasOwn(schema.properties, key)),
        id,
      ).toEqual([]);
      expect(
        (schema.required ?? []).filter((key) => !Object.hasOwn(args ?? {}, key)),
        id,
      ).toEqual([]);
    }
  });
});

test.each([
  ['acme-tuesday.ndjson', { total: 217, reproduced: 214, byOtherRule: 0, diverged: 3, notReproducible: 0 }, 2],
  ['acme-incident.ndjson', { total: 38, reproduced: 38, byOtherRule: 0, diverged: 0, notReproducible: 0 }, 0],
])(
  'what the gateway recorded in %s is what the sample policy gives, but for the rules that changed',
  async (file, tally, passed) => {
    const { calls } = await load(file);
    const result = replay(await compiled, calls);
    expect(result.recordedTally).toEqual(tally);
    expect(result.counts.conditional).toBe(0);
    expect(result.perRule.reduce((sum, { gatePassed }) => sum + gatePassed, 0)).toBe(passed);
  },
);
