import { describe, expect, it } from 'vitest';
import { argsType } from '../cel';
import { argumentsOf } from '../analysis';
import type { CatalogTool, JsonObject } from '../engine';
import { growthOf, LINEAR } from '../testdata/counted-work';
import { argumentRoots, descriptionOf, elementNodes, kindsOf, membersOf, namedValues, typeWords } from './schema';

const repeat = <T>(size: number, make: (i: number) => T): T[] => Array.from({ length: size }, (_, i) => make(i));
const named = (size: number, make: (i: number) => JsonObject): JsonObject =>
  Object.fromEntries(repeat(size, (i) => [`n${i}`, make(i)]));

/** Schemas that a stranger's catalog may hold, each grown to a size. */
const HOSTILE: readonly [string, (size: number) => readonly JsonObject[]][] = [
  ['alternatives that refer to what holds them', (size) => [{ anyOf: repeat(size, () => ({ $ref: '#' })) }]],
  [
    'parts that refer to each other',
    (size) => [
      { $ref: '#/$defs/n0', $defs: named(size, () => ({ allOf: repeat(3, (i) => ({ $ref: `#/$defs/n${i}` })) })) },
    ],
  ],
  [
    'a member in each alternative, of one large schema',
    (size) => [
      {
        anyOf: repeat(size, () => ({ properties: { a: { $ref: '#/$defs/large' } } })),
        $defs: { large: { anyOf: repeat(size, (i) => ({ const: i })) } },
      },
    ],
  ],
  [
    'members that are all required',
    (size) => [{ type: 'object', properties: named(size, () => ({})), required: repeat(size, (i) => `n${i}`) }],
  ],
  ['a large enum', (size) => [{ properties: { a: { enum: repeat(size, (i) => `v${i}`) } } }]],
  [
    'tools with a member of their own',
    (size) => repeat(size, (i) => ({ type: 'object', properties: { [`n${i}`]: {} } })),
  ],
];

function readAll(schemas: readonly JsonObject[]): void {
  const tools = schemas.map((inputSchema, i): CatalogTool => ({ name: `t${i}`, inputSchema }));
  const roots = argumentRoots(tools.map((tool) => ({ tool, resource: 'r' })));
  for (const nodes of [roots, ...[...membersOf(roots).values()].slice(0, 3)]) {
    kindsOf(nodes);
    typeWords(nodes);
    descriptionOf(nodes);
    namedValues(nodes);
    elementNodes(nodes);
  }
  argsType(schemas);
  argumentsOf(tools);
}

describe('JSON Schemas of a catalog', () => {
  it.each(HOSTILE)('are read in time that is linear in their size: %s', (_, schemas) => {
    // Made anew for each reading: what is found of a schema is remembered with it.
    const { blocks, factor } = growthOf(
      500,
      (size) => size,
      (size) => readAll(schemas(size)),
    );
    expect(blocks).toBeGreaterThan(500);
    expect(factor).toBeLessThan(LINEAR);
  });

  it('may be lists of themselves', () => {
    const schema: JsonObject = { type: 'array', items: { $ref: '#' } };
    const roots = argumentRoots([{ tool: { name: 't', inputSchema: schema }, resource: 'r' }]);
    expect(typeWords(roots)).toBe('list(list(list(list(list(list(list))))))');
  });
});
