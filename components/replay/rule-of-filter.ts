import { fillScope, type Rule } from '@/lib/engine';
import type { CallFilter } from '@/lib/trace';

/** A rule for the calls that a filter shows, as far as a rule can say it. */
export interface RuleOfFilter {
  readonly rule: Pick<Rule, 'scope' | 'tools' | 'condition'>;
  /** Parts of the filter that no rule can ask for, in words. */
  readonly leftOut: readonly string[];
}

const NOT_OF_RULES = {
  effect: 'the decision',
  rule: 'the deciding rule',
  hazard: 'hazards',
  recorded: 'the recorded decision',
  recordedEffect: 'the recorded decision',
  time: 'the span of time',
  text: 'the text that is searched for',
} as const satisfies Partial<Record<keyof CallFilter, string>>;

const SCOPE = { agent: 'agents', instance: 'instances', user: 'users', resource: 'resources' } as const;

/** `instances`: the ids of instances. A filter may name one by its name, which selectors do not know. */
export function ruleOfFilter(filter: CallFilter, instances: readonly string[]): RuleOfFilter {
  const leftOut: string[] = Object.entries(NOT_OF_RULES).flatMap(([part, words]) =>
    filter[part as keyof CallFilter] === undefined ? [] : [words],
  );
  const scope: Record<string, readonly string[]> = {};
  for (const [fact, facet] of Object.entries(SCOPE) as [keyof typeof SCOPE, (typeof SCOPE)[keyof typeof SCOPE]][]) {
    const wanted = filter[fact];
    if (wanted === undefined) continue;
    if (typeof wanted === 'string' && (fact !== 'instance' || instances.includes(wanted))) scope[facet] = [wanted];
    else leftOut.push(`the ${fact}`);
  }
  const { tool, condition } = filter;
  if (tool !== undefined && typeof tool !== 'string') leftOut.push('the tool');
  return {
    rule: {
      scope: fillScope(scope),
      tools: [typeof tool === 'string' ? tool : '*'],
      condition: condition?.source ?? null,
    },
    leftOut: [...new Set(leftOut)],
  };
}
