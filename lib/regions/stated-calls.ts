/** The calls that a statement is about, as a formula, and as a test of one call that the engine makes. */
import { fillPolicy, ruleId, type Call, type Catalog } from '../engine';
import type { StatedCalls, ToolAnnotation } from '../statements';
import { all, any, not, TRUE, type Formula, type Requirement } from './formula';
import { policyRegion } from './policy-region';
import { isOneOf } from './rule-formula';

export interface CallGroup {
  readonly where: readonly Requirement[];
  readonly has: (call: Call) => boolean;
}

/** Undefined where the statement is about annotated tools, and the catalog has none: then nothing can be said. */
export async function callGroup(calls: StatedCalls, catalog: Partial<Catalog>): Promise<CallGroup | undefined> {
  const { subject, tools, annotation, resources } = calls;
  // The group is what a rule applies to, and another one does not: so selectors and patterns mean what they mean in rules.
  const selected = subject ? { [subject.facet]: subject.names } : {};
  const rule = (id: string, patterns: readonly string[], scope: object) => ({
    ...{ id: ruleId(id), name: id, effect: 'allow' as const, tools: patterns.length > 0 ? patterns : ['*'], scope },
  });
  const within = rule('within', tools, { resources, ...(subject?.but === true ? {} : selected) });
  const without = subject?.but === true ? [rule('without', [], selected)] : [];
  const region = await policyRegion(fillPolicy({ rules: [within, ...without] }));
  const annotated = annotation === undefined ? undefined : annotatedTools(annotation, catalog);
  if (annotated?.length === 0) return undefined;
  const where = region.rules.flatMap((one, i): readonly Requirement[] =>
    one ? [{ formula: i === 0 ? one.applies : not(one.applies), outcomes: TRUE }] : [],
  );
  return {
    where: annotated ? [...where, { formula: any(annotated.map(isTool)), outcomes: TRUE }] : where,
    has: (call) =>
      region.rules.every((_, i) => region.among(call).outcomeOf(i) === (i === 0 ? 'true' : 'does-not-apply')) &&
      (annotated?.some(({ resource, tool }) => call.resource?.slug === resource && call.tool?.name === tool) ?? true),
  };
}

interface ResourceTool {
  readonly resource: string;
  readonly tool: string;
}

const HINTS = {
  destructive: 'destructiveHint',
  'read-only': 'readOnlyHint',
  'open-world': 'openWorldHint',
} as const satisfies Record<ToolAnnotation, string>;

const annotatedTools = (annotation: ToolAnnotation, { resources = [] }: Partial<Catalog>): readonly ResourceTool[] =>
  resources.flatMap(({ slug, tools = [] }) =>
    tools.flatMap(({ name, annotations }) =>
      annotations?.[HINTS[annotation]] === true ? [{ resource: slug, tool: name }] : [],
    ),
  );

const isTool = ({ resource, tool }: ResourceTool): Formula =>
  all([isOneOf('resource.slug', [resource]), isOneOf('tool.name', [tool])]);
