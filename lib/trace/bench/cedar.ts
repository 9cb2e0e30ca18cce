import * as cedar from '@cedar-policy/cedar-wasm/nodejs';
import type { BenchRequest, RuleParts, BenchTest } from './company';
import type { EngineContender } from './contender';

/** A test as an expression; undefined where Cedar has none: it does not go through the items of a set. */
function expressionOf(test: BenchTest): string | undefined {
  switch (test.kind) {
    case 'channel':
      return `context.args has channel_id && context.args.channel_id == "${test.id}"`;
    case 'amount':
      return `context.args has amount && context.args.amount <= ${test.most}`;
    case 'path':
      return `context.args has path && context.args.path like "${test.under}*" && !(context.args.path like "*..*")`;
    case 'repository':
      return `context.args has repository && [${test.among.map((name) => `"${name}"`).join(', ')}].contains(context.args.repository)`;
    case 'recipients':
      return undefined;
    case 'hours':
      return `context.time.toTime() >= duration("${test.from}h") && context.time.toTime() < duration("${test.to}h")`;
    case 'real':
      return `principal in Group::"${test.group}" && !(context.args has dry_run)`;
  }
}

/** A rule as a policy. A principal named in the head leaves its group to a clause. */
function policyOf(rule: RuleParts): string {
  const group = rule.group === undefined ? undefined : `principal in Group::"${rule.group}"`;
  const head = [
    rule.user === undefined ? (group ?? 'principal') : `principal == User::"${rule.user}"`,
    'name' in rule.tool ? `action == Action::"${rule.tool.name}"` : 'action',
    rule.resource === undefined ? 'resource' : `resource == Server::"${rule.resource}"`,
  ];
  const clauses = [
    ...(rule.user !== undefined && group !== undefined ? [group] : []),
    ...('prefix' in rule.tool ? [`context.tool like "${rule.tool.prefix}*"`] : []),
    ...(rule.agents.length > 0
      ? [`[${rule.agents.map((agent) => `"${agent}"`).join(', ')}].contains(context.agent)`]
      : []),
    ...(rule.test ? [expressionOf(rule.test) ?? 'false'] : []),
  ];
  const effect = rule.effect === 'allow' ? 'permit' : 'forbid';
  const when = clauses.length > 0 ? ` when { ${clauses.join(' && ')} }` : '';
  return `${effect} (${head.join(', ')})${when};\n`;
}

const SET = 'company';

function callOf({ user, agent, resource, tool, time, args }: BenchRequest): cedar.StatefulAuthorizationCall {
  return {
    principal: { type: 'User', id: user.email },
    action: { type: 'Action', id: tool },
    resource: { type: 'Server', id: resource },
    context: {
      agent,
      tool,
      time: { __extn: { fn: 'datetime', arg: time } },
      args: args as Record<string, cedar.CedarValueJson>,
    },
    preparsedPolicySetId: SET,
    entities: [
      {
        uid: { type: 'User', id: user.email },
        attrs: {},
        parents: user.groups.map((id) => ({ type: 'Group', id })),
      },
    ],
  };
}

/** The policy set parsed once and kept on Cedar's side (`preparsePolicySet`, `statefulIsAuthorized`). */
export const CEDAR: EngineContender = {
  name: '@cedar-policy/cedar-wasm',
  expresses: (rule) => !rule.test || expressionOf(rule.test) !== undefined,
  prepare(rules) {
    const text = rules.map(policyOf).join('');
    const parsed = cedar.preparsePolicySet(SET, { staticPolicies: text });
    if (parsed.type === 'failure') throw new Error(parsed.errors.map(({ message }) => message).join('; '));
    return Promise.resolve({
      files: { 'policy.cedar': text },
      load(requests) {
        const calls = requests.map(callOf);
        return (from, to) =>
          calls.slice(from, to).map((call) => {
            const answer = cedar.statefulIsAuthorized(call);
            if (answer.type === 'failure') throw new Error(answer.errors.map(({ message }) => message).join('; '));
            return answer.response.decision === 'allow';
          });
      },
    });
  },
};
