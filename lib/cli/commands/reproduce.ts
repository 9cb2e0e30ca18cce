import { digestOf, type Bundle } from '../../bundle';
import { compilePolicy, type Rule } from '../../engine';
import {
  compareConnection,
  LogReview,
  type ComparedConnection,
  type ReproducedCall,
  type ReproducedLog,
} from '../../reproduce';
import type { PolicyEvent } from '../../trace';
import {
  causeWords,
  LISTED_WORDS,
  listedWords,
  missingFactWords,
  RECORDED_WORDS,
  recordedWording,
  reproductionMarkdown,
  sentence,
  tickedText,
  type Sentence,
} from '../../wording';
import type { CliCommand, ExitCode, OptionValues } from '../command';
import { UsageError, type CliIo } from '../io';
import { requirePolicy } from '../policy';
import { plain } from '../printable';
import { toned } from '../tone';
import { readTrace, TRACE_HELP, TRACE_OPTIONS, traceOptions } from '../trace';

export const reproduce: CliCommand = {
  name: 'reproduce',
  usage: 'FILE EXPORT [--json | --markdown] [--format F] [--default FIELD=VALUE]… [--map FILE]',
  summary: 'Reproduces the decisions that an audit log records, and says why one may differ.',
  help: `
FILE is a bundle, a file with a link in it, or a link; EXPORT is read as a trace is.
${TRACE_HELP}
  --json                print one JSON object a line for each entry that is not reproduced, with its causes
  --markdown            print a report for a ticket

Each entry with a recorded decision is one of

  ${RECORDED_WORDS.reproduced.padEnd(18)}the same effect; where the record names another rule, that is said
  ${RECORDED_WORDS.diverged.padEnd(18)}the other effect; causes follow, the likeliest first, each checked by deciding with it
  ${RECORDED_WORDS['not-reproducible'].padEnd(18)}facts are missing; what each class of their values would decide follows

Changes of the policy that the log records (\`policy.updated\`, …) are taken back to decide by the policy as it was.
Where the log says which tools an instance that connects may use, these are compared with the policy tool by tool:

  ${LISTED_WORDS.diverged.padEnd(20)}the policy gives something else
  ${LISTED_WORDS['not-reproducible'].padEnd(20)}the policy waits for facts of the instance that the entry does not say
  ${LISTED_WORDS['more-known'].padEnd(20)}listed as conditional; what is known of the instance decides it, whatever the rest

The answer is no (exit code 1) where a decision diverged, no entry has a recorded decision, or nothing could be read.

  policy reproduce finance.policy.json audit.ndjson
  policy reproduce finance.policy.json audit.csv --map columns.json --markdown`,
  options: { ...TRACE_OPTIONS, json: { type: 'boolean' }, markdown: { type: 'boolean' } },
  arity: [2, 2],
  async run([file = '', trace = ''], values, io) {
    if (values['json'] === true && values['markdown'] === true)
      throw new UsageError('`--json` and `--markdown` exclude each other');
    const options = await traceOptions(values, io);
    const bundle = await requirePolicy(file, io);
    if (bundle === undefined) return 1;
    const compiled = await compilePolicy(bundle);
    const review = await LogReview.of(compiled);
    const connections: ComparedConnection[] = [];
    const events: PolicyEvent[] = [];
    const end = await readTrace(
      trace,
      options,
      io,
      async (calls) => {
        for (const call of calls) review.add(call);
        return Promise.resolve(true);
      },
      {
        events: (found) => events.push(...found),
        connections: (found) => connections.push(...found.map((event) => compareConnection(compiled, event))),
      },
    );
    const log = await review.finish(events);
    if (values['json'] === true) for (const one of log.notable) await io.json(`${jsonLine(one)}\n`);
    else if (values['markdown'] === true)
      await io.out(
        ...reproductionMarkdown(log, bundle.rules, {
          policyName: bundle.name,
          digest: digestOf(bundle),
          readings: bundle.settings.readings,
        })
          .trimEnd()
          .split('\n'),
      );
    else for (const one of log.notable) await io.out(...entryLines(one, bundle, io));
    await writeConnections(connections, bundle.rules, values, io);
    summarize(log, { changes: events.length, connections: connections.length }, io);
    return end.ok || connections.length > 0 ? answerOf(log, connections) : 1;
  },
};

const text = (words: Sentence): string => plain(tickedText(sentence(words)));

function jsonLine({ call, decision, verdict, causes, missing }: ReproducedCall): string {
  const { effect, decidedBy } = decision;
  return JSON.stringify({ id: call.id, verdict, recorded: call.recorded, effect, decidedBy, causes, missing });
}

const TONES = { diverged: 'deny', 'not-reproducible': 'conditional', 'other-rule': 'faint' } as const;

function entryLines(one: ReproducedCall, bundle: Bundle, io: CliIo): readonly string[] {
  const { call, decision, verdict, causes, missing } = one;
  const recorded = recordedWording(call, decision, bundle.rules, digestOf(bundle));
  const title = recorded?.title ?? '';
  const tone = verdict === 'none' || verdict === 'reproduced' ? 'faint' : TONES[verdict];
  return [
    `${plain(call.id)}: ${toned(title, tone, io)}. ${recorded ? text(recorded.words) : ''}`,
    ...causes.map((cause, i) => `  ${String(i + 1)}. ${text(causeWords(cause, bundle.rules))}`),
    ...(verdict === 'diverged' && causes.length === 0 ? ['  No cause was found.'] : []),
    ...missing.map((fact) => `  - ${text(missingFactWords(fact, bundle.rules))}`),
  ];
}

/** What the gateway listed for instances that connected, where the policy gives something else. */
async function writeConnections(
  connections: readonly ComparedConnection[],
  rules: readonly Rule[],
  values: OptionValues,
  io: CliIo,
): Promise<void> {
  for (const { event, tools } of connections) {
    const others = tools.filter(({ verdict }) => verdict !== 'same');
    if (values['json'] === true) {
      if (others.length > 0)
        await io.json(`${JSON.stringify({ connection: event.id ?? null, time: event.time ?? null, tools: others })}\n`);
      continue;
    }
    const { facts, time } = event;
    const who = [facts.instance?.id, facts.agent?.slug, facts.user?.email ?? facts.user?.id].filter((name) => name);
    const title = `Connection of ${who.join(', ') || 'an instance'}${time === undefined ? '' : ` at ${time}`}`;
    const lines = others.map((tool) => `  - ${LISTED_WORDS[tool.verdict]}: ${text(listedWords(tool, rules))}`);
    await io.out(
      plain(`${title}: ${String(tools.length - others.length)} of ${String(tools.length)} tools as listed`),
      ...lines,
    );
  }
}

function summarize(
  { counts, further }: ReproducedLog,
  { changes, connections }: { readonly changes: number; readonly connections: number },
  io: CliIo,
): void {
  const parts = Object.entries(RECORDED_WORDS).flatMap(([verdict, words]) => {
    const n = counts[verdict as keyof typeof counts];
    return n > 0 ? [`${String(n)} ${words}`] : [];
  });
  if (parts.length > 0 || connections === 0) io.err(parts.length > 0 ? parts.join(', ') : 'no entry');
  if (connections > 0) io.err(`${String(connections)} ${connections === 1 ? 'connection' : 'connections'} compared`);
  if (changes > 0) io.err(`${String(changes)} ${changes === 1 ? 'change' : 'changes'} of the policy in the log`);
  if (further > 0) io.err(`${String(further)} more entries differ: their causes were not looked for`);
  const recorded = Object.entries(counts).reduce((sum, [verdict, n]) => sum + (verdict === 'none' ? 0 : n), 0);
  if (recorded === 0 && connections === 0) io.err('no call has a recorded decision to compare with');
}

/** A log without a recorded decision or a listed tool reproduces nothing. */
function answerOf({ counts }: ReproducedLog, connections: readonly ComparedConnection[]): ExitCode {
  if (connections.some(({ tools }) => tools.some(({ verdict }) => verdict === 'diverged'))) return 1;
  const compared = connections.length + counts.reproduced + counts['other-rule'] + counts['not-reproducible'];
  return counts.diverged === 0 && compared > 0 ? 0 : 1;
}
