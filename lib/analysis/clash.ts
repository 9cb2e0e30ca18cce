import {
  compilePolicy,
  decideRow,
  touching,
  type Call,
  type Catalog,
  type CompiledPolicy,
  type Policy,
  type Rule,
  type RuleId,
  gateOnFalse,
} from '../engine';
import { callOfCell, subjectsOf, toolsOf } from './access';

/** A rule that decides some of the same calls otherwise than the one in hand: which of the two is above makes a difference. */
export interface RuleClash {
  readonly ruleId: RuleId;
  /** Calls of the trace that the two decide differently, each taken alone. */
  readonly calls: number;
  /** Tools of the catalog, counted on each server, that the two decide differently for some agent, each taken alone. */
  readonly tools: number;
}

/** The most calls of a trace that are looked at for a pair of rules: it is asked while a row is being dragged. */
export const MOST_CLASH_CALLS = 100_000;

/**
 * Holds other rules of the policy against one of them. Each is decided as the only rule there is, by the policy's settings: a call that
 * one of them does not decide is no clash. A rule that is not active clashes with none.
 */
export class RuleClashes {
  readonly #policy: Policy;
  readonly #rule: Rule | undefined;
  readonly #calls: readonly Call[];
  /** What the rule in hand makes of each tool by each agent, tool by tool; undefined where it decides nothing. */
  readonly #cells: readonly (readonly Call[])[];
  readonly #known = new Map<RuleId, Promise<RuleClash | undefined>>();
  #own: Promise<CompiledPolicy> | undefined;

  constructor(policy: Policy, id: RuleId, calls: readonly Call[], catalog: Catalog) {
    this.#policy = policy;
    this.#rule = policy.rules.find((rule) => rule.id === id);
    this.#calls = calls.slice(0, MOST_CLASH_CALLS);
    const agents = subjectsOf(catalog, 'agents');
    this.#cells = toolsOf(catalog).map((tool) => agents.map((agent) => callOfCell(agent, tool)));
  }

  /** Undefined where the order of the two makes no difference to any call that is known. */
  with(other: Rule): Promise<RuleClash | undefined> {
    let known = this.#known.get(other.id);
    if (known === undefined) {
      known = this.#hold(other);
      this.#known.set(other.id, known);
    }
    return known;
  }

  async #hold(other: Rule): Promise<RuleClash | undefined> {
    const rule = this.#rule;
    if (rule === undefined || !this.#canClash(rule, other)) return undefined;
    this.#own ??= this.#alone(rule);
    const [mine, others] = await Promise.all([this.#own, this.#alone(other)]);
    const near = [touching(mine.rules), touching(others.rules)];
    const clashes = (call: Call): boolean => {
      if (!near.every((touches) => touches(call))) return false;
      const [a, b] = [decideRow(mine, call), decideRow(others, call)];
      return a.decidedBy.kind !== 'default' && b.decidedBy.kind !== 'default' && a.effect !== b.effect;
    };
    const calls = this.#calls.reduce((n, call) => n + Number(clashes(call)), 0);
    const tools = this.#cells.reduce((n, cells) => n + Number(cells.some(clashes)), 0);
    return calls + tools === 0 ? undefined : { ruleId: other.id, calls, tools };
  }

  /** Two rules that can only allow, or only deny, clash nowhere; where a false gate denies, a gate can do both. */
  #canClash(a: Rule, b: Rule): boolean {
    if (a.id === b.id || a.status !== 'active' || b.status !== 'active') return false;
    const gates = [a, b].some(({ effect }) => effect === 'gated') && gateOnFalse(this.#policy.settings) === 'deny';
    return gates || (a.effect === 'deny') !== (b.effect === 'deny');
  }

  #alone(rule: Rule): Promise<CompiledPolicy> {
    return compilePolicy({ ...this.#policy, rules: [rule] });
  }
}
