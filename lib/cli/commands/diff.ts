import { comparisonSentence, deciderCell, nameIn, otherRuleSentence } from '../../wording';
import { compilePolicy, decideRow, type DecisionEffect } from '../../engine';
import { compareResults, effectAt, EFFECT_CODES, replay, shiftsOf, type EffectShift } from '../../trace';
import { comparePolicies } from '../../regions';
import { textOption, type CliCommand } from '../command';
import { UsageError } from '../io';
import { printPermissiveness } from '../permissiveness';
import { difference, type RuleChange, type FieldChange } from '../../analysis';
import { described, requirePolicy } from '../policy';
import { TextTable } from '../table';
import { readTrace, TRACE_HELP, TRACE_OPTIONS, traceOptions } from '../trace';

export const diff: CliCommand = {
  name: 'diff',
  usage:
    'FILE-A FILE-B [--fail-on looser|stricter], or FILE-A FILE-B TRACE [--format F] [--default FIELD=VALUE]… [--map FILE]',
  summary:
    'Compares two policies: their rules, whether one permits more than the other, and what they decide on a trace.',
  help: `
FILE-A and FILE-B are bundles, files with a link in them, or links. Rules are the same where their ids are.
${TRACE_HELP}

Without a trace: whether the second policy is equivalent, more permissive, less permissive, or neither (incomparable),
over all calls that there may be, with calls that show it. That is a proof, or the answer is that it is not known. Where a
bundle carries the profile of a gateway with other readings, calls are shown as it decides them, and nothing else is proven.

\`--fail-on\` is for this alone, and takes no trace:

  --fail-on looser    the answer is no (exit code 1) only where a call becomes allowed that was not, or that is not known
  --fail-on stricter  likewise where a call is no longer allowed

With a trace: the calls that are decided otherwise, and on standard error how many went from which effect to which.
The answer is no (exit code 1) where rules or settings differ, even if no call is decided otherwise; with a trace, where an
effect differs; and where a bundle is invalid.`,
  options: { ...TRACE_OPTIONS, 'fail-on': { type: 'string' } },
  arity: [2, 3],
  async run([fileA = '', fileB = '', trace], values, io) {
    const options = await traceOptions(values, io);
    const failOn = failOnOption(textOption(values, 'fail-on'), trace);
    const before = await requirePolicy(fileA, io);
    const after = await requirePolicy(fileB, io);
    if (before === undefined || after === undefined) return 1;
    io.err(`${described(before)} → ${described(after)}`);
    const changes = difference(before, after);
    for (const change of changes) await io.out(changeLine(change));
    if (trace === undefined) {
      const compared = await comparePolicies(before, after, after.catalog ?? before.catalog);
      await printPermissiveness(compared, [before.rules, after.rules], io);
      const differs = failOn === undefined ? changes.length > 0 : compared[failOn].kind !== 'none';
      return differs ? 1 : 0;
    }

    const old = await compilePolicy(before);
    const now = await compilePolicy(after);
    const moves = new Map<string, number>();
    const shifts: EffectShift[] = [];
    const counts = { changed: 0, otherRule: 0, total: 0 };
    const table = new TextTable(['call', 'tool', 'before', 'by', 'after', 'by'], io);
    const end = await readTrace(trace, options, io, async (calls) => {
      const was = replay(old, calls);
      const is = replay(now, calls);
      const comparison = compareResults(was, is);
      counts.total += comparison.total;
      counts.changed += comparison.changed.length;
      counts.otherRule += comparison.otherRule.length;
      shifts.push(...shiftsOf(was, is, comparison));
      for (const from of EFFECT_CODES) {
        for (const to of EFFECT_CODES) {
          const move = `${from} → ${to}`;
          const count = comparison.matrix[from][to];
          if (count > 0) moves.set(move, (moves.get(move) ?? 0) + count);
        }
      }
      for (const i of comparison.changed) {
        const call = calls[i];
        if (!call) continue;
        const [rowBefore, rowAfter] = [decideRow(old, call), decideRow(now, call)];
        const cell = (effect: DecisionEffect) => ({ text: effect, tone: effect });
        const by = [
          deciderCell(rowBefore.decidedBy, before.rules),
          deciderCell(rowAfter.decidedBy, after.rules),
        ] as const;
        const tool = call.tool?.name ?? '';
        await table.row([rowAfter.id, tool, cell(effectAt(was, i)), by[0], cell(effectAt(is, i)), by[1]]);
      }
      return true;
    });
    await table.end();
    for (const [move, calls] of [...moves].sort()) io.err(`${move}: ${String(calls)}`);
    const sentence = comparisonSentence({ ...counts, shifts }, nameIn(after.rules));
    io.err(sentence);
    const others = otherRuleSentence(counts.otherRule);
    if (others !== undefined) io.err(others);
    return counts.changed === 0 && end.ok ? 0 : 1;
  },
};

function failOnOption(wanted: string | undefined, trace: string | undefined): 'looser' | 'stricter' | undefined {
  if (wanted === undefined) return undefined;
  if (wanted !== 'looser' && wanted !== 'stricter')
    throw new UsageError(`\`${wanted}\` is nothing to fail on: looser, stricter`);
  if (trace !== undefined) throw new UsageError('`--fail-on` is about all calls that there may be, and takes no trace');
  return wanted;
}

function changeLine(change: RuleChange): string {
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
