/** Replays of traces that say what was decided when the calls happened. */
import type { CliCase } from './case';
import { run } from './harness';

const POLICY = JSON.stringify({
  format: 'policy-bundle',
  version: 1,
  name: 'Files',
  rules: [
    { id: 'r1', name: 'Reads', effect: 'allow', tools: ['read_*'] },
    { id: 'r2', name: 'Small', effect: 'gated', tools: ['write_*'], condition: 'size(request.args.text) < 10' },
  ],
});
const DIGEST = (await run(['digest', 'f.json'], { 'f.json': POLICY })).out.trim();
const OTHER = '0a1b2c3d'.repeat(8);

const call = (id: string, tool: string, recorded?: object, args?: object) => ({
  id,
  tool: { name: tool },
  ...(args === undefined ? {} : { args }),
  ...(recorded === undefined ? {} : { recorded }),
});
const lines = (calls: readonly object[]): string => calls.map((one) => JSON.stringify(one)).join('\n');

const MIXED = [
  call('a', 'read_x', { effect: 'allow', ruleId: 'r1' }),
  call('b', 'read_x', { effect: 'allow', ruleName: 'Everything' }),
  call('c', 'delete_x', { effect: 'allow', ruleId: 'r9', policyDigest: OTHER }),
  call('d', 'write_x', { effect: 'deny' }),
  call('e', 'read_x'),
];
const AGREEING = [
  call('a', 'read_x', { effect: 'allow', ruleId: 'r1', policyDigest: `sha256:${DIGEST.toUpperCase()}` }),
  call('b', 'write_x', { effect: 'deny' }, { text: 'much too long' }),
];
/** Entries as the reference gateway writes them. */
const ENTRIES = [
  { digest: DIGEST, tool: 'read_x', effect: 'allow' },
  { digest: OTHER, tool: 'read_y', effect: 'deny' },
].map(({ digest, tool, effect }, i) => ({
  id: `e${String(i)}`,
  timestamp: '2026-11-22T10:00:00Z',
  action: 'gateway.tool.executed',
  details: { toolName: tool, policyEffect: effect, policyDigest: digest, arguments: {} },
  call: { tool: { name: tool } },
}));

const WITHOUT_READS = POLICY.replace('"allow","tools":["read_*"]', '"deny","tools":["read_*"]');

export const RECORDED_CASES: readonly CliCase[] = [
  {
    name: 'what explains each difference from what was recorded',
    argv: ['reproduce', 'f.json', '-'],
    files: { 'f.json': POLICY, '-': lines(MIXED) },
    code: 1,
    out: `${[
      'b: Reproduced by another rule. Recorded: allowed by `Everything`. This policy: allowed by rule 1, `Reads`.',
      'c: Diverged. Recorded: allowed by `r9`, under another policy (digest `0a1b·2c3d`). This policy: denied, for no rule matched.',
      '  1. A fact was another one: if `tool.name` were a name that matches `read_*`: allowed by rule 1, `Reads`.',
      'd: Not reproducible. Recorded: denied. Whether this policy gives the same depends on `request.args.text`, which the record does not say.',
      '  - `request.args.text`: absent → denied, for no rule would match (tried with the values that the rules compare with).',
    ].join('\n')}\n`,
    err: '1 reproduced, 1 reproduced by another rule',
  },
  {
    name: 'the edits at which a decision turned',
    argv: ['bisect', 'h.ndjson', '-'],
    files: { 'h.ndjson': `${POLICY}\n${WITHOUT_READS}\n${POLICY}\n`, '-': lines(MIXED.slice(0, 1)) },
    code: 0,
    out: `${[
      'version 2 (add0·219b, Files): allowed by rule 1, `Reads` before, denied by rule 1, `Reads` since',
      '  changed rule 1, `Reads`: effect `"allow"` → `"deny"`',
      'version 3 (4520·ce9f, Files): denied by rule 1, `Reads` before, allowed by rule 1, `Reads` since',
      '  changed rule 1, `Reads`: effect `"deny"` → `"allow"`',
    ].join('\n')}\n`,
    err: '3 versions: the decision turned 2 times\n',
  },
  {
    name: 'what was recorded, in a table',
    argv: ['replay', 'f.json', '-'],
    files: { 'f.json': POLICY, '-': lines(MIXED) },
    code: 0,
    out: `${[
      'call  agent  tool      effect       decided by                                     recorded                                          hazards',
      'a            read_x    allow        Reads                                          reproduced',
      'b            read_x    allow        Reads                                          reproduced by another rule: was allowed by `Everything`',
      'c            delete_x  deny         no rule (default)                              diverged: was allowed by `r9`, under another policy (digest `0a1b·2c3d`)',
      'd            write_x   conditional  Small or no rule, waits for request.args.text  not reproducible: was denied',
      'e            read_x    allow        Reads                                          no record',
    ].join('\n')}\n`,
    err:
      '5 calls: 3 allowed, 1 denied, 1 conditional\n' +
      'recorded decisions: 2 reproduced (1 by another rule), 1 diverged, 1 not reproducible, 1 with no record\n' +
      '1 call was recorded under another policy than this (digest `0a1b·2c3d`)\n',
  },
  {
    name: 'rows, which are the same whatever was recorded',
    argv: ['replay', 'f.json', '-', '--json'],
    files: { 'f.json': POLICY, '-': lines(MIXED.slice(0, 1)) },
    code: 0,
    out: '{"id":"a","effect":"allow","decidedBy":{"kind":"rule","ruleId":"r1"},"hazards":[]}\n',
    err: 'recorded decisions: 1 reproduced, 0 diverged, 0 not reproducible, 0 with no record\n',
  },
  {
    name: 'rows with what was recorded',
    argv: ['replay', 'f.json', '-', '--json', '--with-recorded'],
    files: { 'f.json': POLICY, '-': lines([MIXED[2] ?? {}, MIXED[4] ?? {}]) },
    code: 0,
    out: `${[
      `{"id":"c","effect":"deny","decidedBy":{"kind":"default"},"hazards":[],"recorded":{"verdict":"diverged","effect":"allow","ruleId":"r9","policyDigest":"${OTHER}","otherPolicy":true}}`,
      '{"id":"e","effect":"allow","decidedBy":{"kind":"rule","ruleId":"r1"},"hazards":[],"recorded":{"verdict":"none"}}',
    ].join('\n')}\n`,
  },
  {
    name: 'an expectation that a call does not keep',
    argv: ['replay', 'f.json', '-', '--json', '--expect-recorded'],
    files: { 'f.json': POLICY, '-': lines(MIXED.slice(2, 3)) },
    code: 1,
    out: '{"id":"c","effect":"deny","decidedBy":{"kind":"default"},"hazards":[]}\n',
    err: '1 diverged',
  },
  {
    name: 'an expectation that is kept, the digest of the policy included',
    argv: ['replay', 'f.json', '-', '--json', '--expect-recorded'],
    files: { 'f.json': POLICY, '-': lines(AGREEING) },
    code: 0,
    out: `${[
      '{"id":"a","effect":"allow","decidedBy":{"kind":"rule","ruleId":"r1"},"hazards":[]}',
      '{"id":"b","effect":"deny","decidedBy":{"kind":"default"},"hazards":[]}',
    ].join('\n')}\n`,
    err: '2 calls: 1 allowed, 1 denied, 0 conditional\nrecorded decisions: 2 reproduced, 0 diverged, 0 not reproducible, 0 with no record\n',
  },
  {
    name: 'an expectation that another rule keeps, and one that cannot be judged',
    argv: ['replay', 'f.json', '-', '--expect-recorded', '--json'],
    files: { 'f.json': POLICY, '-': lines([MIXED[1] ?? {}, MIXED[3] ?? {}]) },
    code: 0,
    out: `${[
      '{"id":"b","effect":"allow","decidedBy":{"kind":"rule","ruleId":"r1"},"hazards":[]}',
      '{"id":"d","effect":"conditional","decidedBy":{"kind":"undecided","ruleIds":["r2"],"default":true,"waitsFor":["request.args.text"]},"hazards":[]}',
    ].join('\n')}\n`,
    err: 'recorded decisions: 1 reproduced (1 by another rule), 0 diverged, 1 not reproducible, 0 with no record\n',
  },
  {
    name: 'an expectation of a trace that records nothing',
    argv: ['replay', 'f.json', '-', '--json', '--expect-recorded'],
    files: { 'f.json': POLICY, '-': lines(MIXED.slice(4)) },
    code: 1,
    out: '{"id":"e","effect":"allow","decidedBy":{"kind":"rule","ruleId":"r1"},"hazards":[]}\n',
    err: 'no call has a recorded decision to compare with\n',
  },
  {
    name: 'the log of a gateway whose policy was changed',
    argv: ['replay', 'f.json', '-', '--json', '--expect-recorded'],
    files: { 'f.json': POLICY, '-': lines(ENTRIES) },
    code: 1,
    out: `${[
      '{"id":"e0","effect":"allow","decidedBy":{"kind":"rule","ruleId":"r1"},"hazards":[]}',
      '{"id":"e1","effect":"allow","decidedBy":{"kind":"rule","ruleId":"r1"},"hazards":[]}',
    ].join('\n')}\n`,
    err: 'recorded decisions: 1 reproduced, 1 diverged, 0 not reproducible, 0 with no record\n1 call was recorded under another policy than this (digest `0a1b·2c3d`)\n',
  },
  {
    name: 'a call that was decided by another policy, explained',
    argv: ['explain', 'f.json', '-', 'c'],
    files: { 'f.json': POLICY, '-': lines(MIXED) },
    code: 0,
    out: `Denied: no rule matched.

Diverged. Recorded: allowed by \`r9\`, under another policy (digest \`0a1b·2c3d\`). This policy: denied, for no rule matched.

   Rules 1 and 2: not for this tool
   No rule matched, so the call is denied.

What would change it:
- Allowed by rule 1, \`Reads\`, if \`tool.name\` were a name that matches \`read_*\`.
`,
  },
];
