/** Faulty policies, one real mistake each, with exactly the findings expected. A page of the documentation shows them, and tests use them. */
import { fillPolicy, ruleId, type Catalog, type Policy, type WrittenRule } from '../engine';

export interface GalleryCase {
  /** A title: the policy has it when it is opened. */
  readonly name: string;
  readonly rules: readonly (Omit<WrittenRule, 'id' | 'name'> & { readonly id: string })[];
  readonly gatedWhenFalse?: 'deny';
  readonly catalog?: Partial<Catalog>;
  /** `RULE-ID code`. */
  readonly expected: readonly string[];
}

/** The policy of a case; its rules are named by their places. */
export const galleryPolicy = ({ rules, gatedWhenFalse }: GalleryCase): Policy =>
  fillPolicy({
    rules: rules.map((rule, i) => ({ ...rule, id: ruleId(rule.id), name: `Rule ${String(i + 1)}` })),
    settings: gatedWhenFalse === undefined ? {} : { gatedWhenFalse },
  });

const all = { id: 'all', effect: 'allow' as const, tools: ['*'] };
const OPEN = 'all allow-all-active';
const github: Partial<Catalog> = {
  agents: [{ slug: 'cursor' }, { slug: 'codex' }],
  resources: [
    {
      slug: 'github',
      tags: ['production'],
      tools: [
        { name: 'get_file' },
        { name: 'delete_file', annotations: { destructiveHint: true } },
        {
          name: 'create_refund',
          inputSchema: {
            type: 'object',
            properties: { amount: { type: 'number' }, to: { type: 'string' } },
            required: ['to'],
          },
        },
      ],
    },
  ],
};
const withoutCatalog = (name: string, rules: GalleryCase['rules'], expected: readonly string[]): GalleryCase => ({
  name,
  rules,
  expected,
});
const guarded = '!has(request.args.amount) || request.args.amount == 1';

export const GALLERY: readonly GalleryCase[] = [
  withoutCatalog(
    'A deny below allow all',
    [all, { id: 'no', effect: 'deny', tools: ['delete_*'] }],
    [OPEN, 'no shadowed'],
  ),
  withoutCatalog(
    'Two rules cover a third together',
    [
      { id: 'a', effect: 'allow', tools: ['send_*'], scope: { agents: ['codex'] } },
      { id: 'b', effect: 'allow', tools: ['send_mail'] },
      { id: 'c', effect: 'deny', tools: ['send_mail', 'send_chat'], scope: { agents: ['codex'] } },
    ],
    ['c shadowed'],
  ),
  withoutCatalog(
    'A wider pattern above',
    [
      { id: 'w', effect: 'allow', tools: ['send_*'] },
      { id: 'n', effect: 'deny', tools: ['send_mail'] },
    ],
    ['n shadowed'],
  ),
  withoutCatalog(
    'The same agent twice',
    [
      { id: 'w', effect: 'allow', scope: { agents: ['codex', 'cursor'] }, tools: ['send_*'] },
      { id: 'n', effect: 'deny', scope: { agents: ['cursor'] }, tools: ['send_mail'] },
    ],
    ['n shadowed'],
  ),
  withoutCatalog(
    'An agent in the scope and another in the condition',
    [
      {
        id: 'x',
        effect: 'allow',
        scope: { agents: ['cursor'] },
        tools: ['read_file'],
        condition: 'agent.slug == "codex"',
      },
    ],
    ['x never-matches'],
  ),
  withoutCatalog(
    'A tool in the pattern and another in the condition',
    [{ id: 'x', effect: 'allow', tools: ['send_*'], condition: 'tool.name.startsWith("get_")' }],
    ['x never-matches', 'x not-portable'],
  ),
  withoutCatalog(
    'An allow that allow all repeats',
    [{ id: 'r', effect: 'allow', tools: ['get_*'] }, all],
    ['r redundant', OPEN],
  ),
  withoutCatalog(
    'A deny that the default repeats',
    [
      { id: 'r', effect: 'deny', tools: ['get_*'] },
      { id: 'o', effect: 'allow', tools: ['send_*'] },
    ],
    ['r redundant'],
  ),
  withoutCatalog(
    'A gate above allow all',
    [
      {
        id: 'g',
        effect: 'gated',
        tools: ['send_*'],
        condition: 'has(request.args.channel) && request.args.channel == "general"',
      },
      all,
    ],
    ['g gate-falls-through', 'g redundant', OPEN],
  ),
  withoutCatalog(
    'A deny that a missing argument skips',
    [
      { id: 'd', effect: 'deny', tools: ['pay_*'], condition: 'has(request.args.amount) && request.args.amount > 500' },
      all,
    ],
    ['d deny-can-be-skipped', OPEN],
  ),
  withoutCatalog(
    'A condition that does not compile',
    [{ id: 'x', effect: 'allow', tools: ['read_file'], condition: 'request.args.count >' }],
    ['x condition-error'],
  ),
  withoutCatalog(
    'An unknown variable',
    [{ id: 'x', effect: 'allow', tools: ['read_file'], condition: 'amount > 5' }],
    ['x condition-error'],
  ),
  withoutCatalog(
    'A condition that is no boolean',
    [{ id: 'x', effect: 'allow', tools: ['read_file'], condition: '"text"' }],
    ['x condition-error'],
  ),
  withoutCatalog(
    'An interval without numbers',
    [
      {
        id: 'x',
        effect: 'allow',
        tools: ['read_file'],
        condition: 'has(request.args.count) && request.args.count > 5 && request.args.count < 3',
      },
    ],
    ['x constant-condition'],
  ),
  withoutCatalog(
    'A member of an empty list',
    [{ id: 'x', effect: 'allow', tools: ['read_file'], condition: 'agent.slug in []' }],
    ['x constant-condition'],
  ),
  withoutCatalog(
    'A fact with two values at once',
    [{ id: 'x', effect: 'allow', tools: ['read_file'], condition: 'agent.slug == "codex" && agent.slug == "cursor"' }],
    ['x constant-condition'],
  ),
  withoutCatalog(
    'A fact with two beginnings at once',
    [
      {
        id: 'x',
        effect: 'allow',
        tools: ['read_file'],
        condition: 'agent.slug.startsWith("a") && agent.slug.startsWith("b")',
      },
    ],
    ['x constant-condition'],
  ),
  withoutCatalog(
    'A beginning that the value lacks',
    [
      {
        id: 'x',
        effect: 'allow',
        tools: ['read_file'],
        condition: 'agent.slug == "cursor" && agent.slug.endsWith("x")',
      },
    ],
    ['x constant-condition'],
  ),
  withoutCatalog(
    'A condition that is true',
    [{ id: 'x', effect: 'allow', tools: ['read_file'], condition: 'true' }],
    ['x constant-condition'],
  ),
  withoutCatalog(
    'A fact that is present or absent',
    [{ id: 'x', effect: 'allow', tools: ['read_file'], condition: 'has(user.id) || !has(user.id)' }],
    ['x constant-condition', 'x not-portable'],
  ),
  withoutCatalog(
    'A part of the time that there is not',
    [{ id: 'x', effect: 'allow', tools: ['read_file'], condition: 'request.time.constructor == 1' }],
    ['x constant-condition', 'x not-portable', 'x type-mismatch'],
  ),
  withoutCatalog(
    'A text of fewer than no characters',
    [{ id: 'x', effect: 'allow', tools: ['read_file'], condition: 'size(request.args.path) < 0' }],
    ['x constant-condition'],
  ),
  withoutCatalog(
    'A value that is compared with itself',
    [{ id: 'x', effect: 'allow', tools: ['read_file'], condition: 'request.args.path != request.args.path' }],
    ['x constant-condition'],
  ),
  withoutCatalog(
    'An hour that no day has',
    [{ id: 'x', effect: 'allow', tools: ['read_file'], condition: 'request.time.getHours() >= 24' }],
    ['x constant-condition', 'x not-portable'],
  ),
  withoutCatalog(
    'A time zone by its abbreviation',
    [{ id: 'x', effect: 'allow', tools: ['read_file'], condition: 'request.time.getHours("PST") > 8' }],
    ['x invalid-time-zone', 'x not-portable'],
  ),
  withoutCatalog(
    'A deny with a pattern that RE2 refuses',
    [{ id: 'd', effect: 'deny', tools: ['write_*'], condition: 'request.args.path.matches("^(?!/tmp/)")' }, all],
    ['d always-fails', 'd constant-condition', OPEN],
  ),
  withoutCatalog(
    'A date without a time',
    [{ id: 'x', effect: 'allow', tools: ['read_file'], condition: 'request.time < timestamp("2026-04-20")' }],
    ['x always-fails', 'x not-portable'],
  ),
  withoutCatalog(
    'A misspelt member',
    [{ id: 'x', effect: 'allow', tools: ['read_file'], condition: 'agent.slugg == "codex"' }],
    ['x constant-condition', 'x unknown-argument'],
  ),
  withoutCatalog(
    'An int added to a JSON number',
    [
      {
        id: 'x',
        effect: 'allow',
        tools: ['read_file'],
        condition: 'has(request.args.count) && request.args.count + 1 > 5',
      },
    ],
    ['x type-mismatch'],
  ),
  withoutCatalog(
    'A server in the pattern',
    [{ id: 'x', effect: 'allow', tools: ['mcp__slack__send_*'] }],
    ['x unknown-name'],
  ),
  withoutCatalog(
    'A pattern that is not documented',
    [{ id: 'x', effect: 'allow', tools: ['send_?'] }],
    ['x not-portable'],
  ),
  withoutCatalog(
    'A hidden character',
    [{ id: 'x', effect: 'allow', tools: ['send\u200b_*'] }],
    ['x hidden-characters'],
  ),
  withoutCatalog(
    'A Cyrillic letter',
    [{ id: 'x', effect: 'allow', tools: ['d\u0435lete_*'] }],
    ['x confusable-letters'],
  ),
  withoutCatalog(
    'A draft that would change decisions',
    [{ id: 'd', effect: 'deny', status: 'draft', tools: ['delete_*'] }, all],
    ['d draft-would-change', OPEN],
  ),
  withoutCatalog(
    'A draft that would change nothing',
    [{ id: 'd', effect: 'allow', status: 'draft', tools: ['get_*'] }, all],
    ['d draft-would-change', OPEN],
  ),
  withoutCatalog(
    'A part that is never true',
    [
      {
        id: 'x',
        effect: 'allow',
        tools: ['read_file'],
        condition:
          'agent.slug == "cursor" || (has(request.args.count) && request.args.count > 5 && request.args.count < 3)',
      },
    ],
    ['x impossible-comparison'],
  ),
  withoutCatalog(
    'A part that asks for one of no values',
    [{ id: 'x', effect: 'allow', tools: ['read_file'], condition: 'agent.slug == "cursor" || agent.slug in []' }],
    ['x impossible-comparison'],
  ),
  withoutCatalog(
    'A comparison with null where there is none',
    [{ id: 'x', effect: 'allow', tools: ['read_file'], condition: 'agent.slug == "cursor" || agent.slug == null' }],
    ['x impossible-comparison', 'x type-mismatch'],
  ),
  withoutCatalog(
    'Not equal to one value, or not equal to another',
    [
      {
        id: 'x',
        effect: 'allow',
        tools: ['read_file'],
        condition: 'has(request.args.count) && (agent.slug != "codex" || agent.slug != "cursor")',
      },
    ],
    ['x impossible-comparison'],
  ),
  withoutCatalog(
    'A guard that is there twice',
    [
      {
        id: 'x',
        effect: 'allow',
        tools: ['read_file'],
        condition: 'has(request.args.count) && request.args.count > 5 && has(request.args.count)',
      },
    ],
    ['x redundant-guard'],
  ),
  withoutCatalog(
    'A guard within what is guarded',
    [
      {
        id: 'x',
        effect: 'allow',
        tools: ['read_file'],
        condition: 'has(request.args.count) && (!has(request.args.count) || request.args.count < 5)',
      },
    ],
    ['x redundant-guard'],
  ),
  withoutCatalog(
    'A deny by agent above an allow by tool',
    [
      { id: 'd', effect: 'deny', tools: ['*'], scope: { agents: ['cursor'] } },
      { id: 'a', effect: 'allow', tools: ['get_*'] },
    ],
    ['d overlap'],
  ),
  withoutCatalog(
    'An allow and a deny that cross',
    [
      { id: 'a', effect: 'allow', tools: ['*_file'], condition: 'agent.slug == "cursor"' },
      { id: 'd', effect: 'deny', tools: ['delete_*'] },
      all,
    ],
    ['a overlap', OPEN],
  ),
  {
    name: 'A gate that denies, below a deny',
    gatedWhenFalse: 'deny',
    rules: [
      { id: 'd', effect: 'deny', tools: ['*'] },
      { id: 'g', effect: 'gated', tools: ['read_file'], condition: guarded },
    ],
    expected: ['g shadowed'],
  },
  ...(
    [
      ['delete_\\*', 'a backslash before its star'],
      [' delete_*', 'a space before it'],
      ['*__delete_*', 'a star for the server that clients write before a tool'],
      ['mcp-github-delete_*', 'the name of the server before it, by hyphens'],
      ['mcp_github_delete_*', 'the name of the server before it, by underscores'],
      ['Delete_*', 'a capital letter'],
      ['`delete_*`', 'the marks of code around it'],
      ['destroy_*', 'a word that no tool begins with'],
      ['github__delete_*', 'the name of the server before it, as some clients write it'],
    ] as const
  ).map(([pattern, mistake]): GalleryCase => ({
    name: `A deny rule that fits no tool: its pattern has ${mistake}`,
    catalog: github,
    rules: [
      { id: 'd', effect: 'deny', tools: [pattern] },
      { id: 'x', effect: 'allow', tools: ['get_file'] },
    ],
    expected: ['d redundant', 'd unknown-name'],
  })),
  {
    name: 'A deny rule of which one pattern fits',
    catalog: github,
    rules: [
      { id: 'd', effect: 'deny', tools: ['delete_*', 'remove_*'] },
      { id: 'x', effect: 'allow', tools: ['get_file', 'delete_file'] },
    ],
    expected: ['d overlap'],
  },
  {
    name: 'A misspelt agent',
    catalog: github,
    rules: [{ id: 'x', effect: 'allow', scope: { agents: ['curser'] }, tools: ['get_file'] }],
    expected: ['x unknown-name'],
  },
  {
    name: 'A misspelt tag',
    catalog: github,
    rules: [{ id: 'x', effect: 'allow', scope: { resources: ['tag:prodction'] }, tools: ['get_file'] }],
    expected: ['x unknown-name'],
  },
  {
    name: 'A destructive tool without a condition',
    catalog: github,
    rules: [{ id: 'x', effect: 'allow', scope: { resources: ['github'] }, tools: ['delete_*'] }],
    expected: ['x allows-destructive'],
  },
  {
    name: 'An argument that the tool does not have',
    catalog: github,
    rules: [
      {
        id: 'x',
        effect: 'allow',
        tools: ['create_refund'],
        condition: 'has(request.args.amount) && request.args.amont > 5',
      },
    ],
    expected: ['x unknown-argument'],
  },
  {
    name: 'An optional argument without has',
    catalog: github,
    rules: [{ id: 'x', effect: 'allow', tools: ['create_refund'], condition: 'request.args.amount < 5' }],
    expected: ['x unguarded-argument'],
  },
  {
    name: 'A text compared with a number',
    catalog: github,
    rules: [{ id: 'x', effect: 'allow', tools: ['create_refund'], condition: 'request.args.to == 5' }],
    expected: ['x type-mismatch'],
  },
];
