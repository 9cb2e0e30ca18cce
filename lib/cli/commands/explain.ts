import { activation, compile, explain as explainCondition, reasonWords } from '../../cel';
import { compilePolicy, conditionFacts, decide, readCall, type Call, type Decision, type Rule } from '../../engine';
import type { ImportedCall } from '../../trace';
import type { Command } from '../command';
import type { Io } from '../io';
import { requirePolicy } from '../policy';
import { excerpt } from '../source';
import { plain, toned } from '../table';
import { readTrace, TRACE_HELP, TRACE_OPTIONS, traceOptions } from '../trace';
import { decidedBy, hazardText, stepWords } from '../words';

export const explain: Command = {
  name: 'explain',
  usage: 'FILE TRACE CALL-ID [--json] [--format F] [--default FIELD=VALUE]… [--map FILE]',
  summary: 'Says rule by rule why a call of a trace is decided as it is.',
  help: `
FILE is a bundle, a file with a link in it, or a link.
${TRACE_HELP}
  --json                print the decision with its steps as one JSON object

The answer is no (exit code 1) where the bundle is invalid or the trace has no such call.`,
  options: { ...TRACE_OPTIONS, json: { type: 'boolean' } },
  arity: [3, 3],
  async run([file = '', trace = '', id = ''], values, io) {
    const options = await traceOptions(values, io);
    const bundle = await requirePolicy(file, io);
    if (bundle === undefined) return 1;
    let found: ImportedCall | undefined;
    await readTrace(trace, options, io, async (calls) => {
      found = calls.find((call) => call.id === id || call.source?.id === id);
      return Promise.resolve(found === undefined);
    });
    if (found === undefined) {
      io.err(`the trace has no call \`${plain(id)}\`\n`);
      return 1;
    }
    const decision = decide(await compilePolicy(bundle), found);
    if (values['json'] === true) await io.out(`${JSON.stringify(decision)}\n`);
    else await io.out(await explained(found, decision, bundle.rules, io));
    return 0;
  },
};

async function explained(call: Call, decision: Decision, rules: readonly Rule[], io: Io): Promise<string> {
  const lines = [
    `${toned(decision.effect, decision.effect, io)} by ${plain(decidedBy(decision.decidedBy, rules))}`,
    '',
  ];
  const width = String(rules.length).length;
  for (const [index, step] of decision.steps.entries()) {
    const rule = rules[index];
    if (rule === undefined) continue;
    const name = plain(rule.name === '' ? rule.id : rule.name);
    lines.push(`${String(index + 1).padStart(width)}  ${toned(name, 'strong', io)}  ${plain(stepWords(step))}`);
    const detail = await conditionDetail(step.kind, rule, call);
    for (const line of detail) lines.push(`${' '.repeat(width + 2)}${plain(line)}`);
  }
  if (decision.hazards.length > 0)
    lines.push('', ...decision.hazards.map((hazard) => `hazard: ${plain(hazardText(hazard))}`));
  if (decision.underContinue !== undefined) {
    const { effect, decidedBy: by } = decision.underContinue;
    lines.push('', `with \`gatedWhenFalse\` set to \`continue\`: ${effect} by ${plain(decidedBy(by, rules))}`);
  }
  return `${lines.join('\n')}\n`;
}

/** Why a condition did not hold: each nearest reason under the source that it is about. */
async function conditionDetail(
  kind: Decision['steps'][number]['kind'],
  rule: Rule,
  call: Call,
): Promise<readonly string[]> {
  const source = rule.condition;
  if (source === null || !['condition-false', 'gate-denied', 'condition-error', 'unknown'].includes(kind)) return [];
  const compiled = await compile(source, { result: 'bool' });
  if (!compiled.ok) {
    return compiled.diagnostics.flatMap(({ message, start, end }) => [
      message,
      ...excerpt(source, start, end).trimEnd().split('\n'),
    ]);
  }
  const { variables, unknown, timestampAt } = conditionFacts(readCall(call));
  const { reasons } = explainCondition(compiled.program, activation(variables, unknown, timestampAt));
  return reasons.flatMap((reason) => [
    reasonWords(reason, source),
    ...excerpt(source, reason.start, reason.end).trimEnd().split('\n'),
  ]);
}
