import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LIMITS } from '../bundle';
import { CONNECT, isConnect, readEmbedMessage, readHostMessage, type EmbedMessage, type HostMessage } from '.';

const HOST: readonly HostMessage[] = [
  { type: 'set', source: '{"format":"policy-bundle"}' },
  { type: 'focus-call', id: 'c1' },
  { type: 'theme', theme: 'dark' },
];

const EMBED: readonly EmbedMessage[] = [
  { type: 'ready', version: 1, view: 'rule' },
  { type: 'resize', height: 320, asked: false },
  {
    type: 'change',
    bundle: '{}',
    decision: { call: 'c1', effect: 'deny', ruleId: null },
    tests: { passed: 1, total: 2 },
  },
  { type: 'change', bundle: '{}', decision: null, tests: null },
  { type: 'problem', code: 'bundle', message: 'no' },
];

describe('messages of the page', () => {
  it.each(HOST)('are read: $type', (message) => expect(readHostMessage(message)).toEqual({ ok: true, message }));

  it('have no members but those that are known', () => {
    expect(readHostMessage({ ...HOST[0], extra: 1 })).toEqual({ ok: true, message: HOST[0] });
  });

  it.each([
    ['null', null, 'message'],
    ['a list', [], 'message'],
    ['a text', 'set', 'message'],
    ['no type', {}, 'message'],
    ['another type', { type: 'eval', source: 'x' }, 'message'],
    ['a message of the embed', EMBED[2], 'message'],
    ['an object for a text', { type: 'set', source: { format: 'policy-bundle' } }, 'message'],
    ['too much text', { type: 'set', source: 'x'.repeat(LIMITS.bytes + 1) }, 'too-large'],
    ['a long id', { type: 'focus-call', id: 'x'.repeat(10_001) }, 'message'],
    ['an unknown theme', { type: 'theme', theme: 'red' }, 'message'],
  ])('are refused: %s', (_, message, code) => expect(readHostMessage(message)).toMatchObject({ ok: false, code }));
});

describe('messages of the embed', () => {
  it.each(EMBED)('are read: $type', (message) => expect(readEmbedMessage(message)).toEqual(message));

  it.each([
    ['null', null],
    ['a message of the page', HOST[0]],
    ['an unknown view', { type: 'ready', version: 1, view: 'all' }],
    ['a height that is no number', { type: 'resize', height: '3', asked: true }],
    ['a negative height', { type: 'resize', height: -1, asked: true }],
    ['an endless height', { type: 'resize', height: Infinity, asked: true }],
    ['NaN', { type: 'resize', height: NaN, asked: true }],
    ['no decision at all', { type: 'change', bundle: '{}', tests: null }],
    [
      'an unknown effect',
      { type: 'change', bundle: '{}', decision: { call: 'c', effect: 'x', ruleId: null }, tests: null },
    ],
    ['half a test', { type: 'change', bundle: '{}', decision: null, tests: { passed: 0.5, total: 1 } }],
    ['too much text', { type: 'change', bundle: 'x'.repeat(LIMITS.bytes + 1), decision: null, tests: null }],
    ['an unknown code', { type: 'problem', code: 'x', message: '' }],
  ])('are ignored: %s', (_, message) => expect(readEmbedMessage(message)).toBeUndefined());
});

describe('any value', () => {
  /** Values near the messages: their types and members, with anything in them. */
  const near = fc.record(
    {
      type: fc.oneof(
        fc.constantFrom('set', 'focus-call', 'theme', 'ready', 'resize', 'change', 'problem', CONNECT),
        fc.anything(),
      ),
      source: fc.anything(),
      id: fc.anything(),
      theme: fc.anything(),
      version: fc.anything(),
      view: fc.anything(),
      height: fc.anything(),
      bundle: fc.anything(),
      decision: fc.anything(),
      tests: fc.anything(),
    },
    { requiredKeys: [] },
  );

  it('is read or refused, never thrown at', () => {
    fc.assert(
      fc.property(fc.oneof(near, fc.anything({ withNullPrototype: true })), (value) => {
        const host = readHostMessage(value);
        if (host.ok) expect(readHostMessage(host.message)).toEqual(host);
        const embed = readEmbedMessage(value);
        if (embed !== undefined) expect(readEmbedMessage(embed)).toEqual(embed);
        isConnect(value);
      }),
      { numRuns: 2_000 },
    );
  });
});
