import type { CliCase } from './case';
import { RECORDED_CASES } from './recorded-cases';
import { run } from './harness';

/** What `lint` says of the policy, as annotations. */
const GATE_FINDINGS = [
  '::warning file=p.json,title=Economy (gate-falls-through)::this gate can be passed: a call for which its condition is false is allowed by `r3`\n',
  '::notice file=p.json,title=Economy (redundant)::removing this rule changes no decision: `r3` decides its calls with the same effect\n',
  '::notice file=p.json,title=r3 (allow-all-active)::this rule allows every tool to everyone, also tools that are added later\n',
].join('');

export const POLICY = JSON.stringify({
  format: 'policy-bundle',
  version: 1,
  name: 'Travel',
  rules: [
    { id: 'r1', name: 'No cancellations', effect: 'deny', tools: ['cancel_*'] },
    { id: 'r2', name: 'Economy', effect: 'gated', tools: ['book_*'], condition: 'request.args.cabin == "economy"' },
    { id: 'r3', name: '', effect: 'allow', tools: ['*'] },
  ],
  tests: [
    {
      name: 'cancel',
      call: { id: 'a', tool: { name: 'cancel_x' } },
      expect: { effect: 'deny', decidedBy: { kind: 'rule', ruleId: 'r1' } },
    },
  ],
});
const TRACE = [
  { id: 'c1', tool: { name: 'cancel_x' }, args: {} },
  { id: 'c2', tool: { name: 'book_x' }, args: { cabin: 'business' } },
  { id: 'c3', tool: { name: 'book_x' } },
  { id: 'c4', tool: { name: 'book_x' }, args: { cabn: 'economy' } },
]
  .map((call) => JSON.stringify(call))
  .join('\n');
/** A call made to show a difference, by its tool. */
const witness = (tool: string): string =>
  '{"time":"2026-01-05T10:00:00Z","agent":{"slug":"other-agent","name":null,"tags":[]},"instance":{"id":"instance-1","name":null,"tags":[],"client":null},"user":{"id":"user-1","email":"user@example.com","name":null,"groups":[]},"resource":{"slug":"other-server","name":null,"tags":[]},"tool":{"name":"' + tool + '","title":null,"annotations":{}},"args":{},"ip":null,"userAgent":null,"id":"witness"}';
const BROKEN = POLICY.replace('"deny"', '"dney"');
const CANONICAL =
  '{"format":"policy-bundle","name":"Travel","rules":[{"effect":"deny","id":"r1","name":"No cancellations","tools":["cancel_*"]},' +
  '{"condition":"request.args.cabin == \\"economy\\"","effect":"gated","id":"r2","name":"Economy","tools":["book_*"]},' +
  '{"effect":"allow","id":"r3","name":"","tools":["*"]}],"tests":[{"call":{"id":"a","tool":{"name":"cancel_x"}},' +
  '"expect":{"decidedBy":{"kind":"rule","ruleId":"r1"},"effect":"deny"},"name":"cancel"}],"version":1}\n';
export const files = { 'p.json': POLICY, 'broken.json': BROKEN, 't.ndjson': TRACE };
const LINK = (await run(['encode', 'p.json'], files)).out.trim();

export const CASES: readonly CliCase[] = [
  { name: 'a valid bundle', argv: ['validate', 'p.json'], code: 0, err: 'valid: `Travel`, 3 rules, digest ' },
  {
    name: 'an invalid bundle',
    argv: ['validate', 'broken.json'],
    code: 1,
    out: '{"pointer":"/rules/0/effect","code":"not-a-choice","message":"`effect` must be one of `allow`, `deny`, `gated`, not `dney`","line":1,"column":110,"offset":109}\n',
    err: 'broken.json: 1 problem\n',
  },
  {
    name: 'a damaged link',
    argv: ['validate', LINK.slice(0, -1)],
    code: 1,
    out: '{"pointer":"","code":"truncated","message":"the end of this link is missing: copy the whole of it, or ask for it again"}\n',
  },
  {
    name: 'warnings',
    argv: ['validate', '-'],
    code: 0,
    files: { '-': POLICY.replace('"name"', '"mood":1,"name"') },
    err: 'warning: 1:39 /mood: the field `mood` is not known here',
  },
  { name: 'a link as a file', argv: ['validate', LINK], code: 0, err: 'valid' },
  {
    name: 'a file with a link in it',
    argv: ['decode', 'mail.txt'],
    code: 0,
    files: { 'mail.txt': `see <https://x.example/${LINK}>.\n` },
    out: CANONICAL,
  },
  { name: 'a link on standard input', argv: ['decode', '-'], code: 0, files: { '-': LINK }, out: CANONICAL },
  { name: 'a link', argv: ['decode', `https://x.example/${LINK}`], code: 0, out: CANONICAL },
  { name: 'a link cut short', argv: ['decode', LINK.slice(0, -1)], code: 1, err: 'the end of this link is missing' },
  { name: 'what is no link', argv: ['decode', 'hello'], code: 1, err: 'this is neither a link nor a file' },
  {
    name: 'the digest of a file and of its link',
    argv: ['digest', LINK],
    code: 0,
    out: (await run(['digest', 'p.json'], files)).out,
  },
  { name: 'the digest of what is invalid', argv: ['digest', 'broken.json'], code: 1, err: '1:110 /rules/0/effect: ' },
  { name: 'the link of what is invalid', argv: ['encode', 'broken.json'], code: 1, err: '/rules/0/effect' },
  {
    name: 'rows',
    argv: ['replay', 'p.json', 't.ndjson', '--json'],
    code: 0,
    out: `${[
      '{"id":"c1","effect":"deny","decidedBy":{"kind":"rule","ruleId":"r1"},"hazards":[]}',
      '{"id":"c2","effect":"allow","decidedBy":{"kind":"rule","ruleId":"r3"},"hazards":[{"kind":"gate-passed","ruleId":"r2"}]}',
      '{"id":"c3","effect":"allow","decidedBy":{"kind":"undecided","ruleIds":["r2","r3"],"default":false,"waitsFor":["request.args.cabin"]},"hazards":[]}',
      '{"id":"c4","effect":"allow","decidedBy":{"kind":"rule","ruleId":"r3"},"hazards":[{"kind":"gate-passed","ruleId":"r2"},{"kind":"our-reading","reading":"error-skips","ruleId":"r2"}]}',
    ].join('\n')}\n`,
    err: '4 calls: 3 allowed, 1 denied, 0 conditional\n',
  },
  {
    name: 'a table',
    argv: ['replay', LINK, '-', '--default', 'agent.slug=cursor'],
    code: 0,
    files: { '-': TRACE },
    out: `${[
      'call  agent   tool      effect  decided by                                   recorded   hazards',
      'c1    cursor  cancel_x  deny    No cancellations                             no record',
      'c2    cursor  book_x    allow   r3                                           no record  gate-passed r2',
      'c3    cursor  book_x    allow   Economy or r3, waits for request.args.cabin  no record',
      'c4    cursor  book_x    allow   r3                                           no record  gate-passed r2, our-reading error-skips r2',
    ].join('\n')}\n`,
  },
  {
    name: 'a trace that names its server outside of the calls',
    argv: ['replay', 'p.json', '-', '--json'],
    code: 0,
    files: {
      '-': '{"server":"tracker","messages":[{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"cancel_x","arguments":{}}}]}',
    },
    out: '{"id":"1-1","effect":"deny","decidedBy":{"kind":"rule","ruleId":"r1"},"hazards":[]}\n',
    err: 'calls lack `resource.slug`, and `server` is tracker: `--default resource.slug=tracker` fills it in\n',
  },
  {
    name: 'a trace whose server has a name with spaces',
    argv: ['replay', 'p.json', '-', '--json'],
    code: 0,
    files: {
      '-': '{"server":"it\'s ours","messages":[{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"cancel_x","arguments":{}}}]}',
    },
    out: '{"id":"1-1","effect":"deny","decidedBy":{"kind":"rule","ruleId":"r1"},"hazards":[]}\n',
    err: "calls lack `resource.slug`, and `server` is it's ours: `--default 'resource.slug=it'\\''s ours'` fills it in\n",
  },
  ...RECORDED_CASES,
  {
    name: 'rejects beside calls',
    argv: ['replay', 'p.json', '-', '--json'],
    code: 0,
    files: { '-': `${TRACE.split('\n')[0] ?? ''}\nnonsense\n` },
    out: '{"id":"c1","effect":"deny","decidedBy":{"kind":"rule","ruleId":"r1"},"hazards":[]}\n',
    err: 'rejected: line 2',
  },
  {
    name: 'a trace that is none',
    argv: ['replay', 'p.json', '-'],
    code: 1,
    files: { '-': 'hello there' },
    err: 'the format was not recognized',
  },
  {
    name: 'a trace of which no call is read',
    argv: ['replay', 'p.json', '-'],
    code: 1,
    files: { '-': '{"jsonrpc":"2.0","id":1,"result":{"tools":[{"name":"a"}]}}\n' },
    err: '-: no call could be read\n',
  },
  {
    name: 'a header of a table and no row',
    argv: ['replay', 'p.json', '-'],
    code: 1,
    files: { '-': 'time,tool,server\n' },
    err: '-: no call could be read\n',
  },
  {
    name: 'a call that is not there',
    argv: ['explain', 'p.json', 't.ndjson', 'c9'],
    code: 1,
    err: 'the trace has no call `c9`\n',
  },
  {
    name: 'an error at run time, with what may have been meant',
    argv: ['cel', 'request.args.text.length > 1', '--context', 'c.json'],
    code: 1,
    files: { 'c.json': '{"request":{"args":{"text":"abc"}}}' },
    out: '{"error":{"phase":"eval","message":"no such key: `length`","line":1,"column":1}}\n',
    err: 'help: write `size(request.args.text)`\n',
  },
  { name: 'a value', argv: ['cel', '1 + 1'], code: 0, out: '{"type":"int","value":{"int":"2"}}\n' },
  {
    name: 'an expression that begins with a minus',
    argv: ['cel', '-1 + 2'],
    code: 0,
    out: '{"type":"int","value":{"int":"1"}}\n',
  },
  {
    name: 'false, which is an answer',
    argv: ['cel', '-'],
    files: { '-': '1 > 2\n' },
    code: 0,
    out: '{"type":"bool","value":false}\n',
  },
  {
    name: 'what does not compile',
    argv: ['cel', 'true &&\n  nope > 1'],
    code: 1,
    out: '{"error":{"phase":"check","message":"`nope` is not declared","line":2,"column":3}}\n',
    err: 'error: `nope` is not declared (undeclared-name)\n2 |   nope > 1\n  |   ^^^^\n',
  },
  {
    name: 'what fails',
    argv: ['cel', 'request.args.n / 0 > 1', '--context', 'c.json'],
    files: { 'c.json': '{"request":{"args":{}}}' },
    code: 1,
    out: '{"error":{"phase":"eval","message":"no such key: `n`","line":1,"column":1}}\n',
    err: '1 | request.args.n / 0 > 1\n  | ^^^^^^^^^^^^^^\n',
  },
  {
    name: 'what is unknown',
    argv: ['cel', 'request.args.n > 1 || request.ip == "x"', '--context', 'c.json', '--unknown', 'request.args'],
    files: { 'c.json': '{"request":{"ip":"y"}}' },
    code: 0,
    out: '{"unknown":true}\n',
  },
  {
    name: 'a call, of which all else is unknown',
    argv: ['cel', 'agent.slug + user.email', '--call', 'c.json'],
    files: { 'c.json': '{"agent":{"slug":"a"}}' },
    code: 0,
    out: '{"unknown":true}\n',
  },
  {
    name: 'the time of a call',
    argv: ['cel', 'request.time', '--call', 'c.json'],
    files: { 'c.json': '{"time":"2026-01-02T03:04:05.5+01:00"}' },
    code: 0,
    out: '{"type":"google.protobuf.Timestamp","value":{"timestamp":"2026-01-02T02:04:05.5Z"}}\n',
  },
  {
    name: 'the time of a context',
    argv: ['cel', 'request.time.getFullYear()', '--context', 'c.json'],
    files: { 'c.json': '{"request":{"time":"2026-01-02T03:04:05Z"}}' },
    code: 0,
    out: '{"type":"int","value":{"int":"2026"}}\n',
  },
  {
    name: 'a context that says itself what is a time',
    argv: ['cel', 'request.time', '--context', 'c.json'],
    files: { 'c.json': '{"context":{"request":{"time":"2026-01-02T03:04:05Z"}}}' },
    code: 0,
    out: '{"type":"string","value":"2026-01-02T03:04:05Z"}\n',
  },
  {
    name: 'a variable of its own',
    argv: ['cel', 'x + 1.0', '--context', 'c.json'],
    files: { 'c.json': '{"x":1}' },
    code: 0,
    out: '{"type":"double","value":{"double":2}}\n',
  },
  {
    name: 'a call that is none',
    argv: ['cel', 'true', '--call', 'c.json'],
    files: { 'c.json': '{"time":"noon"}' },
    code: 1,
    err: 'c.json: /time: time `noon` is not RFC 3339',
  },
  {
    name: 'a context with duplicate keys',
    argv: ['cel', 'true', '--context', 'c.json'],
    files: { 'c.json': '{"a":1,"a":2}' },
    code: 1,
    err: 'c.json: duplicate key `a`\n1 | {"a":1,"a":2}\n  |        ^\n',
  },
  { name: 'tests that pass', argv: ['test', 'p.json'], code: 0, out: 'ok   cancel\n', err: '1 passed, 0 failed\n' },
  {
    name: 'a test that fails',
    argv: ['test', '-'],
    files: { '-': POLICY.replace('"cancel_*"', '"*"').replace('"ruleId":"r1"', '"ruleId":"r2"') },
    code: 1,
    out: 'fail cancel: expected deny by Economy, got deny by No cancellations\n',
    err: '0 passed, 1 failed\n',
  },
  {
    name: 'a test that fails, of a call that depends on what is not known',
    argv: ['test', '-'],
    files: {
      '-': POLICY.replace(
        '"tool":{"name":"cancel_x"}},"expect":{"effect":"deny","decidedBy":{"kind":"rule","ruleId":"r1"}}',
        '"tool":{"name":"book_x"}},"expect":{"effect":"allow","decidedBy":{"kind":"undecided","ruleIds":["r2"]}}',
      ),
    },
    code: 1,
    out: 'fail cancel: expected allow by what cannot be known {"ruleIds":["r2"]}, got allow by Economy or r3, waits for request.args.cabin\n',
  },
  {
    name: 'no tests at all',
    argv: ['test', '-'],
    files: { '-': POLICY.replace(/,"tests":.*$/, '}') },
    code: 0,
    err: 'this bundle carries no tests\n0 passed, 0 failed\n',
  },
  { name: 'a gate that can be passed', argv: ['lint', 'p.json', '--format', 'github'], code: 0, out: GATE_FINDINGS, err: '0 errors, 1 warning, 2 remarks\n' },
  { name: 'no difference', argv: ['diff', 'p.json', LINK], code: 0, err: 'equivalent: both decide every call with the same effect\n' },
  {
    name: 'a policy that is looser',
    argv: ['diff', 'p.json', 'q.json', '--fail-on', 'looser'],
    files: { 'q.json': POLICY.replace('["cancel_*"]', '["cancel_a"]') },
    code: 1,
    out:
      '~ 1 No cancellations (r1): tools ["cancel_*"] → ["cancel_a"]\n' +
      `becomes allowed: before denied by rule 1, \`No cancellations\`, after allowed by rule 3; for example ${witness('cancel_')}\n`,
    err: 'more permissive: some calls become allowed, and none is allowed no longer\n',
  },
  {
    name: 'a policy that is stricter, where only a looser one is refused',
    argv: ['diff', 'p.json', 'q.json', '--fail-on', 'looser'],
    files: { 'q.json': POLICY.replace('["cancel_*"]', '["cancel_*", "delete_*"]') },
    code: 0,
    out:
      '~ 1 No cancellations (r1): tools ["cancel_*"] → ["cancel_*","delete_*"]\n' +
      `is allowed no longer: before allowed by rule 3, after denied by rule 1, \`No cancellations\`; for example ${witness('delete_')}\n`,
    err: 'less permissive: some calls are allowed no longer, and none becomes allowed\n',
  },
  { name: 'a failure that does not exist', argv: ['diff', 'p.json', LINK, '--fail-on', 'other'], code: 2, err: '`other` is nothing to fail on: looser, stricter' },
  {
    name: 'one policy to compare',
    argv: ['diff', 'p.json'],
    code: 2,
    err: 'policy diff FILE-A FILE-B [--fail-on looser|stricter], or FILE-A FILE-B TRACE [--format F]',
  },
  {
    name: 'a question as the help writes it',
    argv: ['ask', 'p.json', 'show me a call that rule 9 decides'],
    code: 1,
    err: 'There is no rule 9: the policy has only 3 rules\n',
  },
  { name: 'a failure over a trace', argv: ['diff', 'p.json', LINK, 't.ndjson', '--fail-on', 'looser'], code: 2, err: 'takes no trace' },
  {
    name: 'differences',
    argv: ['diff', 'p.json', 'q.json', 't.ndjson'],
    files: {
      'q.json': JSON.stringify({
        format: 'policy-bundle',
        version: 1,
        name: 'Q',
        settings: { gatedWhenFalse: 'deny' },
        rules: [
          { id: 'r3', name: '', effect: 'allow', tools: ['*'], scope: { users: ['ana'] } },
          {
            id: 'r2',
            name: 'Economy',
            effect: 'gated',
            tools: ['book_*'],
            condition: 'request.args.cabin == "economy"',
          },
          { id: 'r9', name: 'New', effect: 'deny', tools: ['*'] },
        ],
      }),
    },
    code: 1,
    out: `~ settings: gatedWhenFalse "continue" → "deny"
~ 1 r3 (r3): scope.users [] → ["ana"]
> 1 r3 (r3): was 3
+ 3 New (r9)
- 1 No cancellations (r1)
call  tool      before  by                                           after        by
c1    cancel_x  deny    No cancellations                             conditional  r3 or New, waits for user.email, user.id
c2    book_x    allow   r3                                           conditional  r3 or Economy, waits for user.email, user.id
c3    book_x    allow   Economy or r3, waits for request.args.cabin  conditional  r3 or Economy or New, waits for request.args.cabin, user.email, user.id
c4    book_x    allow   r3                                           conditional  r3 or New, waits for user.email, user.id
`,
    err: `allow → conditional: 3
deny → conditional: 1
4 of 4 calls change: 4 newly conditional by a rule that cannot be known
`,
  },
  {
    name: 'a difference of rules alone',
    argv: ['diff', 'p.json', 'q.json', 't.ndjson'],
    files: { 'q.json': POLICY.replace('"r1"', '"r0"').replace('"r1"', '"r0"') },
    code: 0,
    out: '+ 1 No cancellations (r0)\n- 1 No cancellations (r1)\n',
    err: 'none of 4 calls changes\n1 call keeps its effect by another rule\n',
  },
  { name: 'no command', argv: [], code: 2, err: 'policy COMMAND …' },
  {
    name: 'an unknown command',
    argv: ['frobnicate'],
    code: 2,
    err: '`frobnicate` is no command: it is one of validate, ',
  },
  {
    name: 'an unknown option',
    argv: ['digest', 'p.json', '--fast'],
    code: 2,
    err: 'Unknown option `--fast`: policy digest FILE\n',
  },
  {
    name: 'too few arguments',
    argv: ['replay', 'p.json'],
    code: 2,
    err: 'something is missing: policy replay FILE TRACE',
  },
  {
    name: 'too many arguments',
    argv: ['digest', 'p.json', 'q.json'],
    code: 2,
    err: '`q.json` is one argument too many: policy digest FILE\n',
  },
  {
    name: 'a file that is not there',
    argv: ['validate', 'x.json'],
    code: 2,
    err: '`x.json` cannot be read: there is no such file\n',
  },
  {
    name: 'a trace that is not there',
    argv: ['replay', 'p.json', 'x.json'],
    code: 2,
    err: '`x.json` cannot be read: there is no such file\n',
  },
  {
    name: 'a default that is none',
    argv: ['replay', 'p.json', 't.ndjson', '--default', 'color=red'],
    code: 2,
    err: '`color` takes no default',
  },
  {
    name: 'a format that is none',
    argv: ['replay', 'p.json', 't.ndjson', '--format', 'xml'],
    code: 2,
    err: '`xml` is no format of traces: it is one of ',
  },
  {
    name: 'a mapping that is none',
    argv: ['replay', 'p.json', 't.ndjson', '--map', 'm.json'],
    files: { 'm.json': '{"colour":"red"}' },
    code: 2,
    err: '`colour` is no field that can be mapped',
  },
  {
    name: 'a path that is none',
    argv: ['cel', 'true', '--unknown', '1.2'],
    code: 2,
    err: '`1.2` is no path of a fact',
  },
];
