import { difference, type RuleChange } from '../analysis';
import { compilePolicy, decideRow, type Call, type CompiledPolicy, type DecisionRow, type Policy } from '../engine';

/** A version of a policy in its history. */
export interface PolicyVersion {
  readonly policy: Policy;
  /** Its name, digest or time: how people know it. */
  readonly label: string;
}

/** An edit at which the decision of a call changed its effect or its deciding rule. */
export interface DecisionTurn {
  /** Positions in the history. */
  readonly from: number;
  readonly to: number;
  readonly before: DecisionRow;
  readonly after: DecisionRow;
  readonly changes: readonly RuleChange[];
}

/** A call decided by each version of a policy. */
export interface BisectedHistory {
  readonly rows: readonly DecisionRow[];
  readonly turns: readonly DecisionTurn[];
}

/** Every version is decided, since a decision may turn more than once. @param history the oldest version first */
export async function bisectHistory(history: readonly PolicyVersion[], call: Call): Promise<BisectedHistory> {
  const rows: DecisionRow[] = [];
  let compiled: CompiledPolicy | undefined;
  for (const { policy } of history) {
    compiled = await compilePolicy(policy, compiled);
    rows.push(decideRow(compiled, call));
  }
  const turns = rows.flatMap((after, to): DecisionTurn[] => {
    const [before, earlier, later] = [rows[to - 1], history[to - 1], history[to]];
    if (before === undefined || earlier === undefined || later === undefined || sameDecision(before, after)) return [];
    return [{ from: to - 1, to, before, after, changes: difference(earlier.policy, later.policy) }];
  });
  return { rows, turns };
}

const sameDecision = (a: DecisionRow, b: DecisionRow): boolean =>
  a.effect === b.effect && JSON.stringify(a.decidedBy) === JSON.stringify(b.decidedBy);
