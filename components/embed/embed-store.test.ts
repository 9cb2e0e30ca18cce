import { describe, expect, it } from 'vitest';
import { bundleOf, encodeLink, writeBundle, type Bundle } from '@/lib/bundle';
import { callId, fillRule, ruleId, type Call } from '@/lib/engine';
import { EmbedStore } from './embed-store';
import { callsOf, MOST_SAMPLES, sampleOf } from './sample-calls';

const rule = (id: string) => fillRule({ id: ruleId(id), name: id, effect: 'deny', tools: ['*'] });
const call = (id: string, args = {}): Call => ({ id: callId(id), tool: { name: 't' }, args });
const SETTINGS = { gatedWhenFalse: 'continue' } as const;
const BUNDLE: Bundle = bundleOf(
  'Example',
  { rules: [rule('a'), rule('b'), rule('c')], settings: SETTINGS },
  { trace: [call('1'), call('2')], focus: callId('2') },
);

function opened(bundle = BUNDLE) {
  const store = new EmbedStore('auto');
  expect(store.open(writeBundle(bundle))).toBeUndefined();
  const present = () => {
    const { content } = store.getState();
    if (content.kind !== 'open') throw new Error(content.kind);
    return content;
  };
  return { store, present };
}

describe('the state of an embed', () => {
  it('opens a link and the JSON of a bundle alike', () => {
    const link = encodeLink(BUNDLE);
    const store = new EmbedStore('auto');
    expect(store.open(link.ok ? link.fragment : '')).toBeUndefined();
    expect(store.getState().content).toEqual(opened().store.getState().content);
  });

  it('says why it opens nothing', () => {
    const store = new EmbedStore('auto');
    expect(store.open('{"format":"policy-bundle","version":1}')?.problems).not.toEqual([]);
    expect(store.getState().content.kind).toBe('refused');
  });

  it('keeps what is open when something else is refused', () => {
    const { store, present } = opened();
    expect(store.open('#1.damaged.000000000000')).toBeDefined();
    expect(present().bundle.name).toBe('Example');
  });

  it('moves, changes and resets', () => {
    const { store, present } = opened();
    store.moveRule(ruleId('a'), 2);
    expect(present().bundle.rules.map(({ id }) => id)).toEqual(['b', 'c', 'a']);
    store.changeRule({ ...rule('b'), effect: 'allow' });
    expect(present().bundle.rules[0]?.effect).toBe('allow');
    store.changeCall(call('1', { n: 1 }));
    expect(present().bundle.trace?.[0]?.args).toEqual({ n: 1 });
    store.reset();
    expect(present().bundle).toBe(present().original);
  });

  it('focuses calls that there are', () => {
    const { store, present } = opened();
    expect(store.focus('1')).toBe(true);
    expect(present().focus).toBe('1');
    expect(store.focus('9')).toBe(false);
  });

  it('leaves tests as they are when their call is edited', () => {
    const tests = [{ name: 'x', call: call('t'), expect: { effect: 'deny' as const } }];
    const { store, present } = opened(bundleOf('Tests', { rules: [rule('a')], settings: SETTINGS }, { tests }));
    store.changeCall(call('t', { n: 1 }));
    expect(present().bundle.tests).toEqual(tests);
    expect(present().bundle.trace).toEqual([call('t', { n: 1 })]);
  });
});

describe('the calls of an embed', () => {
  it('are few, the one in focus among them', () => {
    const trace = Array.from({ length: 200 }, (_, i) => call(String(i)));
    const long = { ...BUNDLE, trace, focus: callId('150') };
    expect(callsOf(long)).toHaveLength(MOST_SAMPLES);
    expect(sampleOf(long, long.focus)?.id).toBe('150');
  });
});
