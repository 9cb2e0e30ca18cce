/**
 * Validation of what came from outside: rules, settings and whole policies (docs/semantics.md, "Policy and rules"; docs/bundle-and-link.md, "Bundle"). Every problem
 * is listed, none is thrown; what is written may leave out what `fillRule` and `fillSettings` fill in.
 */
import { isObject, type UnknownObject } from '../../json';
import { at, ProblemCollector, named, quoted, type PolicyProblem } from './problems';
import { PROFILE_READINGS, READING_CHOICES } from '../model/readings';
import { EFFECTS, FACETS, STATUSES, type Facet } from '../model/model';
import { nearest } from './nearest';
import { expandedAlternatives, MAX_EXPANDED_ALTERNATIVES, patternProblem } from '../match/patterns';
import { hasTags } from '../match/scope';

export const MAX_RULES = 5000;
export const MAX_PATTERNS = 64;
/** In characters (code points). */
export const MAX_CONDITION_LENGTH = 4096;

const RULE_FIELDS = ['id', 'name', 'description', 'effect', 'status', 'scope', 'tools', 'condition'] as const;
const GATED_WHEN_FALSE = ['continue', 'deny'] as const;

/** `{ rules, settings }`; further members are left to who wrote them. */
export function validatePolicy(value: unknown, pointer = ''): PolicyProblem[] {
  if (!isObject(value)) return [{ pointer, code: 'type', message: `a policy must be an object, not ${named(value)}` }];
  const settings = value['settings'] === undefined ? [] : validateSettings(value['settings'], at(pointer, 'settings'));
  if (value['rules'] === undefined) {
    return [{ pointer: at(pointer, 'rules'), code: 'missing', message: '`rules` is missing' }, ...settings];
  }
  return [...validateRules(value['rules'], at(pointer, 'rules')), ...settings];
}

/** A list of rules, ids unique among them. */
export function validateRules(value: unknown, pointer = ''): PolicyProblem[] {
  const findings = new ProblemCollector();
  if (!Array.isArray(value)) {
    findings.wrongType(pointer, 'rules', 'a list', value);
    return findings.problems;
  }
  const rules: readonly unknown[] = value;
  if (rules.length > MAX_RULES) {
    findings.add(pointer, 'too-many', `a policy has at most ${grouped(MAX_RULES)} rules, not ${grouped(rules.length)}`);
  }
  const seen = new Map<string, number>();
  rules.slice(0, MAX_RULES).forEach((rule, i) => {
    checkRule(rule, at(pointer, i), findings);
    const id = isObject(rule) ? rule['id'] : undefined;
    if (typeof id !== 'string') return;
    const first = seen.get(id);
    if (first === undefined) seen.set(id, i);
    else
      findings.add(at(at(pointer, i), 'id'), 'duplicate-id', `id ${quoted(id)} is already that of rule ${first + 1}`);
  });
  for (const { pointer: place, code, message } of validateExpansion(rules.slice(0, MAX_RULES), pointer)) {
    findings.add(place, code, message);
  }
  return findings.problems;
}

/** One rule by itself. */
export function validateRule(value: unknown, pointer = ''): PolicyProblem[] {
  const findings = new ProblemCollector();
  checkRule(value, pointer, findings);
  return findings.problems;
}

export function validateSettings(value: unknown, pointer = ''): PolicyProblem[] {
  const findings = new ProblemCollector();
  if (!isObject(value)) {
    findings.wrongType(pointer, 'settings', 'an object', value);
    return findings.problems;
  }
  checkFields(value, ['gatedWhenFalse'], 'settings', pointer, findings);
  checkChoice(value, 'gatedWhenFalse', GATED_WHEN_FALSE, pointer, findings);
  return findings.problems;
}

/** The profile of a gateway: readings by their names, each with one of its values. */
export function validateReadings(value: unknown, pointer = ''): PolicyProblem[] {
  const findings = new ProblemCollector();
  if (!isObject(value)) {
    findings.wrongType(pointer, 'readings', 'an object', value);
    return findings.problems;
  }
  checkFields(value, PROFILE_READINGS, 'readings', pointer, findings);
  for (const [reading, choices] of Object.entries(READING_CHOICES))
    checkChoice(value, reading, choices, pointer, findings);
  const zone = value['time-zone'];
  if (zone !== undefined && !isZone(zone)) {
    const message = `\`time-zone\` must be \`UTC\`, an offset such as \`+02:00\` or an IANA name such as \`Europe/Berlin\`, not ${named(zone)}`;
    findings.add(at(pointer, 'time-zone'), 'not-a-choice', message);
  }
  return findings.problems;
}

/** Offsets are at most what any place on earth has. Names are those that the engine here knows, in the spelling of IANA. */
function isZone(zone: unknown): boolean {
  if (typeof zone !== 'string' || zone.length > 64) return false;
  if (/^[+-](?:0\d|1[0-4]):[0-5]\d$/.test(zone)) return true;
  return zone === 'UTC' || (/^[A-Z][A-Za-z]+(?:[/_-][A-Z][A-Za-z]+)+$/.test(zone) && isKnownZone(zone));
}

function isKnownZone(timeZone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

function checkRule(rule: unknown, pointer: string, findings: ProblemCollector): void {
  if (!isObject(rule)) {
    findings.add(pointer, 'type', `a rule must be an object, not ${named(rule)}`);
    return;
  }
  checkFields(rule, RULE_FIELDS, 'a rule', pointer, findings);
  for (const field of ['id', 'name', 'effect', 'tools']) {
    if (rule[field] === undefined) findings.add(at(pointer, field), 'missing', `a rule must have \`${field}\``);
  }
  checkText(rule, 'id', pointer, findings);
  if (rule['id'] === '') findings.add(at(pointer, 'id'), 'empty', '`id` must not be empty');
  checkText(rule, 'name', pointer, findings);
  checkText(rule, 'description', pointer, findings);
  checkChoice(rule, 'effect', EFFECTS, pointer, findings);
  checkChoice(rule, 'status', STATUSES, pointer, findings);
  if (rule['scope'] !== undefined) checkScope(rule['scope'], at(pointer, 'scope'), findings);
  if (rule['tools'] !== undefined) checkTools(rule['tools'], at(pointer, 'tools'), findings);
  checkCondition(rule, pointer, findings);
}

function checkScope(scope: unknown, pointer: string, findings: ProblemCollector): void {
  if (!isObject(scope)) {
    findings.wrongType(pointer, 'scope', 'an object', scope);
    return;
  }
  checkFields(scope, FACETS, 'a scope', pointer, findings);
  for (const facet of FACETS) {
    const selectors = scope[facet];
    if (selectors === undefined) continue;
    const list = at(pointer, facet);
    if (!Array.isArray(selectors)) findings.wrongType(list, facet, 'a list of selectors', selectors);
    else
      selectors.every((selector: unknown, i) => {
        checkSelector(selector, facet, at(list, i), findings);
        return !findings.full;
      });
  }
}

function checkSelector(selector: unknown, facet: Facet, pointer: string, findings: ProblemCollector): void {
  if (typeof selector !== 'string') {
    findings.add(pointer, 'type', `a selector in \`${facet}\` must be text, not ${named(selector)}`);
  } else if (selector === '') {
    findings.add(pointer, 'selector-empty', `a selector in \`${facet}\` must not be empty`);
  } else if (selector.startsWith('tag:') && !hasTags(facet)) {
    const message = `selector ${quoted(selector)}: only resources, agents and instances have tags, \`${facet}\` do not`;
    findings.add(pointer, 'selector-tag', message);
  } else if (selector === 'tag:') {
    findings.add(pointer, 'selector-empty', 'selector `tag:` names no tag');
  }
}

function checkTools(tools: unknown, pointer: string, findings: ProblemCollector): void {
  if (!Array.isArray(tools)) {
    findings.wrongType(pointer, 'tools', 'a list of patterns', tools);
    return;
  }
  const patterns: readonly unknown[] = tools;
  if (patterns.length === 0) findings.add(pointer, 'too-few', 'a rule must have at least one tool pattern');
  if (patterns.length > MAX_PATTERNS) {
    findings.add(
      pointer,
      'too-many',
      `a rule has at most ${MAX_PATTERNS} tool patterns, not ${grouped(patterns.length)}`,
    );
  }
  patterns.slice(0, MAX_PATTERNS).forEach((pattern, i) => {
    if (typeof pattern !== 'string') {
      findings.add(at(pointer, i), 'type', `a tool pattern must be text, not ${named(pattern)}`);
      return;
    }
    const problem = patternProblem(pattern);
    if (problem) findings.add(at(pointer, i), problem.code, problem.message);
  });
}

/** Each pattern is bounded by itself; those whose braces are expanded one alternative after the other, together as well. */
export function validateExpansion(rules: readonly unknown[], pointer: string): PolicyProblem[] {
  const seen = new Set<string>();
  let total = 0;
  for (const [i, rule] of rules.entries()) {
    const tools: unknown = isObject(rule) ? rule['tools'] : undefined;
    if (!Array.isArray(tools)) continue;
    for (const [j, pattern] of tools.slice(0, MAX_PATTERNS).entries()) {
      if (typeof pattern !== 'string' || !pattern.includes('{') || seen.has(pattern) || patternProblem(pattern))
        continue;
      seen.add(pattern);
      total += expandedAlternatives(pattern);
      if (total <= MAX_EXPANDED_ALTERNATIVES) continue;
      const most = grouped(MAX_EXPANDED_ALTERNATIVES);
      const message = `up to ${quoted(pattern)}, tool patterns whose braces are unbalanced or beside brackets stand for more than ${most} alternatives together`;
      return [{ pointer: at(at(at(pointer, i), 'tools'), j), code: 'patterns-too-many-alternatives', message }];
    }
  }
  return [];
}

function checkCondition(rule: UnknownObject, pointer: string, findings: ProblemCollector): void {
  const condition = rule['condition'];
  const path = at(pointer, 'condition');
  if (typeof condition === 'string') {
    if (condition.length > MAX_CONDITION_LENGTH && [...condition].length > MAX_CONDITION_LENGTH) {
      findings.add(
        path,
        'too-long',
        `a condition has at most ${grouped(MAX_CONDITION_LENGTH)} characters, not ${grouped([...condition].length)}`,
      );
    }
  } else if (condition !== undefined && condition !== null) {
    findings.wrongType(path, 'condition', 'text or null', condition);
  } else if (rule['effect'] === 'gated' && (rule['status'] ?? 'active') === 'active') {
    findings.add(path, 'gated-without-condition', 'an active gated rule must have a condition');
  }
}

/** INVARIANT: an unknown field is refused, for a misspelt facet or setting would silently widen what a rule covers. */
function checkFields(
  value: UnknownObject,
  known: readonly string[],
  what: string,
  pointer: string,
  findings: ProblemCollector,
): void {
  for (const field of Object.keys(value)) {
    if (known.includes(field) || field.startsWith('x-')) continue;
    if (findings.full) return;
    const meant = nearest(field, known);
    const hint = meant === undefined ? '' : `, did you mean \`${meant}\`?`;
    findings.add(at(pointer, field), 'unknown-field', `${what} has no field ${quoted(field)}${hint}`);
  }
}

function checkText(value: UnknownObject, field: string, pointer: string, findings: ProblemCollector): void {
  const text = value[field];
  if (text !== undefined && typeof text !== 'string') findings.wrongType(at(pointer, field), field, 'text', text);
}

function checkChoice(
  value: UnknownObject,
  field: string,
  choices: readonly string[],
  pointer: string,
  findings: ProblemCollector,
): void {
  const choice = value[field];
  if (choice === undefined || (typeof choice === 'string' && choices.includes(choice))) return;
  const wanted = choices.map((one) => `\`${one}\``).join(', ');
  const meant = typeof choice === 'string' ? nearest(choice, choices) : undefined;
  const hint = meant === undefined ? '' : `, did you mean \`${meant}\`?`;
  findings.add(
    at(pointer, field),
    'not-a-choice',
    `\`${field}\` must be one of ${wanted}, not ${named(choice)}${hint}`,
  );
}

const grouped = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ',');
