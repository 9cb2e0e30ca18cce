/** Lines of invariants with the form that they are written in; lines of questions; and lines that are refused, with the reason. */

/** `[line, the same as formatInvariant writes it]` */
export const INVARIANT_LINES: readonly (readonly [line: string, form: string])[] = [
  ['no agent but `codex` may ever `allow` `delete_*` on `github`', 'no agent but `codex` may ever call `delete_*` on `github`'],
  ['No agent except codex, "cursor" can call delete_* or purge_* on github.', 'no agent but `codex`, `cursor` may ever call `delete_*`, `purge_*` on `github`'],
  ['no one may ever call any tool on `vault`', 'no one may ever reach `vault`'],
  ['no one may ever call any tool', 'no one may ever call any tool'],
  ['no group may call any read-only tool', 'no one may ever call any read-only tool'],
  ['user `x` never reaches `tag:production`', 'user `x` may never reach `tag:production`'],
  ['user "o""neil" never calls `a``b`', 'user `o"neil` may never call `a``b`'],
  ['group contractors may never use destructive tools', 'group `contractors` may never call any destructive tool'],
  ['agent `cursor` may always call `get_*` on `github`', 'every tool `get_*` on `github` is allowed for agent `cursor`'],
  ['instance `tag:ci` may never call deploy', 'instance `tag:ci` may never call `deploy`'],
  ['every destructive tool is gated or denied', 'every destructive tool is gated or denied'],
  ['every tool `delete_*` and `drop_*` on `db` is denied or gated', 'every tool `delete_*`, `drop_*` on `db` is gated or denied'],
  ['every destructive tool `x_*` is denied', 'every destructive tool `x_*` is denied'],
  ['every open-world tool on `web` is never allowed for every agent but `browser`', 'no agent but `browser` may ever call any open-world tool on `web`'],
  ['every tool get_file is always allowed', 'every tool `get_file` is allowed'],
  ['condition of rule 3 never errs', 'the condition of rule 3 never errs'],
  ['the condition of rule `Refunds over 100` never fails', 'the condition of rule `Refunds over 100` never errs'],
];

export const QUESTION_LINES: readonly (readonly [line: string, question: object])[] = [
  ['a call that rule 2 decides', { kind: 'decided', rule: 2 }],
  ['call which rule `Allow all` decides', { kind: 'decided', rule: 'Allow all' }],
  ['a call that reaches the default', { kind: 'default' }],
  ['Show me a call that rule 2 decides.', { kind: 'decided', rule: 2 }],
  ['show me a call that `Allow all` decides', { kind: 'decided', rule: 'Allow all' }],
  ['show any call that is decided by rule 2', { kind: 'decided', rule: 2 }],
  ['show me a call that reaches the default', { kind: 'default' }],
  ['that reaches the default', { kind: 'default' }],
  ['show me a call that is allowed by A and denied by B', { kind: 'contested', allowing: 'A', denying: 'B' }],
  ['show me a call that rule 1 allows and rule 2 denies', { kind: 'contested', allowing: 1, denying: 2 }],
  ['a call that A denies and `B c` allows', { kind: 'contested', allowing: 'B c', denying: 'A' }],
  ['show me a call on which the condition of rule 4 errs', { kind: 'error', rule: 4 }],
  ['a call that is allowed by rule 1 and denied by `B`', { kind: 'contested', allowing: 1, denying: 'B' }],
  ['a call that is denied by A and allowed by rule `2`', { kind: 'contested', allowing: '2', denying: 'A' }],
  ['a call on which the condition of rule 4 errs', { kind: 'error', rule: 4 }],
  ['a call that is allowed', { kind: 'calls', calls: { tools: [], resources: [] }, verdict: 'allowed' }],
  [
    'a call by agent codex to delete_* on github that is allowed without a gate',
    {
      kind: 'calls',
      calls: {
        subject: { facet: 'agents', names: ['codex'], but: false },
        tools: ['delete_*'],
        resources: ['github'],
      },
      verdict: 'allowed-ungated',
    },
  ],
  [
    'a call to any destructive tool that is allowed',
    { kind: 'calls', calls: { tools: [], resources: [], annotation: 'destructive' }, verdict: 'allowed' },
  ],
  [
    'a call by every user but `x`, `y` that is denied',
    {
      kind: 'calls',
      calls: { subject: { facet: 'users', names: ['x', 'y'], but: true }, tools: [], resources: [] },
      verdict: 'denied',
    },
  ],
  ['a call on `tag:prod` that is denied', { kind: 'calls', calls: { tools: [], resources: ['tag:prod'] }, verdict: 'denied' }],
];

/** `[line, what is underlined, message]` */
export const REFUSED_INVARIANTS: readonly (readonly [line: string, place: string, message: string])[] = [
  ['', '', 'expected `agent`, `user`, `group`, `instance`, `every`, `no` or `condition`, but the line ends'],
  ['agents `x` never call `y`', 'agents', 'expected `agent`, `user`, `group`, `instance`, `every`, `no` or `condition`, but found `agents`'],
  ['no agent but may ever call `x`', 'may', 'expected the name of an agent, but found `may`'],
  ['no agent but `codex` may ever call', '', 'expected a tool pattern, but the line ends'],
  ['user `x` never reaches `tag:`', '`tag:`', 'selector `tag:` names no tag'],
  ['user `tag:x` never calls `y`', '`tag:x`', 'only resources, agents and instances have tags'],
  ['every tool `{1..9999}` is denied', '`{1..9999}`', 'tool pattern'],
  ['every tool is gated', '', 'expected `or`, but the line ends'],
  ['user `x never calls y', '`x never calls y', 'the quote is not closed'],
  ['condition of rule 3 never errs twice', 'twice', 'expected the end of the line, but found `twice`'],
  ['every dangerous tool is denied', 'dangerous', 'expected `tool`, but found `dangerous`'],
];

export const REFUSED_QUESTIONS: readonly (readonly [line: string, place: string, message: string])[] = [
  ['who can call `x`', 'who', 'expected `call`, but found `who`'],
  ['a call that', '', 'expected `is`, `reaches` or `rule`, but the line ends'],
  ['a call that is allowed by rule 1', '', 'expected `and`, but the line ends'],
  ['a call to `x` that is decided by rule 1', 'decided', 'expected `allowed` or `denied`, but found `decided`'],
  ['show me a call that this rule decides', 'this', 'expected `rule` and its position, id or name, but found `this`'],
  ['a call that rule 1 allows and rule 2 decides', 'decides', 'expected `denies`, but found `decides`'],
  ['show me', '', 'expected `call`, but the line ends'],
  ['a call to `x` that is allowed by rule 1 and denied by rule 2', 'rule', 'expected the end of the line, but found `rule`'],
];
