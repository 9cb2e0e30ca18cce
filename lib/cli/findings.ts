import { advise, check, parse, type Diagnostic } from '../cel';
import { portabilityWarning, type Rule } from '../engine';

/** Something about a rule that its writer should know; the rule is valid all the same. */
export interface RuleFinding {
  readonly ruleId: string;
  /** JSON pointer in the bundle. */
  readonly pointer: string;
  readonly severity: 'error' | 'warning' | 'info';
  readonly code: string;
  readonly message: string;
  readonly help?: string;
  /** For a condition: the source, and UTF-16 offsets in it. */
  readonly range?: { readonly source: string; readonly start: number; readonly end: number };
}

/** Findings about each rule by itself, rule by rule: conditions that the gateway would skip, patterns it does not document. */
export function ruleFindings(rules: readonly Rule[]): readonly RuleFinding[] {
  return rules.flatMap((rule, index) => {
    const pointer = `/rules/${String(index)}`;
    return [...patternFindings(rule, pointer), ...conditionFindings(rule, pointer)];
  });
}

function patternFindings(rule: Rule, pointer: string): readonly RuleFinding[] {
  return rule.tools.flatMap((pattern, index) => {
    const message = portabilityWarning(pattern);
    if (message === undefined) return [];
    const at = `${pointer}/tools/${String(index)}`;
    return [{ ruleId: rule.id, pointer: at, severity: 'warning' as const, code: 'portability', message }];
  });
}

function conditionFindings(rule: Rule, pointer: string): readonly RuleFinding[] {
  const source = rule.condition;
  if (source === null) return [];
  return diagnosticsOf(source).map(({ severity, code, message, help, start, end }) => ({
    ruleId: rule.id,
    pointer: `${pointer}/condition`,
    severity,
    code,
    message,
    ...(help === undefined ? {} : { help }),
    range: { source, start, end },
  }));
}

function diagnosticsOf(source: string): readonly Diagnostic[] {
  const parsed = parse(source);
  if (parsed.diagnostics.length > 0) return parsed.diagnostics;
  const checked = check(parsed, { result: 'bool' });
  return [...checked.diagnostics, ...advise(parsed, { checked })];
}
