/** What is kept from one run to the next, so that after an edit only what the edit can change is searched anew. */
import type { Catalog, RuleId } from '../engine';
import type { PolicyRegion } from '../regions';
import type { PolicyFinding } from './model';

const MOST_RULES = 10_000;

/** Findings about a rule, by the code of the check; with the rule's index at the time. */
interface RememberedRule {
  readonly index: number;
  readonly findings: Map<string, readonly PolicyFinding[]>;
}

export class FindingMemory {
  readonly #rules = new Map<string, RememberedRule>();
  readonly #numbers = new Map<string, number>();
  #basis = '';

  /** Begins a run. What is remembered of rules holds for these settings and this catalog alone. */
  begin(region: PolicyRegion): RunMemory {
    const basis = JSON.stringify([region.policy.settings, region.catalog satisfies Partial<Catalog>]);
    if (basis !== this.#basis || this.#rules.size > MOST_RULES) {
      this.#rules.clear();
      this.#numbers.clear();
    }
    this.#basis = basis;
    const numbers = region.policy.rules.map((rule) => this.#numberOf(JSON.stringify(rule)));
    return new RunMemory(region, numbers, this.#rules);
  }

  #numberOf(rule: string): number {
    const number = this.#numbers.get(rule) ?? this.#numbers.size;
    this.#numbers.set(rule, number);
    return number;
  }
}

/**
 * The memory as one run uses it.
 *
 * INVARIANT: what a check finds about a rule depends on the rule itself and, in their order, on the active rules that may share calls with
 * it. A rule whose surroundings are the same has the same findings, wherever it is.
 */
export class RunMemory {
  readonly #region: PolicyRegion;
  readonly #numbers: readonly number[];
  readonly #rules: Map<string, RememberedRule>;
  readonly #ids: ReadonlySet<RuleId>;
  readonly #found: (RememberedRule | undefined)[] = [];

  constructor(region: PolicyRegion, numbers: readonly number[], rules: Map<string, RememberedRule>) {
    this.#region = region;
    this.#numbers = numbers;
    this.#rules = rules;
    this.#ids = new Set(region.policy.rules.map(({ id }) => id));
  }

  /** What a check found about a rule with the same surroundings; undefined where that is not known. */
  findingsOf(code: string, index: number): readonly PolicyFinding[] | undefined {
    const rule = this.#ruleOf(index);
    const findings = rule.findings.get(code)?.map((finding) => movedTo(index, rule.index, finding));
    return findings?.every(({ fix }) => fix?.edit.kind !== 'insert-rule' || !this.#ids.has(fix.edit.rule.id))
      ? findings
      : undefined;
  }

  keep(code: string, index: number, findings: readonly PolicyFinding[]): void {
    const rule = this.#ruleOf(index);
    rule.findings.set(
      code,
      findings.map((finding) => movedTo(rule.index, index, finding)),
    );
  }

  #ruleOf(index: number): RememberedRule {
    return (this.#found[index] ??= this.#lookUp(index));
  }

  #lookUp(index: number): RememberedRule {
    const around = this.#region.overlapping(index).filter((other) => other.index !== index);
    const numbers = (part: typeof around) => part.map((other) => this.#numbers[other.index]).join();
    const above = numbers(around.filter((other) => other.index < index));
    const below = numbers(around.filter((other) => other.index > index));
    const key = `${above}/${String(this.#numbers[index])}/${below}`;
    let rule = this.#rules.get(key);
    if (!rule) this.#rules.set(key, (rule = { index, findings: new Map() }));
    return rule;
  }
}

/** A finding of a rule that has moved from one index to another. */
function movedTo(to: number, from: number, finding: PolicyFinding): PolicyFinding {
  if (to === from) return finding;
  const { pointer, fix } = finding;
  const place = `/rules/${String(from)}`;
  return {
    ...finding,
    pointer: `/rules/${String(to)}${pointer.slice(place.length)}`,
    ...(fix?.edit.kind === 'insert-rule'
      ? { fix: { ...fix, edit: { ...fix.edit, index: fix.edit.index + to - from } } }
      : {}),
  };
}
