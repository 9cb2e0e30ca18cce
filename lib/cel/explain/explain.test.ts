import { describe, expect, it } from 'vitest';
import { activation } from '../evaluate/activation';
import { explain as explainProgram, type ExplainedNode, type Explanation } from './explain';
import { compile } from '../evaluate/program';
import { reasonWords } from './reason-words';

const FACTS = {
  agent: { slug: 'claude-code', tags: ['prod'] },
  user: {},
  tool: { annotations: { readOnlyHint: false } },
  request: {
    args: {
      amount: 750,
      channel_id: 'C1',
      to: ['a@x.com', 'b@evil.com', 'c@x.com'],
      path: '/srv/../etc',
      n: '500',
      none: [],
    },
  },
};

async function explain(source: string, unknown: readonly string[] = []): Promise<Explanation> {
  const compiled = await compile(source);
  if (!compiled.ok) throw new Error(compiled.diagnostics[0]?.message);
  return explainProgram(compiled.program, activation(FACTS, unknown));
}

describe('the nearest reason, in words', () => {
  it.each<[string, ...string[]]>([
    ['request.args.amount > 500'],
    ['request.args.amount <= 500', '`request.args.amount` is `750`, wanted `<= 500`'],
    ['500 > request.args.amount', '`request.args.amount` is `750`, wanted `500` `>` it'],
    ['request.args.channel == "x"', '`request.args.channel` does not exist, did you mean `channel_id`?'],
    ['request.args.chanel_id == "x"', '`request.args.chanel_id` does not exist, did you mean `channel_id`?'],
    ['request.args["nothing-like"] == "x"', '`request.args["nothing-like"]` does not exist'],
    ['user.email == request.args.channel_id', '`user.email` does not exist'],
    ['has(request.args.chanel_id)', '`request.args.chanel_id` does not exist, did you mean `channel_id`?'],
    ['!has(request.args.amount)', '`request.args.amount` exists'],
    ['has(user.a.b)', '`user.a` does not exist'],
    // `&&`: what failed; `||`: everything; `!` turns what is wanted round.
    [
      'agent.slug == "cursor" && request.args.amount <= 500 && tool.annotations.readOnlyHint',
      '`agent.slug` is `"claude-code"`, wanted `"cursor"`',
    ],
    [
      'agent.slug == "cursor" || request.args.amount <= 500',
      '`agent.slug` is `"claude-code"`, wanted `"cursor"`',
      '`request.args.amount` is `750`, wanted `<= 500`',
    ],
    ['!(agent.slug in ["claude-code"])', '`agent.slug` is `"claude-code"`, which is in `["claude-code"]`'],
    [
      '!(agent.slug == "claude-code" && request.args.amount > 1)',
      '`agent.slug` is `"claude-code"`, and `agent.slug` `==` `"claude-code"` holds',
      '`request.args.amount` is `750`, and `request.args.amount` `>` `1` holds',
    ],
    ['agent.slug == "x" ? true : request.args.amount < 5', '`request.args.amount` is `750`, wanted `< 5`'],
    ['agent.slug in ["a", "b"]', '`agent.slug` is `"claude-code"`, wanted `in ["a", "b"]`'],
    ['"eu" in agent.tags', '`agent.tags` is `["prod"]`, wanted `"eu"` `in` it'],
    ['tool.annotations.readOnlyHint', '`tool.annotations.readOnlyHint` is `false`'],
    // Texts.
    ['request.args.path.startsWith("/tmp/")', '`request.args.path` is `"/srv/../etc"`, wanted to start with `"/tmp/"`'],
    ['!request.args.path.contains("..")', '`request.args.path` is `"/srv/../etc"`, which contains `".."`'],
    ['request.args.n.matches("^[a-z]+$")', '`request.args.n` is `"500"`, wanted to match `"^[a-z]+$"`'],
    [
      'agent.slug == "Claude-Code"',
      '`agent.slug` is `"claude-code"`, wanted `"Claude-Code"` (they differ only in case)',
    ],
    ['request.args.n == 500', '`request.args.n` is `"500"`, wanted `500` (they differ only in type)'],
    ['size(request.args.to) < 3', '`size(request.args.to)` is `3`, wanted `< 3`'],
    ['user.x == request.args.amount || agent.slug == request.args.n', '`user.x` does not exist'],
    [
      'agent.slug == request.args.n',
      '`agent.slug` is `"claude-code"` and `request.args.n` is `"500"`, wanted `request.args.n`',
    ],
    // Macros.
    [
      'request.args.to.all(t, t.endsWith("@x.com"))',
      'for the element `"b@evil.com"` of `request.args.to`: `t` is `"b@evil.com"`, wanted to end with `"@x.com"`',
    ],
    [
      '!request.args.to.exists(t, t.endsWith("evil.com"))',
      'for the element `"b@evil.com"` of `request.args.to`: `t` is `"b@evil.com"`, which ends with `"evil.com"`',
    ],
    ['request.args.to.exists(t, t == "z")', '`t == "z"` holds for none of the 3 elements of `request.args.to`'],
    ['request.args.none.exists(t, t == "z")', '`request.args.none` is empty'],
    [
      'request.args.to.exists_one(t, t.endsWith("x.com"))',
      '`t.endsWith("x.com")` holds for 2 of the 3 elements of `request.args.to`',
    ],
    ['!agent.tags.all(t, t == "prod")', '`t == "prod"` holds for every element of `agent.tags`'],
    ['request.args.to.all(t, t.domain == "x")', '`t.domain` does not exist'],
    // Failures.
    [
      'request.args.amount + 1 > 2',
      'no such overload: `+` of `double` and `int`; `request.args.amount` is `750`; JSON numbers are doubles: write `1.0` for `1`, or convert with `int(…)`',
    ],
    [
      'request.args.to[7] == "x"',
      'index out of range: `7`; `request.args.to` is `["a@x.com", "b@evil.com", "c@x.com"]`',
    ],
    [
      'timestamp(request.args.path) > request.time',
      '`/srv/../etc` is not a valid timestamp, as in `2026-01-31T09:30:00Z`; `request.args.path` is `"/srv/../etc"`',
    ],
    ['resource.slug == "x"', '`resource` is not given'],
    ['request.args.channel_id', '`request.args.channel_id` is `"C1"`, which is no bool'],
  ])('%s', async (source, ...words) => {
    const { reasons } = await explain(source);
    expect(reasons.map((reason) => reasonWords(reason, source))).toEqual(words);
  });

  it('says what an unknown answer waits for', async () => {
    const source = 'agent.slug == "claude-code" && user.email == request.args.owner';
    const { reasons } = await explain(source, ['request.args', 'user']);
    expect(reasons.map((reason) => reasonWords(reason, source))).toEqual([
      '`agent.slug == "claude-code" && user.email == request.args.owner` waits for `request.args.owner`, `user.email`',
    ]);
  });
});

describe('the value of each sub-expression', () => {
  const outline = (node: ExplainedNode, source: string): unknown => {
    const text = node.result?.kind === 'value' ? node.result.text : node.result?.kind;
    const own = `${source.slice(node.start, node.end)} = ${text}`;
    return node.children.length ? [own, ...node.children.map((child) => outline(child, source))] : own;
  };
  const tree = async (source: string, unknown: readonly string[] = []): Promise<unknown> => {
    return outline((await explain(source, unknown)).root, source);
  };

  it('stands with its range; what was not evaluated has none', async () => {
    expect(await tree('agent.slug == "x" && request.args.amount > 1')).toEqual([
      'agent.slug == "x" && request.args.amount > 1 = false',
      ['agent.slug == "x" = false', ['agent.slug = "claude-code"', expect.stringMatching(/^agent = \{"slug": /)]],
      [
        'request.args.amount > 1 = undefined',
        ['request.args.amount = undefined', ['request.args = undefined', 'request = undefined']],
      ],
    ]);
  });

  it('is, in a macro, that of the round which decided', async () => {
    const source = 'request.args.to.all(t, t.endsWith("@x.com"))';
    const { root } = await explain(source);
    expect(root.rounds).toEqual({
      count: 2,
      decisive: 1,
      shown: [
        {
          element: { kind: 'value', type: 'string', text: '"a@x.com"' },
          result: { kind: 'value', type: 'bool', text: 'true' },
        },
        {
          element: { kind: 'value', type: 'string', text: '"b@evil.com"' },
          result: { kind: 'value', type: 'bool', text: 'false' },
        },
      ],
    });
    expect(outline(root, source)).toEqual([
      'request.args.to.all(t, t.endsWith("@x.com")) = false',
      expect.arrayContaining([expect.stringMatching(/^request\.args\.to = /)]),
      ['t.endsWith("@x.com") = false', 't = "b@evil.com"'],
    ]);
  });

  it('holds nested macros apart', async () => {
    const source = '[[1, 2], [3, 4]].all(x, x.exists(y, y > 1 && y < 3))';
    const { root, reasons } = await explain(source);
    expect(root.rounds).toMatchObject({ count: 2, decisive: 1 });
    expect(reasons.map((reason) => reasonWords(reason, source))).toEqual([
      'for the element `[3, 4]` of `[[1, 2], [3, 4]]`: `y > 1 && y < 3` holds for none of the 2 elements of `x`',
    ]);
  });

  it('keeps the first hundred rounds and the last', async () => {
    const many = `[${Array.from({ length: 300 }, (_, i) => i).join()}].all(x, x < 250)`;
    const { root } = await explain(many);
    expect(root.rounds).toMatchObject({ count: 251, decisive: 100 });
    expect(root.rounds?.shown.at(-1)).toMatchObject({ element: { text: '250' }, result: { text: 'false' } });
  });

  it('is plain data', async () => {
    const explanation = await explain('request.args.to.map(t, {t: [t, 1u, type(t)]}) == [] || user.x', ['user.x']);
    expect(structuredClone(explanation)).toEqual(explanation);
    expect(JSON.parse(JSON.stringify(explanation))).toEqual(JSON.parse(JSON.stringify(structuredClone(explanation))));
  });
});
