/**
 * Runs the examples of `docs/semantics.md`, and checks that a section which the code cites exists. An example is a fenced block:
 * `json example` holds a policy as written in a bundle, calls, and what is decided; `cel example` holds one `EXPRESSION → RESULT` a line.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { activation, compile, formatValue, isError, isUnknown } from './cel';
import {
  callId,
  compilePolicy,
  decide,
  fillPolicy,
  validateCall,
  validatePolicy,
  type Call,
  type Decision,
  validateReadings,
  type GatewayProfile,
  type Hazard,
  type WrittenPolicy,
} from './engine';

const top = resolve(import.meta.dirname, '..');
const PAGES = ['docs/semantics.md', 'docs/architecture.md', 'docs/bundle-and-link.md'];
const page = readFileSync(join(top, 'docs/semantics.md'), 'utf8');

interface ExampleCall {
  readonly call: Omit<Call, 'id'>;
  readonly effect: string;
  readonly by: string | readonly string[];
  readonly waitsFor?: readonly string[];
  readonly hazards?: readonly string[];
}
type PolicyExample = WrittenPolicy & { readonly calls: readonly ExampleCall[]; readonly readings?: GatewayProfile };

/** The fenced blocks with this info string, each with the heading that it follows. */
function blocks(info: string): { readonly title: string; readonly text: string }[] {
  const found: { title: string; text: string }[] = [];
  let heading = '';
  for (const [block, title, kind, text = ''] of page.matchAll(/^#+ (.+)$|^```(.*)\n([\s\S]*?)^```$/gm)) {
    if (block.startsWith('#')) heading = title ?? '';
    else if (kind === info) found.push({ title: `${heading}, example ${found.length + 1}`, text });
  }
  return found;
}

/** What decided, in the short form of the examples. */
function decidedBy({ decidedBy: by }: Decision): string | string[] {
  if (by.kind === 'default') return 'default';
  if (by.kind === 'undecided') return [...by.ruleIds, ...(by.default ? ['default'] : [])];
  return by.kind === 'gate' ? `gate ${by.ruleId}` : by.ruleId;
}

const hazardText = (hazard: Hazard): string =>
  hazard.kind === 'our-reading'
    ? `${hazard.kind} ${hazard.reading} ${hazard.ruleId}`
    : `${hazard.kind} ${hazard.ruleId}`;

describe('the policies of docs/semantics.md', () => {
  const examples = blocks('json example');

  it.each(examples)('$title', async ({ text }) => {
    const { calls, readings, ...policy } = JSON.parse(text) as PolicyExample;
    expect([...validatePolicy(policy), ...(readings ? validateReadings(readings) : [])]).toEqual([]);
    const { rules, settings } = fillPolicy(policy);
    const compiled = await compilePolicy({ rules, settings: { ...settings, ...(readings ? { readings } : {}) } });
    expect(calls.length).toBeGreaterThan(0);
    for (const expected of calls) {
      const call: Call = { id: callId('c1'), ...expected.call };
      expect(validateCall(call)).toEqual([]);
      const decision = decide(compiled, call);
      expect({
        call: expected.call,
        effect: decision.effect,
        by: decidedBy(decision),
        ...(decision.decidedBy.kind === 'undecided' ? { waitsFor: decision.decidedBy.waitsFor } : {}),
        ...(decision.hazards.length > 0 ? { hazards: decision.hazards.map(hazardText) } : {}),
      }).toEqual(expected);
    }
  });

  it('are all found', () => {
    expect(examples.length).toBe(page.split('```json example').length - 1);
    expect(examples.length).toBeGreaterThan(10);
  });
});

describe('the conditions of docs/semantics.md', () => {
  const facts = {
    agent: { slug: 'cursor' },
    request: {
      args: { amount: 100, n: 2.5, path: 'é/b', 'a/b': 1, none: null },
      time: '2026-11-22T10:00:00+01:00',
    },
  };
  const lines = blocks('cel example').flatMap(({ title, text }) =>
    text
      .trimEnd()
      .split('\n')
      .map((line) => {
        const [source = '', result = ''] = line.split(' → ').map((part) => part.trim());
        return { title, source, result };
      }),
  );

  it.each(lines)('$source', async ({ source, result }) => {
    const compiled = await compile(source, { result: 'any' });
    if (!compiled.ok) throw new Error(compiled.diagnostics.map(({ message }) => message).join('\n'));
    const value = compiled.program.evaluate(activation(facts, [], ['request.time']));
    if (isUnknown(value)) throw new Error('nothing is unknown here');
    expect(isError(value) ? `error ${value.code}` : formatValue(value)).toBe(result);
  });
});

describe('citations of the documentation', () => {
  const sources = ['app', 'components', 'lib', 'e2e', 'scripts']
    .flatMap((folder) =>
      readdirSync(join(top, folder), { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`),
    )
    .filter((path) => /\.(ts|tsx|mjs|md)$/.test(path) && !path.includes('node_modules'));
  const headings = new Map(
    PAGES.map((path) => {
      const text = readFileSync(join(top, path), 'utf8');
      return [path, new Set([...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading))];
    }),
  );

  it('name sections that exist', () => {
    const wrong: string[] = [];
    for (const path of sources) {
      // A citation may run over the end of a comment's line.
      const text = readFileSync(join(top, path), 'utf8').replace(/\n\s*(\*|\/\/) ?/g, ' ');
      for (const [, cited = '', list = ''] of text.matchAll(
        /(docs\/(?:semantics|architecture|bundle-and-link)\.md)((?:,? (?:and )?"[^"\n]+")*)/g,
      )) {
        const known = headings.get(cited) ?? new Set<string>();
        for (const [, section = ''] of list.matchAll(/"([^"]+)"/g)) {
          if (!known.has(section)) wrong.push(`${path}: ${cited}, "${section}"`);
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  it('name no other specification than one that a reader can open', () => {
    const unnamed = sources.filter(
      (path) =>
        path !== 'lib/semantics.test.ts' &&
        /\(specification\b|\b\d-[a-z-]+\.md\b/.test(readFileSync(join(top, path), 'utf8')),
    );
    expect(unnamed).toEqual([]);
  });
});
