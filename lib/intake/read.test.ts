import { describe, expect, it } from 'vitest';
import { bundleOf, digestOf, encodeLink, writeBundle } from '../bundle';
import { fillRule, ruleId, type Rule } from '../engine';
import type { IncomingPolicy } from './model';
import { looksLikePolicy, readIncoming } from './read';

const policy = {
  rules: [fillRule({ id: ruleId('a'), name: 'No cancelling', effect: 'deny', tools: ['cancel_*'] })],
  settings: { gatedWhenFalse: 'deny' as const },
};
const bundle = bundleOf('Desk', policy);

function taken(incoming: IncomingPolicy): Extract<IncomingPolicy, { ok: true }> {
  if (!incoming.ok) throw new Error(`refused: ${incoming.message}`);
  return incoming;
}

/** A rule without what it leaves open. */
const short = ({ scope, ...rule }: Rule) => ({
  ...Object.fromEntries(
    Object.entries(rule).filter(([, value]) => value !== '' && value !== null && value !== 'active'),
  ),
  ...Object.fromEntries(Object.entries(scope).filter(([, value]) => value.length > 0)),
});

describe('links and bundles', () => {
  const link = encodeLink(bundle);
  it.each([
    ['link', `see https://example.com/play/${link.ok ? link.fragment : ''}, please`],
    ['bundle', writeBundle(bundle)],
    ['bundle', `\n ${JSON.stringify({ ...bundle, extra: 1 })}`],
  ])('a %s is read whole', (form, text) => {
    const read = taken(readIncoming(text));
    expect(read.form).toBe(form);
    expect(digestOf(read.bundle)).toBe(digestOf(policy));
    expect(read.warnings).toHaveLength(text.includes('extra') ? 1 : 0);
  });

  it.each([
    ['', undefined, 'there is nothing here yet'],
    ['hello', undefined, 'this is neither a link, a bundle, a list of rules in JSON, nor a table of rules'],
    ['{"format":"policy-bundle"', 'bundle', 'this bundle is not valid, and nothing of it was opened'],
    ['#1.abc', 'link', 'the end of this link is missing: copy the whole of it, or ask for it again'],
    ['[{"effect":"deny","tools":["*"]},', 'rules', 'this list of rules is not valid JSON'],
    ['[]', 'rules', 'this list says of no row whether it allows or denies: a column that is named `effect` is needed'],
    [
      '[1, "x"]',
      'rules',
      'this list says of no row whether it allows or denies: a column that is named `effect` is needed',
    ],
    [
      'Name,Tool\nx,y',
      'table',
      'this table says of no row whether it allows or denies: a column that is named `effect` is needed',
    ],
    ['Name,Effect\nx,maybe', 'table', 'no rule was found in this table'],
  ])('%j is refused', (text, form, message) => {
    expect(readIncoming(text)).toMatchObject({ ok: false, form, message });
  });
});

describe('a table', () => {
  const MARKDOWN = `
Our gateway, as of May:

| # | Name | Effect | Status | Agents | Tools | Condition | Hits |
|--:|------|:------:|--------|--------|-------|-----------|------|
| 1 | **No cancelling** | ⛔ Deny | Active | any | \`cancel_*\`, \`{drop,truncate}_*\` | — | 12 |
| 2 | Only #general | Gated | Enabled | tag:chat; finance | send_message<br>post_* | \`request.args.a == "x" \\|\\| request.args.a == "y"\` | 3 |
| 3 | Everything else | Allow | off | All agents | All tools | | |
`;

  it('in Markdown, with text around it', () => {
    const { bundle: made, remarks, form } = taken(readIncoming(MARKDOWN, { name: 'Ours' }));
    expect([form, made.name]).toEqual(['table', 'Ours']);
    expect(made.rules.map(short)).toEqual([
      { id: 'no-cancelling', name: 'No cancelling', effect: 'deny', tools: ['cancel_*', '{drop,truncate}_*'] },
      {
        id: 'only-general',
        name: 'Only #general',
        effect: 'gated',
        tools: ['send_message', 'post_*'],
        agents: ['tag:chat', 'finance'],
        condition: 'request.args.a == "x" || request.args.a == "y"',
      },
      { id: 'everything-else', name: 'Everything else', effect: 'allow', tools: ['*'], status: 'disabled' },
    ]);
    expect(remarks.map(({ code, place, message }) => [code, place, message])).toEqual([
      ['column-left-out', undefined, 'column `Hits` is no part of a rule, and was left out (2 cells, the first `12`)'],
      ['text-around', 2, 'this line is no part of the table: `Our gateway, as of May:`'],
    ]);
  });

  it.each([
    [',', 'Rule name,Action,Users,Tool pattern\n"Stop, now",Block,"ana@x.example, bo",a\nGo,Permit,,"b,c"'],
    ['\t', 'Rule name\tAction\tUsers\tTool pattern\nStop, now\tBlock\tana@x.example, bo\ta\nGo\tPermit\t\tb,c'],
    [';', '\ufeffRule name;Action;Users;Tool pattern\r\nStop, now;Block;ana@x.example, bo;a\r\nGo;Permit;;b,c\r\n'],
  ])('separated by %j', (_, text) => {
    const { bundle: made, remarks } = taken(readIncoming(text));
    expect(made.rules.map(short)).toEqual([
      { id: 'stop-now', name: 'Stop, now', effect: 'deny', tools: ['a'], users: ['ana@x.example', 'bo'] },
      { id: 'go', name: 'Go', effect: 'allow', tools: ['b', 'c'] },
    ]);
    expect(remarks).toEqual([]);
  });

  it.each([
    ['✅ Allow', 'allow', 'active'],
    ['⛔️ Deny', 'deny', 'active'],
    ['**Gated** ⚠️', 'gated', 'active'],
    ['❌ Allow', 'allow', 'draft'],
    ['✅ Deny', 'deny', 'draft'],
    ['Allow ✅ ❌', 'allow', 'draft'],
    ['Allow?', 'allow', 'draft'],
    ['Allow\\*', 'allow', 'draft'],
    ['Allow…', 'allow', 'draft'],
    ['(Allow)', 'allow', 'draft'],
    ['Allow<sup>1</sup>', 'allow', 'draft'],
  ])('takes the effect %s as %s, %s', (cell, effect, status) => {
    const { bundle: made, remarks } = taken(
      readIncoming(
        `| Name | Effect | Tools | Condition |\n|--|--|--|--|\n| one | ${cell} | a | user.id == "x" |\n| two | Deny | b | |`,
      ),
    );
    const [rule] = made.rules;
    expect([rule?.effect, rule?.status]).toEqual([effect, status]);
    expect(remarks.length > 0).toBe(status === 'draft');
  });

  it('makes drafts of what it does not understand, and lists all of it', () => {
    const text = [
      'Name,Effect,Status,Region,Groups,Tools,Condition',
      'one,Allow,active,EU,,a,',
      'two,Allow,active,,everyone except interns,a,',
      'three,Gated,active,,,a,',
      'four,Allow,on hold,,,a,',
      'five,Allow,,,,,',
      'six,Deny,,,tag:x,a,',
      'seven,Perhaps,,,,a,',
      'eight,Gated,,,,a,request.args.',
      'nine,Gated,,,,a,user.email == “a”,and more',
    ].join('\n');
    const { bundle: made, remarks } = taken(readIncoming(text));
    expect(made.rules.map(({ name, status }) => [name, status])).toEqual([
      ['one', 'draft'],
      ['two', 'draft'],
      ['three', 'draft'],
      ['four', 'draft'],
      ['five', 'draft'],
      ['six', 'draft'],
      ['eight', 'draft'],
      ['nine', 'draft'],
    ]);
    expect(remarks.map(({ code, place }) => [code, place])).toEqual([
      ['column-unknown', undefined],
      ['cell-unknown', 3],
      ['gated-without-condition', 4],
      ['cell-unknown', 5],
      ['no-tools', 6],
      ['value-odd', 7],
      ['row-left-out', 8],
      ['condition-broken', 9],
      ['condition-repaired', 10],
      ['cells-beyond', 10],
    ]);
    expect(made.rules.at(-1)?.condition).toBe('user.email == "a"');
  });

  it('reads a column as the user chose', () => {
    const text = 'Name,Effect,Zone,Tools\none,Allow,slack,a';
    expect(taken(readIncoming(text, { columns: { Zone: 'resources' } })).bundle.rules.map(short)).toEqual([
      { id: 'one', name: 'one', effect: 'allow', tools: ['a'], resources: ['slack'] },
    ]);
    const without = taken(readIncoming(text, { columns: { Zone: 'nothing' } }));
    expect(without.bundle.rules[0]?.status).toBe('active');
    expect(without.remarks.map(({ code }) => code)).toEqual(['column-left-out']);
  });

  it('keeps ids, and makes them one of a kind', () => {
    const { bundle: made, remarks } = taken(
      readIncoming('id,name,effect,tools\na,x,deny,t\na,y,deny,t\n,y,deny,t\na-2,z,deny,t'),
    );
    expect(made.rules.map(({ id }) => id)).toEqual(['a', 'a-3', 'y', 'a-2']);
    expect(remarks.map(({ code }) => code)).toEqual(['id-changed']);
  });

  it('says where a quote is not closed, and where numbers do not ascend', () => {
    const open = taken(readIncoming('name,effect,tools\na,deny,t\n"b,deny,t\nc,deny,t'));
    expect(open.remarks.map(({ code, place }) => [code, place])).toEqual([['quote-open', 3]]);
    const order = taken(readIncoming('priority,name,effect,tools\n10,a,deny,t\n5,b,deny,t'));
    expect(order.remarks.map(({ code }) => code)).toEqual(['order-differs']);
  });
});

describe('bare rules', () => {
  it('as a bundle writes them, and as gateways name them', () => {
    const {
      bundle: made,
      remarks,
      form,
    } = taken(
      readIncoming(
        JSON.stringify([
          { id: 'a', name: 'A', effect: 'deny', tools: ['x'], scope: { agents: ['finance'] }, condition: null },
          { ruleName: 'B', action: 'allow', enabled: false, toolPatterns: '*', servers: ['slack', 'tag:chat'] },
          'and so on',
        ]),
      ),
    );
    expect(form).toBe('rules');
    expect(made.rules.map(short)).toEqual([
      { id: 'a', name: 'A', effect: 'deny', tools: ['x'], agents: ['finance'] },
      { id: 'b', name: 'B', effect: 'allow', tools: ['*'], resources: ['slack', 'tag:chat'], status: 'disabled' },
    ]);
    expect(remarks.map(({ message }) => message)).toEqual(['entry 3 is no rule but `"and so on"`']);
  });

  it('with a misspelt facet are drafts', () => {
    const { bundle: made, remarks } = taken(
      readIncoming('[{"id":"a","name":"A","effect":"allow","tools":["*"],"scope":{"agnets":["finance"]}}]'),
    );
    expect(made.rules[0]?.status).toBe('draft');
    expect(remarks.map(({ message }) => message)).toEqual(['`agnets` of the scope was not understood: `["finance"]`']);
  });
});

it.each([
  [writeBundle(bundle), true],
  ['[{"id":"a","name":"A","effect":"deny","tools":["x"]}]', true],
  ['Name,Effect,Tools\na,deny,b', true],
  ['| Name | Effect |\n|---|---|\n| a | deny |', true],
  ['https://example.com/#1.abc.0123456789ab', true],
  ['[{"role":"assistant","tool_calls":[]}]', false],
  ['{"jsonrpc":"2.0","method":"tools/call"}', false],
  ['time,tool,user\n1,2,3', false],
  ['time,tool,user,effect\n1,2,3,allow', false],
  ['hello', false],
])('%j looks like a policy: %s', (text, expected) => expect(looksLikePolicy(text)).toBe(expected));
