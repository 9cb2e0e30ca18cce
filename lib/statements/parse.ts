/** Invariants and questions as lines of text. README.md has the language by example. */
import type {
  CallSubject,
  PolicyInvariant,
  PolicyQuestion,
  ReadStatement,
  RuleReference,
  StatedCalls,
  StatedVerdict,
  SubjectFacet,
  ToolAnnotation,
} from './model';
import { readLine, type StatementReader } from './reader';

/** The words for each facet of a subject. */
export const SUBJECT_WORDS = {
  agent: 'agents',
  user: 'users',
  group: 'groups',
  instance: 'instances',
} as const satisfies Record<string, SubjectFacet>;
type SubjectWord = keyof typeof SUBJECT_WORDS;
const SUBJECTS = Object.keys(SUBJECT_WORDS) as readonly SubjectWord[];

export const ANNOTATIONS: readonly ToolAnnotation[] = ['destructive', 'read-only', 'open-world'];

const VERBS = ['call', 'reach', 'use', 'allow'] as const;
const RULE_VERBS = ['decides', 'allows', 'denies'] as const;
const VERBS_OF_ONE = ['calls', 'reaches', 'uses'] as const;

/** Reads a line such as ``no agent but `codex` may ever call `delete_*` on `github` ``. */
export function parseInvariant(line: string): ReadStatement<PolicyInvariant> {
  return readLine(line, (reader) => {
    if (reader.take('no')) return forbidden(reader);
    if (reader.take('every')) return everyTool(reader);
    if (reader.is('the') || reader.is('condition')) return neverErrs(reader);
    const subject = subjectOf(reader, ['every', 'no', 'condition']);
    if (reader.take('never')) return calls('allowed', subject, targetOf(reader, reader.expectVerb(...VERBS_OF_ONE)));
    reader.expect('may', 'can');
    const verdict = reader.expect('never', 'always') === 'never' ? 'allowed' : 'denied';
    return calls(verdict, subject, targetOf(reader, reader.expectVerb(...VERBS)));
  });
}

/** Reads a line such as `a call that rule 3 decides`, which may begin with `show me`. */
export function parseQuestion(line: string): ReadStatement<PolicyQuestion> {
  return readLine(line, (reader): PolicyQuestion => {
    if (reader.take('show')) reader.take('me');
    const isShort = reader.is('that') || reader.is('which');
    reader.take('a', 'any');
    if (!isShort) reader.expect('call');
    if (reader.is('on') && reader.is('which', 1)) {
      reader.take('on');
      reader.take('which');
      return { kind: 'error', rule: conditionOf(reader, 'errs', 'fails') };
    }
    const subject = reader.take('by', 'of') ? subjectOf(reader) : undefined;
    const target = reader.take('to') ? targetOf(reader, 'call') : onResources(reader, { tools: [], resources: [] });
    const general = subject !== undefined || target.tools.length + target.resources.length > 0 || target.annotation;
    reader.expect('that', 'which');
    if (general || reader.is('is')) {
      reader.expect('is');
      return verdictQuestion(reader, subject, target);
    }
    if (reader.take('reaches')) {
      reader.take('the');
      reader.expect('default');
      return { kind: 'default' };
    }
    return questionOfRule(reader);
  });
}

/** ``rule 3 decides``, or ``rule 1 allows and `B` denies``. */
function questionOfRule(reader: StatementReader): PolicyQuestion {
  if (reader.is('this')) reader.fail('`rule` and its position, id or name');
  const isNamed = reader.take('rule') !== undefined || RULE_VERBS.some((verb) => reader.is(verb, 1));
  if (!isNamed) reader.fail('`is`, `reaches` or `rule`');
  const rule = reader.rule();
  const verb = reader.expect(...RULE_VERBS);
  if (verb === 'decides') return { kind: 'decided', rule };
  reader.expect('and');
  reader.take('rule');
  const other = reader.rule();
  reader.expect(verb === 'allows' ? 'denies' : 'allows');
  return contested(verb === 'allows', rule, other);
}

const contested = (allows: boolean, rule: RuleReference, other: RuleReference): PolicyQuestion => ({
  kind: 'contested',
  ...(allows ? { allowing: rule, denying: other } : { allowing: other, denying: rule }),
});

function verdictQuestion(
  reader: StatementReader,
  subject: CallSubject | undefined,
  target: StatedCalls,
): PolicyQuestion {
  const general = subject !== undefined || target.tools.length + target.resources.length > 0 || target.annotation;
  if (!general && reader.take('decided')) {
    reader.expect('by');
    reader.take('rule');
    return { kind: 'decided', rule: reader.rule() };
  }
  const verdict = reader.expect('allowed', 'denied');
  if (verdict === 'allowed' && reader.take('without')) {
    reader.take('a');
    reader.expect('gate');
    return calls('allowed-ungated', subject, target);
  }
  if (!reader.take('by')) return calls(verdict, subject, target);
  if (general) reader.fail('the end of the line');
  reader.take('rule');
  const one = reader.rule();
  reader.expect('and');
  reader.expect(verdict === 'allowed' ? 'denied' : 'allowed');
  reader.expect('by');
  reader.take('rule');
  const other = reader.rule();
  return contested(verdict === 'allowed', one, other);
}

const calls = (
  verdict: StatedVerdict,
  subject: CallSubject | undefined,
  target: StatedCalls,
): Extract<PolicyInvariant, { kind: 'calls' }> => ({
  kind: 'calls',
  calls: { ...target, ...(subject ? { subject } : {}) },
  verdict,
});

/** After `no`: ``agent but `codex` may ever call `delete_*` ``, or `one may ever call any tool`. */
function forbidden(reader: StatementReader): PolicyInvariant {
  const word = reader.expect('one', ...SUBJECTS);
  const but = word !== 'one' && reader.take('but', 'except') !== undefined;
  const subject = but
    ? { facet: SUBJECT_WORDS[word], names: reader.values(SUBJECT_WORDS[word], nameOf(word)), but }
    : undefined;
  reader.expect('may', 'can');
  reader.take('ever');
  return calls('allowed', subject, targetOf(reader, reader.expectVerb(...VERBS)));
}

/** After `every`: `destructive tool is gated or denied`. */
function everyTool(reader: StatementReader): PolicyInvariant {
  const annotation = reader.take(...ANNOTATIONS);
  reader.expect('tool');
  const named = !reader.is('on') && !reader.is('is');
  const tools = named ? reader.values('tools', 'a tool pattern, `on` or `is`') : [];
  const target = onResources(reader, { tools, resources: [], ...(annotation ? { annotation } : {}) });
  reader.expect('is');
  const verdict = verdictOf(reader);
  return calls(verdict, reader.take('for') ? subjectOf(reader, ['every']) : undefined, target);
}

/** What is asked of every tool, as the verdict that no call may have. */
function verdictOf(reader: StatementReader): StatedVerdict {
  if (reader.take('never')) return reader.expect('allowed', 'denied');
  reader.take('always');
  const first = reader.expect('gated', 'denied', 'allowed');
  if (first === 'allowed') return 'denied';
  if (first === 'denied' && !reader.is('or')) return 'allowed';
  reader.expect('or');
  reader.expect(first === 'gated' ? 'denied' : 'gated');
  return 'allowed-ungated';
}

function neverErrs(reader: StatementReader): PolicyInvariant {
  return { kind: 'error', rule: conditionOf(reader, 'never') };
}

/** ``the condition of rule `Refunds` never errs``, or with another verb. */
function conditionOf(reader: StatementReader, ...verbs: readonly string[]): RuleReference {
  reader.take('the');
  reader.expect('condition');
  reader.expect('of');
  reader.expect('rule');
  const rule = reader.rule();
  if (reader.expect(...verbs) === 'never') reader.expect('errs', 'fails');
  return rule;
}

/** ``agent `codex` ``, or ``every agent but `codex` ``. `others`: words that may be there as well, for the message. */
function subjectOf(reader: StatementReader, others: readonly string[] = []): CallSubject {
  const every = reader.take('every', 'any') !== undefined;
  const word = SUBJECTS.find((one) => reader.is(one));
  if (word === undefined) return reader.expect(...SUBJECTS, ...others) as never;
  reader.take(word);
  if (every) reader.expect('but', 'except');
  const but = every || reader.take('but', 'except') !== undefined;
  return { facet: SUBJECT_WORDS[word], names: reader.values(SUBJECT_WORDS[word], nameOf(word)), but };
}

const nameOf = (word: SubjectWord): string =>
  `the name of ${word === 'agent' || word === 'instance' ? 'an' : 'a'} ${word}`;

/** What is called: tools, perhaps on resources; after `reach`, a name by itself is a resource. */
function targetOf(reader: StatementReader, verb: string): StatedCalls {
  const any = reader.take('any', 'every', 'a') !== undefined;
  const annotation = reader.is('tool', 1) || reader.is('tools', 1) ? reader.take(...ANNOTATIONS) : undefined;
  if (any || annotation) {
    reader.expect('tool', 'tools');
    return onResources(reader, { tools: [], resources: [], ...(annotation ? { annotation } : {}) });
  }
  const reach = verb.startsWith('reach');
  reader.take('tool', 'tools');
  const names = reader.values(reach ? 'resources' : 'tools', reach ? 'a resource' : 'a tool pattern');
  return reach ? { tools: [], resources: names } : onResources(reader, { tools: names, resources: [] });
}

const onResources = (reader: StatementReader, target: StatedCalls): StatedCalls =>
  reader.take('on') ? { ...target, resources: reader.values('resources', 'a resource') } : target;
