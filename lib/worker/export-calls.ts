import type { Call } from '../engine';
import { DECIDED_BY_DEFAULT, EFFECT_CODES, HAZARD_BITS, RECORDED_CODES, UNDECIDED, type TraceWork } from '../trace';
import type { Decisions } from './decisions';
import { lineOf } from './lines';
import type { CallExport } from './protocol';
import { SupersededError } from './superseded';

/** Calls that are written into one part of the file: parts may lie on disk, so that no text grows with the trace. */
const A_PART = 2_000;

const CSV_HEAD =
  'id,time,agent,instance,user,resource,tool,arguments,decision,decided by,hazards,recorded,recorded rule,standing';

/** The calls at these places (all of them, where there are none) with their decisions. Throws `SupersededError` where it was stopped. */
export async function exportCalls(
  { trace, results, policy }: Decisions,
  { indices, format, instead }: CallExport,
  work: TraceWork,
): Promise<Blob> {
  const total = indices?.length ?? trace.length;
  if (instead !== undefined && instead.length !== total) throw new SupersededError();
  const parts: Blob[] = [];
  let lines: string[] = format === 'csv' ? [CSV_HEAD] : [];
  for (let at = 0; at < total; at++) {
    const index = indices === undefined ? at : (indices[at] ?? 0);
    const call = instead === undefined ? await trace.call(index) : instead[at];
    if (call !== undefined) {
      const outcome = outcomeAt(index);
      lines.push(format === 'csv' ? csvLine(call, outcome) : JSON.stringify({ ...call, decision: outcome }));
    }
    if (lines.length < A_PART) continue;
    parts.push(new Blob([`${lines.join('\n')}\n`]));
    lines = [];
    await work.pause(at, total);
    if (work.stopped()) throw new SupersededError();
  }
  if (lines.length > 0) parts.push(new Blob([`${lines.join('\n')}\n`]));
  return new Blob(parts, { type: format === 'csv' ? 'text/csv' : 'application/x-ndjson' });

  function outcomeAt(index: number): ExportedDecision {
    const decider = results.deciders[index] ?? UNDECIDED;
    const rule = policy.policy.rules[decider];
    const bits = results.hazards[index] ?? 0;
    return {
      effect: EFFECT_CODES[results.effects[index] ?? 2] ?? 'conditional',
      decidedBy:
        decider === DECIDED_BY_DEFAULT ? 'no rule matched' : decider === UNDECIDED ? 'not certain' : (rule?.name ?? ''),
      ...(rule === undefined ? {} : { ruleId: rule.id }),
      hazards: Object.entries(HAZARD_BITS).flatMap(([kind, bit]) => ((bits & bit) === 0 ? [] : [kind])),
      standing: RECORDED_CODES[results.recorded[index] ?? 0] ?? 'none',
    };
  }
}

interface ExportedDecision {
  readonly effect: string;
  readonly decidedBy: string;
  readonly ruleId?: string;
  readonly hazards: readonly string[];
  readonly standing: string;
}

function csvLine(call: Call, { effect, decidedBy, hazards, standing }: ExportedDecision): string {
  const { id, time, agent, instance, user, resource, tool, recorded, recordedRule } = lineOf(call);
  const args = call.args === undefined ? undefined : JSON.stringify(call.args);
  const cells = [
    id,
    time,
    agent,
    instance,
    user,
    resource,
    tool,
    args,
    effect,
    decidedBy,
    hazards.join(' '),
    recorded,
    recordedRule,
    standing,
  ];
  return cells.map(csvCell).join(',');
}

/** A spreadsheet takes a cell that begins like a formula for one: an apostrophe before it keeps it a text. */
function csvCell(value: string | null | undefined): string {
  const text = value ?? '';
  const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
