import { Engine, Operator, type RuleProperties } from 'json-rules-engine';
import type { BenchRequest, RuleParts, BenchTest } from './company';
import type { EngineContender } from './contender';

interface Asked {
  fact: string;
  path?: string;
  operator: string;
  value: unknown;
}

const argument = (path: string, operator: string, value: unknown): Asked => ({
  fact: 'args',
  path: `$.${path}`,
  operator,
  value,
});

function askedOf(test: BenchTest): Asked[] {
  switch (test.kind) {
    case 'channel':
      return [argument('channel_id', 'equal', test.id)];
    case 'amount':
      return [argument('amount', 'lessThanInclusive', test.most)];
    case 'path':
      return [argument('path', 'startsWith', test.under), argument('path', 'lacks', '..')];
    case 'repository':
      return [argument('repository', 'in', test.among)];
    case 'recipients':
      return [argument('recipients', 'everyFact:endsWith', test.domain)];
    case 'hours':
      return [
        { fact: 'hour', operator: 'greaterThanInclusive', value: test.from },
        { fact: 'hour', operator: 'lessThan', value: test.to },
      ];
    case 'real':
      return [{ fact: 'groups', operator: 'contains', value: test.group }, argument('dry_run', 'notEqual', true)];
  }
}

function askedBy({ tool, resource, agents, user, group, test }: RuleParts): Asked[] {
  return [
    'name' in tool
      ? { fact: 'tool', operator: 'equal', value: tool.name }
      : { fact: 'tool', operator: 'startsWith', value: tool.prefix },
    ...(resource === undefined ? [] : [{ fact: 'resource', operator: 'equal', value: resource }]),
    ...(agents.length === 0 ? [] : [{ fact: 'agent', operator: 'in', value: agents }]),
    ...(user === undefined ? [] : [{ fact: 'user', operator: 'equal', value: user }]),
    ...(group === undefined ? [] : [{ fact: 'groups', operator: 'contains', value: group }]),
    ...(test ? askedOf(test) : []),
  ];
}

const factsOf = ({ user, agent, resource, tool, args, time }: BenchRequest) => ({
  user: user.email,
  groups: user.groups,
  agent,
  resource,
  tool,
  args,
  hour: new Date(time).getUTCHours(),
});

const isText = (value: unknown): value is string => typeof value === 'string';

/** Rules by falling priority; the first that holds stops the engine. */
export const JSON_RULES: EngineContender = {
  name: 'json-rules-engine',
  expresses: () => true,
  prepare(rules) {
    const written = rules.map((rule, i): RuleProperties => ({
      name: rule.id,
      priority: rules.length - i,
      conditions: { all: askedBy(rule) },
      event: { type: rule.effect },
    }));
    const engine = new Engine(written);
    engine.addOperator(new Operator<string, string>('startsWith', (value, start) => value.startsWith(start), isText));
    engine.addOperator(new Operator<string, string>('endsWith', (value, end) => value.endsWith(end), isText));
    engine.addOperator(new Operator<string, string>('lacks', (value, part) => !value.includes(part), isText));
    engine.on('success', () => engine.stop());
    return Promise.resolve({
      files: { 'rules.json': `${JSON.stringify(written, null, 2)}\n` },
      load(requests) {
        const facts = requests.map(factsOf);
        return async (from, to) => {
          const verdicts: boolean[] = [];
          for (const given of facts.slice(from, to)) {
            const { events } = await engine.run(given);
            verdicts.push(events[0]?.type === 'allow');
          }
          return verdicts;
        };
      },
    });
  },
};
