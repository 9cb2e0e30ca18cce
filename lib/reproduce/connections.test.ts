import { expect, it } from 'vitest';
import { compilePolicy, fillPolicy, ruleId, type DecisionEffect } from '../engine';
import { compareConnection } from './connections';

const policy = fillPolicy({
  rules: [
    {
      id: ruleId('big'),
      name: 'Big',
      effect: 'deny',
      tools: ['create_refund'],
      condition: 'request.args.amount > 500',
    },
    { id: ruleId('ops'), name: 'Ops', effect: 'allow', tools: ['drop'], scope: { groups: ['ops'] } },
    { id: ruleId('codex'), name: 'Codex', effect: 'gated', tools: ['merge'], condition: 'agent.slug == "codex"' },
    { id: ruleId('read'), name: 'Read', effect: 'allow', tools: ['get_*', 'create_refund'] },
  ],
});

it.each<[string, DecisionEffect, string, DecisionEffect]>([
  ['get_order', 'allow', 'same', 'allow'],
  ['get_order', 'deny', 'diverged', 'allow'],
  ['get_order', 'conditional', 'diverged', 'allow'],
  ['create_refund', 'conditional', 'same', 'conditional'],
  // It waits for arguments, which the gateway does not know either.
  ['create_refund', 'allow', 'diverged', 'conditional'],
  ['drop', 'deny', 'not-reproducible', 'conditional'],
  ['merge', 'conditional', 'more-known', 'allow'],
  ['merge', 'deny', 'diverged', 'allow'],
])('%s, listed as %s, is %s', async (tool, effect, verdict, decided) => {
  const { tools } = compareConnection(await compilePolicy(policy), {
    facts: { agent: { slug: 'codex' } },
    tools: [{ resource: 'shop', tool, effect }],
  });
  expect(tools.map((one) => [one.verdict, one.decision.effect])).toEqual([[verdict, decided]]);
});
