import { Environment } from '@marcbachmann/cel-js';
import type { BenchRequest, RuleParts } from './company';
import type { EngineContender } from './contender';
import { celOf } from './ours';

const equals = (path: string, value: string | undefined): string[] =>
  value === undefined ? [] : [`${path} == "${value}"`];

const conditions = (rule: RuleParts): string[] => (rule.test ? [`(${celOf(rule.test)})`] : []);

/** A rule as one expression. */
function expressionOf(rule: RuleParts): string {
  const { tool, agents } = rule;
  return [
    'name' in tool ? `tool.name == "${tool.name}"` : `tool.name.startsWith("${tool.prefix}")`,
    ...equals('resource.slug', rule.resource),
    ...(agents.length > 1
      ? [`agent.slug in [${agents.map((agent) => `"${agent}"`).join(', ')}]`]
      : equals('agent.slug', agents[0])),
    ...equals('user.email', rule.user),
    ...(rule.group === undefined ? [] : [`"${rule.group}" in user.groups`]),
    ...conditions(rule),
  ].join(' && ');
}

const variablesOf = ({ time, user, agent, resource, tool, args }: BenchRequest) => ({
  agent: { slug: agent },
  user,
  resource: { slug: resource },
  tool: { name: tool },
  request: { args, time: new Date(time) },
});
type Variables = ReturnType<typeof variablesOf>;

const environment = (): Environment =>
  ['agent', 'user', 'resource', 'tool', 'request'].reduce(
    (made, name) => made.registerVariable(name, 'map'),
    new Environment(),
  );

/** An expression that cannot be evaluated does not hold, and its rule is passed over. */
function holds(run: (variables: Variables) => unknown, variables: Variables): boolean {
  try {
    return run(variables) === true;
  } catch {
    return false;
  }
}

/** Each rule an expression, parsed once; the first that holds decides. */
export const CEL_JS: EngineContender = {
  name: '@marcbachmann/cel-js',
  expresses: () => true,
  prepare(rules) {
    const made = environment();
    const lines = rules.map((rule) => ({ ...rule, source: expressionOf(rule) }));
    const ready = lines.map(({ effect, source }) => ({ allow: effect === 'allow', run: made.parse(source) }));
    return Promise.resolve({
      files: { 'rules.cel': lines.map(({ effect, source }) => `${effect}: ${source}\n`).join('') },
      load(requests) {
        const given = requests.map(variablesOf);
        return (from, to) =>
          given.slice(from, to).map((variables) => ready.find(({ run }) => holds(run, variables))?.allow ?? false);
      },
    });
  },
};

/** The same library for conditions alone, with scope and pattern as JavaScript that was written for this policy's shape. */
export const CEL_JS_CONDITIONS: EngineContender = {
  name: '@marcbachmann/cel-js, scope in JavaScript',
  expresses: () => true,
  prepare(rules) {
    const made = environment();
    const ready = rules.map((rule) => ({
      rule,
      allow: rule.effect === 'allow',
      run: rule.test ? made.parse(celOf(rule.test)) : undefined,
    }));
    return Promise.resolve({
      files: {},
      load(requests) {
        const given = requests.map((request) => ({ request, variables: variablesOf(request) }));
        return (from, to) =>
          given
            .slice(from, to)
            .map(
              ({ request, variables }) =>
                ready.find(({ rule, run }) => covers(rule, request) && (!run || holds(run, variables)))?.allow ?? false,
            );
      },
    });
  },
};

function covers({ tool, resource, agents, user, group }: RuleParts, request: BenchRequest): boolean {
  if ('name' in tool ? request.tool !== tool.name : !request.tool.startsWith(tool.prefix)) return false;
  if (resource !== undefined && request.resource !== resource) return false;
  if (agents.length > 0 && !agents.includes(request.agent)) return false;
  if (user !== undefined && request.user.email !== user) return false;
  return group === undefined || request.user.groups.includes(group);
}
