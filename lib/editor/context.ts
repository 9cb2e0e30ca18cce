import type { vocabularyDocs } from '../cel';
import type { Call, Catalog, CatalogTool } from '../engine';

/** A tool that the rule covers, and the resource that has it. */
export interface CoveredTool {
  readonly resource: string;
  readonly tool: CatalogTool;
}

/** The texts of the vocabulary, as `vocabularyDocs` of lib/cel loads them. */
export type VocabularyDocs = Pick<Awaited<ReturnType<typeof vocabularyDocs>>, 'VARIABLE_DOCS' | 'CALLABLE_DOCS'>;

/** What the providers know beside the source. Everything is optional in effect: with nothing, they know CEL and the facts of a call. */
export interface ConditionContext {
  /** `request.args` has the arguments of any of these. */
  readonly tools: readonly CoveredTool[];
  /** Suggests values: `agent.slug == "…"`. */
  readonly catalog?: Catalog | undefined;
  /** The call in focus: its values are suggested and shown in hovers. */
  readonly call?: Call | undefined;
  readonly docs?: VocabularyDocs | undefined;
}

export const NO_CONTEXT: ConditionContext = { tools: [] };
