import { ruleTextFindings } from '../analysis';
import { diagnose } from '../cel';
import { portabilityWarning, type Catalog, type Rule } from '../engine';

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

/** Findings about each rule by itself, rule by rule: conditions that the gateway would skip, patterns it does not document, texts that deceive the eye. */
export function ruleFindings(rules: readonly Rule[], catalog?: Partial<Catalog>): readonly RuleFinding[] {
  const resources = catalog?.resources ?? [];
  return rules.flatMap((rule, index) => {
    const pointer = `/rules/${String(index)}`;
    const texts = ruleTextFindings(rule).map(({ start: _, end: __, ...finding }) => ({
      ...finding,
      ruleId: rule.id,
      pointer: pointer + finding.pointer,
    }));
    return [...texts, ...patternFindings(rule, pointer, resources), ...conditionFindings(rule, pointer)];
  });
}

type CatalogResources = Catalog['resources'];

function patternFindings(rule: Rule, pointer: string, resources: CatalogResources): readonly RuleFinding[] {
  return rule.tools.flatMap((pattern, index) => {
    const common = { ruleId: rule.id, pointer: `${pointer}/tools/${String(index)}`, severity: 'warning' as const };
    const portability = portabilityWarning(pattern);
    const qualified = qualifiedPattern(pattern, resources);
    return [
      ...(portability === undefined ? [] : [{ ...common, code: 'portability', message: portability }]),
      ...(qualified === undefined ? [] : [{ ...common, code: 'qualified-tool', ...qualified }]),
    ];
  });
}

/**
 * A pattern in the form in which clients show a tool, with its server before it: `mcp__tracker__delete_*` (Claude Code),
 * `mcp_tracker_delete_*`, `tracker__delete_*`, `tracker/delete`. A pattern is matched against the tool's own name, so that it matches nothing.
 * The last three may be names of tools: they are reported where the catalog has such a server, the one with `__` without a catalog as well.
 */
function qualifiedPattern(
  pattern: string,
  resources: CatalogResources,
): { readonly message: string; readonly help: string } | undefined {
  const known = (slug: string | undefined): boolean => resources.some((resource) => resource.slug === slug);
  const forms = [
    { form: /^mcp__(.+?)__(.+)$/, certain: true },
    { form: /^mcp_(.+?)_(.+)$/, certain: false },
    { form: /^(.+?)__(.+)$/, certain: resources.length === 0 },
    { form: /^(.+?)\/(.+)$/, certain: false },
  ];
  const [, resource, tool] =
    forms.flatMap(({ form, certain }) => {
      const match = form.exec(pattern);
      return match !== null && !/[*?[{]/.test(match[1] ?? '') && (certain || known(match[1])) ? [match] : [];
    })[0] ?? [];
  const isTool = resources.some(({ tools }) => tools?.some(({ name }) => name === pattern) === true);
  if (resource === undefined || tool === undefined || isTool) return undefined;
  return {
    message: `tool pattern \`${pattern}\` seems to name a server as well, and is matched against the name of the tool alone`,
    help: `scope the rule to the resource \`${resource}\`, and write the tool as \`${tool}\``,
  };
}

function conditionFindings(rule: Rule, pointer: string): readonly RuleFinding[] {
  const source = rule.condition;
  if (source === null) return [];
  return diagnose(source).map(({ severity, code, message, help, start, end }) => ({
    ruleId: rule.id,
    pointer: `${pointer}/condition`,
    severity,
    code,
    message,
    ...(help === undefined ? {} : { help }),
    range: { source, start, end },
  }));
}
