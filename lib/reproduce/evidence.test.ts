import { expect, it } from 'vitest';
import { redactEvidence } from './evidence';

it('replaces the people who changed the policy, the same person by the same words, and drops ids of events', () => {
  const change = { time: '2026-03-02T10:00:00Z', change: 'updated', ruleId: 'r1' } as const;
  const events = [
    { ...change, id: 'e1', by: 'ada@example.com' },
    { ...change, by: 'grace@example.com', before: { effect: 'deny' } },
    { ...change, by: 'alan@example.com' },
    { ...change, by: 'grace@example.com' },
    change,
  ];
  const contradictions = new Map([['case', 2]]);
  const redacted = redactEvidence({ events, contradictions }, new Map([['ada@example.com', 'qmu@example.com']]));
  expect(redacted).toEqual({
    contradictions,
    events: [
      { ...change, by: 'qmu@example.com' },
      { ...change, by: 'person-1', before: { effect: 'deny' } },
      { ...change, by: 'person-2' },
      { ...change, by: 'person-1' },
      change,
    ],
  });
});
