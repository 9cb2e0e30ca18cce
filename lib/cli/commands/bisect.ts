import { looksLikeBundle, looksLikeLink } from '../../bundle';
import { bisectHistory, readHistory, rebuiltHistory, type DecisionTurn, type PolicyVersion } from '../../reproduce';
import type { ImportedCall, PolicyEvent } from '../../trace';
import { EFFECT_WORDS, tickedText, turnWords } from '../../wording';
import type { CliCommand } from '../command';
import { readAll, UsageError, type CliIo } from '../io';
import { problemLine, requirePolicy } from '../policy';
import { plain } from '../printable';
import { readTrace, TRACE_HELP, TRACE_OPTIONS, traceOptions } from '../trace';

export const bisect: CliCommand = {
  name: 'bisect',
  usage: 'HISTORY TRACE [--call ID] [--json] [--format F] [--default FIELD=VALUE]… [--map FILE]',
  summary: "Finds the edits of a policy at which a call's decision turned.",
  help: `
HISTORY is a file of bundles, the oldest first: one a line, or a JSON list. One policy alone (a bundle, a file with a link in
it, or a link) has the history that the trace records: changes of the policy (\`policy.updated\`, …) are taken back.
${TRACE_HELP}
  --call ID             the call of the trace; without it, the first one
  --json                print one JSON object a line for each edit at which the decision turned

The answer is no (exit code 1) where a version is not valid, or the trace has no such call.

  policy bisect versions.ndjson call.json
  policy bisect finance.policy.json audit.ndjson --call c-117`,
  options: { ...TRACE_OPTIONS, call: { type: 'string' }, json: { type: 'boolean' } },
  arity: [2, 2],
  async run([file = '', trace = ''], values, io) {
    const options = await traceOptions(values, io);
    const given = await openHistory(file, io);
    if (given === undefined) return 1;
    const wanted = values['call'];
    let found: ImportedCall | undefined;
    const events: PolicyEvent[] = [];
    await readTrace(
      trace,
      options,
      io,
      async (calls) => {
        found ??= calls.find((call) => wanted === undefined || call.id === wanted || call.source?.id === wanted);
        // The changes of the policy may come after the call.
        return Promise.resolve(found === undefined || given.length === 1);
      },
      { events: (more) => events.push(...more) },
    );
    if (found === undefined) {
      io.err(typeof wanted === 'string' ? `the trace has no call \`${plain(wanted)}\`` : 'the trace has no call');
      return 1;
    }
    const history = withRecorded(given, events, io);
    const { rows, turns } = await bisectHistory(history, found);
    if (values['json'] === true) {
      for (const turn of turns)
        await io.json(`${JSON.stringify({ ...turn, from: history[turn.from]?.label, to: history[turn.to]?.label })}\n`);
    } else for (const turn of turns) await io.out(...turnLines(turn, history));
    const last = rows.at(-1);
    const versions = `${String(history.length)} ${history.length === 1 ? 'version' : 'versions'}`;
    if (turns.length === 0 && last) io.err(`${versions}: ${EFFECT_WORDS[last.effect]} by all of them`);
    else io.err(`${versions}: the decision turned ${turns.length === 1 ? 'once' : `${String(turns.length)} times`}`);
    return 0;
  },
};

/** The versions of a policy in a file, or the one policy that it is; undefined where one is not valid, which is said. */
async function openHistory(file: string, io: CliIo): Promise<readonly PolicyVersion[] | undefined> {
  const isFile = file === '-' || io.exists(file);
  const text = isFile ? new TextDecoder().decode(await readAll(io, file)) : '';
  if (!isFile || (looksLikeLink(text) && !looksLikeBundle(text))) {
    const bundle = await requirePolicy(file, isFile ? { ...io, open: () => bytesOf(text) } : io);
    return bundle === undefined ? undefined : [{ policy: bundle, label: 'the policy' }];
  }
  const read = readHistory(text);
  if (read.ok && read.history.length === 0) throw new UsageError(`\`${file}\` holds no bundle`);
  if (read.ok) return read.history;
  for (const problem of read.problems) io.err(`version ${String(read.version)}: ${problemLine(problem)}`);
  return undefined;
}

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(new TextEncoder().encode(text));
}

/** One policy alone has the history that the log records. */
function withRecorded(
  history: readonly PolicyVersion[],
  events: readonly PolicyEvent[],
  io: CliIo,
): readonly PolicyVersion[] {
  const [only, ...more] = history;
  if (only === undefined || more.length > 0 || events.length === 0) return history;
  const rebuilt = rebuiltHistory(only.policy, events);
  if (rebuilt.gaps > 0) io.err('a change in the log cannot be taken back: versions before it are not known');
  return rebuilt.history;
}

function turnLines(turn: DecisionTurn, history: readonly PolicyVersion[]): readonly string[] {
  const { title, changes } = turnWords(turn, history);
  return [tickedText(title), ...changes.map((change) => `  ${tickedText(change)}`)];
}
