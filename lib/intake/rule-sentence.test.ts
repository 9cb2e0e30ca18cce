import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fillScope, validateRule, type WrittenScope } from '../engine';
import { readRuleSentence, type KnownNames } from './rule-sentence';

const KNOWN: KnownNames = {
  agents: ['cursor', 'claude-code', 'ops'],
  instances: ['i-1'],
  users: ['ana@acme.example', 'u7'],
  groups: ['finance', 'ops'],
  resources: ['github', 'slack'],
  tools: ['fetch', 'delete_file', 'send_message'],
};

interface ExpectedRule {
  readonly effect: string;
  readonly tools: readonly string[];
  readonly scope?: WrittenScope;
  readonly condition?: string;
  readonly unknown?: readonly string[];
}

describe('a sentence that is certain is a rule', () => {
  test.each<[string, ExpectedRule]>([
    [
      'deny delete_* on github for cursor',
      { effect: 'deny', tools: ['delete_*'], scope: { resources: ['github'], agents: ['cursor'] } },
    ],
    [
      'Deny delete_* for cursor on github.',
      { effect: 'deny', tools: ['delete_*'], scope: { resources: ['github'], agents: ['cursor'] } },
    ],
    ['allow everything', { effect: 'allow', tools: ['*'] }],
    ['allow all tools on slack', { effect: 'allow', tools: ['*'], scope: { resources: ['slack'] } }],
    ['allow any tool for everyone', { effect: 'allow', tools: ['*'] }],
    [
      'permit get_*, list_* and read_* on github or slack',
      { effect: 'allow', tools: ['get_*', 'list_*', 'read_*'], scope: { resources: ['github', 'slack'] } },
    ],
    ['do not allow send_message by group ops', { effect: 'deny', tools: ['send_message'], scope: { groups: ['ops'] } }],
    ['don’t allow fetch', { effect: 'deny', tools: ['fetch'] }],
    ['never allow delete_file', { effect: 'deny', tools: ['delete_file'] }],
    [
      'block {create,update}_* for ana@acme.example and ben@acme.example',
      {
        effect: 'deny',
        tools: ['{create,update}_*'],
        scope: { users: ['ana@acme.example', 'ben@acme.example'] },
        unknown: ['ben@acme.example'],
      },
    ],
    [
      'allow "publish" on `jira`',
      { effect: 'allow', tools: ['publish'], scope: { resources: ['jira'] }, unknown: ['publish', 'jira'] },
    ],
    [
      'deny delete_repo on resource tag:production for agents tag:ide',
      {
        effect: 'deny',
        tools: ['delete_repo'],
        scope: { resources: ['tag:production'], agents: ['tag:ide'] },
        unknown: ['delete_repo', 'tag:production', 'tag:ide'],
      },
    ],
    [
      'gate send_* on slack when request.args.channel_id == "C_GENERAL"',
      {
        effect: 'gated',
        tools: ['send_*'],
        scope: { resources: ['slack'] },
        condition: 'request.args.channel_id == "C_GENERAL"',
      },
    ],
    [
      'allow fetch if request.args.url.startsWith("https://acme.example/for/on")',
      { effect: 'allow', tools: ['fetch'], condition: 'request.args.url.startsWith("https://acme.example/for/on")' },
    ],
    ['deny * for user u7 on any resource', { effect: 'deny', tools: ['*'], scope: { users: ['u7'] } }],
    [
      'allow getUserById for instance i-1',
      { effect: 'allow', tools: ['getUserById'], scope: { instances: ['i-1'] }, unknown: ['getUserById'] },
    ],
  ])('%s', (text, { effect, tools, scope = {}, condition = null, unknown = [] }) => {
    expect(readRuleSentence(text, KNOWN)).toEqual({
      kind: 'rule',
      rule: { effect, tools, scope: fillScope(scope), condition },
      unknown,
    });
  });
});

describe('a sentence that is not certain is refused, with what to write', () => {
  test.each([
    ['', 'begin with `allow`, `deny` or `gate`'],
    ['cursor may delete', '`cursor` is no effect: begin with'],
    ['allow', 'say which tools'],
    ['deny on github', 'say which tools'],
    ['deny deletes on github', '`deletes` is no known tool'],
    ['deny all deletes', 'after `all`, `any` or `every` comes `tools`'],
    ['allow everything except delete_*', 'a rule has no exceptions'],
    ['allow get_* but not get_secret', 'a rule has no exceptions'],
    ['allow only get_*', '`only` takes two rules'],
    ['allow get_* and deny delete_*', 'write one sentence for each rule'],
    ['deny send_* unless approved', 'write what must hold as a condition'],
    ['deny delete_* during the night', '`during` is not understood here'],
    ['deny delete_* for bob', 'it is not known what `bob` is: write `agent bob`'],
    ['deny delete_* for __proto__', 'it is not known what `__proto__` is'],
    ['deny delete_* for ops', '`ops` is an agent and a group'],
    ['deny delete_* for cursor and finance', 'these are of different kinds'],
    ['deny delete_* on GitHub', '`GitHub` is written `github`'],
    ['deny delete_* on git*', '`git*` is a pattern: only tools are named by patterns'],
    ['deny delete_* on github on slack', 'the resources are said twice'],
    ['deny delete_*, on github', 'a name is missing before `on`'],
    ['deny delete_* on', 'a name is missing at the end'],
    ['deny delete_* on github\u200b', 'is no name'],
    ['gate send_* on slack', 'a gate needs a condition'],
    ['gate send_* when', 'the condition after `when` is missing'],
    ['allow send_* when it is Monday', 'is no condition in CEL'],
    ['allow send_* when 1 + 1', 'is no condition in CEL'],
    [`deny ${'a_'.repeat(5_000)}`, 'longer than a rule can be'],
    [`deny ${'a_'.repeat(200)}`, 'is longer than 256 characters'],
  ])('%s', (text, reason) => {
    const read = readRuleSentence(text, KNOWN);
    expect(read).toMatchObject({ kind: 'refused' });
    expect(read.kind === 'refused' && read.reason).toContain(reason);
  });
});

test('whatever is typed, it is refused or gives a rule that has nothing wrong with it', () => {
  const word = fc.constantFrom(
    ...[
      'allow',
      'deny',
      'gate',
      'do',
      'not',
      'on',
      'for',
      'and',
      ',',
      'all',
      'tools',
      'when',
      'true',
      'delete_*',
      'github',
      'cursor',
    ],
    ...['"', '“x”', '{a,b}_c', '{', '*', 'agent', 'a@b', '\u202e', '.', 'only', 'if', '__proto__', 'constructor'],
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.array(word, { maxLength: 9 }).map((words) => words.join(' ')),
        fc.string(),
      ),
      (text) => {
        const read = readRuleSentence(text, KNOWN);
        if (read.kind === 'rule')
          expect(validateRule({ ...read.rule, id: 'r', name: 'r', description: '', status: 'active' })).toEqual([]);
        else expect(read.reason).not.toBe('');
      },
    ),
    { numRuns: 400 },
  );
});
