import { bundleOf, writeBundle } from '../../bundle';
import { DEFAULT_SETTINGS, EMPTY_CATALOG, fillRule, ruleId, type Catalog, type Facet, type Policy } from '../../engine';
import {
  FEW_VALUES,
  REPEATED,
  suggestRules,
  type PolicySuggestion,
  type SuggestionChoices,
  type ToolDetail,
} from '../../suggest';
import type { ImportedCall } from '../../trace';
import {
  anyOfWords,
  leftOutWords,
  openedToolWords,
  openPatternWords,
  suggestionChecks,
  tooManyRulesWords,
} from '../../wording/suggestion-words';
import { textOption, type CliCommand, type OptionValues } from '../command';
import { UsageError, type CliIo } from '../io';
import { requirePolicy } from '../policy';
import { readTrace, TRACE_HELP, TRACE_OPTIONS, traceOptions } from '../trace';

const FACET_OF: Readonly<Record<string, Facet>> = {
  agent: 'agents',
  instance: 'instances',
  user: 'users',
  group: 'groups',
  resource: 'resources',
};
const MOST_TOOLS = 20;

export const suggest: CliCommand = {
  name: 'suggest',
  usage: 'TRACE [--catalog FILE] [--by FACT,…] [--patterns] [--wider family|any] [--arguments] [--json] [--format F] …',
  summary: 'Suggests a policy that allows the calls of a trace, and as little else as you choose.',
  help: `
${TRACE_HELP}

  --catalog FILE    a bundle whose catalog lists the tools that there are; without it, the trace's own lists and calls do
  --by FACT,…       what the rules tell apart: agent, instance, user, group, resource; or none;
                    without it agent and resource, each where every call names it
  --patterns        patterns such as \`get_*\` where every tool of the catalog that they fit was called
  --wider family    such a pattern for every tool, whatever else it fits; \`--wider any\`: \`*\`
  --arguments       arguments of a tool that had at most ${String(FEW_VALUES)} values, which came ${String(REPEATED)} times each on
                    average, are limited to these; others are open, as are all where those of a call are not known
  --allowed         only calls that are recorded as allowed
  --json            print a JSON object: rules, and what of the trace was left out, what is opened, what was checked

Prints a bundle. A call that is recorded as denied is never allowed: where no rule separates calls from it, they are left
out, and counted. What the rules would open that was not used is said on standard error, with what deciding every call, and
every tool of the catalog, has shown. The answer is no (exit code 1) where no rule can be suggested, or more than a policy may
have.`,
  options: {
    ...TRACE_OPTIONS,
    catalog: { type: 'string' },
    by: { type: 'string' },
    patterns: { type: 'boolean' },
    wider: { type: 'string' },
    arguments: { type: 'boolean' },
    allowed: { type: 'boolean' },
    json: { type: 'boolean' },
  },
  arity: [1, 1],
  async run([trace = ''], values, io) {
    const options = await traceOptions(values, io);
    const choices = choicesOf(values);
    const file = textOption(values, 'catalog');
    const bundle = file === undefined ? undefined : await requirePolicy(file, io);
    if (file !== undefined && bundle === undefined) return 1;
    const calls: ImportedCall[] = [];
    let shown: Catalog = EMPTY_CATALOG;
    const end = await readTrace(
      trace,
      options,
      io,
      (some) => {
        for (const call of some) calls.push(call);
        return Promise.resolve(true);
      },
      { catalog: (catalog) => (shown = catalog) },
    );
    const catalog = bundle === undefined ? shown : { ...EMPTY_CATALOG, ...bundle.catalog };
    const settings = bundle?.settings ?? DEFAULT_SETTINGS;
    const suggestion = await suggestRules({ visit: (each) => (calls.forEach(each), Promise.resolve(true)) }, choices, {
      catalog,
      settings,
    });
    if (!end.ok || suggestion === undefined) return 1;
    const tooMany = tooManyRulesWords(suggestion.rules.length);
    if (tooMany !== undefined) {
      io.err(`the suggestion is too large: ${tooMany}`);
      return 1;
    }
    await printSuggestion(suggestion, policyOf(suggestion, settings), values['json'] === true, io);
    return suggestion.rules.length > 0 ? 0 : 1;
  },
};

const policyOf = ({ rules }: PolicySuggestion, settings: Policy['settings']): Policy => ({
  rules: rules.map(({ rule }, i) => fillRule({ id: ruleId(`suggested-${String(i + 1)}`), ...rule })),
  settings,
});

async function printSuggestion(suggestion: PolicySuggestion, policy: Policy, json: boolean, io: CliIo): Promise<void> {
  const { rules, ...rest } = suggestion;
  if (json) {
    const counted = rules.map(({ calls, example, openArguments }, i) => ({
      ...policy.rules[i],
      calls,
      example: example.id,
      openArguments,
    }));
    await io.json(`${JSON.stringify({ rules: counted, ...rest })}\n`);
  } else if (rules.length > 0) await io.json(`${writeBundle(bundleOf('Suggested', policy))}\n`);
  for (const { rule, calls, openArguments } of rules) {
    io.err(`${rule.name}: ${String(calls)} ${calls === 1 ? 'call' : 'calls'}`);
    if (rule.condition !== null) io.err(`  if ${rule.condition}`);
    if (openArguments.length > 0) io.err(`  any value of: ${openArguments.join(', ')}`);
  }
  for (const left of suggestion.leftOut) io.err(`left out: ${leftOutWords(left)}`);
  const open = anyOfWords(suggestion);
  if (open !== undefined) io.err(`opened: ${open}`);
  const patterns = openPatternWords(suggestion);
  if (patterns !== undefined) io.err(`opened: ${patterns}`);
  for (const tool of suggestion.openedTools.slice(0, MOST_TOOLS)) io.err(`opened: ${openedToolWords(tool)}`);
  const more = suggestion.openedTools.length - MOST_TOOLS;
  if (more > 0) io.err(`opened: ${String(more)} more tools`);
  for (const line of suggestionChecks(suggestion)) io.err(line);
}

function choicesOf(values: OptionValues): SuggestionChoices {
  return {
    take: values['allowed'] === true ? 'allowed' : 'not-denied',
    by: facetsOf(textOption(values, 'by')),
    tools: toolDetail(values),
    limitsArguments: values['arguments'] === true,
  };
}

function facetsOf(text: string | undefined): readonly Facet[] | undefined {
  if (text === undefined) return undefined;
  if (text === 'none') return [];
  return text.split(',').map((word) => {
    const facet = Object.hasOwn(FACET_OF, word) ? FACET_OF[word] : undefined;
    if (facet !== undefined) return facet;
    throw new UsageError(
      `\`${word}\` is nothing that rules are split by: ${Object.keys(FACET_OF).join(', ')}; or none`,
    );
  });
}

function toolDetail(values: OptionValues): ToolDetail {
  const wider = textOption(values, 'wider');
  if (wider === undefined) return values['patterns'] === true ? 'justified' : 'exact';
  if (wider === 'family' || wider === 'any') return wider;
  throw new UsageError(`\`${wider}\` is no kind of patterns: family, any`);
}
