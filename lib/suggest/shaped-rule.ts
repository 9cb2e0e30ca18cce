import type { Catalog, Rule } from '../engine';
import type { PacedWork } from './paced-work';
import type { TraceSurvey } from './survey';

/** A rule before it has decided anything. */
export interface ShapedRule {
  readonly rule: Pick<Rule, 'name' | 'effect' | 'scope' | 'tools' | 'condition'>;
  readonly openArguments: readonly string[];
}

export interface RuleShaping {
  readonly survey: TraceSurvey;
  readonly catalog: Catalog;
  /** Puts patterns in the place of names that all tools of the catalog justify. */
  readonly patterns: boolean;
  /** Whether a rule may name several things in one facet: not where a gateway wants every one of them to match. */
  readonly severalNames: boolean;
  /** Whether a `*` may stand for `/`. */
  readonly starCrossesSlash: boolean;
  readonly work: PacedWork;
}
