import { describe, expect, it } from 'vitest';
import { VARIABLES } from '../../cel';
import { conditionFacts, FACT_PATHS, membersRead, readCall } from './facts';

const facts = (call: unknown) => conditionFacts(readCall(call));

describe('the facts of a call', () => {
  it('are those of the vocabulary', () => {
    const documented = VARIABLES.map((variable) => variable.path).filter((path) => path.includes('.'));
    const ours = FACT_PATHS.filter((path) => path !== 'instance.client' && path !== 'tool.annotations');
    const hints = ['readOnlyHint', 'destructiveHint', 'idempotentHint', 'openWorldHint'].map(
      (hint) => `tool.annotations.${hint}`,
    );
    const known = new Set([...ours, ...hints, 'instance.client', 'tool.annotations']);
    expect(documented.filter((path) => !known.has(path))).toEqual([]);
    expect([...ours, ...hints].filter((path) => !documented.includes(path))).toEqual([]);
  });

  it.each<[string, unknown, object, readonly string[]]>([
    ['everything unknown', {}, {}, FACT_PATHS.filter((path) => !path.startsWith('instance.client.'))],
    [
      'everything absent',
      {
        agent: null,
        instance: null,
        user: null,
        resource: null,
        tool: null,
        args: null,
        time: null,
        ip: null,
        userAgent: null,
      },
      {},
      [],
    ],
    [
      'fields of wrong types, or not among the members',
      {
        agent: { slug: 1, name: 'n', tags: ['t', 2], secret: 'x' },
        instance: 'i',
        user: [],
        resource: null,
        tool: { name: 'x', title: {}, annotations: { readOnlyHint: 'yes', title: 't' } },
        args: 'x',
        time: 'noon',
        ip: 5,
        userAgent: 'u',
      },
      { agent: { name: 'n', tags: ['t'] }, tool: { name: 'x', annotations: {} }, request: { user_agent: 'u' } },
      [],
    ],
    [
      'a client that is known in part',
      {
        agent: null,
        instance: { id: 'i', name: null, tags: null, client: { name: 'c' } },
        user: null,
        resource: null,
        tool: null,
        args: { n: null },
        time: '2026-01-01T00:00:00Z',
        ip: null,
        userAgent: null,
      },
      { instance: { id: 'i', client: { name: 'c' } }, request: { args: { n: null }, time: '2026-01-01T00:00:00Z' } },
      ['instance.client.version', 'instance.client.protocolVersion'],
    ],
  ])('%s', (_, call, known, unknown) => {
    const none = { agent: {}, instance: {}, user: {}, resource: {}, tool: {}, request: {} };
    expect(facts(call)).toEqual({
      variables: { ...none, ...known },
      unknown,
      timestampAt: unknown.includes('request.time') ? [] : ['request.time'],
    });
  });

  it('are read only where a condition can see them', () => {
    const paths = (...reads: string[]) => membersRead(reads).map((member) => member.path);
    expect(paths('request.args.n', 'agent.slugg')).toEqual(['request.args']);
    expect(paths('instance.client.name')).toEqual(['instance.client', 'instance.client.name']);
    expect(paths('user')).toEqual(['user.id', 'user.email', 'user.name', 'user.groups']);
    expect(paths()).toEqual([]);
  });
});
