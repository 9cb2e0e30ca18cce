import { digestOf, readBundle, readJson, shortDigest, type Bundle } from '../../bundle';
import { bisectHistory, type DecisionTurn, type PolicyVersion } from '../../reproduce';
import type { ImportedCall } from '../../trace';
import { deciderWords, EFFECT_WORDS, tickedText } from '../../wording';
import type { Rule } from '../../engine';
import type { CliCommand } from '../command';
import { readAll, UsageError, type CliIo } from '../io';
import { openPolicy, problemLine } from '../policy';
import { plain } from '../printable';
import { readTrace, TRACE_HELP, TRACE_OPTIONS, traceOptions } from '../trace';

export const bisect: CliCommand = {
  name: 'bisect',
  usage: 'HISTORY TRACE [--call ID] [--json] [--format F] [--default FIELD=VALUE]… [--map FILE]',
  summary: "Finds the edits of a policy at which a call's decision turned.",
  help: `
HISTORY is a file of bundles, the oldest first: one a line, or a JSON list.
${TRACE_HELP}
  --call ID             the call of the trace; without it, the first one
  --json                print one JSON object a line for each edit at which the decision turned

The answer is no (exit code 1) where a version is not valid, or the trace has no such call.

  policy bisect versions.ndjson call.json`,
  options: { ...TRACE_OPTIONS, call: { type: 'string' }, json: { type: 'boolean' } },
  arity: [2, 2],
  async run([file = '', trace = ''], values, io) {
    const options = await traceOptions(values, io);
    const history = await readHistory(file, io);
    if (history === undefined) return 1;
    const wanted = values['call'];
    let found: ImportedCall | undefined;
    await readTrace(trace, options, io, async (calls) => {
      found = calls.find((call) => wanted === undefined || call.id === wanted || call.source?.id === wanted);
      return Promise.resolve(found === undefined);
    });
    if (found === undefined) {
      io.err(typeof wanted === 'string' ? `the trace has no call \`${plain(wanted)}\`\n` : 'the trace has no call\n');
      return 1;
    }
    const { rows, turns } = await bisectHistory(history, found);
    if (values['json'] === true) {
      for (const turn of turns)
        await io.json(`${JSON.stringify({ ...turn, from: history[turn.from]?.label, to: history[turn.to]?.label })}\n`);
    } else for (const turn of turns) await io.out(turnText(turn, history));
    const last = rows.at(-1);
    const versions = `${String(history.length)} ${history.length === 1 ? 'version' : 'versions'}`;
    if (turns.length === 0 && last) io.err(`${versions}: ${EFFECT_WORDS[last.effect]} by all of them\n`);
    else io.err(`${versions}: the decision turned ${turns.length === 1 ? 'once' : `${String(turns.length)} times`}\n`);
    return 0;
  },
};

/** The versions of a policy in a file; undefined where one is not valid, which is said. */
async function readHistory(file: string, io: CliIo): Promise<readonly PolicyVersion[] | undefined> {
  const bytes = await readAll(io, file);
  const texts = textsOf(new TextDecoder().decode(bytes));
  if (texts.length === 0) throw new UsageError(`\`${file}\` holds no bundle`);
  const bundles: Bundle[] = [];
  for (const [i, text] of texts.entries()) {
    const read = texts.length === 1 && text === null ? await openPolicy(file, io) : readBundle(text ?? '');
    if (!read.ok) {
      for (const problem of read.problems) io.err(`version ${String(i + 1)}: ${problemLine(problem)}\n`);
      return undefined;
    }
    bundles.push(read.bundle);
  }
  return bundles.map((policy, i) => ({
    policy,
    label: `version ${String(i + 1)} (${shortDigest(digestOf(policy))}, ${policy.name})`,
  }));
}

/** The JSON texts of the versions; null for a file that is one policy. */
function textsOf(text: string): readonly (string | null)[] {
  const whole = readJson(text);
  if (whole.problems.length === 0)
    return Array.isArray(whole.value) ? whole.value.map((one: unknown) => JSON.stringify(one)) : [null];
  return text.split('\n').filter((line) => line.trim() !== '');
}

function turnText({ from, to, before, after, changes }: DecisionTurn, history: readonly PolicyVersion[]): string {
  const rulesAt = (index: number): readonly Rule[] => history[index]?.policy.rules ?? [];
  const decided = (row: DecisionTurn['before'], index: number): string =>
    `${EFFECT_WORDS[row.effect]} ${tickedText(deciderWords(row.decidedBy, rulesAt(index), 'phrase'))}`;
  const edits = changes.map((change) =>
    change.kind === 'setting'
      ? `  settings: ${change.fields.map(fieldText).join('; ')}`
      : `  ${change.kind} rule ${String(change.at + 1)}, \`${change.rule.name}\`${
          change.kind === 'changed' ? `: ${change.fields.map(fieldText).join('; ')}` : ''
        }`,
  );
  const lines = [`${history[to]?.label ?? ''}: ${decided(before, from)} before, ${decided(after, to)} since`, ...edits];
  return `${lines.map(plain).join('\n')}\n`;
}

const fieldText = ({ field, before, after }: { field: string; before: unknown; after: unknown }): string =>
  `${field} ${JSON.stringify(before)} → ${JSON.stringify(after)}`;
