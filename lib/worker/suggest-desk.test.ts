import { expect, test } from 'vitest';
import { callId, DEFAULT_SETTINGS, EMPTY_CATALOG, type Call } from '../engine';
import { traceId } from '../store';
import { LoadedTrace } from './loaded-trace';
import { suggestFromTrace } from './suggest-desk';
import { SupersededError } from './superseded';

const CALLS: readonly Call[] = ['send_message', 'delete_file', 'delete_file'].map((name, i) => ({
  id: callId(`c${String(i)}`),
  agent: { slug: 'codex' },
  tool: { name },
}));
const INFO = {
  ...{ id: traceId('t'), name: '', addedAt: 0, format: 'native', calls: 0, chunks: 0, rejects: 0 },
  ...{ catalog: null, info: {} },
};
const TRACE = LoadedTrace.of(INFO, CALLS);
const work = { pause: () => Promise.resolve(), stopped: () => false };
const stoppedWork = { ...work, stopped: () => true };
const catalog = {
  ...EMPTY_CATALOG,
  resources: [{ slug: 'files', tools: [{ name: 'read_file' }, { name: 'delete_file' }] }],
  agents: [{ slug: 'codex' }],
};

test('rules are suggested from the open trace, or from some of its calls', async () => {
  const choices = { take: 'not-denied', by: undefined, tools: 'exact', limitsArguments: false } as const;
  const params = { choices, settings: DEFAULT_SETTINGS, catalog, places: undefined };
  const all = await suggestFromTrace(params, TRACE, work);
  expect(all.rules.map(({ rule }) => [rule.scope.agents, rule.tools])).toEqual([
    [['codex'], ['delete_file', 'send_message']],
  ]);
  const some = await suggestFromTrace({ ...params, places: new Uint32Array([0]) }, TRACE, work);
  expect(some.rules.map(({ rule }) => rule.tools)).toEqual([['send_message']]);
  expect(some.calls).toEqual({ total: 3, chosen: 1 });
  await expect(suggestFromTrace(params, TRACE, stoppedWork)).rejects.toBeInstanceOf(SupersededError);
});
