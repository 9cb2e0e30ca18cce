import { describe, expect, it, test } from 'vitest';
import { decodeLink, encodeLink } from '../../bundle';
import type { CatalogTool } from '../../engine';
import {
  argumentsOf,
  assumedArgument,
  fillUseCase,
  pathOf,
  pickArgument,
  sampleBundle,
  tryFilled,
  tryUseCase,
  USE_CASES,
  type UseCase,
} from '.';
import { gate, useCase } from './testkit';

const picked = (useCase: UseCase, tools: readonly CatalogTool[]) =>
  Object.fromEntries(
    useCase.arguments.map((slot) => [slot.key, pickArgument(slot, argumentsOf(tools)) ?? assumedArgument(slot)]),
  );

test('there are enough of them, each under its own name', () => {
  expect(USE_CASES.length).toBeGreaterThanOrEqual(16);
  expect(new Set(USE_CASES.map(({ id }) => id)).size).toBe(USE_CASES.length);
  expect(new Set(USE_CASES.map(({ title }) => title)).size).toBe(USE_CASES.length);
});

describe.each(USE_CASES.map((useCase) => [useCase.id, useCase] as const))('%s', (_, useCase) => {
  const { sample, missing } = useCase;
  const arguments_ = picked(useCase, [sample.tool]);

  it('finds its arguments in the sample tool', () => {
    for (const slot of useCase.arguments)
      expect(pickArgument(slot, argumentsOf([sample.tool])), slot.key).toBeDefined();
  });

  it('unguarded: allows, stops, and errs', async () => {
    const decided = await gate(
      fillUseCase(useCase, { arguments: arguments_, values: {}, guarded: false }),
      sample.tool,
    );
    expect(decided(sample.allows)).toEqual({ effect: 'allow', step: 'matched' });
    expect(decided(sample.stops)).toEqual({ effect: 'deny', step: 'condition-false' });
    expect(decided(sample.errs)).toEqual({ effect: 'deny', step: 'condition-error' });
  });

  it('guarded: never errs', async () => {
    const decided = await gate(fillUseCase(useCase, { arguments: arguments_, values: {}, guarded: true }), sample.tool);
    expect(decided(sample.allows)).toEqual({ effect: 'allow', step: 'matched' });
    expect(decided(sample.stops)).toEqual({ effect: 'deny', step: 'condition-false' });
    expect(decided(sample.errs).step).toBe(missing === 'allow' ? 'matched' : 'condition-false');
  });

  it('tried as the documentation shows it: each sample call does what it is there for', async () => {
    const { guarded, unguarded } = await tryUseCase(useCase);
    const kinds = ({ decisions }: typeof guarded) =>
      [decisions.allows, decisions.stops, decisions.errs].map(({ effect, steps }) => [effect, steps[0]?.kind]);
    const gone = missing === 'allow' ? ['allow', 'matched'] : ['deny', 'condition-false'];
    expect(kinds(guarded)).toEqual([['allow', 'matched'], ['deny', 'condition-false'], gone]);
    expect(kinds(unguarded)).toEqual([
      ['allow', 'matched'],
      ['deny', 'condition-false'],
      ['deny', 'condition-error'],
    ]);
    const link = encodeLink(sampleBundle(useCase, guarded.condition));
    const opened = link.ok ? decodeLink(link.fragment) : undefined;
    expect(opened?.ok === true && [opened.warnings, opened.bundle.trace?.length]).toEqual([[], 3]);
  });

  it('negated, it stops the same calls by a deny rule', async () => {
    const filling = { arguments: arguments_, values: {}, guarded: true, negated: true };
    const decided = await gate(fillUseCase(useCase, filling), sample.tool, 'deny');
    expect(decided(sample.allows).effect).toBe('allow');
    expect(decided(sample.stops).effect).toBe('deny');
    expect(decided(sample.errs).effect).toBe(missing === 'allow' ? 'allow' : 'deny');
  });
});

const schema = (name: string, properties: Record<string, { type: string }>): CatalogTool => ({
  name,
  inputSchema: { type: 'object', properties },
});

it.each([
  [
    'channel-list',
    schema('x', { channel: { type: 'string' }, channel_id: { type: 'string' } }),
    'request.args.channel_id',
  ],
  [
    'channel-list',
    schema('x', { channelId: { type: 'number' }, slackChannel: { type: 'string' } }),
    'request.args.slackChannel',
  ],
  [
    'amount-limit',
    schema('x', { currency: { type: 'string' }, total_amount: { type: 'number' } }),
    'request.args.total_amount',
  ],
  ['path-prefix', schema('x', { paths: { type: 'array' } }), 'request.args.paths'],
  ['own-records', schema('x', {}), 'request.args.user_id'],
])('%s takes the argument that the tool has', (id, tool, path) => {
  const one = useCase(id);
  expect(pathOf(Object.values(picked(one, [tool]))[0]?.path ?? [])).toBe(path);
});

it('holds each of a list to the condition', async () => {
  const tool = schema('read_multiple_files', { paths: { type: 'array' } });
  const condition = fillUseCase(useCase('path-prefix'), {
    arguments: picked(useCase('path-prefix'), [tool]),
    values: {},
    guarded: true,
  });
  expect(condition).toBe(
    'has(request.args.paths) && request.args.paths.all(item, item.startsWith("/srv/project/") && !item.contains(".."))',
  );
  const decided = await gate(condition, tool);
  expect(decided({ args: { paths: ['/srv/project/a', '/srv/project/b'] } }).effect).toBe('allow');
  expect(decided({ args: { paths: ['/srv/project/a', '/etc/passwd'] } }).effect).toBe('deny');
});

it.each([
  ['../../etc/passwd', 'deny'],
  ['/srv/project/../../etc/passwd', 'deny'],
  ['/srv/projects-of-others/x', 'deny'],
  ['/srv/project/src/a.ts', 'allow'],
])('a folder stops what climbs out of it: %s', async (path, effect) => {
  const one = useCase('path-prefix');
  const decided = await gate(
    fillUseCase(one, { arguments: picked(one, [one.sample.tool]), values: {}, guarded: true }),
    one.sample.tool,
  );
  expect(decided({ args: { path } }).effect).toBe(effect);
});

it.each([
  ['select * from t', 'allow'],
  ['  Describe t ;', 'allow'],
  ['with x as (delete from t returning *) select * from x', 'deny'],
  ['SELECT * INTO copy FROM t', 'deny'],
  ['select 1; select 2', 'deny'],
  ['update t set a = 1', 'deny'],
])('SQL that only reads: %s', async (sql, effect) => {
  const one = useCase('read-only-sql');
  const decided = await gate(
    fillUseCase(one, { arguments: picked(one, [one.sample.tool]), values: {}, guarded: true }),
    one.sample.tool,
  );
  expect(decided({ args: { sql } }).effect).toBe(effect);
});

describe('what the picker says of a filled condition is decided by the engine', () => {
  const AMOUNT = useCase('amount-limit');
  const filled = (negated: boolean, values = {}) => ({
    arguments: picked(AMOUNT, [AMOUNT.sample.tool]),
    values,
    guarded: true,
    negated,
  });
  const settings = { gatedWhenFalse: 'continue' } as const;
  const steps = async (...[of, by]: [Parameters<typeof tryFilled>[1], Parameters<typeof tryFilled>[2]]) =>
    (await tryFilled(AMOUNT, of, by)).map(({ call, step }) => [call.args?.['amount'], step.kind]);

  test('a deny rule stops what is above the limit, and what has no amount', async () => {
    expect(await steps(filled(true), { effect: 'deny', settings })).toEqual([
      [500, 'condition-false'],
      [500.5, 'matched'],
      [undefined, 'matched'],
    ]);
  });

  test('the sample calls follow the chosen limit, and the setting of gates counts', async () => {
    const by = { effect: 'allow', settings } as const;
    expect(await steps(filled(false, { limit: '100' }), by)).toEqual([
      [100, 'matched'],
      [100.5, 'condition-false'],
      [undefined, 'condition-false'],
    ]);
    const gate = { effect: 'gated', settings: { gatedWhenFalse: 'deny' } } as const;
    expect((await steps(filled(false), gate))[1]).toEqual([500.5, 'gate-denied']);
  });

  test.each(USE_CASES.map((one) => [one.id, one] as const))(
    '%s: its samples, as filled in by default',
    async (_, one) => {
      const chosen = { arguments: picked(one, [one.sample.tool]), values: {}, guarded: true };
      const tried = await tryFilled(one, chosen, { effect: 'gated', settings });
      const missing = one.missing === 'allow' ? 'matched' : 'condition-false';
      expect(tried.map(({ step }) => step.kind)).toEqual(['matched', 'condition-false', missing]);
      expect(tried.map(({ call }) => call)).toEqual([one.sample.allows, one.sample.stops, one.sample.errs]);
    },
  );
});
