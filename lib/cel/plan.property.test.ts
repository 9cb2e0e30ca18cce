import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { activation, type Activation } from './evaluate/activation';
import { check, DECISION_DECLARATIONS } from './check/checker';
import { show } from './values/display';
import { encodeResult } from './values/encode';
import { explain } from './explain/explain';
import type { Json } from '../json';
import { parse } from './syntax/parser';
import { Program, compile } from './evaluate/program';
import { loadRegex } from './evaluate/regex';
import { loadTimezones } from './values/timezone';
import { condition, context, unknowns } from './testdata/arbitrary';
import { comparable } from './testdata/recorded';
import { EvalError, Unknown, type Result } from './values/values';

beforeAll(() => Promise.all([loadRegex(), loadTimezones()]));

const declared = new Set(Object.keys(DECISION_DECLARATIONS));

/** The program, whether it type-checks or not: an evaluator meets types as they come. */
function program(source: string): Program | undefined {
  const parsed = parse(source);
  if (parsed.diagnostics.length) return undefined;
  const checked = check(parsed, { declarations: DECISION_DECLARATIONS });
  const { references } = checked.diagnostics.length ? { references: new Map<number, never>() } : checked;
  return new Program(source, parsed.expr, { references }, declared);
}

const shown = (result: Result): string =>
  result instanceof EvalError ? result.code : result instanceof Unknown ? 'unknown' : comparable(encodeResult(result));

const runs = { numRuns: Number(process.env['FUZZ_RUNS'] ?? 1000) };

describe('compiled conditions', () => {
  it('answer the same whether common shapes are specialised or every node has its own closure', () => {
    fc.assert(
      fc.property(condition, context, (source, facts) => {
        const compiled = program(source);
        const given = activation(facts);
        if (compiled) expect(explain(compiled, given).result).toEqual(show(compiled.evaluate(given)));
      }),
      runs,
    );
  });

  it('answer the same compiled for unknown facts, if none is', () => {
    fc.assert(
      fc.property(condition, context, (source, facts) => {
        const compiled = program(source);
        const known = compiled?.evaluate(activation(facts));
        const partial = compiled?.evaluate(activation(facts, ['resource.nowhere']));
        // Which of two errors is met first may differ, whether there is one may not.
        if (!(known instanceof EvalError && partial instanceof EvalError)) {
          expect(shown(partial ?? null)).toBe(shown(known ?? null));
        }
      }),
      runs,
    );
  });

  it('with unknown facts answer only what holds whatever those facts are', () => {
    fc.assert(
      fc.property(condition, context, context, unknowns, (source, facts, others, unknown) => {
        const compiled = program(source);
        const partial = compiled?.evaluate(activation(facts, unknown));
        if (!compiled || partial === undefined || partial instanceof Unknown) return;
        const completed = compiled.evaluate(activation(mix(facts, others, unknown)));
        expect(partial instanceof EvalError ? 'error' : shown(partial)).toBe(
          completed instanceof EvalError ? 'error' : shown(completed),
        );
      }),
      runs,
    );
  });

  it('name among the unknown facts only paths that the program may read', () => {
    fc.assert(
      fc.property(condition, context, unknowns, (source, facts, unknown) => {
        const compiled = program(source);
        const result = compiled?.evaluate(activation(facts, unknown));
        if (!compiled || !(result instanceof Unknown)) return;
        expect(compiled.reads).toEqual(expect.arrayContaining([...result.paths]));
        expect([...new Set(result.paths)].sort()).toEqual(result.paths);
      }),
      runs,
    );
  });
});

type Facts = Record<string, Record<string, Json>>;

/** The facts, but those at the unknown paths as the others have them. */
function mix(facts: Facts, others: Facts, unknown: readonly string[]): Facts {
  const mixed = structuredClone(facts);
  for (const path of unknown) {
    const steps = path.split('.');
    const last = steps.pop() as string;
    const at = (from: unknown): Record<string, unknown> | undefined =>
      steps.reduce<unknown>((held, step) => (held as Record<string, unknown> | undefined)?.[step], from) as never;
    const [target, source] = [at(mixed), at(others)];
    if (typeof target !== 'object' || target === null || Array.isArray(target)) continue;
    const held = typeof source === 'object' && source !== null ? source[last] : undefined;
    if (held === undefined) delete target[last];
    else target[last] = held;
  }
  return mixed;
}

describe('compile', () => {
  it('gives the diagnostics of what does not compile', async () => {
    expect(await compile('agent.slug ==')).toMatchObject({ ok: false, diagnostics: [{ phase: 'parse' }] });
    expect(await compile('1 == 1.0')).toMatchObject({ ok: false, diagnostics: [{ phase: 'check' }] });
    expect(await compile('request.args.flag', { result: 'bool' })).toMatchObject({ ok: true });
    expect(await compile('"x"', { result: 'bool' })).toMatchObject({ ok: false });
  });

  it('runs only the overload that cel-go would', async () => {
    const given: Activation = activation({ request: { args: { n: 2, ttl: '1h' } } });
    const results = await Promise.all(
      ['int(request.args["n"])', 'int(request.args.n)', 'int(dyn(request.args["n"]))', 'double(request.args["n"])'].map(
        async (source) => {
          const compiled = await compile(source);
          return compiled.ok ? shown(compiled.program.evaluate(given)) : 'does not compile';
        },
      ),
    );
    expect(results).toEqual([
      'no-such-overload',
      '{"type":"int","value":{"int":"2"}}',
      '{"type":"int","value":{"int":"2"}}',
      '{"type":"double","value":{"double":2}}',
    ]);
  });

  it('lists the paths that are read', async () => {
    const compiled = await compile(
      'agent.slug == "a" && (user.x ? agent : user).name == request.args["content-type"] && request.args.list[0].k in request.args[agent.k] && request.args.to.all(agent, agent.x == request.ip)',
    );
    expect(compiled.ok && compiled.program.reads).toEqual([
      'agent.k',
      'agent.name',
      'agent.slug',
      'request.args',
      'request.args.list[0].k',
      'request.args.to',
      'request.args["content-type"]',
      'request.ip',
      'user.name',
      'user.x',
    ]);
  });
});
