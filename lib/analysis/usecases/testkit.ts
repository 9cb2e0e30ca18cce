import { callId, compilePolicy, decide, fillPolicy, fillRule, ruleId, type CatalogTool } from '../../engine';
import { USE_CASES, type UseCase } from '.';

/** For tests: decides calls of a tool whose rule has the condition, and returns how that rule's own step ended. */
export async function gate(condition: string, tool: CatalogTool, effect: 'gated' | 'deny' = 'gated') {
  const rule = fillRule({ id: ruleId('r'), name: 'r', effect, tools: [tool.name], condition });
  const below = fillRule({ id: ruleId('below'), name: 'b', effect: 'allow', tools: ['*'] });
  const policy = await compilePolicy(fillPolicy({ rules: effect === 'deny' ? [rule, below] : [rule] }));
  return (facts: UseCase['sample']['allows']) => {
    const decision = decide(policy, {
      id: callId('c'),
      agent: { slug: 'codex' },
      tool: { name: tool.name, annotations: tool.annotations ?? null },
      ...facts,
    });
    return { effect: decision.effect, step: decision.steps[0]?.kind };
  };
}

/** For tests: the ready condition of that id. */
export const useCase = (id: string): UseCase => {
  const found = USE_CASES.find((one) => one.id === id);
  if (found === undefined) throw new Error(`there is no ready condition ${id}`);
  return found;
};
