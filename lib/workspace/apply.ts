import { LIMITS } from '../bundle';
import type { Rule, RuleId, Status } from '../engine';
import type { PolicyContent } from '../store';
import { catalogLabel } from './catalog-label';
import { dismissedWithout, withDismissed } from './dismissed';
import type { AppliedCommand, PolicyCommand, CommandProblem } from './command';
import { sameJson } from './equal';
import { entriesIn, withEntries } from './extra-entries';
import { problemsAfter } from './invariants';
import { mergeRules, type RulePart } from './merge-rules';
import { changedTests, testsLabel } from './test-changes';

/** What a command makes of a policy, or why it cannot. */
type CommandStep = { readonly content: PolicyContent; readonly label: string } | CommandProblem;
type CommandHandlers = {
  readonly [K in PolicyCommand['kind']]: (
    content: PolicyContent,
    command: Extract<PolicyCommand, { kind: K }>,
  ) => CommandStep;
};

/** Applies a command. Pure; ends in a check of the invariants. What did not change keeps its identity. */
export function applyCommand(content: PolicyContent, command: PolicyCommand): AppliedCommand {
  const step = handle(content, command);
  if ('code' in step) return { kind: 'refused', problems: [step] };
  const problems = problemsAfter(content, step.content);
  if (problems.length > 0) return { kind: 'refused', problems };
  if (sameJson(content, step.content)) return { kind: 'unchanged' };
  return { kind: 'applied', ...step };
}

function handle<K extends PolicyCommand['kind']>(
  content: PolicyContent,
  command: Extract<PolicyCommand, { kind: K }>,
): CommandStep {
  // The compiler loses the tie between a command's kind and its handler; `Handlers` has held it.
  const handler = HANDLERS[command.kind as K] as CommandHandlers[K];
  return handler(content, command);
}

const HANDLERS = {
  'add-rule': (content, { rule, index = 0 }) => ({
    content: withRules(content, content.rules.toSpliced(clamp(index, content.rules.length), 0, rule)),
    label: `add ${called(rule)}`,
  }),

  'update-rule': (content, { rule: edited, base }) => {
    const old = find(content, edited.id);
    if (!old) return noSuchRule(edited.id);
    const { rule, conflicts } = mergeRules(base ?? old, edited, old);
    if (conflicts.length > 0) return editedMeanwhile(rule.id, conflicts);
    const rules = content.rules.map((other) => (other.id === rule.id ? keepIfSame(other, rule) : other));
    return { content: withRules(content, rules), label: editLabel(old, rule) };
  },

  'duplicate-rule': (content, { id, copyId }) => {
    const rule = find(content, id);
    if (!rule) return noSuchRule(id);
    const copy = { ...rule, id: copyId, name: copyName(rule.name, new Set(content.rules.map(({ name }) => name))) };
    const at = content.rules.indexOf(rule) + 1;
    return { content: withRules(content, content.rules.toSpliced(at, 0, copy)), label: `duplicate ${called(rule)}` };
  },

  'remove-rules': (content, { ids }) => {
    const gone = content.rules.filter(({ id }) => ids.includes(id));
    if (gone.length === 0) return noSuchRule(ids[0]);
    const rules = content.rules.filter((rule) => !gone.includes(rule));
    return { content: withRules(content, rules), label: `delete ${calledAll(gone)}` };
  },

  'move-rule': (content, { id, index }) => {
    const rule = find(content, id);
    if (!rule) return noSuchRule(id);
    const others = content.rules.filter((other) => other !== rule);
    const at = clamp(index, others.length);
    return {
      content: withRules(content, others.toSpliced(at, 0, rule)),
      label: `move ${called(rule)} to position ${at + 1}`,
    };
  },

  'set-status': (content, { ids, status }) => {
    const found = content.rules.filter(({ id }) => ids.includes(id));
    if (found.length === 0) return noSuchRule(ids[0]);
    const rules = content.rules.map((rule) =>
      found.includes(rule) && rule.status !== status ? { ...rule, status } : rule,
    );
    return { content: withRules(content, rules), label: STATUS_LABELS[status](calledAll(found)) };
  },

  'set-settings': (content, { settings }) => ({
    content: { ...content, settings },
    label:
      JSON.stringify(settings.readings) !== JSON.stringify(content.settings.readings)
        ? 'change the profile of the gateway'
        : settings.gatedWhenFalse === 'deny'
          ? 'let a false gate deny'
          : 'let a false gate continue',
  }),

  rename: (content, { name }) => ({ content: { ...content, name }, label: `rename the policy to \`${name}\`` }),

  'set-description': (content, { description }) => ({
    content: { ...content, description },
    label: 'change the description',
  }),

  'set-notes': (content, { notes }) => {
    const { notes: _old, ...rest } = content;
    return { content: notes === '' ? rest : { ...rest, notes }, label: 'change the notes' };
  },

  'set-catalog': (content, { catalog }) => {
    const { catalog: old, ...rest } = content;
    return { content: catalog ? { ...rest, catalog } : rest, label: catalogLabel(old, catalog ?? undefined) };
  },

  'change-tests': (content, { changes }) => {
    const tests = changedTests(content, changes);
    if (tests === undefined) {
      return { code: 'no-such-test', pointer: '/tests', message: 'the test is not there (any more)' };
    }
    const { tests: _old, ...rest } = content;
    return { content: tests.length > 0 ? { ...rest, tests } : rest, label: testsLabel(changes) };
  },

  'dismiss-finding': (content, { dismissal }) => ({
    content: withDismissed(content, [...dismissedWithout(content, dismissal), { ...dismissal }]),
    label: `dismiss the finding \`${dismissal.code}\``,
  }),

  'restore-finding': (content, { dismissal }) => ({
    content: withDismissed(content, dismissedWithout(content, dismissal)),
    label: `show the finding \`${dismissal.code}\` again`,
  }),

  'add-invariant': (content, { line }) => {
    const entries = entriesIn(content, 'invariants');
    if (entries.length >= LIMITS.invariants && !entries.includes(line)) {
      const message = `a policy has at most ${LIMITS.invariants} invariants`;
      return { code: 'too-many', pointer: '/invariants', message };
    }
    const added = entries.includes(line) ? entries : [...entries, line];
    return { content: withEntries(content, 'invariants', added), label: 'state an invariant' };
  },

  'remove-invariant': (content, { line }) => {
    const others = entriesIn(content, 'invariants').filter((entry) => entry !== line);
    return { content: withEntries(content, 'invariants', others), label: 'remove an invariant' };
  },

  'replace-rules': (content, { rules }) => ({
    content: withRules(content, keepSame(content.rules, rules)),
    label: `replace the rules (${rules.length})`,
  }),

  'replace-all': (content, { content: next, from }) => ({
    content: withRules(next, keepSame(content.rules, next.rules)),
    label: `replace everything by \`${from}\``,
  }),
} satisfies CommandHandlers;

const STATUS_LABELS: Readonly<Record<Status, (rules: string) => string>> = {
  active: (rules) => `activate ${rules}`,
  disabled: (rules) => `disable ${rules}`,
  draft: (rules) => `make ${rules} a draft`,
};

const find = (content: PolicyContent, id: RuleId): Rule | undefined => content.rules.find((rule) => rule.id === id);
const clamp = (index: number, length: number): number => Math.max(0, Math.min(Math.trunc(index) || 0, length));
const called = (rule: Rule): string => (rule.name === '' ? 'a rule without a name' : `\`${rule.name}\``);
const keepIfSame = (old: Rule, rule: Rule): Rule => (sameJson(old, rule) ? old : rule);

function withRules(content: PolicyContent, rules: readonly Rule[]): PolicyContent {
  const same = rules.length === content.rules.length && rules.every((rule, i) => rule === content.rules[i]);
  return same ? content : { ...content, rules };
}

/** A new list with the old one's rules wherever they are the same, so that what is made of them can be kept. */
function keepSame(old: readonly Rule[], next: readonly Rule[]): readonly Rule[] {
  const byId = new Map(old.map((rule) => [rule.id, rule]));
  return next.map((rule) => keepIfSame(byId.get(rule.id) ?? rule, rule));
}

function calledAll(rules: readonly Rule[]): string {
  const [first] = rules;
  return rules.length === 1 && first ? called(first) : `${rules.length} rules`;
}

function editLabel(old: Rule, rule: Rule): string {
  const renamed = old.name !== rule.name;
  return renamed && sameJson({ ...old, name: rule.name }, rule)
    ? `rename ${called(old)} to ${called(rule)}`
    : `edit ${called(rule)}`;
}

function noSuchRule(id: RuleId | undefined): CommandProblem {
  const message = id === undefined ? 'no rule was named' : `there is no rule with the id \`${id}\` (any more)`;
  return { code: 'no-such-rule', pointer: '', message, ...(id === undefined ? {} : { ruleId: id }) };
}

function editedMeanwhile(id: RuleId, parts: readonly RulePart[]): CommandProblem {
  const message = `the ${parts.join(', ')} of the rule changed meanwhile, too`;
  return { code: 'edited-meanwhile', pointer: '', message, ruleId: id };
}

/** "Name (copy)", "Name (copy 2)", … : the first that nothing is called yet. */
export function copyName(name: string, taken: ReadonlySet<string>): string {
  const stem = name.replace(/ \(copy(?: \d+)?\)$/, '');
  for (let n = 1; ; n++) {
    const candidate = `${stem} (copy${n === 1 ? '' : ` ${n}`})`;
    if (!taken.has(candidate)) return candidate;
  }
}
