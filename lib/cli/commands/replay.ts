import { compilePolicy, decideRow, type DecisionRow } from '../../engine';
import type { CliCommand } from '../command';
import { requirePolicy } from '../policy';
import { TextTable, type TextTableCell } from '../table';
import { readTrace, TRACE_HELP, TRACE_OPTIONS, traceOptions } from '../trace';
import { decidedBy, hazardText } from '../words';

export const replay: CliCommand = {
  name: 'replay',
  usage: 'FILE TRACE [--json] [--format F] [--default FIELD=VALUE]… [--map FILE]',
  summary: 'Decides every call of a trace by a policy.',
  help: `
FILE is a bundle, a file with a link in it, or a link.
${TRACE_HELP}
  --json                print one row of JSON a line: id, effect, decidedBy, hazards

Counts and rejects are said on standard error. The answer is no (exit code 1) where the bundle is invalid or no call
could be read.

  policy replay finance.policy.json audit.ndjson --json --default agent.slug=claude-code`,
  options: { ...TRACE_OPTIONS, json: { type: 'boolean' } },
  arity: [2, 2],
  async run([file = '', trace = ''], values, io) {
    const options = await traceOptions(values, io);
    const bundle = await requirePolicy(file, io);
    if (bundle === undefined) return 1;
    const compiled = await compilePolicy(bundle);
    const counts: Record<DecisionRow['effect'], number> = { allow: 0, deny: 0, conditional: 0 };
    const table = new TextTable(['call', 'agent', 'tool', 'effect', 'decided by', 'hazards'], io);
    const end = await readTrace(trace, options, io, async (calls) => {
      const lines: string[] = [];
      for (const call of calls) {
        const row = decideRow(compiled, call);
        counts[row.effect]++;
        if (values['json'] === true) lines.push(`${JSON.stringify(row)}\n`);
        else {
          const effect: TextTableCell = { text: row.effect, tone: row.effect };
          const hazards = row.hazards.map(hazardText).join(', ');
          const tool = [call.resource?.slug, call.tool?.name].filter((name) => typeof name === 'string').join(' ');
          await table.row([
            row.id,
            call.agent?.slug ?? '',
            tool,
            effect,
            decidedBy(row.decidedBy, bundle.rules),
            hazards,
          ]);
        }
      }
      if (lines.length > 0) await io.json(lines.join(''));
      return true;
    });
    await table.end();
    const { calls, rejects } = end.summary;
    const parts = [
      `${String(counts.allow)} allowed`,
      `${String(counts.deny)} denied`,
      `${String(counts.conditional)} conditional`,
    ];
    io.err(`${String(calls)} calls: ${parts.join(', ')}${rejects > 0 ? `; ${String(rejects)} rejected` : ''}\n`);
    return end.ok ? 0 : 1;
  },
};
