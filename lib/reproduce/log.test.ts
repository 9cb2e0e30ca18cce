import { describe, expect, it } from 'vitest';
import { collectText } from '../trace';
import { bisectHistory } from './bisect';
import { policyAt } from './policy-at';
import { reproduceLog } from './reproduce';
import { entryOf, EXPORTED_POLICY as POLICY, exportedLog, MINUTE } from './testdata/exported-log';

describe('an export of 5,000 entries in which five diverge', () => {
  it('finds all five with their causes, and no other', async () => {
    const { calls, policyEvents } = await collectText(exportedLog());
    const { counts, notable } = await reproduceLog(POLICY, calls, policyEvents);
    expect(counts.diverged).toBe(5);
    expect(notable.map(({ call, causes }) => [call.id, causes[0]?.kind])).toEqual([
      ['e700', 'policy-changed'],
      ['e1500', 'fact'],
      ['e2500', 'fact'],
      ['e3500', 'reading'],
      ['e4500', 'condition-error'],
    ]);
    expect(notable[0]?.causes[0]).toMatchObject({ events: [{ by: 'grace@example.com' }], afterMs: 12 * MINUTE });
    expect(notable[3]?.causes[0]).toMatchObject({ reading: 'facet-or', contradictedBy: 0 });
  });

  it('counts entries that speak against another reading', async () => {
    const { calls } = await collectText(
      [
        entryOf(1, { tool: 'merge', effect: 'deny', groups: ['oncall'] }),
        entryOf(2, { tool: 'merge', effect: 'allow', rule: 'merge', groups: ['oncall'] }),
      ]
        .map((one) => JSON.stringify(one))
        .join('\n'),
    );
    const { notable } = await reproduceLog(POLICY, calls, []);
    const reading = notable[0]?.causes.find(({ kind }) => kind === 'reading');
    expect(reading).toMatchObject({ reading: 'facet-or', contradictedBy: 1 });
    expect(notable[0]?.causes[0]?.kind).not.toBe('reading');
  });
});

describe('what is not reproducible', () => {
  it('says what each class of values of a missing fact would decide', async () => {
    const { calls } = await collectText(
      JSON.stringify({
        id: 'a',
        agent: { slug: 'x' },
        user: { groups: ['support'] },
        resource: { slug: 'shop' },
        tool: { name: 'create_refund' },
        recorded: { effect: 'deny' },
      }),
      { format: 'native' },
    );
    const { notable } = await reproduceLog(POLICY, calls, []);
    expect(notable[0]?.verdict).toBe('not-reproducible');
    const amount = notable[0]?.missing.find(({ name }) => name === 'request.args.amount');
    expect(amount?.classes.map(({ values, gives }) => [values, gives.effect])).toEqual([
      [{ kind: 'range', least: null, most: 500, open: [] }, 'allow'],
      [{ kind: 'range', least: 500, most: null, open: ['least'] }, 'deny'],
      [{ kind: 'absent' }, 'allow'],
    ]);
  });
});

describe('the policy as it was', () => {
  const event = { time: '2026-03-02T10:00:00Z', ruleId: 'all' } as const;
  it.each([
    ['created', { ...event, change: 'created' as const }, POLICY.rules.slice(0, -1).map(({ id }) => id)],
    [
      'deleted',
      {
        time: event.time,
        change: 'deleted' as const,
        ruleId: 'old',
        position: 1,
        before: { name: 'Old', effect: 'deny', tools: ['*'] },
      },
      ['large-refunds', 'old', ...POLICY.rules.slice(1).map(({ id }) => id)],
    ],
    [
      'reordered',
      {
        time: event.time,
        change: 'reordered' as const,
        orderBefore: POLICY.rules.map(({ id }) => String(id)).reverse(),
      },
      POLICY.rules.map(({ id }) => id).reverse(),
    ],
  ])('takes back that a rule was %s', (_, one, ids) => {
    const { policy, gaps } = policyAt(POLICY, [one], '2026-03-02T09:00:00Z');
    expect(policy.rules.map(({ id }) => id)).toEqual(ids);
    expect(gaps).toEqual([]);
  });

  it('says what cannot be taken back', () => {
    const { policy, gaps } = policyAt(POLICY, [{ ...event, change: 'updated' }], '2026-03-02T09:00:00Z');
    expect(policy.rules).toEqual(POLICY.rules);
    expect(gaps).toMatchObject([{ reason: 'the log does not say what the rule was before' }]);
  });

  it('leaves changes before the call as they are', () => {
    const { undone, gaps } = policyAt(POLICY, [{ ...event, change: 'created' }], '2026-03-02T11:00:00Z');
    expect([undone, gaps]).toEqual([[], []]);
  });
});

it('finds each edit at which a decision turned', async () => {
  const [first, ...rest] = POLICY.rules;
  const versions = [POLICY, { ...POLICY, rules: rest }, { ...POLICY, rules: first ? [...rest, first] : rest }, POLICY];
  const { calls } = await collectText(
    JSON.stringify(entryOf(1, { tool: 'create_refund', effect: 'deny', groups: ['support'], args: { amount: 900 } })),
  );
  const [call] = calls;
  if (!call) throw new Error('a call was expected');
  const { turns } = await bisectHistory(
    versions.map((policy, i) => ({ policy, label: String(i) })),
    call,
  );
  expect(turns.map(({ from, to, after }) => [from, to, after.effect])).toEqual([
    [0, 1, 'allow'],
    [2, 3, 'deny'],
  ]);
});
