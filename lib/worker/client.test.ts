import { expect, test } from 'vitest';
import { fillRule, ruleId, type Policy } from '../engine';
import { ReplayClient, type ReplayState } from './client';
import type { FromWorker, ToWorker } from './protocol';
import { answering, fileOf } from './testkit';

const CALLS = ['send_message', 'delete_file', 'delete_file'].map((name, i) => ({ id: `c${i}`, tool: { name } }));

const allowing = (tool: string): Policy => ({
  rules: [fillRule({ id: ruleId('r'), name: 'Only these', effect: 'allow', tools: [tool] })],
  settings: { gatedWhenFalse: 'continue' },
});

/** A worker whose other side runs here; a question is answered after those before it. */
class NearWorker extends EventTarget {
  readonly #ask = answering();

  postMessage(message: ToWorker): void {
    if ('cancel' in message) return;
    const { ask, question, params } = message;
    void this.#ask(question, params).then(
      (answer) => this.#say({ ask, answer }),
      (error: unknown) => this.#say({ ask, failure: String(error) }),
    );
  }
  terminate(): void {}

  #say(data: FromWorker): void {
    this.dispatchEvent(new MessageEvent('message', { data: structuredClone(data) }));
  }
}

/** A client with a trace open; `frame` lets the next frame come, and `told` is what the listeners saw since it was last looked at. */
async function opened() {
  let waiting: (() => void)[] = [];
  const client = new ReplayClient(
    () => new NearWorker() as unknown as Worker,
    (run) => waiting.push(run),
  );
  let told: ReplayState[] = [];
  client.subscribe(() => told.push(client.getSnapshot()));
  client.show(allowing('delete_*'));
  await client.importFile(fileOf(...CALLS), 'day.ndjson', {}, () => undefined, new AbortController().signal);
  await client.takeImport('A day');
  const settled = () => new Promise((done) => setTimeout(done, 20));
  await settled();
  return {
    client,
    settled,
    frame: () => {
      const due = waiting;
      waiting = [];
      for (const run of due) run();
    },
    told: () => {
      const seen = told;
      told = [];
      return seen;
    },
  };
}

test('all that was answered is told with the next frame, at once', async () => {
  const { client, settled, frame, told } = await opened();
  frame();
  told();
  client.show(allowing('*'));
  expect(told().map(({ results, stale }) => [results, stale?.counts.allow])).toEqual([[undefined, 2]]);
  await settled();
  expect(told()).toEqual([]);
  frame();
  const seen = told();
  expect(seen).toHaveLength(1);
  expect(seen[0]).toMatchObject({
    results: { counts: { allow: 3 } },
    viewing: 'done',
    explained: { call: { id: 'c0' } },
  });
});

test('what the page does is told without a frame, and takes along what was answered', async () => {
  const { client, frame, told } = await opened();
  told();
  client.select(2);
  expect(told()).toMatchObject([{ focus: 2, results: { counts: { allow: 2 } } }]);
  frame();
  expect(told()).toEqual([]);
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
  await settled();
  expect(client.getSnapshot().explained?.call).toMatchObject({ id: 'c1' });
});

test('the first call with a hazard is put in focus, once the trace is decided', async () => {
  const { client, settled, frame } = await opened();
  client.show({
    rules: [
      fillRule({ id: ruleId('g'), name: 'Gate', effect: 'gated', tools: ['delete_*'], condition: 'false' }),
      fillRule({ id: ruleId('a'), name: 'All', effect: 'allow', tools: ['*'] }),
    ],
    settings: { gatedWhenFalse: 'continue' },
  });
  client.selectFirstHazard();
  await settled();
  frame();
  expect(client.getSnapshot()).toMatchObject({ focus: 1, results: { hazardous: { count: 2, first: 1 } } });
});
