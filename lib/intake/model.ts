import type { Bundle, BundleProblem, BundleWarning } from '../bundle';
import type { ColumnReading } from './fields';

/** Where a policy came from. */
export type IntakeForm = 'link' | 'bundle' | 'rules' | 'table';

/** Something that was not understood, or not certainly: each is shown to whoever brings the policy in. */
export interface IntakeRemark {
  readonly code: IntakeRemarkCode;
  /** One sentence in lower case without a full stop, the user's text in backticks. */
  readonly message: string;
  /** 1-based line of the text, or the number of the rule in a JSON array; absent where it concerns the whole. */
  readonly place?: number;
  /** The rule, by its place in the bundle that was made; absent where it became none. */
  readonly rule?: number;
  /** The rule was made a draft because of it, so that it decides nothing before the user has looked at it. */
  readonly drafted?: true;
}

export type IntakeRemarkCode =
  | 'column-unknown'
  | 'column-left-out'
  | 'column-repeated'
  | 'row-left-out'
  | 'cell-unknown'
  | 'cells-beyond'
  | 'text-around'
  | 'no-tools'
  | 'gated-without-condition'
  | 'condition-broken'
  | 'condition-repaired'
  | 'value-odd'
  | 'order-differs'
  | 'id-changed'
  | 'quote-open';

/** A column with what it was read as, for whoever wants to say otherwise. */
export interface IntakeColumn {
  readonly name: string;
  readonly reading: ColumnReading | undefined;
  /** How many cells hold anything. */
  readonly filled: number;
  /** The first cell that holds anything. */
  readonly example: string;
}

export type IncomingPolicy =
  | {
      readonly ok: true;
      readonly form: IntakeForm;
      readonly bundle: Bundle;
      /** Fields of a bundle that were kept without being understood. */
      readonly warnings: readonly BundleWarning[];
      /** What of bare rules or a table was not understood. */
      readonly remarks: readonly IntakeRemark[];
      /** Of a table and of bare rules; empty for bundles. */
      readonly columns: readonly IntakeColumn[];
      /** The source had no ids: those of the rules were made from their names. */
      readonly idsMade: boolean;
    }
  | {
      readonly ok: false;
      /** Undefined where the text is none of them. */
      readonly form: IntakeForm | undefined;
      readonly message: string;
      readonly problems: readonly BundleProblem[];
    };

export interface IntakeOptions {
  /** The name of a policy that has none of its own. */
  readonly name?: string;
  /** How columns are to be read, by their names, where theirs is not understood or misleads. */
  readonly columns?: Readonly<Record<string, ColumnReading>>;
}
