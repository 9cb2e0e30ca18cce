import { deciderCell, RECORDED_WORDS, recordedCell, recordedSummary, tickedText, type Sentence } from '../../wording';
import { digestOf, type Bundle } from '../../bundle';
import { compilePolicy, decideRow, type DecisionRow, type Hazard } from '../../engine';
import {
  otherPolicyDigest,
  RecordedCounter,
  recordedVerdict,
  type ImportedCall,
  type RecordedVerdict,
} from '../../trace';
import type { CliCommand, ExitCode } from '../command';
import type { CliIo } from '../io';
import { requirePolicy } from '../policy';
import { plain } from '../printable';
import { TextTable, type TextTableCell } from '../table';
import type { CellTone } from '../tone';
import { readTrace, TRACE_HELP, TRACE_OPTIONS, traceOptions, type TraceSummary } from '../trace';

export const replay: CliCommand = {
  name: 'replay',
  usage: 'FILE TRACE [--json [--with-recorded]] [--expect-recorded] [--format F] [--default FIELD=VALUE]… [--map FILE]',
  summary: 'Decides every call of a trace by a policy.',
  help: `
FILE is a bundle, a file with a link in it, or a link.
${TRACE_HELP}
  --json                print one row of JSON a line: id, effect, decidedBy, hazards
  --with-recorded       with --json: also \`recorded\`, with what the trace says of the decision and its \`verdict\`
  --expect-recorded     the answer is no where a decision diverged from the recorded one, or no call has a recorded one

A decision that the trace records is compared with the computed one:

  ${RECORDED_WORDS.reproduced.padEnd(18)}the same effect; where the record names another rule, that is said (verdict \`other-rule\`)
  ${RECORDED_WORDS.diverged.padEnd(18)}the other effect
  ${RECORDED_WORDS['not-reproducible'].padEnd(18)}the computed effect is conditional: facts are missing (verdict \`not-reproducible\`)
  ${RECORDED_WORDS.none.padEnd(18)}the trace does not say what was decided (verdict \`none\`)

Where the record carries the digest of another policy than FILE, that is said (\`otherPolicy\` in the row).
Counts and rejects are said on standard error. The answer is no (exit code 1) where the bundle is invalid or no call
could be read.

  policy replay finance.policy.json audit.ndjson --json --default agent.slug=claude-code
  policy replay finance.policy.json audit.ndjson --expect-recorded`,
  options: {
    ...TRACE_OPTIONS,
    json: { type: 'boolean' },
    'with-recorded': { type: 'boolean' },
    'expect-recorded': { type: 'boolean' },
  },
  arity: [2, 2],
  async run([file = '', trace = ''], values, io) {
    const options = await traceOptions(values, io);
    const bundle = await requirePolicy(file, io);
    if (bundle === undefined) return 1;
    const compiled = await compilePolicy(bundle);
    const digest = digestOf(bundle);
    const counts: Record<DecisionRow['effect'], number> = { allow: 0, deny: 0, conditional: 0 };
    const counter = new RecordedCounter();
    const table = new TextTable(['call', 'agent', 'tool', 'effect', 'decided by', 'recorded', 'hazards'], io);
    const end = await readTrace(trace, options, io, async (calls) => {
      const lines: string[] = [];
      for (const call of calls) {
        const row = decideRow(compiled, call);
        counts[row.effect]++;
        const compared: ComparedRow = {
          row,
          call,
          verdict: recordedVerdict(call.recorded, row, bundle.rules),
          otherDigest: otherPolicyDigest(call.recorded, digest),
        };
        counter.add(compared.verdict, compared.otherDigest);
        if (values['json'] === true) lines.push(`${jsonRow(compared, values['with-recorded'] === true)}\n`);
        else await table.row(tableRow(compared, bundle));
      }
      if (lines.length > 0) await io.json(lines.join(''));
      return true;
    });
    await table.end();
    const expected = values['expect-recorded'] === true;
    summarize(end, counts, io);
    if (counter.recorded > 0) for (const words of recordedSummary(counter)) io.err(text(words));
    else if (expected) io.err('no call has a recorded decision to compare with');
    return expected && end.ok ? answerOf(counter) : end.ok ? 0 : 1;
  },
};

/** A decision beside what the trace says was decided. */
interface ComparedRow {
  readonly row: DecisionRow;
  readonly call: ImportedCall;
  readonly verdict: RecordedVerdict;
  /** The digest of the policy that the record names, where it is another one. */
  readonly otherDigest: string | undefined;
}

/** A check that compared nothing has not passed. */
const answerOf = ({ counts, recorded }: RecordedCounter): ExitCode => (recorded > 0 && counts.diverged === 0 ? 0 : 1);

const text = (words: Sentence): string => plain(tickedText(words));

function jsonRow({ row, call, verdict, otherDigest }: ComparedRow, withRecorded: boolean): string {
  if (!withRecorded) return JSON.stringify(row);
  const otherPolicy = otherDigest === undefined ? {} : { otherPolicy: true };
  return JSON.stringify({ ...row, recorded: { verdict, ...call.recorded, ...otherPolicy } });
}

const RECORDED_TONES: Readonly<Partial<Record<RecordedVerdict, CellTone>>> = {
  none: 'faint',
  diverged: 'deny',
  'not-reproducible': 'conditional',
};

function tableRow({ row, call, verdict, otherDigest }: ComparedRow, { rules }: Bundle): readonly TextTableCell[] {
  const tool = [call.resource?.slug, call.tool?.name].filter((name) => typeof name === 'string').join(' ');
  const recorded = text(recordedCell(call.recorded, verdict, otherDigest, rules));
  const tone = RECORDED_TONES[verdict];
  return [
    row.id,
    call.agent?.slug ?? '',
    tool,
    { text: row.effect, tone: row.effect },
    deciderCell(row.decidedBy, rules),
    tone === undefined ? recorded : { text: recorded, tone },
    row.hazards.map(hazardText).join(', '),
  ];
}

function summarize(
  { summary }: TraceSummary,
  counts: Readonly<Record<DecisionRow['effect'], number>>,
  io: CliIo,
): void {
  const { calls, rejects } = summary;
  const parts = [
    `${String(counts.allow)} allowed`,
    `${String(counts.deny)} denied`,
    `${String(counts.conditional)} conditional`,
  ];
  io.err(`${String(calls)} calls: ${parts.join(', ')}${rejects > 0 ? `; ${String(rejects)} rejected` : ''}`);
}

const hazardText = (hazard: Hazard): string =>
  hazard.kind === 'our-reading' ? `our-reading ${hazard.reading} ${hazard.ruleId}` : `${hazard.kind} ${hazard.ruleId}`;
