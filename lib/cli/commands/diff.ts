import { compilePolicy, decideRow, type DecisionEffect, type Row } from '../../engine';
import type { Command } from '../command';
import { difference, type Change, type FieldChange } from '../difference';
import { described, requirePolicy } from '../policy';
import { plain, Table } from '../table';
import { readTrace, TRACE_HELP, TRACE_OPTIONS, traceOptions } from '../trace';
import { decidedBy } from '../words';

export const diff: Command = {
  name: 'diff',
  usage: 'FILE-A FILE-B [TRACE] [--format F] [--default FIELD=VALUE]… [--map FILE]',
  summary: 'Compares two policies: their rules, and what they decide on the calls of a trace.',
  help: `
FILE-A and FILE-B are bundles, files with a link in them, or links. Rules are the same where their ids are.
${TRACE_HELP}

With a trace: the calls that are decided otherwise, and on standard error how many went from which effect to which.
The answer is no (exit code 1) where the policies differ; with a trace, where an effect differs; and where a bundle is
invalid.`,
  options: TRACE_OPTIONS,
  arity: [2, 3],
  async run([fileA = '', fileB = '', trace], values, io) {
    const options = await traceOptions(values, io);
    const before = await requirePolicy(fileA, io);
    const after = await requirePolicy(fileB, io);
    if (before === undefined || after === undefined) return 1;
    io.err(`${described(before)} → ${described(after)}\n`);
    const changes = difference(before, after);
    for (const change of changes) await io.out(`${plain(changeLine(change))}\n`);
    if (trace === undefined) return changes.length === 0 ? 0 : 1;

    const old = await compilePolicy(before);
    const now = await compilePolicy(after);
    const moves = new Map<string, number>();
    let differ = 0;
    let otherRule = 0;
    const table = new Table(['call', 'tool', 'before', 'by', 'after', 'by'], io);
    const end = await readTrace(trace, options, io, async (calls) => {
      for (const call of calls) {
        const was = decideRow(old, call);
        const is = decideRow(now, call);
        const move = `${was.effect} → ${is.effect}`;
        moves.set(move, (moves.get(move) ?? 0) + 1);
        if (was.effect === is.effect) {
          if (decider(was) !== decider(is)) otherRule++;
          continue;
        }
        differ++;
        const cell = (effect: DecisionEffect) => ({ text: effect, tone: effect });
        const by = [decidedBy(was.decidedBy, before.rules), decidedBy(is.decidedBy, after.rules)] as const;
        await table.row([is.id, call.tool?.name ?? '', cell(was.effect), by[0], cell(is.effect), by[1]]);
      }
      return true;
    });
    await table.end();
    for (const [move, calls] of [...moves].sort()) io.err(`${move}: ${String(calls)}\n`);
    io.err(
      `${String(differ)} of ${String(end.summary.calls)} calls change; ${String(otherRule)} keep their effect by another rule\n`,
    );
    return differ === 0 && end.ok ? 0 : 1;
  },
};

const decider = ({ decidedBy: by }: Row): string => JSON.stringify('ruleId' in by ? by.ruleId : by);

function changeLine(change: Change): string {
  if (change.kind === 'setting') return `~ settings: ${change.fields.map(fieldWords).join('; ')}`;
  const name = `${change.rule.name === '' ? change.rule.id : change.rule.name} (${change.rule.id})`;
  const place = String(change.at + 1);
  switch (change.kind) {
    case 'added':
      return `+ ${place} ${name}`;
    case 'removed':
      return `- ${place} ${name}`;
    case 'moved':
      return `> ${place} ${name}: was ${String(change.from + 1)}`;
    case 'changed':
      return `~ ${place} ${name}: ${change.fields.map(fieldWords).join('; ')}`;
  }
}

function fieldWords({ field, before, after }: FieldChange): string {
  const shown = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value));
  return `${field} ${shown(before)} → ${shown(after)}`;
}
