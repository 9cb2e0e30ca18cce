// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { reasonsOf } from '@/lib/analysis';
import { callId, compilePolicy, fillRule, ruleId, type Policy } from '@/lib/engine';
import { PrintReport } from './print-report';

const session = vi.hoisted(() => ({ shown: {} as object, replay: {} as object }));
vi.mock('../session/session', () => ({ useReplay: () => session.replay }));
vi.mock('../session/shown-policy', () => ({ useShownPolicy: () => session.shown }));

afterEach(cleanup);

const POLICY: Policy = {
  rules: [
    fillRule({
      id: ruleId('r1'),
      name: 'Small amounts',
      effect: 'gated',
      tools: ['refund_*'],
      condition: 'request.args.amount <= 500\n  || "admin" in user.groups',
      description: 'Agreed in March.',
    }),
    fillRule({ id: ruleId('r2'), name: 'Reads', effect: 'allow', tools: ['read_*'] }),
  ],
  settings: { gatedWhenFalse: 'continue' },
};

test('the report has the whole policy, what the trace comes to, and the explanation of the call in focus', async () => {
  const call = { id: callId('c-9'), user: null, tool: { name: 'refund_order' }, args: { amount: 700 } };
  session.shown = { name: 'Refunds', from: 'saved', ...POLICY };
  session.replay = {
    explained: { stamp: 1, ...(await reasonsOf(await compilePolicy(POLICY), call)) },
    open: { info: { name: 'March', calls: 3 } },
    results: {
      counts: { allow: 2, deny: 1, conditional: 0 },
      perRule: [{ decided: 0 }, { decided: 2 }],
      decidedByDefault: 1,
      hazardous: { count: 1 },
    },
  };
  render(<PrintReport />);
  const text = screen.getByTestId('print-report').textContent;
  for (const part of [
    'Refunds2 rules. Digest',
    '1. Gated: Small amounts',
    '"admin" in user.groups',
    'Agreed in March.',
    'Trace: March3 calls: 2 allowed, 1 denied. 1 call with a hazard.',
    'Rule 2, Reads: 2',
    'No rule: 1',
    'Call c-9, refund_order',
    'Denied: no rule matched',
    '"amount": 700',
  ])
    expect(text).toContain(part);
});
