import type { Call, CatalogTool } from '../../engine';

export type ArgumentType = 'string' | 'number' | 'boolean' | 'array';

/** An argument of a tool that a condition is about; which one it is, is guessed from the tool's schema, and may be chosen. */
export interface ArgumentSlot {
  readonly key: string;
  readonly label: string;
  /** Words of likely names, the likeliest first; where no tool is known, the first is taken. */
  readonly names: readonly string[];
  readonly types: readonly ArgumentType[];
}

export interface UseCaseParameter {
  readonly key: string;
  readonly label: string;
  /** A list of texts, one text, a number in JSON's sense, or a whole number to count with. */
  readonly kind: 'texts' | 'text' | 'number' | 'count';
  readonly example: readonly string[] | string | number;
}

/** A ready condition: all of it data. */
export interface UseCase {
  readonly id: string;
  readonly title: string;
  /** One sentence on when to use it. */
  readonly when: string;
  readonly arguments: readonly ArgumentSlot[];
  /** Other paths that are read and may be absent. */
  readonly facts: readonly string[];
  readonly parameters: readonly UseCaseParameter[];
  /** CEL with `{key}` for arguments and parameters. */
  readonly template: string;
  /** The argument whose elements are each held to the template, where it is a list. */
  readonly each?: string;
  /** What the guarded form makes of a call that lacks what is read. */
  readonly missing: 'stop' | 'allow';
  readonly sample: {
    readonly tool: CatalogTool;
    readonly allows: SampleCall;
    readonly stops: SampleCall;
    /** The condition errs on it, unless it is guarded. */
    readonly errs: SampleCall;
  };
}

/** The facts of a sample call; its tool is the sample tool, with other annotations where it says so. */
export type SampleCall = Omit<Call, 'id'>;
