import { callId, compilePolicy, fillPolicy, ruleId, type Call, type JsonObject, type WrittenRule } from '../../engine';
import { replay } from '../replay';
import type { BenchRequest, RuleParts, BenchTest } from './company';
import type { EngineContender } from './contender';

/** A test as a condition in CEL; arguments are maps of JSON, whose numbers are doubles. */
export function celOf(test: BenchTest): string {
  switch (test.kind) {
    case 'channel':
      return `request.args.channel_id == "${test.id}"`;
    case 'amount':
      return `has(request.args.amount) && request.args.amount <= ${test.most.toFixed(1)}`;
    case 'path':
      return `request.args.path.startsWith("${test.under}") && !request.args.path.contains("..")`;
    case 'repository':
      return `request.args.repository in [${test.among.map((name) => `"${name}"`).join(', ')}]`;
    case 'recipients':
      return `has(request.args.recipients) && request.args.recipients.all(r, r.endsWith("${test.domain}"))`;
    case 'hours':
      return `request.time.getHours() >= ${test.from} && request.time.getHours() < ${test.to}`;
    case 'real':
      return `"${test.group}" in user.groups && !has(request.args.dry_run)`;
  }
}

export const patternOf = ({ tool }: RuleParts): string => ('name' in tool ? tool.name : `${tool.prefix}*`);

export const policyOf = (rules: readonly RuleParts[]) =>
  fillPolicy({
    rules: rules.map((rule): WrittenRule => ({
      id: ruleId(rule.id),
      name: rule.id,
      effect: rule.effect === 'allow' && rule.test ? 'gated' : rule.effect,
      scope: {
        resources: rule.resource === undefined ? [] : [rule.resource],
        agents: rule.agents,
        users: rule.user === undefined ? [] : [rule.user],
        groups: rule.group === undefined ? [] : [rule.group],
      },
      tools: [patternOf(rule)],
      condition: rule.test ? celOf(rule.test) : null,
    })),
  });

/** A call of the same texts and objects that the other engines are given. */
const callOf = ({ id, time, user, agent, resource, tool, args }: BenchRequest): Call => ({
  id: callId(id),
  time,
  agent: { slug: agent, name: null, tags: [] },
  instance: null,
  user,
  resource: { slug: resource, name: null, tags: [] },
  tool: { name: tool, title: null, annotations: null },
  args: args as JsonObject,
  ip: null,
  userAgent: null,
});

/** Requests as calls, put into that form once. */
const known = new WeakMap<readonly BenchRequest[], readonly Call[]>();
function callsOf(requests: readonly BenchRequest[]): readonly Call[] {
  const calls = known.get(requests) ?? requests.map(callOf);
  known.set(requests, calls);
  return calls;
}

export const OURS: EngineContender = {
  name: 'this engine',
  expresses: () => true,
  async prepare(rules) {
    const policy = policyOf(rules);
    const compiled = await compilePolicy(policy);
    return {
      files: { 'policy.json': `${JSON.stringify(policy, null, 2)}\n` },
      load(requests) {
        const calls = callsOf(requests);
        // What a replay does, whole: decisions, deciding rules, hazards, and each rule's counts.
        return (from, to) => {
          const { effects } = replay(compiled, calls.slice(from, to));
          const verdicts: boolean[] = [];
          for (const code of effects) verdicts.push(code === 0);
          return verdicts;
        };
      },
    };
  },
};
