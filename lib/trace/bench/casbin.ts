import { newEnforcer, newModelFromString, StringAdapter } from 'casbin';
import { PEOPLE, type BenchRequest, type RuleParts, type BenchTest } from './company';
import type { EngineContender } from './contender';
import { patternOf } from './ours';

/** First match wins by `priority`; what a rule tests is an expression of its own, by `eval`. */
const MODEL = `[request_definition]
r = user, agent, server, tool, args, time

[policy_definition]
p = user, group, agents, server, tool, test, eft

[role_definition]
g = _, _

[policy_effect]
e = priority(p.eft) || deny

[matchers]
m = (p.server == "*" || r.server == p.server) && keyMatch(r.tool, p.tool) && (p.agents == "*" || oneOf(r.agent, p.agents)) && (p.user == "*" || r.user == p.user) && (p.group == "*" || g(r.user, p.group)) && eval(p.test)
`;

function expressionOf(test: BenchTest | undefined): string {
  switch (test?.kind) {
    case undefined:
      return 'true';
    case 'channel':
      return `r.args.channel_id == '${test.id}'`;
    case 'amount':
      return `atMost(r.args.amount, ${test.most})`;
    case 'path':
      return `beneath(r.args.path, '${test.under}')`;
    case 'repository':
      return test.among.map((name) => `r.args.repository == '${name}'`).join(' || ');
    case 'recipients':
      return `allEndWith(r.args.recipients, '${test.domain}')`;
    case 'hours':
      return `hourOf(r.time) >= ${test.from} && hourOf(r.time) < ${test.to}`;
    case 'real':
      return `g(r.user, '${test.group}') && !r.args.dry_run`;
  }
}

const FUNCTIONS: Readonly<Record<string, (...args: never[]) => boolean | number>> = {
  oneOf: (value: string, list: string) => list.split(';').includes(value),
  atMost: (value: unknown, most: number) => typeof value === 'number' && value <= most,
  beneath: (path: unknown, under: string) => typeof path === 'string' && path.startsWith(under) && !path.includes('..'),
  allEndWith: (list: unknown, end: string) =>
    Array.isArray(list) && list.every((item) => typeof item === 'string' && item.endsWith(end)),
  hourOf: (time: string) => new Date(time).getUTCHours(),
};

const lineOf = (rule: RuleParts): string =>
  [
    'p',
    rule.user ?? '*',
    rule.group ?? '*',
    rule.agents.join(';') || '*',
    rule.resource ?? '*',
    patternOf(rule),
    `"${expressionOf(rule.test)}"`,
    rule.effect,
  ].join(', ');

const valuesOf = ({ user, agent, resource, tool, args, time }: BenchRequest) =>
  [user.email, agent, resource, tool, args, time] as const;

export const CASBIN: EngineContender = {
  name: 'casbin',
  expresses: () => true,
  async prepare(rules) {
    const groups = PEOPLE.flatMap(({ email, groups: of }) => of.map((group) => `g, ${email}, ${group}`));
    const policy = `${[...rules.map(lineOf), ...groups].join('\n')}\n`;
    const enforcer = await newEnforcer(newModelFromString(MODEL), new StringAdapter(policy));
    for (const [name, run] of Object.entries(FUNCTIONS)) await enforcer.addFunction(name, run as never);
    return {
      files: { 'model.conf': MODEL, 'policy.csv': policy },
      load(requests) {
        const given = requests.map(valuesOf);
        return (from, to) => given.slice(from, to).map((values) => enforcer.enforceSync(...values));
      },
    };
  },
};
