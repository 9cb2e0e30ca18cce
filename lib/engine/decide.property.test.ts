import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { Program } from '../cel';
import { compilePolicy } from './decide/compile';
import { decide, decideRow, decideUnder } from './decide/decide';
import { lineUp } from './decide/line-up';
import type { DecisionStep } from './model/decision';
import type { Call, Hazard, Policy } from './model/model';
import { flipped, READING_CHOICES, READINGS, readingsOf, type GatewayProfile } from './model/readings';
import { Oracle, type Answer } from './testdata/oracle';
import { touching } from './decide/touch';
import { complete, knownCall, PATHS, policy, without, type KnownCall } from './testdata/universe';

const RUNS = 800;
const FEWER = 250;
// A failure prints its seed; shrinking whole policies takes minutes, so it is for who runs that seed again without this line.
fc.configureGlobal({ endOnFailure: true });
vi.setConfig({ testTimeout: 60_000 });
const programs = new Map<string, Program | undefined>();
const oracleOf = (of: Policy) => Oracle.of(of, programs);
/** `expect` is slow: it is asked where a quick look does not see the same. */
const same = (got: unknown, wanted: unknown): void => {
  if (JSON.stringify(got) !== JSON.stringify(wanted)) expect(got).toEqual(wanted);
};
const within = (got: unknown, allowed: readonly unknown[]): void => {
  if (!allowed.includes(got)) expect(allowed).toContain(got);
};
const asCall = (call: KnownCall): Call => call as unknown as Call;

const unknownPaths = fc.subarray([...PATHS]);
const completions = fc.array(knownCall, { minLength: 4, maxLength: 10 });

/** What the hazards of a call are by their definitions, from oracles alone. */
function hazardsBy(oracle: Oracle, of: Policy, call: KnownCall): Hazard[] {
  const profile = of.settings.readings;
  const readings = readingsOf(profile);
  const ours = oracle.decide(call, readings);
  const found: { index: number; hazard: Hazard }[] = [];
  ours.states.forEach((state, index) => {
    const rule = of.rules[index];
    if (!rule || ours.effect !== 'allow') return;
    if (rule.effect === 'deny' && state === 'error')
      found.push({ index, hazard: { kind: 'deny-skipped', ruleId: rule.id } });
    if (rule.effect === 'gated' && (state === 'error' || state === 'false')) {
      found.push({ index, hazard: { kind: 'gate-passed', ruleId: rule.id } });
    }
  });
  for (const reading of READINGS) {
    if (profile?.[reading] !== undefined) continue;
    const other = oracle.decide(call, flipped(reading, readings));
    if (other.effect === ours.effect) continue;
    const index = of.rules.findIndex((_, i) => ours.states[i] !== other.states[i]);
    const ruleId = of.rules[index]?.id;
    if (ruleId !== undefined) found.push({ index, hazard: { kind: 'our-reading', reading, ruleId } });
  }
  return found.sort((a, b) => a.index - b.index).map(({ hazard }) => hazard);
}

const decider = (answer: Answer): string => (answer.decidedBy.kind === 'default' ? 'default' : answer.decidedBy.ruleId);

const STATES: Partial<Record<DecisionStep['kind'], Answer['states'][number]>> = {
  'not-active': 'off',
  'scope-mismatch': 'no',
  'no-pattern': 'no',
  'condition-false': 'false',
  'condition-error': 'error',
  matched: 'decides',
  'gate-denied': 'decides',
};

describe('with everything known', () => {
  it('decides as the oracle does, step by step, hazards included', async () => {
    await fc.assert(
      fc.asyncProperty(policy, fc.array(knownCall, { minLength: 1, maxLength: 5 }), async (of, calls) => {
        const compiled = await compilePolicy(of);
        const oracle = await oracleOf(of);
        for (const call of calls) {
          const wanted = oracle.decide(call);
          const got = decide(compiled, asCall(call));
          same(
            { effect: got.effect, decidedBy: got.decidedBy },
            {
              effect: wanted.effect,
              decidedBy: wanted.decidedBy,
            },
          );
          const reached = got.steps.slice(0, wanted.states.length).map((step) => STATES[step.kind]);
          same(reached, wanted.states);
          for (const step of got.steps.slice(wanted.states.length)) within(step.kind, ['not-reached', 'not-active']);
          same(got.hazards, hazardsBy(oracle, of, call));
          for (const reading of READINGS) {
            const other = oracle.decide(call, flipped(reading));
            same(decideUnder(compiled, asCall(call), flipped(reading)), {
              effect: other.effect,
              decidedBy: other.decidedBy,
            });
          }
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('says of a gate that denied what `continue` would have given', async () => {
    await fc.assert(
      fc.asyncProperty(policy, knownCall, async (of, call) => {
        const denying = await compilePolicy({ ...of, settings: { gatedWhenFalse: 'deny' } });
        const going = await compilePolicy({ ...of, settings: { gatedWhenFalse: 'continue' } });
        const decision = decide(denying, asCall(call));
        const { effect, decidedBy } = decideRow(going, asCall(call));
        same(decision.underContinue, decision.decidedBy.kind === 'gate' ? { effect, decidedBy } : undefined);
      }),
      { numRuns: FEWER },
    );
  });
});

/** Steps of rules that fit a call but for their condition. */
const FITTING: readonly DecisionStep['kind'][] = [
  'matched',
  'condition-false',
  'condition-error',
  'gate-denied',
  'unknown',
];

describe('with facts unknown', () => {
  it('agrees with every completion of the call', async () => {
    await fc.assert(
      fc.asyncProperty(policy, knownCall, unknownPaths, completions, async (of, whole, paths, others) => {
        const compiled = await compilePolicy(of);
        const oracle = await oracleOf(of);
        const partial = without(whole, paths);
        const { steps, ...row } = decide(compiled, partial);
        const underContinue = row.underContinue;
        delete (row as { underContinue?: unknown }).underContinue;
        same(decideRow(compiled, partial), row);
        const meets = steps.some(({ kind }, i) => FITTING.includes(kind) && (of.rules[i]?.condition ?? null) !== null);
        expect(lineUp(compiled, partial).meetsCondition).toBe(meets);
        for (const other of [whole, ...others]) {
          const call = complete(partial, other);
          const answer = oracle.decide(call);
          if (row.effect !== 'conditional') same(answer.effect, row.effect);
          const { decidedBy } = row;
          if (decidedBy.kind === 'undecided') {
            expect([...decidedBy.ruleIds, ...(decidedBy.default ? ['default'] : [])]).toContain(decider(answer));
          } else same(answer.decidedBy, decidedBy);
          steps.forEach((step, i) => {
            const state = STATES[step.kind];
            const given = answer.states[i];
            if (given === undefined || step.kind === 'unknown') return;
            if (step.kind === 'not-reached') expect.fail('a rule below the one that certainly decides was reached');
            // A facet that may fail is before a condition that is known to: both keep the rule from matching.
            if (state === 'no' || state === 'off') same(given, state);
            else within(given, ['decides', 'no', 'false', 'error']);
            if (state === 'false' || state === 'error') within(given, [state, 'no']);
            if (state === 'decides') same(given, 'decides');
          });
          const hazards = hazardsBy(oracle, of, call);
          for (const hazard of row.hazards) if (hazard.kind !== 'our-reading') expect(hazards).toContainEqual(hazard);
          if (underContinue) same(decidedBy.kind, 'gate');
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('names a reading only where flipping it alone, from the ground up, gives another effect', async () => {
    await fc.assert(
      fc.asyncProperty(policy, knownCall, unknownPaths, completions, async (of, whole, paths, others) => {
        const compiled = await compilePolicy(of);
        const oracle = await oracleOf(of);
        const partial = without(whole, paths);
        const { effect, hazards } = decideRow(compiled, partial);
        for (const hazard of hazards) {
          if (hazard.kind !== 'our-reading') continue;
          const other = decideUnder(compiled, partial, flipped(hazard.reading));
          expect(other.effect).not.toBe(effect);
          if (effect === 'conditional' || other.effect === 'conditional') continue;
          for (const known of others) {
            const call = complete(partial, known);
            expect(oracle.decide(call, flipped(hazard.reading)).effect).not.toBe(oracle.decide(call).effect);
          }
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('agrees under flipped readings with every completion, too', async () => {
    await fc.assert(
      fc.asyncProperty(policy, knownCall, unknownPaths, completions, async (of, whole, paths, others) => {
        const compiled = await compilePolicy(of);
        const oracle = await oracleOf(of);
        const partial = without(whole, paths);
        for (const reading of READINGS) {
          const { effect } = decideUnder(compiled, partial, flipped(reading));
          if (effect === 'conditional') continue;
          for (const known of others) same(oracle.decide(complete(partial, known), flipped(reading)).effect, effect);
        }
      }),
      { numRuns: FEWER },
    );
  });
});

describe('under the profile of a gateway', () => {
  const { 'non-boolean': _notHere, numbers: _norHere, ...choices } = READING_CHOICES;
  const profiles = fc.record(
    Object.fromEntries(Object.entries(choices).map(([reading, values]) => [reading, fc.constantFrom(...values)])),
    { requiredKeys: [] },
  ) as fc.Arbitrary<GatewayProfile>;

  it('decides as the oracle does under its readings, with everything known and with facts unknown', async () => {
    await fc.assert(
      fc.asyncProperty(
        policy,
        profiles,
        knownCall,
        unknownPaths,
        completions,
        async (plain, readings, whole, paths, others) => {
          const of = { ...plain, settings: { ...plain.settings, readings } };
          const compiled = await compilePolicy(of);
          const oracle = await oracleOf(of);
          const wanted = oracle.decide(whole, readingsOf(readings));
          const { effect, decidedBy, hazards } = decideRow(compiled, asCall(whole));
          same({ effect, decidedBy }, { effect: wanted.effect, decidedBy: wanted.decidedBy });
          same(hazards, hazardsBy(oracle, of, whole));
          const partial = without(whole, paths);
          const row = decideRow(compiled, partial);
          if (row.effect === 'conditional') return;
          for (const known of [whole, ...others])
            same(oracle.decide(complete(partial, known), readingsOf(readings)).effect, row.effect);
        },
      ),
      { numRuns: FEWER },
    );
  });

  it('decides the same where conditions are taken over from another policy', async () => {
    const anyProfile = fc.record(
      Object.fromEntries(Object.entries(READING_CHOICES).map(([key, values]) => [key, fc.constantFrom(...values)])),
      { requiredKeys: [] },
    ) as fc.Arbitrary<GatewayProfile>;
    const own = fc.tuple(policy, fc.option(anyProfile, { nil: undefined, freq: 2 })).map(([of, readings]): Policy => {
      return readings === undefined ? of : { ...of, settings: { ...of.settings, readings } };
    });
    await fc.assert(
      fc.asyncProperty(own, own, knownCall, unknownPaths, async (of, other, whole, paths) => {
        const near = await compilePolicy(other);
        const call = without(whole, paths);
        same(decide(await compilePolicy(of, near), call), decide(await compilePolicy(of), call));
      }),
      { numRuns: FEWER },
    );
  });

  it('decides as ever where the profile names nothing but our readings, save that they are no hazard', async () => {
    const ours: GatewayProfile = {
      'facet-or': 'any-value',
      case: 'sensitive',
      star: 'any-character',
      'error-skips': 'skip',
    };
    await fc.assert(
      fc.asyncProperty(policy, knownCall, async (of, call) => {
        const { hazards, ...row } = decideRow(await compilePolicy(of), asCall(call));
        const named = decideRow(
          await compilePolicy({ ...of, settings: { ...of.settings, readings: ours } }),
          asCall(call),
        );
        same(named, { ...row, hazards: hazards.filter(({ kind }) => kind !== 'our-reading') });
      }),
      { numRuns: FEWER },
    );
  });
});

describe('always', () => {
  it('gives one step per rule, at most one of them matched, and what waits is named', async () => {
    await fc.assert(
      fc.asyncProperty(policy, knownCall, unknownPaths, async (of, whole, paths) => {
        const { steps, decidedBy } = decide(await compilePolicy(of), without(whole, paths));
        same(
          steps.map((step) => step.ruleId),
          of.rules.map((rule) => rule.id),
        );
        expect(steps.filter((step) => step.kind === 'matched').length).toBeLessThanOrEqual(1);
        if (decidedBy.kind !== 'undecided') return;
        const waiting = steps.filter((step) => step.kind === 'unknown' && decidedBy.ruleIds.includes(step.ruleId));
        const facts = waiting.flatMap((step) => (step.kind === 'unknown' ? step.waitsFor : []));
        same(decidedBy.waitsFor, [...new Set(facts)].sort());
        expect(facts.length).toBeGreaterThan(0);
        const order = decidedBy.ruleIds.map((id) => of.rules.findIndex((rule) => rule.id === id));
        same(
          order,
          [...order].sort((a, b) => a - b),
        );
      }),
      { numRuns: RUNS },
    );
  });

  it('gives calls that come after others what it gives them alone', async () => {
    await fc.assert(
      fc.asyncProperty(
        policy,
        fc.array(fc.tuple(knownCall, unknownPaths), { minLength: 30, maxLength: 60 }),
        async (of, calls) => {
          const warm = await compilePolicy(of);
          for (const [whole, paths] of calls) {
            const partial = without(whole, paths);
            same(decide(warm, partial), decide(await compilePolicy(of), partial));
          }
        },
      ),
      { numRuns: FEWER / 5 },
    );
  });

  it('does not change where an edit touches neither the rule that was nor the one that is', async () => {
    let untouched = 0;
    await fc.assert(
      fc.asyncProperty(
        policy,
        policy,
        fc.nat(),
        fc.array(fc.tuple(knownCall, unknownPaths), { minLength: 5, maxLength: 10 }),
        async (of, other, seed, calls) => {
          const at = seed % Math.max(of.rules.length, 1);
          const put = other.rules[0];
          fc.pre(put !== undefined && of.rules.length > 0);
          const edited = {
            ...of,
            rules: of.rules.map((rule, i) => (i === at && put ? { ...put, id: rule.id } : rule)),
          };
          const [before, after] = [await compilePolicy(of), await compilePolicy(edited)];
          const touches = touching([before, after].flatMap(({ rules }) => rules[at] ?? []));
          for (const [whole, paths] of calls) {
            const call = without(whole, paths);
            if (touches(call)) continue;
            untouched++;
            same(decideRow(after, call), decideRow(before, call));
          }
        },
      ),
      { numRuns: FEWER },
    );
    expect(untouched).toBeGreaterThan(100);
  });

  it('does not change when two neighbours that share no call change places', async () => {
    await fc.assert(
      fc.asyncProperty(policy, fc.nat(), knownCall, unknownPaths, async (of, seed, whole, paths) => {
        fc.pre(of.rules.length > 1);
        const at = seed % (of.rules.length - 1);
        const apart = of.rules.map((rule, i) =>
          i === at ? { ...rule, tools: ['send_*'] } : i === at + 1 ? { ...rule, tools: ['get', 'n*'] } : rule,
        );
        const swapped = [...apart];
        swapped.splice(at, 2, ...apart.slice(at, at + 2).reverse());
        const known = without(
          whole,
          paths.filter((path) => path[0] !== 'tool'),
        );
        const decided = async (rules: Policy['rules']) => {
          const { effect, decidedBy, hazards } = decideRow(await compilePolicy({ ...of, rules }), known);
          return { effect, decidedBy, hazards };
        };
        const [before, after] = [await decided(apart), await decided(swapped)];
        // `case` flipped, both may meet one call; what is certain of the decision itself may not move.
        same({ ...after, hazards: [] }, { ...before, hazards: [] });
      }),
      { numRuns: FEWER },
    );
  });

  it('answers whatever the call holds', async () => {
    const compiled = await compilePolicy(
      (fc.sample(policy, { seed: 7, numRuns: 40 }) as Policy[]).reduce((all, one, n) => ({
        ...all,
        rules: [...all.rules, ...one.rules.map((rule) => ({ ...rule, id: `${n}${rule.id}` as typeof rule.id }))],
      })),
    );
    const key = fc.constantFrom(
      'id',
      'agent',
      'slug',
      'tags',
      'name',
      'user',
      'groups',
      'tool',
      'annotations',
      'readOnlyHint',
      'args',
      'n',
      'time',
      'ip',
      'client',
      'instance',
      '__proto__',
      'constructor',
      'toString',
    );
    const garbage = fc.letrec((tie) => ({
      any: fc.oneof(
        { depthSize: 'medium' },
        fc.constantFrom<unknown>(null, 0, -0, 1e300, '', 'a', true, 'send_a', 'noon', '\ud800'),
        fc.array(tie('any'), { maxLength: 3 }),
        fc.dictionary(key, tie('any'), { maxKeys: 6 }),
      ),
    })).any;
    fc.assert(
      fc.property(garbage, (call) => {
        const decision = decide(compiled, call as Call);
        within(decision.effect, ['allow', 'deny', 'conditional']);
        expect(decision.steps).toHaveLength(compiled.rules.length);
        same(decideRow(compiled, call as Call).effect, decision.effect);
      }),
      { numRuns: 1000 },
    );
    for (const call of [undefined, null, 7, 'x', []]) same(decide(compiled, call as unknown as Call).id, '');
    let deep: unknown = 1;
    for (let i = 0; i < 100_000; i++) deep = [deep];
    expect(
      decide(compiled, { id: 'deep', tool: { name: 'get' }, args: { deep } } as unknown as Call).steps,
    ).toHaveLength(compiled.rules.length);
  });
});
