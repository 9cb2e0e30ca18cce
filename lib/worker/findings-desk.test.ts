import { describe, expect, it } from 'vitest';
import { callId, fillPolicy, ruleId, type Call, type Catalog, type Policy } from '../engine';
import { openMemoryStore } from '../store';
import type { WorkerQuestions } from './protocol';
import { SupersededError } from './superseded';
import { answering } from './testkit';

const NO_CATALOG: Catalog = { resources: [], agents: [], instances: [], users: [], groups: [] };
const CALL: Call = { id: callId('c'), tool: { name: 'delete_file' }, agent: { slug: 'codex' } };

const policyOf = (...effects: readonly ('allow' | 'deny')[]): Policy =>
  fillPolicy({
    rules: effects.map((effect, i) => ({
      id: ruleId(`r${i}`),
      name: `R${i}`,
      effect,
      tools: [i === 0 ? '*' : `t${i}_*`],
    })),
  });
const SHADOWED = policyOf('allow', 'deny');
const codesOf = (findings: WorkerQuestions['findings']['result']) =>
  findings.map(({ ruleId: id, code }) => `${id} ${code}`);

/** An answerer whose clock moves by a slice with each look at it, so that each pause is taken; `onPause` is what happens meanwhile. */
function slowAnswering(onPause: () => void) {
  let now = 0;
  const ports = { now: () => (now += 100), breathe: () => Promise.resolve(onPause()) };
  return answering(
    openMemoryStore(() => 1_000),
    ports,
  );
}

describe('findings', () => {
  it('are those of the policy, rule by rule, with witnesses', async () => {
    const ask = answering();
    const findings = await ask('findings', { policy: SHADOWED, catalog: NO_CATALOG });
    expect(codesOf(findings)).toEqual(['r0 allow-all-active', 'r1 shadowed']);
    expect(findings[1]?.witness?.tool?.name).toMatch(/^t1_/);
    // The same question again is answered from what is known.
    expect(await ask('findings', { policy: SHADOWED, catalog: NO_CATALOG })).toBe(findings);
  });

  it('end when a newer policy is asked about', async () => {
    let newer: Promise<unknown> | undefined;
    const ask = slowAnswering(() => {
      newer ??= ask('findings', { policy: policyOf('allow'), catalog: NO_CATALOG });
    });
    await expect(ask('findings', { policy: SHADOWED, catalog: NO_CATALOG })).rejects.toBeInstanceOf(SupersededError);
    expect(codesOf((await newer) as never)).toEqual(['r0 allow-all-active']);
  });

  it('end when a policy is to be decided, so that decisions do not wait for them', async () => {
    let decided: Promise<WorkerQuestions['decideAll']['result']> | undefined;
    let pauses = 0;
    const ask = slowAnswering(() => {
      pauses++;
      decided ??= ask('decideAll', { stamp: 1, policy: SHADOWED });
    });
    await ask('openCalls', { name: 'calls', calls: [CALL], catalog: undefined });
    await expect(ask('findings', { policy: SHADOWED, catalog: NO_CATALOG })).rejects.toBeInstanceOf(SupersededError);
    expect((await decided)?.perRule[0]?.decided).toBe(1);
    expect(pauses).toBeLessThan(5);
  });
});
