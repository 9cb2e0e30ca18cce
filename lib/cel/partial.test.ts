/** Evaluation with unknown facts: which facts an unknown answer waits for, and where ours is not cel-go's (docs/semantics.md, "Three-valued decisions"). */
import { describe, expect, it } from 'vitest';
import { activation } from './evaluate/activation';
import { encodeResult } from './values/encode';
import { compile } from './evaluate/program';
import { formatPath, parsePath } from './values/unknown';
import { EvalError, Unknown } from './values/values';

const FACTS = {
  agent: { slug: 'claude-code', tags: ['prod'], key: 'channel_id' },
  user: { email: 'ana@acme.example' },
  request: { ip: '10.0.0.1', args: { channel_id: 'C1' } },
};

async function answer(source: string, unknown: readonly string[]): Promise<unknown> {
  const compiled = await compile(source);
  if (!compiled.ok) return compiled.diagnostics[0]?.message;
  const result = compiled.program.evaluate(activation(FACTS, unknown));
  if (result instanceof Unknown) return result.paths;
  if (result instanceof EvalError) return result.code;
  return (encodeResult(result) as { value: unknown }).value;
}

const ARGS = ['request.args'];
const BOTH = ['request.args', 'user'];

describe('an unknown answer waits for', () => {
  it.each<[string, readonly string[], unknown]>([
    ['request.args.channel_id == "C1"', ARGS, ['request.args.channel_id']],
    ['request.args["content-type"] == "x"', ARGS, ['request.args["content-type"]']],
    ['request.args["channel_id"] == "x"', ARGS, ['request.args.channel_id']],
    ['request.args.list[0].k == 1', ARGS, ['request.args.list[0].k']],
    ['request.args[agent.key].x == "C1"', ARGS, ['request.args']],
    ['agent[request.args.key] == "x"', ARGS, ['request.args.key']],
    ['request.args[user.email] == "x"', BOTH, ['request.args', 'user.email']],
    ['has(request.args.a.b)', ARGS, ['request.args.a.b']],
    ['size(request)', ARGS, ['request']],
    ['"ip" in request', ARGS, ['request']],
    ['request.ip == "10.0.0.1"', ARGS, true],
    ['has(request.ip)', ARGS, true],
    ['user.email == request.args.owner', BOTH, ['request.args.owner', 'user.email']],
    ['user.email == request.args.owner', ARGS, ['request.args.owner']],
    ['request.args.a > 1 && user.email == "x"', BOTH, ['request.args.a', 'user.email']],
    ['request.args.a > 1 && agent.slug == "cursor" && user.email == "x"', BOTH, false],
    ['request.args.a > 1 || user.nope', BOTH, ['request.args.a', 'user.nope']],
    ['request.args.a > 1 && 1 / 0 == 1', ARGS, ['request.args.a']],
    ['[request.args.a, user.email, agent.slug]', BOTH, ['request.args.a', 'user.email']],
    ['{"a": request.args.a, "b": user.email}.a', BOTH, ['request.args.a', 'user.email']],
    ['agent.tags.exists(t, t == request.args.tag || t == user.tag)', BOTH, ['request.args.tag', 'user.tag']],
    ['agent.tags.exists(t, t == "prod" || t == user.tag)', BOTH, true],
    ['request.args.to.all(t, t == user.email)', BOTH, ['request.args.to']],
    ['[1, 2].filter(x, x == 1 ? request.args.a : user.b)', BOTH, ['request.args.a', 'user.b']],
    ['[1, 2].map(x, x == 1 ? request.args.a : user.b)', BOTH, ['request.args.a', 'user.b']],
    ['[1, 2].exists_one(x, x == 1 ? request.args.a : user.b)', BOTH, ['request.args.a', 'user.b']],
    ['request.args.flag ? user.a : user.b', BOTH, ['request.args.flag']],
    ['(agent.slug == "x" ? request : user).ip == "x"', BOTH, ['user.ip']],
    ['(agent.slug == "claude-code" ? request : user).ip', BOTH, '10.0.0.1'],
    ['request.args.time.getHours(user.zone) > 1', BOTH, ['request.args.time', 'user.zone']],
    ['-request.args.a < 0.0', ARGS, ['request.args.a']],
    ['request.args.a.matches(user.pattern)', BOTH, ['request.args.a', 'user.pattern']],
  ])('%s with %j', async (source, unknown, wanted) => {
    expect(await answer(source, unknown)).toEqual(wanted);
  });
});

describe('strict operations fail as their leftmost operand does', () => {
  it.each([
    ['1 / 0 > request.args.a', 'division-by-zero'],
    ['request.args.a > 1 / 0', ['request.args.a']],
    ['[1 / 0, request.args.a] == []', 'division-by-zero'],
    ['request.args.a in []', ['request.args.a']],
    ['request.args[agent.nope]', 'no-such-key'],
    ['agent[request.args.k][agent.nope]', 'no-such-key'],
    ['agent.nope[request.args.k]', 'no-such-key'],
    ['request.ip[request.args.k]', ['request.args.k']],
    ['{"x": {"y": 1}}.nope[request.args.k]', 'no-such-key'],
    ['tool.name == request.args.k', 'no-such-variable'],
    ['[1, 2].exists_one(x, x == 1 ? request.args.a : 1 / 0 == x)', 'division-by-zero'],
    ['[1, 2].exists_one(x, x == 1 ? 1 / 0 == x : request.args.a)', ['request.args.a']],
    ['[1, 2].map(x, x == 1 ? 1 / 0 : request.args.a)', 'division-by-zero'],
  ])('%s', async (source, wanted) => {
    expect(await answer(source, ARGS)).toEqual(wanted);
  });
});

describe('not copied from cel-go', () => {
  it('an iteration variable is known, whatever its name', async () => {
    expect(await answer('agent.tags.exists(user, user == "prod")', ['user'])).toBe(true);
    expect(await answer('[{"args": 1}].exists(request, request.args == 1)', ARGS)).toBe(true);
  });

  it('a presence below an unknown index is unknown', async () => {
    expect(await answer('has(agent[request.args.key].b)', ARGS)).toEqual(['request.args.key']);
  });
});

describe('paths', () => {
  it.each<[string, string, readonly unknown[]]>([
    ['user', 'user', []],
    ['request.args.a_1', 'request', ['args', 'a_1']],
    ['request.args["content-type"]', 'request', ['args', 'content-type']],
    ['request.args["a\\"b"][0]', 'request', ['args', 'a"b', 0n]],
  ])('%s', (path, root, steps) => {
    expect(parsePath(path)).toEqual([root, ...steps]);
    expect(formatPath(root, steps)).toBe(path);
  });

  it.each(['', '.', 'a.', '[0]', 'a b', 'a[x]', 'a..b', 'a["x"'])('%s is none', (path) => {
    expect(parsePath(path)).toBeUndefined();
  });
});
