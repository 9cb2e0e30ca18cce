import { describe, expect, it } from 'vitest';
import { compilePolicy } from './compile';
import { decide, decideRow, explainCondition } from './decide';
import type { Decision } from '../model/decision';
import { fillPolicy } from '../model/defaults';
import { ruleId, type Call, type Settings } from '../model/model';
import { DECISIONS, IS_2, NO_Z, SEND, USER, type Written } from '../testdata/decisions';
import { FACT_DECISIONS } from '../testdata/fact-decisions';

/** Rules as they differ from an allowing rule on every tool; their ids are r0, r1, … */
const compiled = (rules: readonly Written[], gatedWhenFalse: Settings['gatedWhenFalse'] = 'continue') =>
  compilePolicy(
    fillPolicy({
      rules: rules.map((rule, i) => ({ name: '', effect: 'allow', tools: ['*'], ...rule, id: ruleId(`r${i}`) })),
      settings: { gatedWhenFalse },
    }),
  );
const call = (members: object): Call => ({ id: 'c', ...members }) as unknown as Call;

const hazardWords = (hazard: Decision['hazards'][number]): string =>
  hazard.kind === 'our-reading' ? `our-reading ${hazard.reading} ${hazard.ruleId}` : `${hazard.kind} ${hazard.ruleId}`;

function byWords(by: Decision['decidedBy']): string {
  if (by.kind === 'default') return 'default';
  if (by.kind !== 'undecided') return `${by.kind} ${by.ruleId}`;
  return `${[...by.ruleIds, ...(by.default ? ['default'] : [])].join(' ')}: ${by.waitsFor.join(' ')}`;
}

describe('a decision', () => {
  it.each([...DECISIONS, ...FACT_DECISIONS])('$says', async ({ rules, deny, of, effect, by, hazards, steps }) => {
    const policy = await compiled(rules, deny ? 'deny' : 'continue');
    const decision = decide(policy, call(of));
    expect({
      effect: decision.effect,
      by: byWords(decision.decidedBy),
      hazards: decision.hazards.map(hazardWords),
    }).toEqual({
      effect,
      by,
      hazards: hazards ?? [],
    });
    if (steps) expect(decision.steps.map((step) => step.kind)).toEqual(steps);
    const { id, decidedBy } = decision;
    expect(decideRow(policy, call(of))).toEqual({ id, effect, decidedBy, hazards: decision.hazards });
  });

  it('reports each step with what it read', async () => {
    const policy = await compiled([
      { scope: { agents: ['b', 'tag:t'], resources: ['r'], users: ['v'] } },
      { tools: ['get', 'list_*'] },
      { condition: `true && ${NO_Z}` },
      { condition: `${IS_2} || agent.name == "n"` },
      { tools: ['get', 'send_*', '*'] },
    ]);
    const of = call({ ...SEND, ...USER, agent: { slug: 'a', tags: ['k'] } });
    expect(decide(policy, of).steps).toEqual([
      {
        ruleId: 'r0',
        kind: 'scope-mismatch',
        facets: [
          { facet: 'agents', expected: ['b', 'tag:t'], actual: ['a', 'tag:k'] },
          { facet: 'users', expected: ['v'], actual: ['u', 'u@x'] },
        ],
      },
      { ruleId: 'r1', kind: 'no-pattern', tool: 'send_x', tried: ['get', 'list_*'] },
      {
        ruleId: 'r2',
        kind: 'condition-error',
        error: { code: 'no-such-key', message: 'no such key: `z`', start: 8, end: 22 },
      },
      { ruleId: 'r3', kind: 'unknown', unknown: ['condition'], waitsFor: ['agent.name'] },
      { ruleId: 'r4', kind: 'matched', pattern: 'send_*' },
    ]);
  });

  it('says of a condition that does not compile where', async () => {
    const policy = await compiled([
      { condition: 'agent.slug == ' },
      { condition: 'agent.slug + 1 == nope' },
      { condition: 'request.args' },
    ]);
    const errors = decide(policy, call(SEND)).steps.map(
      (step) => step.kind === 'condition-error' && [step.error.code, step.error.start, step.error.end],
    );
    expect(errors).toEqual([
      ['parse', 14, 14],
      ['check', 18, 22],
      ['not-bool', 0, 12],
    ]);
  });

  it('opens a step: values of sub-expressions and the nearest reason', async () => {
    const policy = await compiled([{ condition: 'request.args.n == 2.0' }, {}, { condition: 'nope(' }]);
    const explained = explainCondition(policy, ruleId('r0'), call(SEND));
    expect(explained?.root).toMatchObject({ start: 0, end: 21 });
    expect(explained?.reasons).toHaveLength(1);
    expect(explainCondition(policy, ruleId('r1'), call(SEND))).toBeUndefined();
    expect(explainCondition(policy, ruleId('r2'), call(SEND))).toBeUndefined();
    expect(explainCondition(policy, ruleId('none'), call(SEND))).toBeUndefined();
  });

  it('gives two calls on one route their own answers', async () => {
    const policy = await compiled([{ scope: { groups: ['g'] }, tools: ['send_*'] }]);
    const groups = [['g'], ['G'], ['x'], [], ['x', 'g'], ['G', 'x']];
    const rows = groups.map((of) => decideRow(policy, call({ ...SEND, user: { id: null, email: null, groups: of } })));
    expect(rows.map(({ effect, hazards }) => [effect, ...hazards.map(hazardWords)])).toEqual([
      ['allow'],
      ['deny', 'our-reading case r0'],
      ['deny'],
      ['deny'],
      ['allow'],
      ['deny', 'our-reading case r0'],
    ]);
  });

  it('compiles what does not validate, and matches nothing by it', async () => {
    const broken = [
      null,
      7,
      {},
      { id: 'x', effect: 'allow', status: 'active', tools: ['*'], scope: { agents: 'a' }, condition: null },
    ];
    const policy = await compilePolicy({ rules: broken, settings: null } as unknown as Parameters<
      typeof compilePolicy
    >[0]);
    const decision = decide(policy, call(SEND));
    expect(decision.effect).toBe('deny');
    expect(decision.steps).toHaveLength(4);
    const gate = await compiled([{ effect: 'gated', condition: null }]);
    expect(decide(gate, call(SEND)).steps).toMatchObject([
      { kind: 'condition-error', error: { code: 'no-condition' } },
    ]);
  });
});
