import { expect, test } from 'vitest';
import type { AccessSubject } from '@/lib/analysis';
import { fillPolicy, ruleId } from '@/lib/engine';
import { planRedaction } from '@/lib/redact';
import type { ReplayClient } from '@/lib/worker';
import { standInsFor } from './stand-ins';

const replay = {
  ask: (_: string, { bundle, keep }: { bundle: Parameters<typeof planRedaction>[0]; keep: string[] }) =>
    planRedaction(bundle, new Set(keep)),
} as unknown as ReplayClient;

const user = (email: string): AccessSubject => ({ key: email, name: undefined, facts: { user: { email } } });

test('people have stand-ins, each its own; who a rule names, and what has no name of a person, stays', async () => {
  const policy = fillPolicy({
    rules: [
      { id: ruleId('r'), name: 'Ana alone', effect: 'allow', tools: ['*'], scope: { users: ['ana@acme.example'] } },
      {
        id: ruleId('s'),
        name: 'Of Acme',
        effect: 'allow',
        tools: ['*'],
        condition: 'user.email.endsWith("@acme.example")',
      },
    ],
  });
  const agent: AccessSubject = { key: 'cursor', name: undefined, facts: { agent: { slug: 'cursor' } } };
  const subjects = [user('ana@acme.example'), user('ben@acme.example'), user('cleo@other.example'), agent];
  const [ana, ben, cleo, cursor] = await standInsFor(replay, policy, subjects);
  expect([ana, cursor]).toEqual(['ana@acme.example', 'cursor']);
  expect(ben).toMatch(/^[a-z]+@acme\.example$/);
  expect([ben, cleo]).not.toContain('ben@acme.example');
  expect(cleo).not.toBe('cleo@other.example');
  expect(cleo).not.toBe(ben);
});
