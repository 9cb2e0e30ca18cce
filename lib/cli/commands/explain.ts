import { reasonsOf, whyNot, type Reasons } from '../../analysis';
import {
  EFFECT_WORDS,
  answerWords,
  explanationMarkdown,
  foldSteps,
  hazardWords,
  missWords,
  nearRules,
  obstacleWords,
  recordedWording,
  remedyWords,
  sentence,
  stepWords,
  tickedText,
  whyNotWords,
  type Sentence,
} from '../../wording';
import { digestOf, type Bundle } from '../../bundle';
import { compile } from '../../cel';
import { compilePolicy, type CompiledPolicy, type Rule } from '../../engine';
import type { ImportedCall } from '../../trace';
import type { CliCommand } from '../command';
import type { CliIo } from '../io';
import { requirePolicy } from '../policy';
import { excerpt } from '../source';
import { plain } from '../printable';
import { toned } from '../tone';
import { readTrace, TRACE_HELP, TRACE_OPTIONS, traceOptions } from '../trace';

export const explain: CliCommand = {
  name: 'explain',
  usage: 'FILE TRACE CALL-ID [--why-not RULE] [--json | --markdown] [--format F] [--default FIELD=VALUE]… [--map FILE]',
  summary: 'Says rule by rule why a call of a trace is decided as it is.',
  help: `
FILE is a bundle, a file with a link in it, or a link.
${TRACE_HELP}
  --why-not RULE        say what kept this rule (its position, id or name) from deciding, and what would have to change
  --json                print the decision with its steps, and what would change it, as one JSON object
  --markdown            print a report for a ticket

The answer is no (exit code 1) where the bundle is invalid, or the trace has no such call, or the policy no such rule.`,
  options: {
    ...TRACE_OPTIONS,
    'why-not': { type: 'string' },
    json: { type: 'boolean' },
    markdown: { type: 'boolean' },
  },
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
      io.err(`the trace has no call \`${plain(id)}\``);
      return 1;
    }
    const compiled = await compilePolicy(bundle);
    const wanted = values['why-not'];
    if (typeof wanted === 'string') return explainRule(compiled, bundle.rules, found, wanted, io);
    const reasons = await reasonsOf(compiled, found);
    if (values['json'] === true) await io.json(`${JSON.stringify({ ...reasons.decision, misses: reasons.misses })}\n`);
    else if (values['markdown'] === true) {
      const context = { policyName: bundle.name, digest: digestOf(bundle), readings: bundle.settings.readings };
      await io.out(...explanationMarkdown(reasons, bundle.rules, context).trimEnd().split('\n'));
    } else await io.out(...(await explained(reasons, bundle, io)));
    return 0;
  },
};

const text = (words: Sentence): string => plain(tickedText(words));
const asText = (words: Sentence): string => text(sentence(words));

async function explained(reasons: Reasons, bundle: Bundle, io: CliIo): Promise<readonly string[]> {
  const { rules } = bundle;
  const { call, decision, conditions, misses } = reasons;
  const answer = asText(answerWords(reasons, rules));
  const verb = /^\w+/.exec(answer)?.[0] ?? '';
  const lines = [toned(verb, decision.effect, io) + answer.slice(verb.length), ''];
  const recorded = recordedWording(call, decision, rules, digestOf(bundle));
  if (recorded !== undefined) lines.push(`${recorded.title}. ${asText(recorded.words)}`, '');
  const width = String(rules.length).length;
  const indent = ' '.repeat(width + 2);
  for (const shown of foldSteps(decision.steps, nearRules(misses))) {
    if (shown.kind === 'run') {
      lines.push(`${indent}${toned(shown.words, 'faint', io)}`);
      continue;
    }
    const [step, rule] = [decision.steps[shown.index], rules[shown.index]];
    if (step === undefined || rule === undefined) continue;
    const name = plain(rule.name === '' ? rule.id : rule.name);
    const words = asText(stepWords(step, rule, conditions[step.ruleId]));
    lines.push(`${String(shown.index + 1).padStart(width)}  ${toned(name, 'strong', io)} (${rule.effect}): ${words}`);
    for (const line of await marks(step.kind, rule, reasons)) lines.push(`${indent}${line}`);
  }
  if (decision.decidedBy.kind === 'default') lines.push(`${indent}No rule matched, so the call is denied.`);
  if (decision.hazards.length > 0) {
    lines.push('', ...decision.hazards.map((hazard) => `Hazard: ${asText(hazardWords(hazard, decision, rules))}`));
  }
  if (decision.underContinue !== undefined) {
    const { effect } = decision.underContinue;
    lines.push('', `If a false gate let evaluation go on, the call would be ${EFFECT_WORDS[effect]}.`);
  }
  if (misses.length > 0) {
    lines.push('', 'What would change it:', ...misses.map((miss) => `- ${asText(missWords(miss, rules))}`));
  }
  return lines;
}

/** The source of a condition that did not hold, with each nearest reason marked under it. */
async function marks(kind: string, rule: Rule, { conditions }: Reasons): Promise<readonly string[]> {
  const source = rule.condition;
  if (source === null || !['condition-false', 'gate-denied', 'condition-error', 'unknown'].includes(kind)) return [];
  const explanation = conditions[rule.id];
  const places = explanation?.reasons ?? (await faults(source));
  return places.flatMap(({ start, end }) => excerpt(source, start, end));
}

/** Where a condition does not compile. */
async function faults(source: string): Promise<readonly { readonly start: number; readonly end: number }[]> {
  const compiled = await compile(source, { result: 'bool' });
  return compiled.ok ? [] : compiled.diagnostics;
}

async function explainRule(
  compiled: CompiledPolicy,
  rules: readonly Rule[],
  call: ImportedCall,
  wanted: string,
  io: CliIo,
): Promise<0 | 1> {
  const rule = rules.find(({ id, name }, i) => id === wanted || name === wanted || String(i + 1) === wanted);
  const answer = rule === undefined ? undefined : await whyNot({ compiled, call }, rule.id);
  if (answer === undefined) {
    io.err(`the policy has no rule \`${plain(wanted)}\``);
    return 1;
  }
  const lines = [
    `${text(whyNotWords(answer, rules))}${answer.decides === 'no' && answer.obstacles.length > 0 ? ':' : '.'}`,
    ...answer.obstacles.map((obstacle) => `- ${asText(obstacleWords(obstacle, answer, rules))}`),
  ];
  if (answer.remedies.length > 0) {
    lines.push(
      '',
      'It would decide this call:',
      ...answer.remedies.map((one) => `- ${asText(remedyWords(one, rules))}`),
    );
  }
  await io.out(...lines);
  return 0;
}
