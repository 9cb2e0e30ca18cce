/** What the condition language says of each condition: errors, and advice by the schemas of the tools that the rule covers. */
import { argsType, diagnose, type DiagnoseOptions, type Diagnostic } from '../../cel';
import { loadMatchers, type Catalog, type Rule } from '../../engine';
import { ofEvery, ruleFinding } from '../build';
import type { CheckedPolicy, FindingCheck, PolicyFinding } from '../model';

const CODES: Readonly<Record<string, string>> = {
  'unguarded-field': 'unguarded-argument',
  'unknown-field': 'unknown-argument',
  'undocumented-variable': 'not-portable',
  'hidden-characters': 'hidden-characters',
  'confusable-letters': 'confusable-letters',
  'unknown-time-zone': 'invalid-time-zone',
  'always-fails': 'always-fails',
};

const codeOf = ({ severity, code }: Diagnostic): string =>
  severity === 'error' ? 'condition-error' : (CODES[code] ?? 'type-mismatch');

/** The check that reports the diagnostics of one code. */
const conditionCheck = (texts: Omit<FindingCheck, 'find'>): FindingCheck => ({
  ...texts,
  find: ofEvery(async (checked, rule, index) =>
    (await findingsOf(checked, rule, index)).filter(({ code }) => code === texts.code),
  ),
});

/** Several checks ask for them: they are worked out once a rule. */
const known = new WeakMap<CheckedPolicy, Map<number, Promise<readonly PolicyFinding[]>>>();

function findingsOf(checked: CheckedPolicy, rule: Rule, index: number): Promise<readonly PolicyFinding[]> {
  const ofRules = known.get(checked) ?? new Map<number, Promise<readonly PolicyFinding[]>>();
  known.set(checked, ofRules);
  let findings = ofRules.get(index);
  if (!findings) ofRules.set(index, (findings = diagnosed(rule, index, checked.catalog)));
  return findings;
}

async function diagnosed(rule: Rule, index: number, catalog: Partial<Catalog>): Promise<readonly PolicyFinding[]> {
  if (rule.condition === null) return [];
  return diagnose(rule.condition, await diagnoseOptions(rule, catalog)).map((diagnostic) => {
    const { code, severity, message, help, start, end } = diagnostic;
    return ruleFinding(codeOf(diagnostic), rule, index, {
      ...{
        at: '/condition',
        severity,
        certainty: severity === 'info' ? 'possible' : 'proven',
        message,
        cause: code,
        range: { start, end },
      },
      ...(help === undefined ? {} : { help }),
    });
  });
}

const optionsFound = new WeakMap<Partial<Catalog>, Map<string, Promise<DiagnoseOptions>>>();

/** Worked out once for all rules that cover the same tools: a catalog may hold megabytes of schemas. */
function diagnoseOptions(rule: Rule, catalog: Partial<Catalog>): Promise<DiagnoseOptions> {
  const ofCatalog = optionsFound.get(catalog) ?? new Map<string, Promise<DiagnoseOptions>>();
  optionsFound.set(catalog, ofCatalog);
  const covered = JSON.stringify([rule.tools, rule.scope.resources]);
  let options = ofCatalog.get(covered);
  if (!options) {
    options = schemasOf(rule, catalog).then((schemas) => (schemas.length > 0 ? { argsType: argsType(schemas) } : {}));
    ofCatalog.set(covered, options);
  }
  return options;
}

/** The input schemas of the catalog's tools that the rule covers. */
async function schemasOf({ tools, scope }: Rule, catalog: Partial<Catalog>): Promise<readonly unknown[]> {
  const matchers = await loadMatchers(tools);
  const fits = tools.map((pattern) => matchers(pattern));
  const onServer = (slug: string): boolean =>
    scope.resources.length === 0 ||
    scope.resources.some((selector) => selector === slug || selector.startsWith('tag:'));
  return (catalog.resources ?? [])
    .filter(({ slug }) => onServer(slug))
    .flatMap((resource) => resource.tools ?? [])
    .filter(({ name }) => fits.some((matches) => matches(name)))
    .map(({ inputSchema }) => inputSchema);
}

export const conditionError = conditionCheck({
  code: 'condition-error',
  holdsUnderProfiles: true,
  what: 'The condition does not compile.',
  why: 'The gateway skips a rule with an invalid condition. A deny rule then denies nothing.',
  example: '`request.args.amount >` or `amount > 5`.',
  remedy: 'Correct the condition at the place that is shown.',
});
export const unknownArgument = conditionCheck({
  code: 'unknown-argument',
  what: 'The condition reads an argument or a fact that no tool, or no call, has.',
  why: 'Reading it fails, and the rule is skipped on every call.',
  example: '`request.args.chanel == "general"` where the tool has `channel`.',
  remedy: 'Use the name that the tool’s input schema has.',
});
export const typeMismatch = conditionCheck({
  code: 'type-mismatch',
  what: 'Values of types that never meet: a comparison or a calculation that cannot work.',
  why: 'It fails or is false on every call.',
  example: '`request.args.amount + 1 > 5`: numbers in JSON are doubles, and `1` is an int.',
  remedy: 'Write the value in the type that the argument has.',
});
export const unguardedArgument = conditionCheck({
  code: 'unguarded-argument',
  what: 'The condition reads an optional argument without `has()`.',
  why: 'Without the argument the condition fails, and the rule is skipped.',
  example: '`request.args.amount > 5` where `amount` is optional.',
  remedy: 'Ask first: `has(request.args.amount) && request.args.amount > 5`.',
});
export const hiddenText = conditionCheck({
  code: 'hidden-characters',
  holdsUnderProfiles: true,
  what: 'A text holds characters that are not visible.',
  why: 'It matches only what has the same characters.',
  example: 'A zero width space within a tool pattern.',
  remedy: 'Remove them.',
});
export const confusableText = conditionCheck({
  code: 'confusable-letters',
  holdsUnderProfiles: true,
  what: 'A text holds letters of another script that look like Latin ones.',
  why: 'It reads as one name and matches another.',
  example: '`dеlete_*` with a Cyrillic `е`.',
  remedy: 'Write the letters that are meant.',
});
export const undocumentedVariable = conditionCheck({
  code: 'not-portable',
  what: 'A variable, or the syntax of a tool pattern, that the gateway does not document.',
  why: 'The gateway may read it otherwise, or not at all.',
  example: '`send_?` or `agent.tags`.',
  remedy: 'Use `*` and documented variables where you can.',
});
export const invalidTimeZone = conditionCheck({
  code: 'invalid-time-zone',
  what: 'A time zone that does not exist under this name.',
  why: 'Reading the time fails at run time, so that the rule is skipped on every call.',
  example: '`request.time.getHours("PST")`.',
  remedy: 'Use an IANA name such as `America/Los_Angeles`, or an offset such as `-08:00`.',
});
export const alwaysFails = conditionCheck({
  code: 'always-fails',
  what: 'A part of the condition fails whatever the call: a pattern that is invalid, a text that cannot be converted, a division by zero.',
  why: 'Where its outcome depends on that part, the condition fails and the rule is skipped. A deny rule then denies nothing.',
  example: '`request.args.path.matches("[")` or `request.time < timestamp("2026-01-31")`.',
  remedy: 'Correct the value that is shown. Patterns are RE2: without look-around and references to groups.',
});
