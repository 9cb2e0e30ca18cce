import { expect, test, vi } from 'vitest';
import { callId, fillRule, ruleId, type Call, type Policy } from '../engine';
import { openMemoryStore } from '../store';
import { ReplayClient } from './client';
import type { ReplayState } from './replay-state';
import { SupersededError } from './superseded';
import type { ToWorker } from './protocol';
import { fileOf, LocalWorker } from './testkit';
import type { WatchdogClock } from './watchdog';

const CALLS: Call[] = ['send_message', 'delete_file', 'delete_file'].map((name, i) => ({
  id: callId(`c${i}`),
  tool: { name },
}));

const allowing = (tool: string): Policy => ({
  rules: [fillRule({ id: ruleId('r'), name: 'Only these', effect: 'allow', tools: [tool] })],
  settings: { gatedWhenFalse: 'continue' },
});

/** Work pauses at every opportunity; while the gate is closed, it stays there. */
function pausingPorts() {
  let time = 0;
  let waiting: (() => void)[] | undefined;
  const breathe = () =>
    new Promise<void>((resolve) => (waiting === undefined ? resolve() : void waiting.push(resolve)));
  return {
    ports: { now: () => (time += 1_000), breathe },
    close: () => (waiting = []),
    paused: () => waiting?.length ?? 0,
    open: () => {
      for (const resolve of waiting ?? []) resolve();
      waiting = undefined;
    },
  };
}

/** A clock of the watchdog's own: `beat` lets so many of its beats pass, `late` milliseconds later than they should. */
function beatingClock() {
  let time = 0;
  const running = new Set<{ readonly ms: number; readonly run: () => void }>();
  const clock: WatchdogClock = {
    now: () => time,
    every: (ms, run) => {
      const timer = { ms, run };
      running.add(timer);
      return () => running.delete(timer);
    },
  };
  async function beat(times: number, late = 0): Promise<void> {
    // What was said already arrives before the first beat.
    await new Promise((done) => setTimeout(done));
    for (let i = 0; i < times; i++) {
      for (const { ms, run } of [...running]) {
        time += ms + late;
        run();
      }
      // What is answered at once arrives before the next beat.
      await new Promise((done) => setTimeout(done));
    }
  }
  return { clock, beat };
}

/** A client over a worker with storage in memory. `frame` draws; `notified` are the states that listeners saw since the last look at it. */
function startClient() {
  let frames: (() => void)[] = [];
  const store = openMemoryStore(() => 1_000);
  const workers: LocalWorker[] = [];
  const gate = pausingPorts();
  const { clock, beat } = beatingClock();
  let stuckOn: (message: ToWorker) => boolean = () => false;
  let missing = 0;
  const client = new ReplayClient(
    () => {
      const worker = new LocalWorker(store, gate.ports, (message) => stuckOn(message));
      if (missing-- > 0) worker.miss();
      workers.push(worker);
      return worker as unknown as Worker;
    },
    (run) => frames.push(run),
    clock,
  );
  let seen: ReplayState[] = [];
  client.subscribe(() => seen.push(client.getSnapshot()));
  client.show(allowing('delete_*'));
  return {
    client,
    store,
    gate,
    workers,
    beat,
    /** The code of so many workers from now on does not come. */
    missNext: (count: number) => (missing = count),
    /** From now on a worker that is asked one of these is stuck. */
    getStuckOn: (question: (message: ToWorker) => boolean) => (stuckOn = question),
    frame: () => {
      const due = frames;
      frames = [];
      for (const run of due) run();
    },
    notified: () => {
      const notified = seen;
      seen = [];
      return notified;
    },
    /** Everything is decided, explained and shown. */
    settled: () =>
      vi.waitFor(() => {
        const { viewing, focus, explained, results } = client.getSnapshot();
        expect([viewing, explained?.stamp]).toEqual(['done', focus === undefined ? undefined : results?.stamp]);
      }),
  };
}

async function importDay(client: ReplayClient): Promise<void> {
  await client.importFile(fileOf(...CALLS), 'day.ndjson', {}, () => undefined, new AbortController().signal);
  await client.takeImport('A day');
}

async function opened() {
  const started = startClient();
  await importDay(started.client);
  await started.settled();
  return started;
}

const openId = (client: ReplayClient) => {
  const { open } = client.getSnapshot();
  if (open === undefined) throw new Error('no trace is open');
  return open.info.id;
};

const EMPTY_CATALOG = { resources: [], agents: [], instances: [], users: [], groups: [] };

const CLOSED: Partial<ReplayState> = {
  open: undefined,
  results: undefined,
  stale: undefined,
  deciding: undefined,
  view: undefined,
  viewing: 'begun',
  focus: undefined,
  explained: undefined,
};

test('all that was answered is notified with the next frame, together', async () => {
  const { client, settled, frame, notified } = await opened();
  frame();
  notified();
  client.show(allowing('*'));
  expect(notified().map(({ results, stale }) => [results, stale?.counts.allow])).toEqual([[undefined, 2]]);
  await settled();
  expect(notified()).toEqual([]);
  frame();
  const seen = notified();
  expect(seen).toHaveLength(1);
  expect(seen[0]).toMatchObject({
    results: { counts: { allow: 3 } },
    viewing: 'done',
    explained: { call: { id: 'c0' } },
  });
});

test('what the page does is notified without a frame, and takes along what was answered', async () => {
  const { client, frame, notified } = await opened();
  notified();
  client.select(2);
  expect(notified()).toMatchObject([{ focus: 2, results: { counts: { allow: 2 } } }]);
  frame();
  expect(notified()).toEqual([]);
});

test('a call that is explained anew by another policy is the same object', async () => {
  const { client, settled, frame } = await opened();
  frame();
  const before = client.getSnapshot().explained;
  client.show(allowing('*'));
  await settled();
  const after = client.getSnapshot().explained;
  expect(after?.decision.effect).not.toBe(before?.decision.effect);
  expect(after?.call).toBe(before?.call);
  client.select(1);
  await vi.waitFor(() => expect(client.getSnapshot().explained?.call).toMatchObject({ id: 'c1' }));
});

test('the first call with a hazard is put in focus, once the trace is decided', async () => {
  const { client, frame } = await opened();
  client.show({
    rules: [
      fillRule({ id: ruleId('g'), name: 'Gate', effect: 'gated', tools: ['delete_*'], condition: 'false' }),
      fillRule({ id: ruleId('a'), name: 'All', effect: 'allow', tools: ['*'] }),
    ],
    settings: { gatedWhenFalse: 'continue' },
  });
  client.selectFirstHazard();
  await vi.waitFor(() => {
    frame();
    expect(client.getSnapshot()).toMatchObject({ focus: 1, results: { hazardous: { count: 2, first: 1 } } });
  });
});

test('deleting the open trace while it is being decided closes it, and is no problem', async () => {
  const { client, gate, notified } = await opened();
  gate.close();
  client.show(allowing('*'));
  await vi.waitFor(() => expect(gate.paused()).toBe(1));
  notified();
  await client.deleteTrace(openId(client));
  expect(client.getSnapshot()).toMatchObject({ ...CLOSED, traces: [], problem: undefined });
  gate.open();
  // The worker answers in order: after this, deciding has ended as well.
  await client.start();
  await new Promise((done) => setTimeout(done));
  expect(client.getSnapshot()).toMatchObject({ ...CLOSED, problem: undefined });
  expect(notified().map(({ problem }) => problem)).not.toContainEqual(expect.anything());
});

test('what is asked of a trace while it is being deleted is dropped', async () => {
  const { client } = await opened();
  const deleted = client.deleteTrace(openId(client));
  client.select(1);
  client.setFilter({ text: 'x' });
  expect(client.lineAt(2)).toBeUndefined();
  await expect(client.exportCalls('csv')).rejects.toBeInstanceOf(SupersededError);
  await deleted;
  await client.start();
  expect(client.getSnapshot()).toMatchObject({ ...CLOSED, problem: undefined });
});

test('a trace that cannot be deleted is opened again by another try', async () => {
  const { client, store, settled } = await opened();
  const remove = vi
    .spyOn(store, 'deleteTrace')
    .mockResolvedValueOnce({ kind: 'failed', reason: 'other', message: 'the disk is gone' } as never);
  await client.deleteTrace(openId(client));
  expect(remove).toHaveBeenCalledOnce();
  expect(client.getSnapshot()).toMatchObject({
    open: { info: { name: 'A day' } },
    problem: { kind: 'failed', message: 'the disk is gone' },
  });
  await client.restart();
  await settled();
  expect(client.getSnapshot()).toMatchObject({ problem: undefined, results: { counts: { allow: 2 } } });
});

test('a newer policy ends the deciding by the one before, and is no problem', async () => {
  const { client, gate, settled, notified } = await opened();
  notified();
  gate.close();
  client.show(allowing('*'));
  await vi.waitFor(() => expect(gate.paused()).toBe(1));
  client.show(allowing('send_*'));
  await vi.waitFor(() => expect(gate.paused()).toBe(2));
  gate.open();
  await settled();
  expect(client.getSnapshot()).toMatchObject({ results: { counts: { allow: 1 } }, problem: undefined });
  expect(notified().map(({ problem }) => problem)).not.toContainEqual(expect.anything());
});

test('a question of a caller that a newer one overtakes rejects with a type of its own', async () => {
  const { client, settled } = await opened();
  const stamp = client.getSnapshot().results?.stamp ?? 0;
  client.show(allowing('*'));
  await settled();
  await expect(client.ask('compare', { stamp, baseline: allowing('*') })).rejects.toBeInstanceOf(SupersededError);
});

test('lines of one trace never appear in the next', async () => {
  const { client } = await opened();
  expect(client.lineAt(1)).toBeUndefined();
  await client.openCalls('Others', [{ id: callId('o') }, { id: callId('p') }], undefined, 0);
  expect(client.lineAt(1)).toBeUndefined();
  await vi.waitFor(() => expect(client.lineAt(1)).toMatchObject({ id: 'p' }));
});

test('a crash while deciding is said once; a restart opens the same trace by the same policy', async () => {
  const { client, gate, workers, settled } = await opened();
  client.select(1);
  gate.close();
  client.show(allowing('*'));
  await vi.waitFor(() => expect(gate.paused()).toBeGreaterThan(0));
  workers[0]?.crash('out of memory');
  await new Promise((done) => setTimeout(done));
  expect(client.getSnapshot()).toMatchObject({
    problem: { kind: 'crashed', message: 'out of memory' },
    open: { info: { name: 'A day' } },
    focus: 1,
    results: undefined,
    stale: undefined,
    deciding: undefined,
    explained: undefined,
  });
  gate.open();
  await client.restart();
  await settled();
  expect(workers).toHaveLength(2);
  expect(client.getSnapshot()).toMatchObject({
    problem: undefined,
    focus: 1,
    results: { counts: { allow: 3 } },
    explained: { call: { id: 'c1' } },
  });
});

test('a restart opens calls that are not stored as well', async () => {
  const { client, workers, settled } = startClient();
  await client.openCalls('Calls of a link', CALLS, undefined, 2);
  await settled();
  workers[0]?.crash('out of memory');
  await client.restart();
  await settled();
  expect(client.getSnapshot()).toMatchObject({
    open: { info: { name: 'Calls of a link', calls: 3 } },
    focus: 2,
    problem: undefined,
  });
});

test('a restart closes a trace that is gone meanwhile, and says so', async () => {
  const { client, store, workers } = await opened();
  workers[0]?.crash('out of memory');
  await store.deleteTrace(openId(client));
  await client.restart();
  expect(client.getSnapshot()).toMatchObject({
    ...CLOSED,
    traces: [],
    problem: { kind: 'failed', message: 'this trace is no longer stored' },
  });
});

test('a second crash while restarting leaves the trace for another try', async () => {
  const { client, workers, settled } = await opened();
  workers[0]?.crash('out of memory');
  const restarted = client.restart();
  await new Promise((done) => setTimeout(done));
  workers[1]?.crash('out of memory again');
  await restarted;
  expect(client.getSnapshot()).toMatchObject({
    open: { info: { name: 'A day' } },
    problem: { kind: 'crashed', message: 'out of memory again' },
  });
  await client.restart();
  await settled();
  expect(client.getSnapshot()).toMatchObject({ problem: undefined, results: { counts: { allow: 2 } } });
});

test('a worker whose code does not come is started again after each pause, and asked again what was asked', async () => {
  const { client, workers, beat, settled, missNext } = startClient();
  missNext(3);
  const imported = importDay(client);
  await beat(3);
  await imported;
  await settled();
  expect(workers).toHaveLength(4);
  expect(workers.slice(0, 3).every(({ ended }) => ended)).toBe(true);
  expect(client.getSnapshot()).toMatchObject({ problem: undefined, results: { counts: { allow: 2 } } });
});

test('a worker whose code never comes is a problem, until another try', async () => {
  const { client, workers, beat, missNext } = startClient();
  missNext(4);
  const started = expect(client.start()).rejects.toThrow('could not be loaded');
  await beat(3);
  await started;
  expect(workers).toHaveLength(4);
  expect(client.getSnapshot().problem).toEqual({ kind: 'unloaded' });
  await client.restart();
  expect(workers).toHaveLength(5);
  expect(client.getSnapshot().problem).toBeUndefined();
});

const asks =
  (question: string, marker = '') =>
  (message: ToWorker): boolean =>
    'question' in message && message.question === question && JSON.stringify(message.params).includes(marker);

/** Not yet a second without an answer, and a second. */
const [ALMOST, A_SECOND] = [4, 1];
/** Half a minute, for work over a whole file, trace or catalog. */
const HALF_A_MINUTE = 121;

test('a worker that is stuck on a policy is ended after a second, and all but its decisions is there again', async () => {
  const { client, workers, beat, getStuckOn, settled } = await opened();
  client.select(1);
  await settled();
  getStuckOn(asks('decideAll', 'hangs'));
  client.show(allowing('hangs'));
  await beat(ALMOST);
  expect(client.getSnapshot().problem).toBeUndefined();
  await beat(A_SECOND);
  expect(workers.map(({ ended }) => ended)).toEqual([true, false]);
  expect(client.getSnapshot()).toMatchObject({
    problem: { kind: 'stuck', on: { kind: 'policies', policies: [allowing('hangs')] } },
    isGivenUp: true,
    open: { info: { name: 'A day', calls: 3 } },
    focus: 1,
    results: undefined,
    stale: undefined,
  });
  // Nothing is asked again that would get this worker stuck, too.
  await expect(client.ask('runTests', { policy: allowing('hangs'), tests: [] })).rejects.toThrow('did not answer');
  await expect(client.explainUnder(allowing('hangs'), { id: callId('x') })).rejects.toThrow('did not answer');
  await beat(10);
  expect(workers).toHaveLength(2);
});

test('another policy is decided again after one that a worker was stuck on', async () => {
  const { client, beat, getStuckOn, settled } = await opened();
  getStuckOn(asks('decideAll', 'hangs'));
  client.show(allowing('hangs'));
  await beat(ALMOST + A_SECOND);
  client.show(allowing('*'));
  expect(client.getSnapshot()).toMatchObject({ problem: undefined, isGivenUp: false });
  await settled();
  expect(client.getSnapshot()).toMatchObject({ results: { counts: { allow: 3 } } });
  // It is remembered, as long as nothing else is said.
  client.show(allowing('hangs'));
  expect(client.getSnapshot()).toMatchObject({ isGivenUp: true, results: undefined });
});

test('a restart tries the policy again, and waits ten seconds', async () => {
  const { client, workers, beat, getStuckOn, settled } = await opened();
  getStuckOn(asks('decideAll', 'hangs'));
  client.show(allowing('hangs'));
  await beat(ALMOST + A_SECOND);
  const restarted = client.restart();
  await beat(20);
  expect(client.getSnapshot()).toMatchObject({ problem: undefined, isGivenUp: false });
  await beat(21);
  await restarted;
  expect(client.getSnapshot()).toMatchObject({ problem: { kind: 'stuck' }, isGivenUp: true });
  getStuckOn(() => false);
  await client.restart();
  await settled();
  expect(client.getSnapshot()).toMatchObject({ problem: undefined, results: { counts: { allow: 0 } } });
  expect(workers).toHaveLength(5);
});

test('an import that a worker is stuck on fails by the name of its file, and the open trace is there again', async () => {
  const { client, beat, getStuckOn, settled } = await opened();
  getStuckOn(asks('importFile'));
  const imported = client.importFile(fileOf('x'), 'huge.json', {}, () => undefined, new AbortController().signal);
  const failed = expect(imported).rejects.toThrow('was ended');
  await beat(HALF_A_MINUTE);
  await failed;
  await settled();
  expect(client.getSnapshot()).toMatchObject({
    problem: { kind: 'stuck', on: { kind: 'file', name: 'huge.json' } },
    results: { counts: { allow: 2 } },
  });
});

test('a trace that a worker is stuck on is closed, and opened again when that is asked for', async () => {
  const { client, beat, getStuckOn, settled } = await opened();
  getStuckOn(asks('view', 'needle'));
  client.setFilter({ text: 'needle' });
  await beat(HALF_A_MINUTE);
  expect(client.getSnapshot()).toMatchObject({ ...CLOSED, problem: { kind: 'stuck', on: { kind: 'trace' } } });
  await client.restart();
  await settled();
  expect(client.getSnapshot()).toMatchObject({ problem: undefined, open: { info: { name: 'A day' } } });
});

test('of several questions the one is blamed of which the worker gave the last sign', async () => {
  const { client, beat, gate, getStuckOn } = await opened();
  gate.close();
  client.show(allowing('*'));
  await vi.waitFor(() => expect(gate.paused()).toBe(1));
  getStuckOn(asks('impact'));
  const [before, after] = [allowing('a'), allowing('b')];
  const asked = client.ask('impact', { before, after, catalog: EMPTY_CATALOG });
  const failed = expect(asked).rejects.toThrow('was ended');
  await beat(HALF_A_MINUTE);
  await failed;
  expect(client.getSnapshot()).toMatchObject({ problem: { on: { policies: [before, after] } }, isGivenUp: false });
});

test('work that pauses may take as long as it needs, and a page that sleeps ends no worker', async () => {
  const { client, beat, gate, getStuckOn, workers, settled } = await opened();
  gate.close();
  client.show(allowing('*'));
  await vi.waitFor(() => expect(gate.paused()).toBe(1));
  await beat(100);
  gate.open();
  await settled();
  getStuckOn(asks('decideAll'));
  client.show(allowing('send_*'));
  await beat(100, 10_000);
  expect(workers).toHaveLength(1);
  expect(client.getSnapshot()).toMatchObject({ problem: undefined });
});
