import { visitReached, type Call, type CompiledPolicy, type RuleId } from '../engine';
import type { PolicyCoverage, RuleCoverage } from './coverage';

type CoverageCounts = { -readonly [K in keyof RuleCoverage]: RuleCoverage[K] };

const COUNTED_AS = {
  matched: 'held',
  'gate-denied': 'failed',
  'condition-false': 'failed',
  'condition-error': 'erred',
  unknown: 'open',
} as const;

export function coverageOf(compiled: CompiledPolicy, calls: readonly Call[]): PolicyCoverage {
  const counter = new CoverageCounter(compiled);
  for (const call of calls) counter.count(call);
  return counter.coverage;
}

/** Counts call by call, so that a long trace can be counted with pauses. */
export class CoverageCounter {
  readonly #compiled: CompiledPolicy;
  readonly #rules: readonly CoverageCounts[];
  readonly #byId: ReadonlyMap<RuleId, CoverageCounts>;
  #calls = 0;
  #byDefault = 0;
  #undecided = 0;

  constructor(compiled: CompiledPolicy) {
    this.#compiled = compiled;
    const none = { decided: 0, reached: 0, held: 0, failed: 0, erred: 0, open: 0 };
    this.#rules = compiled.policy.rules.map(({ id }): CoverageCounts => ({ ruleId: id, ...none }));
    this.#byId = new Map(this.#rules.map((rule) => [rule.ruleId, rule]));
  }

  count(call: Call): void {
    this.#calls++;
    const by = visitReached(this.#compiled, call, (index, reached) => {
      const counter = this.#rules[index];
      if (!counter) return;
      counter.reached++;
      counter[COUNTED_AS[reached]]++;
    });
    if (by.kind === 'default') this.#byDefault++;
    else if (by.kind === 'undecided') this.#undecided++;
    else {
      const counter = this.#byId.get(by.ruleId);
      if (counter) counter.decided++;
    }
  }

  get coverage(): PolicyCoverage {
    return { calls: this.#calls, rules: this.#rules, byDefault: this.#byDefault, undecided: this.#undecided };
  }
}
