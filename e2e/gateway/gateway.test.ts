import { ProtocolError } from '@modelcontextprotocol/client';
import { describe, expect, it, vi } from 'vitest';
import { MAX_ARGUMENT_BYTES, MAX_ARGUMENT_DEPTH } from './arguments';
import type { Identity } from './facts';
import { HAZARDS_META_KEY } from './gateway';
import { activePolicy, ANSWER, CALLER, gatewayOf, GITHUB, NOON, SLACK, textOf, tool } from './testdata/parts';

const rule = (id: string, effect: string, tools: string[], more: object = {}): object => ({
  id,
  name: `Rule ${id}`,
  effect,
  tools,
  ...more,
});
const everything = rule('all', 'allow', ['*']);

describe('a call', () => {
  const gate = (more: object = {}): object =>
    rule('g', 'gated', ['send_*'], { condition: 'request.args.channel == "general"', ...more });

  interface Case {
    readonly name: string;
    readonly rules: object[];
    readonly settings?: object;
    readonly identity?: Identity;
    readonly tool?: string;
    readonly args?: object;
    /** What the client reads; the server's answer where it is left out. */
    readonly text?: string;
    /** What an allowed call's answer, and its entry, say of hazards. */
    readonly hazards?: readonly { readonly kind: string; readonly ruleId: string; readonly text: string }[];
    readonly recorded: { readonly effect: string; readonly rule: string | null; readonly error: string | null };
  }
  const allowedBy = (id: string) => ({ effect: 'allow', rule: id, error: null });
  const deniedBy = (id: string | null) => ({ effect: 'deny', rule: id, error: 'policy_denied' });

  const CASES: Case[] = [
    { name: 'that a rule allows', rules: [everything], recorded: allowedBy('all') },
    {
      name: 'that a rule denies',
      rules: [rule('d', 'deny', ['send_*']), everything],
      text: 'Denied by policy: rule 1 "Rule d" (d).',
      recorded: deniedBy('d'),
    },
    {
      name: 'that no rule allows',
      rules: [rule('r', 'allow', ['read_*'])],
      text: 'Denied by policy: no rule allows this call.',
      recorded: deniedBy(null),
    },
    {
      name: 'of a policy without rules',
      rules: [],
      text: 'Denied by policy: no rule allows this call.',
      recorded: deniedBy(null),
    },
    { name: 'through a gate that is open', rules: [gate()], args: { channel: 'general' }, recorded: allowedBy('g') },
    {
      name: 'past a gate that is closed',
      rules: [gate(), everything],
      args: { channel: 'random' },
      hazards: [
        {
          kind: 'gate-passed',
          ruleId: 'g',
          text: 'the condition of rule 1 "Rule g" (g) does not hold, but a rule below allowed the call',
        },
      ],
      recorded: allowedBy('all'),
    },
    {
      name: 'that a closed gate alone could have allowed',
      rules: [gate(), rule('r', 'allow', ['read_*'])],
      args: { channel: 'random' },
      text: 'Denied by policy: no rule allows this call; the condition of rule 1 "Rule g" (g) is false.',
      recorded: deniedBy(null),
    },
    {
      name: 'that is denied whatever an unknown fact is',
      rules: [
        rule('d', 'deny', ['*'], { scope: { groups: ['interns'] } }),
        rule('e', 'deny', ['send_*'], { condition: 'user.email == "a@acme.example"' }),
      ],
      identity: {},
      text: 'Denied by policy: rule 1 "Rule d" (d), or rule 2 "Rule e" (e), or no rule allows this call.',
      recorded: deniedBy(null),
    },
    {
      name: 'at a closed gate that denies',
      rules: [everything, gate()].reverse(),
      settings: { gatedWhenFalse: 'deny' },
      args: { channel: 'random' },
      text: 'Denied by policy: the condition of rule 1 "Rule g" (g) is false.',
      recorded: deniedBy('g'),
    },
    {
      name: 'at a gate whose condition errs',
      rules: [gate()],
      args: { chanel: 'general' },
      text: 'Denied by policy: no rule allows this call; the condition of rule 1 "Rule g" (g) fails: no such key: `channel`.',
      recorded: deniedBy(null),
    },
    {
      name: 'past a deny rule whose condition errs',
      rules: [rule('d', 'deny', ['*'], { condition: 'request.args.amount > 5' }), everything],
      args: { amount: 'x' },
      hazards: [
        {
          kind: 'deny-skipped',
          ruleId: 'd',
          text: 'rule 1 "Rule d" (d) denies, but its condition fails, so it was skipped and a rule below allowed the call',
        },
      ],
      recorded: allowedBy('all'),
    },
    {
      name: 'that depends on what is not known',
      rules: [rule('d', 'deny', ['*'], { scope: { groups: ['interns'] } }), everything],
      identity: { user: { id: 'u' } },
      text: 'Denied by policy: the decision depends on `user.groups`, which this gateway does not know (rule 1 "Rule d" (d), rule 2 "Rule all" (all)).',
      recorded: deniedBy(null),
    },
    {
      name: 'by a caller for whom it is known',
      rules: [rule('d', 'deny', ['*'], { scope: { groups: ['interns'] } }), everything],
      identity: { user: { id: 'u', groups: [] } },
      recorded: allowedBy('all'),
    },
    {
      name: 'of a tool that is not there, allowed',
      rules: [everything],
      tool: 'send_nothing',
      text: 'There is no tool `send_nothing`.',
      recorded: { effect: 'allow', rule: 'all', error: 'unknown_tool' },
    },
    {
      name: 'of a tool that is not there, denied',
      rules: [rule('d', 'deny', ['send_*'])],
      tool: 'send_nothing',
      text: 'Denied by policy: rule 1 "Rule d" (d).',
      recorded: deniedBy('d'),
    },
    {
      name: 'of a rule whose name would write on a terminal',
      rules: [rule('d', 'deny', ['*'], { name: 'a\u001b[31mb' })],
      text: 'Denied by policy: rule 1 "a⟨U+001B⟩[31mb" (d).',
      recorded: deniedBy('d'),
    },
    {
      name: 'by its time',
      rules: [rule('t', 'allow', ['*'], { condition: 'request.time.getHours() == 12' })],
      recorded: allowedBy('t'),
    },
    {
      name: 'by its annotations, client and resource',
      rules: [
        rule('c', 'allow', ['*'], {
          condition:
            'tool.annotations.readOnlyHint && tool.title == "Read" && instance.client.name == "test" && "chat" in resource.tags',
        }),
      ],
      tool: 'read_channel',
      recorded: allowedBy('c'),
    },
  ];

  it.each(CASES)(
    '$name',
    async ({ rules, settings, identity, tool: name = 'send_message', args = {}, text, hazards = [], recorded }) => {
      const { call, entries, reached } = gatewayOf(await activePolicy(rules, settings), identity ? { identity } : {});
      const result = await call(name, args);
      if (text === undefined)
        expect(result).toEqual(hazards.length === 0 ? ANSWER : { ...ANSWER, _meta: { [HAZARDS_META_KEY]: hazards } });
      else expect({ text: textOf(result), isError: result.isError }).toEqual({ text, isError: true });
      // What is not allowed, or not there, never reaches the server; what does, does so as it was asked for.
      expect(reached).toEqual(text === undefined ? [{ slug: 'slack', tool: name, args }] : []);
      expect(entries).toHaveLength(text === undefined ? 3 : 2);
      if (text === undefined)
        expect(entries[2]).toMatchObject({
          action: 'gateway.call.finished',
          details: {
            callId: (entries[1] as { id: string }).id,
            outcome: 'answered',
            durationMs: expect.any(Number) as number,
          },
        });
      expect(entries[1]).toMatchObject({
        timestamp: NOON,
        action: 'gateway.tool.executed',
        details: {
          toolName: name,
          mcpServer: 'slack',
          policyEffect: recorded.effect,
          policyRuleId: recorded.rule,
          errorType: recorded.error,
          hazards: expect.arrayContaining(hazards.map(({ kind, ruleId }) => ({ kind, ruleId }))) as unknown[],
          arguments: args,
        },
        call: { instance: { client: { name: 'test', version: '1', protocolVersion: '2025-11-25' } } },
      });
    },
  );

  it('without arguments has none, and they are known', async () => {
    const policy = await activePolicy([rule('n', 'allow', ['*'], { condition: '!has(request.args.x)' })]);
    const { call, reached } = gatewayOf(policy);
    expect(await call('send_message')).toEqual(ANSWER);
    expect(reached).toEqual([{ slug: 'slack', tool: 'send_message', args: {} }]);
  });

  it('is decided on, logged and forwarded as one value', async () => {
    const policy = await activePolicy([rule('n', 'allow', ['*'], { condition: '1.0 / request.args.n > 0.0' })]);
    const { call, entries, reached } = gatewayOf(policy);
    const args: unknown = JSON.parse('{ "n": -0, "__proto__": { "n": 2 } }');
    await call('send_message', args);
    const written = JSON.parse('{ "n": 0, "__proto__": { "n": 2 } }') as object;
    expect(reached).toEqual([{ slug: 'slack', tool: 'send_message', args: written }]);
    expect(entries[1]).toMatchObject({ details: { arguments: written, policyEffect: 'allow' } });
  });

  const deep = (levels: number): unknown => (levels === 0 ? 1 : [deep(levels - 1)]);
  it.each([
    [
      'too large',
      { text: 'x'.repeat(MAX_ARGUMENT_BYTES) },
      `the arguments are larger than ${String(MAX_ARGUMENT_BYTES)} bytes`,
    ],
    [
      'too deep',
      { list: deep(MAX_ARGUMENT_DEPTH) },
      `the arguments nest more than ${String(MAX_ARGUMENT_DEPTH)} levels deep`,
    ],
  ])('is refused where its arguments are %s', async (_, args, reason) => {
    const { call, entries, reached, log } = gatewayOf(await activePolicy([everything]));
    const result = await call('send_message', args);
    expect({ text: textOf(result), isError: result.isError }).toEqual({ text: `Refused: ${reason}.`, isError: true });
    expect(reached).toEqual([]);
    expect(entries[1]).toMatchObject({
      action: 'gateway.request.refused',
      details: { reason, request: 'send_message' },
    });
    expect(log().length).toBeLessThan(1000);
  });

  it('is let through where its arguments are as large as they may be', async () => {
    const { call, reached } = gatewayOf(await activePolicy([everything]));
    await call('send_message', { text: 'x'.repeat(MAX_ARGUMENT_BYTES - '{"text":""}'.length) });
    await call('send_message', { list: deep(MAX_ARGUMENT_DEPTH - 1) });
    expect(reached).toHaveLength(2);
  });

  it('does not happen where it cannot be logged', async () => {
    const { call, reached, said } = gatewayOf(await activePolicy([everything]), {
      append: () => Promise.reject(new Error('no space left')),
    });
    expect(textOf(await call('send_message', {}))).toBe('Refused: the gateway cannot write its audit log.');
    expect(reached).toEqual([]);
    expect(said).toContain('the audit log cannot be written, so a call is refused: no space left');
  });

  it('is on the disk before it is forwarded, and its failure is logged', async () => {
    const order: string[] = [];
    const { call, said } = gatewayOf(await activePolicy([everything]), {
      append: async (entry) => {
        await new Promise((done) => setImmediate(done));
        const { action, details } = entry as { action: string; details: { outcome?: string } };
        order.push(`${action} ${details.outcome ?? ''}`.trim());
      },
      answer: () => {
        order.push('forwarded');
        return Promise.reject(new Error('gone, with hunter2'));
      },
    });
    const text = 'The server slack did not answer this call: gone, with [secret]';
    expect(await call('send_message', {})).toEqual({ isError: true, content: [{ type: 'text', text }] });
    // The entry of the outcome is written after the answer.
    await vi.waitFor(() => expect(order).toHaveLength(4), { timeout: 300_000 });
    expect(order).toEqual([
      'gateway.policy.loaded',
      'gateway.tool.executed',
      'forwarded',
      'gateway.call.finished no_answer',
    ]);
    expect(said).toEqual(['slack: a call failed: gone, with [secret]']);
  });

  it("is answered by its server's own JSON-RPC error, without secrets", async () => {
    const { call, entries } = gatewayOf(await activePolicy([everything]), {
      answer: () => Promise.reject(new ProtocolError(-32_602, 'no such channel, hunter2', { channel: 'x' })),
    });
    await expect(call('send_message', {})).rejects.toMatchObject({
      code: -32_602,
      message: 'no such channel, [secret]',
      data: { channel: 'x' },
    });
    expect(entries[2]).toMatchObject({ details: { outcome: 'protocol_error', code: -32_602 } });
  });

  it('of a server that is not connected is decided without what only the server knows', async () => {
    const rules = [rule('w', 'deny', ['*'], { condition: 'tool.annotations.destructiveHint' }), everything];
    const { resource } = SLACK;
    const guarded = gatewayOf(await activePolicy(rules), { servers: [{ resource }] });
    expect(textOf(await guarded.call('send_message', {}))).toContain('depends on `tool.annotations.destructiveHint`');
    const open = gatewayOf(await activePolicy([everything]), { servers: [{ resource }] });
    expect(textOf(await open.call('send_message', {}))).toBe(
      'The server slack is not connected at present: try again later.',
    );
    expect(open.entries[1]).toMatchObject({ details: { policyEffect: 'allow', errorType: 'server_unavailable' } });
  });

  it('waits for its own server to start, and for no other', async () => {
    let start = (): void => undefined;
    const started = new Promise<void>((done) => (start = done));
    const policy = await activePolicy([everything]);
    const { call, reached } = gatewayOf(policy, { servers: [SLACK, { resource: GITHUB.resource }], started });
    expect(await call('slack__send_message', {})).toEqual(ANSWER);
    const waiting = call('github__merge', {});
    start();
    expect(textOf(await waiting)).toContain('The server github is not connected');
    expect(reached).toHaveLength(1);
  });

  it('can be logged without its arguments', async () => {
    const { call, log } = gatewayOf(await activePolicy([everything]), { logArguments: false });
    await call('send_message', { secret: 'hunter2' });
    expect(log()).not.toContain('hunter2');
    expect(log()).not.toContain('arguments');
  });
});

describe('the tools that are listed', () => {
  const names = async (rules: object[], identity: Identity = {}): Promise<string[]> =>
    (await gatewayOf(await activePolicy(rules), { servers: [SLACK, GITHUB], identity }).gateway.list(CALLER)).map(
      ({ name }) => name,
    );

  it.each<[string, object[], string[]]>([
    [
      'all, where all is allowed',
      [everything],
      ['slack__send_message', 'slack__read_channel', 'github__merge', 'github__read_file'],
    ],
    ['none, where nothing is', [], []],
    [
      'those of a pattern, by their bare names',
      [rule('r', 'allow', ['read_*'])],
      ['slack__read_channel', 'github__read_file'],
    ],
    ['none by a name that only clients see', [rule('r', 'allow', ['slack__*'])], []],
    [
      'those of a resource',
      [rule('r', 'allow', ['*'], { scope: { resources: ['github'] } })],
      ['github__merge', 'github__read_file'],
    ],
    [
      'those of a tag',
      [rule('r', 'allow', ['*'], { scope: { resources: ['tag:chat'] } })],
      ['slack__send_message', 'slack__read_channel'],
    ],
    [
      'what arguments may open',
      [rule('r', 'gated', ['merge'], { condition: 'request.args.n < 5' })],
      ['github__merge'],
    ],
    [
      'what a time may open',
      [rule('r', 'allow', ['merge'], { condition: 'request.time.getHours() < 5' })],
      ['github__merge'],
    ],
    ['what an unknown fact may open', [rule('r', 'allow', ['merge'], { scope: { groups: ['g'] } })], ['github__merge']],
    [
      'not what is denied whatever the arguments',
      [rule('d', 'deny', ['merge']), rule('r', 'gated', ['merge'], { condition: 'request.args.n < 5' })],
      [],
    ],
    [
      'what a deny rule may spare',
      [rule('d', 'deny', ['merge'], { condition: 'request.args.n < 5' }), rule('r', 'allow', ['merge'])],
      ['github__merge'],
    ],
  ])('%s', async (_, rules, expected) => {
    expect(await names(rules)).toEqual(expected);
  });

  it('are those for this agent', async () => {
    const rules = [rule('r', 'allow', ['merge'], { scope: { agents: ['cursor'] } })];
    expect(await names(rules, { agent: { slug: 'cursor' } })).toEqual(['github__merge']);
    expect(await names(rules, { agent: { slug: 'claude-code' } })).toEqual([]);
  });

  it('keep everything that their server says of them', async () => {
    const described = tool('t', {
      title: 'T',
      description: 'does it',
      inputSchema: { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] },
      outputSchema: { type: 'object' },
      annotations: { title: 'T', destructiveHint: true },
      _meta: { x: 1 },
    });
    const { gateway } = gatewayOf(await activePolicy([everything]), {
      servers: [{ resource: SLACK.resource, tools: [described] }],
    });
    expect(await gateway.list(CALLER)).toEqual([described]);
  });

  it('are announced anew with another policy', async () => {
    const { gateway } = gatewayOf(await activePolicy([]));
    let notified = 0;
    const end = gateway.onToolsChanged(() => notified++);
    gateway.use(await activePolicy([everything]));
    expect([notified, (await gateway.list(CALLER)).length]).toEqual([1, 2]);
    end();
    gateway.use(await activePolicy([]));
    expect([notified, (await gateway.list(CALLER)).length]).toEqual([1, 0]);
  });
});

describe('several servers', () => {
  it.each([
    ['slack__send_message', { slug: 'slack', tool: 'send_message', args: {} }],
    ['github__merge', { slug: 'github', tool: 'merge', args: {} }],
    ['slack__merge', undefined],
    ['send_message', undefined],
    ['slack_send_message', undefined],
    ['__merge', undefined],
    ['github__', undefined],
    ['', undefined],
    ['constructor', undefined],
  ])('are distinguished: %s', async (name, expected) => {
    const { call, reached, entries } = gatewayOf(await activePolicy([everything]), { servers: [SLACK, GITHUB] });
    await call(name, {});
    expect(reached).toEqual(expected === undefined ? [] : [expected]);
    expect(entries[1]).toMatchObject({
      details: { policyEffect: 'allow', errorType: expected === undefined ? 'unknown_tool' : null },
    });
  });

  it('repeat no control characters of a name', async () => {
    const { call } = gatewayOf(await activePolicy([everything]), { servers: [SLACK, GITHUB] });
    expect(textOf(await call('x\u001b[31m', {}))).toBe('There is no tool `x⟨U+001B⟩[31m`.');
  });

  it('leave a name of no server to the policy, without a resource', async () => {
    const policy = await activePolicy([
      rule('s', 'deny', ['*'], { scope: { resources: ['slack', 'github'] } }),
      everything,
    ]);
    const { call, entries } = gatewayOf(policy, { servers: [SLACK, GITHUB] });
    expect(textOf(await call('notion__read', {}))).toBe('There is no tool `notion__read`.');
    expect(entries[1]).toMatchObject({
      resource: null,
      details: { policyRuleId: 'all', toolName: 'notion__read', mcpServer: null },
      call: { resource: null },
    });
  });
});
