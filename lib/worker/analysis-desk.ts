import { accessMatrix, catalogImpact, Clashes, traceImpact } from '../analysis';
import {
  compilePolicy,
  decide,
  explainCondition,
  type Call,
  type Catalog,
  type CompiledPolicy,
  type Decision,
  type Policy,
  type Rule,
  type RuleId,
} from '../engine';
import type { Explanation } from '../cel';
import { compareResults, effectAt, redecide, replay, type ReplayResult } from '../trace';
import { lineOf } from './lines';
import type { Access, Impact, MoveImpact, Questions } from './protocol';

const MOST_CELLS = 500;
const MOST_CALLS = 200;

/** A policy that was compiled, and its decisions over the calls that were open then. */
interface Known {
  readonly text: string;
  readonly policy: CompiledPolicy;
  readonly calls?: readonly Call[];
  readonly results?: ReplayResult;
}

/** A rule that is held over the others, and what was found of it. */
interface Held {
  readonly known: Known;
  readonly calls: readonly Call[] | undefined;
  readonly id: RuleId;
  readonly catalog: string;
  readonly clashes: Clashes;
}

/** Answers what is asked of policies that need not be the one shown. It remembers the saved one, so that typing decides little anew. */
export class AnalysisDesk {
  #saved: Known | undefined;
  #held: Held | undefined;

  async impact(
    { before, after, catalog }: Questions['impact']['params'],
    calls: readonly Call[] | undefined,
  ): Promise<Impact> {
    const known = await this.#known(before, calls);
    const compiled = await compilePolicy(after);
    const overCatalog = catalogImpact(known.policy, compiled, catalog, MOST_CELLS);
    const { results } = known;
    if (calls === undefined || results === undefined) return { catalog: overCatalog, trace: undefined };
    const next = redecide(results, known.policy, compiled, calls);
    const { changed, groups, ...trace } = traceImpact(results, next, calls);
    const lines = [...changed.slice(0, MOST_CALLS)].flatMap((index) => {
      const call = calls[index];
      if (call === undefined) return [];
      return [{ index, line: lineOf(call), from: effectAt(results, index), to: effectAt(next, index) }];
    });
    return {
      catalog: overCatalog,
      trace: {
        ...trace,
        changed: changed.length,
        groups: groups.map(({ calls: places, ...group }) => ({
          ...group,
          count: places.length,
          first: places[0] ?? 0,
        })),
        lines,
      },
    };
  }

  async move(
    { policy, id, index, catalog }: Questions['move']['params'],
    calls: readonly Call[] | undefined,
  ): Promise<MoveImpact> {
    const known = await this.#known(policy, calls);
    const { clashes } = this.#hold(known, calls, policy, id, catalog);
    const from = policy.rules.findIndex((rule) => rule.id === id);
    const moved = policy.rules[from];
    if (moved === undefined) throw new Error('there is no such rule in the policy');
    const passed = policy.rules.slice(Math.min(from, index), Math.max(from, index) + 1);
    const found = (await Promise.all(passed.map((rule) => clashes.with(rule)))).flatMap((clash) => clash ?? []);
    const { results } = known;
    if (calls === undefined || results === undefined) return { trace: undefined, clashes: found };
    const after = { ...policy, rules: policy.rules.toSpliced(from, 1).toSpliced(index, 0, moved) };
    const next = redecide(results, known.policy, await compilePolicy(after), calls);
    const { total, matrix, changed, otherRule } = compareResults(results, next);
    return { trace: { total, matrix, changed: changed.length, otherRule: otherRule.length }, clashes: found };
  }

  /** While one row is held it is asked about again and again. */
  #hold(known: Known, calls: Held['calls'], policy: Policy, id: RuleId, catalog: Catalog): Held {
    const text = JSON.stringify(catalog);
    const held = this.#held;
    if (held?.known === known && held.calls === calls && held.id === id && held.catalog === text) return held;
    return (this.#held = { known, calls, id, catalog: text, clashes: new Clashes(policy, id, calls ?? [], catalog) });
  }

  async access({ policy, catalog, kind }: { policy: Policy; catalog: Catalog; kind: Access['kind'] }): Promise<Access> {
    const { policy: compiled } = await this.#known(policy, undefined);
    return { kind, ...accessMatrix(compiled, catalog, kind) };
  }

  async explain(policy: Policy, call: Call): Promise<Reasons> {
    return reasonsOf((await this.#known(policy, undefined)).policy, policy.rules, call);
  }

  async #known(policy: Policy, calls: readonly Call[] | undefined): Promise<Known> {
    const text = JSON.stringify([policy.rules, policy.settings]);
    const saved = this.#saved;
    const compiled = saved?.text === text ? saved.policy : await compilePolicy(policy);
    if (saved?.text === text && (calls === undefined || saved.calls === calls)) return saved;
    const known: Known = {
      text,
      policy: compiled,
      ...(calls === undefined ? {} : { calls, results: replay(compiled, calls) }),
    };
    return (this.#saved = known);
  }
}

/** A decision, and for each rule whose condition was evaluated why it came out as it did. */
export interface Reasons {
  readonly call: Call;
  readonly decision: Decision;
  readonly conditions: Readonly<Record<string, Explanation>>;
}

export function reasonsOf(policy: CompiledPolicy, rules: readonly Rule[], call: Call): Reasons {
  const decision = decide(policy, call);
  const conditions: Record<string, Explanation> = {};
  for (const step of decision.steps) {
    const rule = rules.find((one) => one.id === step.ruleId);
    if ((rule?.condition ?? null) === null || step.kind === 'not-active' || step.kind === 'not-reached') continue;
    if (step.kind === 'scope-mismatch' || step.kind === 'no-pattern') continue;
    const explanation = explainCondition(policy, step.ruleId, call);
    if (explanation !== undefined) conditions[step.ruleId] = explanation;
  }
  return { call, decision, conditions };
}
