import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTimestamp } from '../cel';
import type { JsonObject } from '../engine';
import { readBundle } from './read';
import { bundleSchema } from './schema';
import { bundles, spoiled } from './testdata/arbitrary';

const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, strictRequired: false });
ajv.addFormat('date-time', (text: string) => parseTimestamp(text) !== undefined);
const valid = ajv.compile(bundleSchema());

/** What no schema can say, so that only the code refuses it. */
const BEYOND_SCHEMA = ['duplicate-id', 'pattern-too-many-alternatives', 'patterns-too-many-alternatives'];

describe('the published schema', () => {
  it('is the one that the code gives', () => {
    const file = new URL('../../public/schema/policy-bundle.v1.schema.json', import.meta.url);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(JSON.parse(JSON.stringify(bundleSchema())));
  });

  it('accepts every valid bundle', () => {
    fc.assert(
      fc.property(bundles, (bundle) => {
        const written: unknown = JSON.parse(JSON.stringify(bundle));
        expect([valid(written), valid.errors]).toEqual([true, null]);
      }),
      { numRuns: 150 },
    );
  });

  it('refuses what the code refuses, and nothing else', () => {
    let refused = 0;
    fc.assert(
      fc.property(spoiled, (bundle) => {
        const text = JSON.stringify(bundle);
        const read = readBundle(text);
        const problems = read.ok ? [] : read.problems.filter((problem) => !BEYOND_SCHEMA.includes(problem.code));
        if (problems.length > 0) refused++;
        expect({ valid: valid(JSON.parse(text)), text, problems }).toEqual({
          valid: problems.length === 0,
          text,
          problems,
        });
      }),
      { numRuns: 1_500 },
    );
    expect(refused).toBeGreaterThan(250);
  });

  const rule = { id: 'r', name: '', effect: 'allow', tools: ['*'] };
  const around = (fields: JsonObject): JsonObject => ({
    format: 'policy-bundle',
    version: 1,
    name: '',
    rules: [{ ...rule, ...fields }],
  });
  it.each([
    ['64 patterns', around({ tools: Array<string>(64).fill('*') }), true],
    ['65 patterns', around({ tools: Array<string>(65).fill('*') }), false],
    ['a pattern of 256 characters', around({ tools: ['😂'.repeat(256)] }), true],
    ['a pattern of 257 characters', around({ tools: ['😂'.repeat(257)] }), false],
    ['a condition of 4,096 characters', around({ condition: '😂'.repeat(4_096) }), true],
    ['a condition of 4,097 characters', around({ condition: '😂'.repeat(4_097) }), false],
    ['a gate that is a draft', around({ effect: 'gated', status: 'draft' }), true],
    ['a gate with a null condition', around({ effect: 'gated', condition: null }), false],
    ['an unknown field', around({ 'x-owner': 'ana' }), true],
    ['a misspelt field', around({ tool: '*' }), false],
  ] as readonly [string, JsonObject, boolean][])('%s', (_, bundle, expected) => {
    expect([valid(bundle), readBundle(JSON.stringify(bundle)).ok]).toEqual([expected, expected]);
  });
});
