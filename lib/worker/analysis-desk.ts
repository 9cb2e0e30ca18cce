import {
  accessMatrix,
  catalogImpact,
  RuleClashes,
  MOST_CLASH_CALLS,
  reasonsOf,
  traceImpact,
  type Reasons,
} from '../analysis';
import { compilePolicy, type Call, type Catalog, type Policy, type RuleId } from '../engine';
import { compareResults, effectAt, type TraceWork } from '../trace';
import { decisionsOf, type Decisions } from './decisions';
import { textOf } from './policy-text';
import { lineOf } from './lines';
import type { LoadedTrace } from './loaded-trace';
import { PolicyCompiler } from './policy-compiler';
import type { AccessAnswer, EditImpact, MoveImpact } from './answers';
import type { WorkerQuestions } from './protocol';
import { SupersededError } from './superseded';

const MOST_CELLS = 500;
const MOST_CALLS = 200;

/** A rule that is held over the others, and what was found of it. */
interface DraggedRule {
  readonly policy: string;
  readonly trace: LoadedTrace | undefined;
  readonly id: RuleId;
  readonly catalog: string;
  readonly clashes: RuleClashes;
}

/** Answers what is asked of policies that need not be the one shown. It remembers the saved one, so that typing decides little anew. */
export class AnalysisDesk {
  #saved: Decisions | undefined;
  readonly #compiler = new PolicyCompiler();
  #held: DraggedRule | undefined;

  /** `shown`: the decisions that are there anyway. Throws `SupersededError` where the work was stopped. */
  async impact(
    { before, after, catalog }: WorkerQuestions['impact']['params'],
    trace: LoadedTrace | undefined,
    shown: Decisions | undefined,
    work: TraceWork,
  ): Promise<EditImpact> {
    const was = await this.#compiler.compile(before);
    const is = await compilePolicy(after, was);
    const overCatalog = catalogImpact(was, is, catalog, MOST_CELLS);
    if (trace === undefined) return { catalog: overCatalog, trace: undefined };
    const saved = (this.#saved = await decisionsOf(before, trace, [this.#saved, shown], work));
    const next = await decisionsOf(after, trace, [saved], work);
    const { changed, groups, ...impact } = traceImpact(saved.results, next.results, trace);
    const lines = [];
    for (const index of changed.subarray(0, MOST_CALLS)) {
      const call = await trace.call(index);
      if (call === undefined) continue;
      const [from, to] = [effectAt(saved.results, index), effectAt(next.results, index)];
      lines.push({ index, line: lineOf(call), from, to });
    }
    return {
      catalog: overCatalog,
      trace: {
        ...impact,
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
    { policy, id, index, catalog }: WorkerQuestions['move']['params'],
    trace: LoadedTrace | undefined,
    shown: Decisions | undefined,
    work: TraceWork,
  ): Promise<MoveImpact> {
    const { clashes } = await this.#hold(trace, policy, id, catalog);
    const from = policy.rules.findIndex((rule) => rule.id === id);
    const moved = policy.rules[from];
    if (moved === undefined) throw new Error('there is no such rule in the policy');
    const passed = policy.rules.slice(Math.min(from, index), Math.max(from, index) + 1);
    const found = (await Promise.all(passed.map((rule) => clashes.with(rule)))).flatMap((clash) => clash ?? []);
    if (trace === undefined) return { trace: undefined, clashes: found };
    const after = { ...policy, rules: policy.rules.toSpliced(from, 1).toSpliced(index, 0, moved) };
    const saved = (this.#saved = await decisionsOf(policy, trace, [this.#saved, shown], work));
    const next = await decisionsOf(after, trace, [saved], work);
    const { total, matrix, changed, otherRule } = compareResults(saved.results, next.results);
    return { trace: { total, matrix, changed: changed.length, otherRule: otherRule.length }, clashes: found };
  }

  /** While one row is held it is asked about again and again. */
  async #hold(trace: LoadedTrace | undefined, policy: Policy, id: RuleId, catalog: Catalog): Promise<DraggedRule> {
    const [text, known] = [textOf(policy), JSON.stringify(catalog)];
    const held = this.#held;
    if (held?.policy === text && held.trace === trace && held.id === id && held.catalog === known) return held;
    const calls = (await trace?.first(MOST_CLASH_CALLS)) ?? [];
    return (this.#held = {
      policy: text,
      trace,
      id,
      catalog: known,
      clashes: new RuleClashes(policy, id, calls, catalog),
    });
  }

  /** Throws `SupersededError` where the work was stopped. */
  async access({ policy, catalog, kind }: WorkerQuestions['access']['params'], work: TraceWork): Promise<AccessAnswer> {
    const matrix = await accessMatrix(await this.#compiler.compile(policy), catalog, kind, work);
    if (matrix === undefined) throw new SupersededError();
    return { kind, ...matrix };
  }

  async explain(policy: Policy, call: Call, toolNames: readonly string[] = []): Promise<Reasons> {
    return reasonsOf(await this.#compiler.compile(policy), call, toolNames);
  }
}
