import type { Catalog, CompiledPolicy, DecisionEffect } from '../engine';
import {
  compareResults,
  effectAt,
  EFFECT_CODES,
  HAZARD_BITS,
  cellGroups,
  type CallsAt,
  type CellGroup,
  type TraceComparison,
  type ReplayResult,
} from '../trace';
import { cellsOf, subjectsOf, toolsOf } from './access';

type EffectMatrix = TraceComparison['matrix'];

/** A resource × tool × agent whose decision an edit changes. */
export interface CellChange {
  readonly resource: string;
  readonly tool: string;
  readonly agent: string;
  readonly before: DecisionEffect;
  readonly after: DecisionEffect;
}

/** What an edit changes of what every agent may do, from the catalog. */
export interface CatalogImpact {
  /** How many resource × tool × agent there are. */
  readonly total: number;
  readonly matrix: EffectMatrix;
  readonly changed: number;
  /** The changed cells, tool by tool; at most as many as were asked for. */
  readonly changes: readonly CellChange[];
  /** Names in any changed cell. */
  readonly agents: readonly string[];
  /** How many tools, counted on each server, are in a changed cell. */
  readonly tools: number;
}

export function catalogImpact(
  before: CompiledPolicy,
  after: CompiledPolicy,
  catalog: Catalog,
  most: number,
): CatalogImpact {
  const agents = subjectsOf(catalog, 'agents');
  const tools = toolsOf(catalog);
  const was = cellsOf(before, agents, tools);
  const is = cellsOf(after, agents, tools);
  const matrix = emptyMatrix();
  const changes: CellChange[] = [];
  const changedAgents = new Set<string>();
  const changedTools = new Set<number>();
  let changed = 0;
  is.forEach((code, at) => {
    const from = EFFECT_CODES[was[at] ?? 2] ?? 'conditional';
    const to = EFFECT_CODES[code] ?? 'conditional';
    matrix[from][to]++;
    if (from === to) return;
    changed++;
    const row = Math.floor(at / agents.length);
    const agent = agents[at % agents.length]?.key ?? '';
    const { resource = '', tool = '' } = tools[row] ?? {};
    changedAgents.add(agent);
    changedTools.add(row);
    if (changes.length < most) changes.push({ resource, tool, agent, before: from, after: to });
  });
  return { total: is.length, matrix, changed, changes, agents: [...changedAgents], tools: changedTools.size };
}

/** What an edit changes in a trace. */
export interface TraceImpact {
  readonly total: number;
  readonly matrix: EffectMatrix;
  /** Places of the calls whose effect changes, in order. */
  readonly changed: Uint32Array<ArrayBuffer>;
  /** Calls that another rule decides with the same effect. */
  readonly otherRule: number;
  /** The changed calls by tool and by the rules that decide them, the largest group first. */
  readonly groups: readonly (CellGroup & { readonly from: DecisionEffect; readonly to: DecisionEffect })[];
  /** Calls with a hazard that they did not have before, by its kind. */
  readonly newHazards: Readonly<Record<keyof typeof HAZARD_BITS, number>>;
}

/** INVARIANT: both results are of these calls. */
export function traceImpact(before: ReplayResult, after: ReplayResult, calls: CallsAt): TraceImpact {
  const { total, matrix, changed, otherRule } = compareResults(before, after);
  const groups = EFFECT_CODES.flatMap((from) =>
    EFFECT_CODES.filter((to) => to !== from).flatMap((to) => {
      const cell = changed.filter((i) => effectAt(before, i) === from && effectAt(after, i) === to);
      return cellGroups(before, after, calls, cell).map((group) => ({ ...group, from, to }));
    }),
  ).sort((a, b) => b.calls.length - a.calls.length);
  const newHazards = { 'gate-passed': 0, 'deny-skipped': 0, 'our-reading': 0 };
  for (const kind of Object.keys(HAZARD_BITS) as (keyof typeof HAZARD_BITS)[]) {
    const bit = HAZARD_BITS[kind];
    for (let i = 0; i < total; i++) {
      if (((after.hazards[i] ?? 0) & bit) !== 0 && ((before.hazards[i] ?? 0) & bit) === 0) newHazards[kind]++;
    }
  }
  return { total, matrix, changed, otherRule: otherRule.length, groups, newHazards };
}

function emptyMatrix(): Record<DecisionEffect, Record<DecisionEffect, number>> {
  const row = () => ({ allow: 0, deny: 0, conditional: 0 });
  return { allow: row(), deny: row(), conditional: row() };
}
