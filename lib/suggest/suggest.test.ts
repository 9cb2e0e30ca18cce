import { describe, expect, it } from 'vitest';
import {
  callId,
  DEFAULT_SETTINGS,
  EMPTY_CATALOG,
  fillRule,
  ruleId,
  validateRules,
  type Call,
  type Catalog,
  type Json,
  type JsonObject,
  type Policy,
  type RecordedDecision,
} from '../engine';
import { suggestRules, type PolicySuggestion, type SuggestionChoices } from '.';

const CHOICES: SuggestionChoices = {
  take: 'not-denied',
  by: ['agents', 'resources'],
  tools: 'exact',
  limitsArguments: false,
};

interface CallParts {
  readonly agent?: string | null;
  readonly on?: string;
  readonly tool?: string;
  readonly args?: JsonObject | null;
  readonly user?: NonNullable<Call['user']>;
  readonly recorded?: RecordedDecision['effect'];
}

let made = 0;
const call = ({ agent = 'bot', on = 'crm', tool = 'get_user', args, user, recorded }: CallParts): Call => ({
  id: callId(`c${String(++made)}`),
  agent: agent === null ? null : { slug: agent },
  resource: { slug: on },
  tool: { name: tool },
  ...(args === undefined ? {} : { args }),
  ...(user === undefined ? {} : { user }),
  ...(recorded === undefined ? {} : { recorded: { effect: recorded } }),
});

const catalogOf = (tools: Readonly<Record<string, readonly string[]>>): Catalog => ({
  ...EMPTY_CATALOG,
  resources: Object.entries(tools).map(([slug, names]) => ({ slug, tools: names.map((name) => ({ name })) })),
});

const visiting = (calls: readonly Call[]) => (each: (call: Call, index: number) => void) => {
  calls.forEach(each);
  return Promise.resolve(true);
};

async function suggested(
  calls: readonly Call[],
  choices: Partial<SuggestionChoices> = {},
  catalog: Catalog = EMPTY_CATALOG,
  settings: Policy['settings'] = DEFAULT_SETTINGS,
): Promise<PolicySuggestion> {
  const suggestion = await suggestRules({ visit: visiting(calls) }, { ...CHOICES, ...choices }, { catalog, settings });
  if (suggestion === undefined) throw new Error('stopped');
  const rules = suggestion.rules.map(({ rule }, i) => fillRule({ id: ruleId(`r${String(i)}`), ...rule }));
  expect(validateRules(rules as unknown as Json, '/rules')).toEqual([]);
  return suggestion;
}

/** A suggestion's rules, a line each, sorted. */
const lines = ({ rules }: PolicySuggestion): readonly string[] =>
  rules
    .map(({ rule: { scope, tools, condition } }) => {
      const names = Object.values(scope).flatMap((list) => (list.length > 0 ? [list.join(' ')] : []));
      return `${names.join(' / ')}: ${tools.join(' ')}${condition === null ? '' : ` if ${condition}`}`;
    })
    .sort();

const leftOut = ({ leftOut: all }: PolicySuggestion): readonly string[] =>
  all.map(({ reason, fact, count }) => `${String(count)} ${reason}${fact === undefined ? '' : ` ${fact}`}`).sort();

describe('rules for what was called', () => {
  it('name agents and resources exactly, together where they called the same', async () => {
    const calls = ['a', 'b'].flatMap((agent) => ['get_user', 'list_users'].map((tool) => call({ agent, tool })));
    const others = [call({ agent: 'c' }), call({ agent: 'c', on: 'mail', tool: 'send' })];
    const suggestion = await suggested([...calls, ...others]);
    expect(suggestion.rules.length).toBe(3);
    expect(lines(suggestion)).toContain('mail / c: send');
    expect(suggestion.checks.allowed).toBe(6);
  });

  it('share tools, so that three agents need two rules', async () => {
    const used = { a: ['x', 'y'], b: ['y', 'z'], c: ['x', 'y', 'z'] };
    const calls = Object.entries(used).flatMap(([agent, tools]) => tools.map((tool) => call({ agent, tool })));
    expect(lines(await suggested(calls))).toEqual(['crm / a c: x y', 'crm / b c: y z']);
  });

  it('are split by agents and resources where every call names them, unless otherwise chosen', async () => {
    const unplaced: Call = { id: callId('u'), agent: { slug: 'bot' }, tool: { name: 'get_user' } };
    const { by, anyOf, named } = await suggested([call({}), unplaced], { by: undefined });
    expect({ by, anyOf, named: named.resources }).toEqual({
      by: ['agents'],
      anyOf: ['resources', 'instances', 'users', 'groups'],
      named: 1,
    });
  });

  it('name users by their address, or else by their id', async () => {
    const users = [{ id: 'u1', email: 'ann@x.test' }, { id: 'u2' }].map((user) => call({ user }));
    expect(lines(await suggested(users, { by: ['users'] }))).toEqual(['ann@x.test u2: get_user']);
  });

  it('name a group by which no denied call would be allowed', async () => {
    const calls = [
      call({ tool: 'pay', user: { groups: ['staff', 'finance'] } }),
      call({ tool: 'pay', user: { groups: ['staff'] }, recorded: 'deny' }),
    ];
    expect(lines(await suggested(calls, { by: ['groups'] }))).toEqual(['finance: pay']);
  });

  it('name one thing a rule where the gateway wants all names of a facet to match', async () => {
    const settings: Policy['settings'] = { ...DEFAULT_SETTINGS, readings: { 'facet-or': 'all-values' } };
    const suggestion = await suggested([call({ agent: 'a' }), call({ agent: 'b' })], {}, EMPTY_CATALOG, settings);
    expect(lines(suggestion)).toEqual(['crm / a: get_user', 'crm / b: get_user']);
    expect(suggestion.checks.allowed).toBe(2);
  });

  it('have no more patterns than a rule may have', async () => {
    const tools = Array.from({ length: 70 }, (_, i) => `t${String(i)}`);
    const suggestion = await suggested(tools.map((tool) => call({ tool })));
    expect(suggestion.rules.map(({ rule }) => rule.tools.length)).toEqual([64, 6]);
    expect(suggestion.checks.allowed).toBe(70);
  });

  it('are as few for hundreds of users with a few ways to work', async () => {
    const ways = [['a', 'b'], ['b', 'c'], ['a']];
    const calls = Array.from({ length: 300 }, (_, i) =>
      (ways[i % 3] ?? []).map((tool) => call({ tool, user: { id: `u${String(i)}`, email: null } })),
    ).flat();
    const suggestion = await suggested(calls, { by: ['users', 'agents', 'resources'] });
    expect(suggestion.rules.length).toBeLessThanOrEqual(3);
    expect(suggestion.checks.allowed).toBe(calls.length);
  });
});

describe('patterns', () => {
  const calls = ['get_user', 'get_order', 'list_users', 'send'].map((tool) => call({ tool }));

  it('stand for tools that were all called', async () => {
    const all = catalogOf({ crm: ['get_user', 'get_order', 'list_users', 'list_orders', 'send'], mail: ['get_mail'] });
    const suggestion = await suggested(calls, { tools: 'justified' }, all);
    expect(lines(suggestion)).toEqual(['crm / bot: get_* list_users send']);
    expect(suggestion.openedTools).toEqual([]);
    expect(suggestion.checks.cells).toEqual({ total: 6, checked: 6, used: 4, opened: 0 });
  });

  it('look at all resources where the rules do not name them', async () => {
    const all = catalogOf({ crm: ['get_user', 'get_order'], mail: ['get_mail'] });
    const suggestion = await suggested(calls.slice(0, 2), { tools: 'justified', by: ['agents'] }, all);
    expect(lines(suggestion)).toEqual(['bot: get_order get_user']);
  });

  it('are longer where the short one fits more', async () => {
    const tools = ['get_user_name', 'get_user_mail', 'get_order'];
    const some = tools.map((tool) => call({ tool }));
    const suggestion = await suggested(some, { tools: 'justified' }, catalogOf({ crm: [...tools, 'get_secret'] }));
    expect(lines(suggestion)).toEqual(['crm / bot: get_order get_user_*']);
  });

  it('take in more where that was chosen, and say what', async () => {
    const destructive = { name: 'get_secret', annotations: { destructiveHint: true } };
    const catalog: Catalog = {
      ...EMPTY_CATALOG,
      resources: [{ slug: 'crm', tools: [{ name: 'get_user' }, destructive, { name: 'send' }] }],
      agents: [{ slug: 'other' }],
    };
    const family = await suggested([call({})], { tools: 'family' }, catalog);
    expect(lines(family)).toEqual(['crm / bot: get_*']);
    expect(family.openedTools).toEqual([
      { resource: 'crm', tool: 'get_secret', combinations: 1, called: false, destructive: true },
    ]);
    const any = await suggested([call({})], { tools: 'any' }, catalog);
    expect(any.openedTools.map(({ tool }) => tool)).toEqual(['get_secret', 'send']);
    expect(any.checks.cells).toEqual({ total: 6, checked: 6, used: 1, opened: 2 });
  });

  it('never take in a call that was denied', async () => {
    const denied = call({ tool: 'get_secret', recorded: 'deny' });
    const suggestion = await suggested([...calls, denied], { tools: 'any' });
    expect(lines(suggestion)).toEqual(['crm / bot: get_order get_user list_* send']);
    expect(suggestion.checks.denied).toEqual({ total: 1, conditional: 0 });
    expect(leftOut(suggestion)).toEqual(['1 recorded-denied']);
  });

  it('mean the same however `*` is read', async () => {
    const settings: Policy['settings'] = { ...DEFAULT_SETTINGS, readings: { star: 'not-slash' } };
    const slashed = [call({ tool: 'get_a/b' }), call({ tool: 'get_c' })];
    const suggestion = await suggested(slashed, { tools: 'any' }, EMPTY_CATALOG, settings);
    expect(suggestion.checks.allowed).toBe(2);
  });
});

describe('arguments', () => {
  const sends = (values: readonly Json[], rest: Partial<CallParts> = {}) =>
    values.map((channel) => call({ tool: 'send', args: { channel }, ...rest }));

  it('are limited to few values that came again and again', async () => {
    const calls = sends(['C1', 'C2', 'C1', 'C1', 'C2', 'C1']).map((one, i) => ({ ...one, args: { ...one.args, i } }));
    const suggestion = await suggested(calls, { limitsArguments: true });
    expect(lines(suggestion)).toEqual([
      'crm / bot: send if has(request.args.channel) && request.args.channel in ["C1", "C2"]',
    ]);
    expect(suggestion.rules[0]?.openArguments).toEqual(['i']);
  });

  it('are open where values did not come again', async () => {
    expect(lines(await suggested(sends(['C1', 'C2', 'C3', 'C1']), { limitsArguments: true }))).toEqual([
      'crm / bot: send',
    ]);
  });

  it('may be missing where they were, and no call errs', async () => {
    const some = [{ limit: 10 }, { limit: 10 }, { limit: 10 }, {}, null].map((args) => call({ args }));
    const suggestion = await suggested(some, { limitsArguments: true });
    expect(lines(suggestion)).toEqual([
      'crm / bot: get_user if !has(request.args) || !has(request.args.limit) || request.args.limit == 10.0',
    ]);
    expect(suggestion.checks.allowed).toBe(5);
  });

  it('of any name can be limited', async () => {
    const some = Array.from({ length: 3 }, () => call({ args: { 'a-b "c"': null, in: true } }));
    const suggestion = await suggested(some, { limitsArguments: true });
    expect(suggestion.rules[0]?.rule.condition).toBe(
      String.raw`"a-b \"c\"" in request.args && request.args["a-b \"c\""] == null && "in" in request.args && request.args["in"] == true`,
    );
    expect(suggestion.checks.allowed).toBe(3);
  });

  it('are not limited where those of a call are not known', async () => {
    const suggestion = await suggested([...sends(['C1', 'C1', 'C1']), call({ tool: 'send' })], {
      limitsArguments: true,
    });
    expect(lines(suggestion)).toEqual(['crm / bot: send']);
    expect(suggestion.checks.allowed).toBe(4);
  });

  it('keep denied calls out; what cannot be distinguished from them is left out', async () => {
    const calls = [...sends(['C1', 'C2', 'C3']), ...sends(['C3', 'C4'], { recorded: 'deny' })];
    const narrowed = await suggested(calls);
    expect(lines(narrowed)).toEqual([
      'crm / bot: send if has(request.args.channel) && request.args.channel in ["C1", "C2"]',
    ]);
    expect(leftOut(narrowed)).toEqual(['1 like-denied', '2 recorded-denied']);
    expect(narrowed.checks).toMatchObject({ allowed: 2, denied: { total: 2, conditional: 0 } });
  });

  it('that are not known tell nothing apart', async () => {
    const unknown = await suggested([call({ tool: 'send' }), call({ tool: 'send', recorded: 'deny' })]);
    expect(lines(unknown)).toEqual([]);
    expect(leftOut(unknown)).toEqual(['1 like-denied', '1 recorded-denied']);
  });
});

describe('what is left out', () => {
  it('is said with its reason', async () => {
    const calls: Call[] = [
      call({}),
      { id: callId('a'), resource: { slug: 'crm' }, tool: { name: 'get_user' } },
      call({ agent: null }),
      call({ agent: 'tag:x' }),
      call({ tool: 'a*b' }),
      { id: callId('b'), agent: { slug: 'bot' }, resource: { slug: 'crm' } },
      { id: callId('c'), agent: { slug: 'bot' }, resource: { slug: 'crm' }, tool: null },
    ];
    const suggestion = await suggested(calls);
    expect(leftOut(suggestion)).toEqual([
      '1 absent-fact agent.slug',
      '1 absent-fact tool.name',
      '1 no-selector agent.slug',
      '1 no-selector tool.name',
      '1 unknown-fact agent.slug',
      '1 unknown-fact tool.name',
    ]);
    expect(suggestion.checks.allowed).toBe(1);
  });

  it('is every call that is not recorded as allowed, where that was chosen', async () => {
    const suggestion = await suggested([call({}), call({ tool: 'send', recorded: 'allow' })], { take: 'allowed' });
    expect(lines(suggestion)).toEqual(['crm / bot: send']);
    expect(leftOut(suggestion)).toEqual(['1 not-recorded-allowed']);
  });

  it('is no call that was not chosen; it may be allowed too', async () => {
    const source = { visit: visiting([call({}), call({}), call({ tool: 'send' })]), isChosen: (i: number) => i === 0 };
    const suggestion = await suggestRules(source, CHOICES, { catalog: EMPTY_CATALOG });
    expect(suggestion?.calls).toEqual({ total: 3, chosen: 1 });
    expect(suggestion?.checks).toMatchObject({ allowed: 1, alsoAllowed: 1 });
  });

  it('is nothing where the work is stopped: there is no suggestion then', async () => {
    const stopped = await suggestRules({ visit: () => Promise.resolve(false) }, CHOICES, { catalog: EMPTY_CATALOG });
    expect(stopped).toBeUndefined();
  });
});
