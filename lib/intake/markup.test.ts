import { expect, it } from 'vitest';
import { readIncoming } from './read';

/** The one rule of a Markdown table with these cells: its patterns, state and remarks. */
function ruleFrom(text: string) {
  const read = readIncoming(text);
  if (!read.ok) throw new Error(read.message);
  const [rule] = read.bundle.rules;
  return { rule, remarks: read.remarks.map(({ message }) => message) };
}
const markdown = (tools: string, more = '') =>
  ruleFrom(`| Name | Effect | Tools | Users |\n|---|---|---|---|\n| r | Deny | ${tools} | ${more} |`);
const separated = (tools: string) => ruleFrom(`Name\tEffect\tTools\nr\tDeny\t${tools}`);

it.each([
  ['drop\\_\\*', ['drop_*']],
  ['\\*', ['*']],
  ['\\*\\_drop\\_\\*', ['*_drop_*']],
  ['[drop_table](https://docs.example/a_(b) "about")', ['drop_table']],
  ['[drop\\_\\*](https://docs.example), [`wipe_*`][ref]', ['drop_*', 'wipe_*']],
  ['`drop_*`<br>`wipe_*`<BR/>purge', ['drop_*', 'wipe_*', 'purge']],
  ['`drop_*, wipe_*`', ['drop_*', 'wipe_*']],
  ['`` drop_* ``', ['drop_*']],
  ['**drop_***', ['drop_*']],
  ['**`drop_*`**', ['drop_*']],
  ['__drop__', ['drop']],
  ['drop&#95;&#42;', ['drop_*']],
  ['drop&lowbar;&#x2a;', ['drop_*']],
  ['<code>drop_*</code>', ['drop_*']],
  ['<ul><li>drop_*</li><li>wipe_*</li></ul>', ['drop_*', 'wipe_*']],
  ['<span class="x">drop_*</span>&nbsp;', ['drop_*']],
  ['drop_* <!-- old -->', ['drop_*']],
  ['“drop_*”', ['drop_*']],
  ['• drop_*<br>• wipe_*', ['drop_*', 'wipe_*']],
  ['{drop,wipe}_*', ['{drop,wipe}_*']],
  ['fs.*, browser/*', ['fs.*', 'browser/*']],
  ['![icon](a.png)', ['icon']],
  ['[drop_*,wipe_*]', ['drop_*', 'wipe_*']],
  ["[ 'drop_page', `wipe_*` ]", ['drop_page', 'wipe_*']],
  ['\\[drop_*, wipe_*\\]', ['drop_*', 'wipe_*']],
  ['(all)', ['*']],
  ['all MCP tools, drop', ['*']],
  ['[Dd]rop_*, v[1-3]_*, v[!0]_x, {a,b{1..3}}_*', ['[Dd]rop_*', 'v[1-3]_*', 'v[!0]_x', '{a,b{1..3}}_*']],
])('in Markdown %j certainly names %j', (cell, tools) => {
  const { rule, remarks } = markdown(cell);
  expect([rule?.tools, rule?.status, remarks]).toEqual([tools, 'active', []]);
});

it.each([
  ['*drop*', ['*drop*'], 'put it in backticks'],
  ['_drop_', ['_drop_'], 'put it in backticks'],
  ['drop_＊', ['drop_＊'], 'only look like others'],
  ['drop_∗', ['drop_∗'], '`∗`'],
  ['drop\u200b_*', ['drop_*'], 'do not show'],
  ['drop\u00ad_*', ['drop_*'], 'do not show'],
  ['drop\u00a0table', ['drop table'], 'white space'],
  ['drop_* wipe_*', ['drop_* wipe_*'], 'white space'],
  ['drop_* and wipe_*', ['drop_* and wipe_*'], 'white space'],
  ['drop_…', ['drop_…'], 'cut off'],
  ['drop_ta...', ['drop_ta...'], 'cut off'],
  ['drop_', ['drop_'], 'may have been lost'],
  ['mcp__tracker__delete_*', ['mcp__tracker__delete_*'], 'names the server as well'],
  ['TBD', ['TBD'], 'a placeholder'],
  ['drop_*[^1]', ['drop_*'], 'footnote'],
  ['~~drop_*~~', ['~~drop_*~~'], 'struck out'],
  ['<del>drop_*</del>', ['drop_*'], 'struck out'],
  ['drop_.*', ['drop_.*'], 'regular expression'],
  ['drop&unknown', ['drop&unknown'], 'markup'],
  ['<tool>', ['<tool>'], 'markup'],
  ['<https://docs.example/drop>', ['https://docs.example/drop'], 'address'],
  ['drоp_table', ['drоp_table'], 'alphabets'],
  ['[drop_*]', ['[drop_*]'], 'a word in brackets'],
  ['[drop_page]', ['[drop_page]'], 'a word in brackets'],
  ['\\[drop_*\\]', ['[drop_*]'], 'a word in brackets'],
  ['[drop_*],[wipe_*]', ['[drop_*]', '[wipe_*]'], 'a word in brackets'],
  ['drop_[page]', ['drop_[page]'], 'a word in brackets'],
  ['[[drop_*]]', ['[[drop_*]]'], 'brackets'],
  ['[x]drop', ['[x]drop'], 'brackets around a single character'],
  ['[*]', ['[*]'], 'a word in brackets'],
  ['(*)', ['(*)'], '`(`'],
  ['{drop_page}', ['{drop_page}'], '`{`'],
  ['drop_{page}', ['drop_{page}'], '`{`'],
  ['drop_*{.red}', ['drop_*{.red}'], '`{`'],
  ['{{drop_*}}', ['{{drop_*}}'], '`{`'],
  ['${drop}', ['${drop}'], '`$`'],
  ['@slack/drop', ['@slack/drop'], '`@`'],
  ['#drop', ['#drop'], '`#`'],
  ['+2', ['+2'], '`+`'],
  ['drop_page[]', ['drop_page[]'], '`[`'],
  ['?', ['?'], 'no letter'],
  ['12', ['12'], 'no letter'],
  ['drop_page?', ['drop_page?'], 'one character'],
  ['drop_*.', ['drop_*.'], 'separator'],
  ['/drop', ['/drop'], 'separator'],
  ['null', ['null'], 'a placeholder'],
  ['all admins', ['all admins'], 'white space'],
])('in Markdown %j leaves a doubt, and the rule is a draft', (cell, tools, why) => {
  const { rule, remarks } = markdown(cell);
  expect([rule?.tools, rule?.status]).toEqual([tools, 'draft']);
  expect(remarks.join('\n')).toContain(why);
});

it.each([
  ['[bo@acme.example](mailto:bo@acme.example)', ['bo@acme.example'], 'active'],
  ['<bo@acme.example>', ['bo@acme.example'], 'active'],
  ['<mailto:bo@acme.example>', ['bo@acme.example'], 'active'],
  ['bo\\_k@acme.example', ['bo_k@acme.example'], 'active'],
  ['Bo Kim', ['Bo Kim'], 'draft'],
  ['Bo <bo@acme.example>', ['Bo bo@acme.example'], 'draft'],
  ['*@acme.example', ['*@acme.example'], 'draft'],
  ['bo＠acme.example', ['bo＠acme.example'], 'draft'],
])('the user %j is %j, in a rule that is %s', (cell, users, status) => {
  const { rule } = markdown('drop', cell);
  expect([rule?.scope.users, rule?.status]).toEqual([users, status]);
});

it.each([
  ['users', '(all)', [], 'active'],
  ['agents', '[any]', [], 'active'],
  ['resources', 'all MCP servers', [], 'active'],
  ['groups', '(everyone)', [], 'active'],
  ['groups', 'everybody', [], 'active'],
  ['users', 'everybody', [], 'active'],
  ['groups', '[finance, ops]', ['finance', 'ops'], 'active'],
  ['groups', 'Finance Team, /acme/ops', ['Finance Team', '/acme/ops'], 'active'],
  ['users', 'auth0\\|a1, bo+test@acme.example, 1042', ['auth0|a1', 'bo+test@acme.example', '1042'], 'active'],
  ['agents', 'claude-code, tag:prod-eu', ['claude-code', 'tag:prod-eu'], 'active'],
  ['groups', 'no one', [], 'draft'],
  ['groups', '(none)', [], 'draft'],
  ['groups', '2 groups', ['2 groups'], 'draft'],
  ['groups', 'finance +2', ['finance +2'], 'draft'],
  ['groups', 'finance and ops', ['finance and ops'], 'draft'],
  ['groups', 'finance & ops', ['finance & ops'], 'draft'],
  ['groups', '[finance]', ['[finance]'], 'draft'],
  ['groups', '{finance}', ['{finance}'], 'draft'],
  ['groups', 'finance (2)', ['finance (2)'], 'draft'],
  ['groups', '@finance', ['@finance'], 'draft'],
  ['groups', '#finance', ['#finance'], 'draft'],
  ['groups', 'finance.', ['finance.'], 'draft'],
  ['groups', 'All admins', ['All admins'], 'draft'],
  ['groups', 'Org-wide', ['Org-wide'], 'draft'],
  ['resources', '[slack]', ['[slack]'], 'draft'],
  ['resources', '#slack', ['#slack'], 'draft'],
  ['resources', '@slack', ['@slack'], 'draft'],
  ['resources', 'mcp__slack', ['mcp__slack'], 'draft'],
  ['resources', 'slack/github', ['slack/github'], 'draft'],
  ['resources', 'tag:[chat]', ['tag:[chat]'], 'draft'],
  ['agents', '[claude-code]', ['[claude-code]'], 'draft'],
  ['agents', '3', ['3'], 'draft'],
  ['users', '[bo]', ['[bo]'], 'draft'],
  ['users', '@bo', ['@bo'], 'draft'],
] as const)('%s %j are %j in a rule that is %s, in a table and in bare rules', (facet, cell, names, status) => {
  const { rule, remarks } = ruleFrom(
    `| Name | Effect | Tools | ${facet} |\n|---|---|---|---|\n| r | Deny | drop | ${cell} |`,
  );
  expect([rule?.scope[facet], rule?.status]).toEqual([names, status]);
  expect(remarks.length > 0).toBe(status === 'draft');
  if (cell.includes(',')) return;
  const bare = ruleFrom(JSON.stringify([{ name: 'r', effect: 'deny', tools: ['drop'], [facet]: [cell] }]));
  expect([bare.rule?.scope[facet], bare.rule?.status]).toEqual([names, status]);
});

it.each([
  ['drop_*', ['drop_*'], 'active'],
  ['*drop*', ['*drop*'], 'active'],
  ['[drop](https://docs.example)', ['drop'], 'active'],
  ['drop\\_\\*', ['drop_*'], 'draft'],
  ['**drop**', ['drop'], 'draft'],
  ['drop_\u200b*', ['drop_*'], 'draft'],
])('between tabs %j is %j, in a rule that is %s', (cell, tools, status) => {
  const { rule } = separated(cell);
  expect([rule?.tools, rule?.status]).toEqual([tools, status]);
});

it.each([
  ['[Deny](https://docs.example/allow)', 'deny', 'active'],
  ['&#10060; Deny', 'deny', 'active'],
  [':no_entry: Deny', 'deny', 'active'],
  ['Deny[^2]', 'deny', 'draft'],
  ['~~Deny~~', 'deny', 'draft'],
])('the effect %j is %s, in a rule that is %s', (cell, effect, status) => {
  const { rule } = ruleFrom(`| Name | Effect | Tools |\n|---|---|---|\n| r | ${cell} | drop |`);
  expect([rule?.effect, rule?.status]).toEqual([effect, status]);
});

it.each([
  ['request.args.n > 1 &amp;&amp; true', 'request.args.n > 1 && true', 'active'],
  ['request.args.n &lt; 1', 'request.args.n < 1', 'active'],
  ['`request.args.n * 2 > request.args.m * 2`', 'request.args.n * 2 > request.args.m * 2', 'active'],
  ['request.args.user\\_name == "a"', 'request.args.user_name == "a"', 'active'],
  ['request.args.to.matches("^a\\\\.b$")', 'request.args.to.matches("^a\\\\.b$")', 'active'],
  ['user.email == “a”', 'user.email == "a"', 'active'],
  ['user.email\u00a0== "a"', 'user.email == "a"', 'active'],
  ['user.email == "c\u200bfo"', 'user.email == "c\u200bfo"', 'draft'],
  ['user.email == "a &amp; b"', 'user.email == "a &amp; b"', 'draft'],
])('the condition %j is %j, in a rule that is %s', (cell, condition, status) => {
  const { rule } = ruleFrom(`| Name | Effect | Tools | Condition |\n|---|---|---|---|\n| r | Deny | drop | ${cell} |`);
  expect([rule?.condition, rule?.status]).toEqual([condition, status]);
});

it('reads the source of a page with a table in it', () => {
  const html = `<h1>Our rules</h1>
<table class="grid"><thead><tr><th>Name</th><th>Effect</th><th><b>Tools</b></th><th>Condition</th></tr></thead>
<tbody>
<tr><td>No dropping</td><td><svg width="1"><path d="M0"/></svg> Deny</td><td><code>drop_*</code><br/><code>wipe_*</code></td><td></td></tr>
<tr><td>Mail<td>Gated<td><a href="https://docs.example">send_mail</a><td>request.args.n &lt; 3 &amp;&amp; true
<tr><td>Odd</td><td>Allow</td><td>drop table</td><td></td></tr>
</tbody></table>
<p>More below</p>`;
  const read = readIncoming(html);
  if (!read.ok) throw new Error(read.message);
  expect(
    read.bundle.rules.map(({ name, effect, tools, status, condition }) => [name, effect, tools, status, condition]),
  ).toEqual([
    ['No dropping', 'deny', ['drop_*', 'wipe_*'], 'active', null],
    ['Mail', 'gated', ['send_mail'], 'active', 'request.args.n < 3 && true'],
    ['Odd', 'allow', ['drop table'], 'draft', null],
  ]);
  expect(read.remarks.map(({ code, place }) => [code, place])).toEqual([
    ['text-around', 1],
    ['condition-repaired', 5],
    ['value-odd', 6],
    ['text-around', 8],
  ]);
});

it('is linear in a hostile cell', () => {
  // Each construct has a bounded reach, so that no beginning is followed to the end of the text.
  for (const unit of ['`', '``` ', '[', '![', '<!--', '[a](', '&', '\\', '<a ', '**', '~~', '<table', '<tr>']) {
    const cell = unit.repeat(Math.ceil(20_000 / unit.length));
    expect(readIncoming(`| Name | Effect | Tools |\n|---|---|---|\n| r | Deny | ${cell} |`).ok).toBe(true);
  }
});

const SERVERS: readonly (readonly [pattern: string, resources: string, why: string | undefined])[] = [
  ['mcp__tracker__delete_*', 'tracker', 'names the server as well'],
  ['mcp.tracker.delete_*', '', 'names the server as well'],
  ['mcp:tracker:delete_*', '', 'names the server as well'],
  ['mcp/tracker/delete_*', 'github', 'names the server as well'],
  ['slack:send_*', '', 'names the server as well'],
  ['slack::send_*', 'github', 'names the server as well'],
  ['slack.send', 'slack', 'names the server as well'],
  ['Slack.send_*', 'slack', 'names the server as well'],
  ['slack/send', 'slack', 'names the server as well'],
  ['slack__send', 'slack', 'names the server as well'],
  ['my_slack.*', 'my-slack', 'names the server as well'],
  ['slack.send', '', 'may name the server as well (`slack`)'],
  ['*__send_*', '', 'may name the server as well (`*`)'],
  ['mcp-slack-send_*', 'slack', 'names the server as well'],
  ['slack__send_*', '', 'may name the server as well (`slack`)'],
  ['slack.send', 'github', undefined],
  ['slack/send', '', 'may name the server as well (`slack`)'],
  ['issues.create', 'github, tracker', undefined],
  ['fs.*', '', undefined],
  ['browser/*', '', undefined],
  ['send_message', 'slack', undefined],
  ['slack_send', 'slack', undefined],
];

it.each(SERVERS)('the pattern %j on the server %j: %s', (pattern, resources, why) => {
  const { rule, remarks } = ruleFrom(
    `| Name | Effect | Tools | Resources |\n|---|---|---|---|\n| r | Deny | \`${pattern}\` | ${resources} |`,
  );
  expect([rule?.tools, rule?.status]).toEqual([[pattern], why === undefined ? 'active' : 'draft']);
  if (why === undefined) expect(remarks).toEqual([]);
  else expect(remarks.join('\n')).toContain(why);
});
