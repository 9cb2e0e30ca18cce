import type { BenchRequest, RuleParts } from './company';

/** A rule's decision: whether the call is allowed. */
export type Verdicts = boolean[];

/** One engine, with the policy as its users would write it. */
export interface EngineContender {
  readonly name: string;
  /** Whether it can say what a rule says. */
  expresses(rule: RuleParts): boolean;
  /** The files of the policy, as they are published, and a way to decide by it. Requests are put into the engine's form beforehand. */
  prepare(rules: readonly RuleParts[]): Promise<Prepared>;
}

export interface Prepared {
  readonly files: Readonly<Record<string, string>>;
  /** `requests` in the engine's own form; what it returns decides those from one index up to another. */
  load(requests: readonly BenchRequest[]): (from: number, to: number) => Promise<Verdicts> | Verdicts;
}
