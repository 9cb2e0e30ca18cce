/** Acme's policy, and what its gateway recorded that Tuesday: the same rules, but for two that changed at noon. */

const rule = (id, name, effect, { tools, scope, condition, holds, ...rest }) => ({
  written: { id, name, effect, scope, tools, ...(condition === null ? {} : { condition }), ...rest },
  holds,
});

const on =
  (slug, ...names) =>
  (call) =>
    call.resource.slug === slug &&
    names.some((name) => new RegExp(`^${name.replace('*', '.*')}$`).test(call.tool.name));

const BOT_CHANNELS = ['C07HELPDESK', 'C07ESCALATE'];
const READS = /^\s*(select|with|explain|show)\b/i;

const RULES = [
  rule('r-delete', 'Agents delete nothing on GitHub', 'deny', {
    tools: ['delete_*'],
    scope: { resources: ['github'] },
    condition: null,
    holds: on('github', 'delete_*'),
    description: 'Files and repositories are removed by people',
  }),
  rule('r-contractors', 'Contractors propose, others merge', 'deny', {
    tools: ['merge_*', 'push_files', 'create_or_update_file'],
    scope: { resources: ['github'], groups: ['contractors'] },
    condition: null,
    holds: (call) =>
      call.user.groups.includes('contractors') && on('github', 'merge_*', 'push_files', 'create_or_update_file')(call),
  }),
  rule('r-refund-limit', 'Refunds up to 500', 'gated', {
    tools: ['create_refund'],
    scope: { resources: ['payments'] },
    condition: 'request.args.amount <= 50000',
    holds: (call) => on('payments', 'create_refund')(call) && call.args.amount <= 50000,
    description: 'Amounts are in cents; a refund without an amount is the whole payment',
  }),
  rule('r-money', 'Larger refunds and cancellations need a person', 'deny', {
    tools: ['create_refund', 'cancel_subscription'],
    scope: { resources: ['payments'] },
    condition: null,
    holds: on('payments', 'create_refund', 'cancel_subscription'),
  }),
  rule('r-bot-channels', 'The bot posts in its own channels', 'gated', {
    tools: ['slack_post_message', 'slack_reply_to_thread'],
    scope: { agents: ['support-bot'] },
    condition: `request.args.channel_id in ${JSON.stringify(BOT_CHANNELS)}`,
    holds: (call) =>
      call.agent.slug === 'support-bot' &&
      on('slack-support', 'slack_post_message', 'slack_reply_to_thread')(call) &&
      BOT_CHANNELS.includes(call.args.channel_id),
  }),
  rule('r-sql', 'Agents only read the orders database', 'deny', {
    tools: ['query'],
    scope: { resources: ['orders-db'] },
    condition: '!request.args.sql.matches("(?i)^\\\\s*(select|with|explain|show)\\\\b")',
    holds: (call) => on('orders-db', 'query')(call) && !READS.test(call.args.sql),
  }),
  rule('r-mail', 'Coding agents write to no one outside', 'deny', {
    tools: ['send_email'],
    scope: { resources: ['mail'], agents: ['tag:coding'] },
    condition: '!request.args.to.all(address, address.endsWith("@acme.example"))',
    holds: (call) =>
      call.agent.tags.includes('coding') &&
      on('mail', 'send_email')(call) &&
      !call.args.to.every((address) => address.endsWith('@acme.example')),
  }),
  rule('r-hours', 'Merges in working hours', 'gated', {
    tools: ['merge_pull_request'],
    scope: { resources: ['github'] },
    condition: 'request.time.getHours("Europe/Paris") >= 8 && request.time.getHours("Europe/Paris") < 18',
    holds: () => false,
    status: 'draft',
  }),
  rule('r-all', 'Allow all', 'allow', { tools: ['*'], scope: {}, condition: null, holds: () => true }),
];

export const POLICY = {
  format: 'policy-bundle',
  version: 1,
  name: 'Acme',
  description: 'What the agents of a small company may do',
  rules: RULES.map(({ written }) => written),
};

const LOGGED_FROM = 'T08:30';
const CHANGED_AT = 'T12:00';

/** What the gateway's log says of a call; nothing where the call was not taken from the log. */
export function recordedThen(call) {
  const clock = call.time.slice(10);
  if (clock < LOGGED_FROM || call.agent.slug === 'codex') return undefined;
  if (clock < CHANGED_AT) {
    // Two rules as they were in the morning: a higher limit, and one that was taken out.
    if (on('payments', 'create_refund')(call) && call.args.amount <= 100000)
      return entry('allow', 'r-refund-limit', 'Refunds up to 1,000');
    if (on('github', 'create_gist')(call)) return entry('deny', 'r-gists', 'No gists');
  }
  const { written } = RULES.find(({ holds }) => holds(call));
  return entry(written.effect === 'deny' ? 'deny' : 'allow', written.id, written.name);
}

const entry = (effect, ruleId, ruleName) => ({
  effect,
  ruleId,
  ruleName,
  ...(effect === 'deny' ? { reason: `denied by "${ruleName}"` } : {}),
});
