import { describe, expect, it, vi } from 'vitest';
import type { Program } from '../cel';
import { compilePolicy } from './decide/compile';
import { decideRow, decideUnder } from './decide/decide';
import { fillRule } from './model/defaults';
import { ruleId, type Call, type Effect, type Policy, type Rule } from './model/model';
import { flipped } from './model/readings';
import { Oracle } from './testdata/oracle';
import type { KnownCall } from './testdata/universe';

vi.setConfig({ testTimeout: 120_000 });

/**
 * Every policy of two rules over a small vocabulary (with and without `Allow all` below them), every call of a small world with any of
 * its facts unknown, and every completion of it.
 */
const AGENTS = ['a', 'b', null];
const ARGS = [{ n: 5 }, { n: 1 }, {}];
const TOOLS = ['x', 'xy'];
const ERROR_DENIES = flipped('error-skips');
const UNKNOWN = Symbol('unknown');

const rules = function* (): Generator<Omit<Rule, 'id'>> {
  for (const effect of ['allow', 'deny', 'gated'] satisfies Effect[]) {
    for (const condition of [null, 'request.args.n > 1.0', '!(request.args.n > 1.0)', 'agent.slug == "a"']) {
      if (effect === 'gated' && condition === null) continue;
      for (const agents of [[], ['a'], ['a', 'b']]) {
        for (const tools of [['*'], ['x']]) {
          yield fillRule({ id: ruleId(''), name: '', effect, condition, scope: { agents }, tools });
        }
      }
    }
  }
};

interface Facts {
  readonly agent: (typeof AGENTS)[number] | typeof UNKNOWN;
  readonly args: (typeof ARGS)[number] | typeof UNKNOWN;
  readonly tool: (typeof TOOLS)[number] | typeof UNKNOWN;
}

const worlds = (
  agents: readonly Facts['agent'][],
  args: readonly Facts['args'][],
  tools: readonly Facts['tool'][],
): Facts[] => agents.flatMap((agent) => args.flatMap((one) => tools.map((tool) => ({ agent, args: one, tool }))));

function callOf({ agent, args, tool }: Facts): Call {
  const fact = <T>(key: string, value: T | typeof UNKNOWN) => (value === UNKNOWN ? {} : { [key]: value });
  const all = {
    id: 'c',
    time: null,
    instance: null,
    user: null,
    resource: null,
    ip: null,
    userAgent: null,
    agent: { name: null, tags: null, ...fact('slug', agent) },
    tool: { title: null, annotations: null, ...fact('name', tool) },
    ...fact('args', args),
  };
  return all as unknown as Call;
}

const KNOWN = worlds(AGENTS, ARGS, TOOLS);
const PARTIAL = worlds([...AGENTS, UNKNOWN], [...ARGS, UNKNOWN], [...TOOLS, UNKNOWN]).filter((facts) =>
  Object.values(facts).includes(UNKNOWN),
);
const completes = (known: Facts, partial: Facts): boolean =>
  (['agent', 'args', 'tool'] as const).every((key) => partial[key] === UNKNOWN || partial[key] === known[key]);

/** Of every so many policies one is taken: the whole takes minutes. */
const STRIDE = 9;

describe('a small universe', () => {
  it('is answered with what its completions give, and seldom with more', async () => {
    const pool = [...rules()];
    const programs = new Map<string, Program | undefined>();
    const partials = PARTIAL.map((facts) => ({
      call: callOf(facts),
      completions: KNOWN.flatMap((known, i) => (completes(known, facts) ? [i] : [])),
    }));
    const knownCalls = KNOWN.map(callOf);
    const wrong: unknown[] = [];
    const seen = { answers: 0, conditional: 0, needless: 0, deciders: 0, never: 0 };
    let turn = 0;
    for (const first of pool) {
      for (const second of pool) {
        if (turn++ % STRIDE !== 0) continue;
        for (const gatedWhenFalse of ['continue', 'deny'] as const) {
          const below = turn % 2 === 0 ? [fillRule({ id: ruleId(''), name: '', effect: 'allow', tools: ['*'] })] : [];
          const of: Policy = {
            settings: { gatedWhenFalse },
            rules: [first, second, ...below].map((rule, i) => ({ ...rule, id: ruleId(`r${i}`) })),
          };
          const compiled = await compilePolicy(of);
          const oracle = await Oracle.of(of, programs);
          const answers = knownCalls.map((call) => oracle.decide(call as unknown as KnownCall));
          const strict = knownCalls.map((call) => oracle.decide(call as unknown as KnownCall, ERROR_DENIES));
          for (const { call, completions } of partials) {
            const row = decideRow(compiled, call);
            const effects = new Set(completions.map((i) => answers[i]?.effect));
            const deciders = new Set(
              completions.map((i) => {
                const by = answers[i]?.decidedBy;
                return by?.kind === 'default' ? 'default' : by?.ruleId;
              }),
            );
            const by = row.decidedBy;
            const could =
              by.kind === 'undecided'
                ? [...by.ruleIds, ...(by.default ? ['default'] : [])]
                : [by.kind === 'default' ? 'default' : by.ruleId];
            const sound =
              (row.effect === 'conditional' || [...effects].every((effect) => effect === row.effect)) &&
              [...deciders].every((one) => could.includes(one ?? ''));
            const other = decideUnder(compiled, call, ERROR_DENIES).effect;
            const otherSound = other === 'conditional' || completions.every((i) => strict[i]?.effect === other);
            if (!sound || !otherSound) wrong.push({ of, call, row, other });
            seen.answers++;
            seen.deciders += could.length;
            seen.never += could.filter((one) => !deciders.has(one)).length;
            if (row.effect === 'conditional') seen.conditional++;
            if (row.effect === 'conditional' && effects.size === 1) seen.needless++;
          }
        }
      }
    }
    expect(wrong.slice(0, 3)).toEqual([]);
    expect(seen.answers).toBeGreaterThan(25_000);
    // What is left hangs on a scope and a condition that read the same unknown fact.
    expect(seen.needless / seen.answers).toBeLessThan(0.014);
    expect(seen.never / seen.deciders).toBeLessThan(0.025);
  });
});
