import { fillRule, ruleId, type Rule } from '../engine';
import { policyId, type PolicyContent } from '../store';

/** The policy that a first visit finds: one id, so that two tabs that begin at once make one policy. */
export const FIRST_POLICY = policyId('p-first');

/** As a new organization starts: one active rule that allows everything. */
export function allowAll(): Rule {
  return fillRule({
    id: ruleId('allow-all'),
    name: 'Allow all',
    description: 'Every tool, for every agent: what a new organization starts with.',
    effect: 'allow',
    tools: ['*'],
  });
}

export function newPolicy(name = 'New policy'): PolicyContent {
  return { name, description: '', rules: [allowAll()], settings: { gatedWhenFalse: 'continue' } };
}

/**
 * What a first visit shows, to be read beside the sample trace: a rule that works, one whose gate is passed (its false
 * condition lets `Allow all` decide), and one whose condition errs where an argument is missing.
 */
export function firstPolicy(): PolicyContent {
  return {
    name: 'Acme support desk',
    description: 'A sample: change anything, and see the decisions of the trace change.',
    settings: { gatedWhenFalse: 'continue' },
    rules: [
      fillRule({
        id: ruleId('no-deleting'),
        name: 'No deleting',
        description: 'Nothing is deleted by an agent, on any server.',
        effect: 'deny',
        tools: ['delete_*'],
      }),
      fillRule({
        id: ruleId('only-general'),
        name: 'Only #general',
        description:
          'Meant to keep messages in #general. A gate only allows: where its condition is false, the next rules decide, and `Allow all` lets the message through.',
        effect: 'gated',
        scope: { resources: ['slack'] },
        tools: ['send_message'],
        condition: 'request.args.channel_id == "C_GENERAL"',
      }),
      fillRule({
        id: ruleId('large-refunds'),
        name: 'No large refunds',
        description: 'Refunds above 500 are for people.',
        effect: 'deny',
        scope: { resources: ['payments'] },
        tools: ['create_refund'],
        condition: 'request.args.amount > 500',
      }),
      allowAll(),
    ],
  };
}
