import { expect, test } from 'vitest';
import { fillRule, ruleId, type Rule } from '../engine';
import { comparisonCsv, comparisonMarkdown, type ComparisonReport } from '.';

const rule = (id: string, name: string): Rule => fillRule({ id: ruleId(id), name, effect: 'deny', tools: ['*'] });
const by = (id: string) => ({ kind: 'rule', ruleId: ruleId(id) }) as const;

const REPORT: ComparisonReport = {
  before: { name: 'Tuesday', digest: 'aa11', rules: [rule('a', 'No *cancelling*'), rule('b', 'All | any')] },
  after: { name: 'Acme `x`', digest: 'bb22', rules: [rule('b', 'All | any'), rule('a', 'No *cancelling*')] },
  trace: 'Calls',
  counts: {
    total: 1_250,
    changed: 1_003,
    otherRule: 1,
    shifts: [
      { before: 'deny', after: 'allow', by: by('b'), count: 1_000 },
      { before: 'deny', after: 'conditional', by: { kind: 'undecided' }, count: 3 },
    ],
  },
  matrix: {
    allow: { allow: 247, deny: 0, conditional: 0 },
    deny: { allow: 1_000, deny: 0, conditional: 3 },
    conditional: { allow: 0, deny: 0, conditional: 0 },
  },
  cells: [
    {
      from: 'deny',
      to: 'allow',
      groups: [
        { tool: 'cancel_order', resource: 'shop|eu', before: by('a'), after: by('b'), count: 999 },
        { tool: '=HYPERLINK("x")', resource: null, before: { kind: 'default' }, after: by('b'), count: 1 },
      ],
    },
    {
      from: 'deny',
      to: 'conditional',
      groups: [{ tool: null, resource: null, before: by('a'), after: { kind: 'undecided' }, count: 3 }],
    },
    { from: 'allow', to: 'allow', groups: [{ tool: 'x', resource: 'y', before: by('b'), after: by('a'), count: 1 }] },
  ],
};

test('as Markdown, with names that cannot become markup', () => {
  expect(comparisonMarkdown(REPORT)).toBe(
    [
      '**1,003 of 1,250 calls change: 1,000 newly allowed by `All | any`, 3 newly conditional by a rule that cannot be known.** 1 call keeps its effect by another rule.',
      '',
      'From `Tuesday` (digest `aa11`) to `` Acme `x` `` (digest `bb22`), over the calls of `Calls`.',
      '',
      '| was ↓ is now → | allowed | denied | conditional |',
      '| --- | --- | --- | --- |',
      '| allowed | 247 | 0 | 0 |',
      '| denied | 1,000 | 0 | 3 |',
      '| conditional | 0 | 0 | 0 |',
      '',
      'From denied to allowed: 1,000 calls',
      '',
      '| Tool | Resource | Was | Is now | Calls |',
      '| --- | --- | --- | --- | --- |',
      '| cancel\\_order | shop\\|eu | rule 1, No \\*cancelling\\* | rule 1, All \\| any | 999 |',
      '| =HYPERLINK("x") |  | no rule matches | rule 1, All \\| any | 1 |',
      '',
      'From denied to conditional: 3 calls',
      '',
      '| Tool | Resource | Was | Is now | Calls |',
      '| --- | --- | --- | --- | --- |',
      '| no tool |  | rule 1, No \\*cancelling\\* | which rule is not known | 3 |',
      '',
      'Still allowed, by another rule: 1 call',
      '',
      '| Tool | Resource | Was | Is now | Calls |',
      '| --- | --- | --- | --- | --- |',
      '| x | y | rule 2, All \\| any | rule 2, No \\*cancelling\\* | 1 |',
      '',
    ].join('\n'),
  );
});

test('as CSV, with names that no spreadsheet takes for a formula', () => {
  expect(comparisonCsv(REPORT).split('\r\n')).toEqual([
    'was,is now,resource,tool,decided by,now decided by,calls',
    'denied,allowed,shop|eu,cancel_order,"rule 1, No *cancelling*","rule 1, All | any",999',
    'denied,allowed,,"\'=HYPERLINK(""x"")",no rule matches,"rule 1, All | any",1',
    'denied,conditional,,,"rule 1, No *cancelling*",which rule is not known,3',
    'allowed,allowed,y,x,"rule 2, All | any","rule 2, No *cancelling*",1',
    '',
  ]);
});

test('many groups are cut short in Markdown, and said to be', () => {
  const groups = Array.from({ length: 42 }, (_, i) => ({
    tool: `tool-${i}`,
    resource: null,
    before: by('a'),
    after: by('b'),
    count: 1,
  }));
  const report: ComparisonReport = { ...REPORT, cells: [{ from: 'deny', to: 'allow', groups }] };
  expect(comparisonMarkdown(report)).toContain('| tool-39 |');
  expect(comparisonMarkdown(report)).not.toContain('tool-40');
  expect(comparisonMarkdown(report)).toMatch(/\n\nand 2 more groups\.\n$/);
  expect(comparisonCsv(report).split('\r\n')).toHaveLength(44);
});
