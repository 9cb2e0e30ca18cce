import { describe, expect, it } from 'vitest';
import { fillPolicy, ruleId, type Catalog, type Policy } from '../engine';
import { openMemoryStore } from '../store';
import { SupersededError } from './superseded';
import { answering } from './testkit';

const CATALOG: Catalog = { resources: [], agents: [], instances: [], users: [], groups: [] };

const policyOf = (...rules: readonly (readonly ['allow' | 'deny', string])[]): Policy =>
  fillPolicy({
    rules: rules.map(([effect, tool], i) => ({ id: ruleId(`r${i}`), name: `R${i}`, effect, tools: [tool] })),
  });
const STRICT = policyOf(['deny', 'delete_*'], ['allow', 'get_*']);
const LOOSE = policyOf(['deny', 'delete_all'], ['allow', '*']);

describe('permissions compared over all calls', () => {
  it('are an answer with a call for each pair of rules that decides otherwise', async () => {
    const compared = await answering()('comparePermissions', { before: STRICT, after: LOOSE, catalog: CATALOG });
    expect(compared.answer).toBe('more-permissive');
    expect(compared.stricter).toEqual({ kind: 'none' });
    if (compared.looser.kind !== 'some') throw new Error('calls are expected');
    expect(compared.looser.complete).toBe(true);
    const pairs = compared.looser.examples.map(({ before, after }) => [before?.id, after?.id]);
    expect(new Set(pairs)).toEqual(
      new Set([
        ['r0', 'r1'],
        [undefined, 'r1'],
      ]),
    );
  });

  it('end when they are no longer wanted', async () => {
    let now = 0;
    const stop = new AbortController();
    const breathe = () => Promise.resolve(stop.abort());
    const ask = answering(
      openMemoryStore(() => 1_000),
      { now: () => (now += 100), breathe },
    );
    const asked = ask('comparePermissions', { before: STRICT, after: LOOSE, catalog: CATALOG }, stop.signal);
    await expect(asked).rejects.toBeInstanceOf(SupersededError);
  });
});
