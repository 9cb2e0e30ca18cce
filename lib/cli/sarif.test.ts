/**
 * What `policy lint --format sarif` prints, against the JSON Schema of SARIF 2.1.0 (OASIS), as `@microsoft/jest-sarif` 1.0.0-beta.0 has it
 * (MIT licence, Microsoft Corporation): `testdata/sarif-2.1.0.schema.json`.
 */
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../engine';
import { GALLERY } from '../findings';
import { run } from './testdata/harness';

const file = new URL('./testdata/sarif-2.1.0.schema.json', import.meta.url);
// It is written in draft 04, from which only these two members differ in their names.
const { $schema: _, id: _id, ...schema } = JSON.parse(readFileSync(file, 'utf8')) as JsonObject;
const ajv = new Ajv({ strict: false, unicodeRegExp: false });
for (const format of ['uri', 'uri-reference'])
  ajv.addFormat(format, (text: string) => /^[\w./:%#?=&~+@,;!()*'[\]$-]*$/.test(text));
ajv.addFormat('date-time', (text: string) => !Number.isNaN(Date.parse(text)));
const isValid = ajv.compile(schema);

const codesOf = ({ expected }: (typeof GALLERY)[number]) => expected.map((one) => one.split(' ')[1]);
/** The cases with a code that none before has. */
const EACH_CODE = GALLERY.filter((one, i) => {
  const before = new Set(GALLERY.slice(0, i).flatMap(codesOf));
  return codesOf(one).some((code) => !before.has(code));
});

async function sarifOf(path: string, bundle: object): Promise<JsonObject> {
  const { out } = await run(['lint', path, '--format', 'sarif'], { [path]: JSON.stringify(bundle) });
  return JSON.parse(out) as JsonObject;
}

const bundleOf = (rules: readonly { readonly id: string }[], more: object = {}) => ({
  ...{ format: 'policy-bundle', version: 1, name: 'a' },
  rules: rules.map((rule) => ({ name: `a “${rule.id}” \u{1F600}`, ...rule })),
  ...more,
});

describe('a SARIF log', () => {
  it.each(EACH_CODE)('is valid for $name', async ({ rules, gatedWhenFalse, catalog }) => {
    const settings = gatedWhenFalse === undefined ? {} : { settings: { gatedWhenFalse } };
    const log = await sarifOf('-', bundleOf(rules, { ...settings, ...(catalog ? { catalog } : {}) }));
    expect(isValid(log), JSON.stringify(isValid.errors)).toBe(true);
    expect(JSON.stringify(log)).toContain('"ruleIndex"');
  });

  it('is valid for a path with spaces, and for dismissed findings', async () => {
    const dismissed = [{ code: 'allow-all-active', ruleId: 'all', at: '', reason: 'meant to' }];
    const log = await sarifOf(
      'a folder/päth #1.json',
      bundleOf([{ id: 'all', ...{ effect: 'allow', tools: ['*'] } }], { dismissed }),
    );
    expect(isValid(log), JSON.stringify(isValid.errors)).toBe(true);
    expect(JSON.stringify(log)).toContain('suppressions');
  });

  it('is not valid with another level, without a message, or with a member that there is not', async () => {
    const log = JSON.stringify(await sarifOf('-', bundleOf([{ id: 'all', ...{ effect: 'allow', tools: ['*'] } }])));
    for (const [from, to] of [
      ['"level":"note"', '"level":"info"'],
      ['"version":"2.1.0"', '"version":"2.2"'],
      ['"results":', '"findings":'],
    ] as const) {
      const spoiled = log.replace(from, to);
      expect(spoiled).not.toBe(log);
      expect(isValid(JSON.parse(spoiled))).toBe(false);
    }
  });
});
