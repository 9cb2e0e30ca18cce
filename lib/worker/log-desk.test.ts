import { expect, test } from 'vitest';
import { RECORDED_CODES } from '../trace';
import { EXPORTED_POLICY as POLICY, exportedLog } from '../reproduce/testdata/exported-log';
import { SupersededError } from './superseded';
import { answering, fileOf } from './testkit';

const LINES = exportedLog().split('\n');
const reading = (lines: readonly string[]) => ({
  source: fileOf(...lines),
  name: 'audit.ndjson',
  options: {},
  evidence: undefined,
});
/** Twenty ordinary entries, the five that diverge, and the change of the policy. */
const DIVERGING = [700, 1500, 2500, 3500, 4500];
const read = reading([...LINES.slice(0, 20), ...DIVERGING.map((at) => LINES[at] ?? ''), ...LINES.slice(-1)]);

test('reproduces each entry of an export, and finds the causes of those that diverge', async () => {
  const ask = answering();
  const preview = await ask('readLog', reading(LINES));
  expect(preview).toMatchObject({ summary: { calls: 5000, rejects: 0 }, policyEvents: 1 });
  const { log } = preview;
  const { counts, verdicts, notable, further } = await ask('reproduceLog', { log, policy: POLICY });
  expect(counts).toEqual({ none: 0, reproduced: 4995, 'other-rule': 0, diverged: 5, 'not-reproducible': 0 });
  expect(notable.map(({ index, causes }) => [index, causes[0]?.kind])).toEqual([
    [700, 'policy-changed'],
    [1500, 'fact'],
    [2500, 'fact'],
    [3500, 'reading'],
    [4500, 'condition-error'],
  ]);
  expect([...verdicts].flatMap((code, index) => (RECORDED_CODES[code] === 'diverged' ? [index] : []))).toEqual(
    notable.map(({ index }) => index),
  );
  expect(further).toBe(0);
  const [line] = await ask('logLines', { log, indices: Uint32Array.of(1500) });
  expect(line).toMatchObject({ id: 'e1500', tool: 'create_refund', recorded: 'deny' });
});

test('finds entries by what is in them', async () => {
  const ask = answering();
  const { log } = await ask('readLog', read);
  const find = async (text: string) => [...(await ask('findEntries', { log, text }))];
  expect(await find('E4500')).toEqual([24]);
  expect(await find('"order":"A-7"')).toEqual([21]);
  expect((await find('codex')).length).toBeGreaterThan(2);
  expect(await find('no such text')).toEqual([]);
});

test('decides one entry anew with facts that it does not say', async () => {
  const ask = answering();
  const { log } = await ask('readLog', read);
  await ask('reproduceLog', { log, policy: POLICY });
  const asked = { log, policy: POLICY, index: 21 };
  const recorded = await ask('reproduceEntry', { ...asked, changes: [] });
  expect(recorded).toMatchObject({ verdict: 'diverged', call: { id: 'e1500' }, reasons: { call: { id: 'e1500' } } });
  const amount = { path: ['args', 'amount'], from: { kind: 'absent' }, to: { kind: 'value', value: 900 } } as const;
  const supplied = await ask('reproduceEntry', { ...asked, changes: [amount] });
  expect(supplied).toMatchObject({
    changes: [amount],
    verdict: 'reproduced',
    causes: [],
    reasons: { decision: { effect: 'deny' } },
  });
});

test('finds the same of entries that are taken out of their log with what the rest of it says', async () => {
  const ask = answering();
  const { log } = await ask('readLog', read);
  const { notable, evidence } = await ask('reproduceLog', { log, policy: POLICY });
  const calls = notable.map(({ call }) => call);
  const alone = await ask('reproduceCalls', { policy: POLICY, calls, evidence });
  expect(alone).toEqual(notable.map(({ index: _, ...found }) => found));
  const { log: second } = await ask('readLog', {
    source: fileOf(...calls),
    name: 'Case',
    options: { format: 'native' },
    evidence,
  });
  const opened = await ask('reproduceLog', { log: second, policy: POLICY });
  expect(opened.notable.map(({ causes }) => causes)).toEqual(notable.map(({ causes }) => causes));
});

test('a log takes the place of the one before, and what gave no entry can be downloaded', async () => {
  const ask = answering();
  const { log } = await ask('readLog', read);
  const next = await ask('readLog', { ...read, source: fileOf({ id: 'a', tool: { name: 't' } }, 'no json at all') });
  expect(next).toMatchObject({ summary: { calls: 1, rejects: 1 } });
  await expect(ask('reproduceLog', { log, policy: POLICY })).rejects.toThrow(SupersededError);
  await expect(ask('logLines', { log, indices: Uint32Array.of(0) })).rejects.toThrow(SupersededError);
  expect(await (await ask('logRejects', undefined)).text()).toContain('no json at all');
});

test('says of a log that another worker had read that it has to be chosen again', async () => {
  const lost = answering()('reproduceLog', { log: 1, policy: POLICY });
  await expect(lost).rejects.toThrow('the log is no longer in memory: choose it again');
});

test('ends where another policy is to be tried', async () => {
  // Every look at the clock is the end of a slice of work.
  let clock = 0;
  const ask = answering(undefined, { now: () => (clock += 50) });
  const { log } = await ask('readLog', read);
  const first = ask('reproduceLog', { log, policy: POLICY });
  const second = ask('reproduceLog', { log, policy: { ...POLICY, rules: [] } });
  await expect(first).rejects.toThrow(SupersededError);
  expect((await second).counts.diverged).toBeGreaterThan(5);
});
