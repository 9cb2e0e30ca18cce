import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { check, parse } from '../cel';
import type { Completion } from './completion-items';
import { completionsAt } from './completions';
import { NO_CONTEXT, type ConditionContext } from './context';
import { CALL, CATALOG, cursor, on } from './testdata/contexts';

/** A cursor that sits beside an operator of CEL would be taken for one: `¦` is the cursor here. */
function at(marked: string, context: ConditionContext): readonly Completion[] {
  const { source, offset } = cursor(marked.replaceAll('||', '\u0001').replace('¦', '|'));
  return completionsAt(source.replaceAll('\u0001', '||'), offset, context);
}
const labels = (marked: string, context: ConditionContext = NO_CONTEXT) =>
  at(marked, context).map(({ label }) => label);
const find = (marked: string, label: string, context: ConditionContext = NO_CONTEXT) =>
  at(marked, context).find((one) => one.label === label);

/** What the source becomes when a completion is taken, its places to fill in left empty. */
function taken(marked: string, label: string, context: ConditionContext): string {
  const item = find(marked, label, context);
  if (!item) throw new Error(`${label} is not among ${labels(marked, context).join(', ')}`);
  const source = marked.replace('¦', '');
  const insert = item.isSnippet ? item.insert.replace(/\$\{\d:([^}]*)\}|\$\d/g, '$1') : item.insert;
  return source.slice(0, item.start) + insert + source.slice(item.end);
}

const slack = on('slack', 'slack_post_message');

describe('what is offered first', () => {
  const cases: [marked: string, context: ConditionContext, first: readonly string[]][] = [
    ['request.args.¦', slack, ['channel_id', 'text']],
    ['request.args.ch¦ == "x"', slack, ['channel_id', 'text']],
    ['request.args["¦"]', slack, ['channel_id', 'text']],
    ['¦', slack, ['request.args.channel_id', 'request.args.text', 'agent.slug']],
    ['request.args.channel_id ¦', slack, ['in ["…"]', '==', '!=', '&&', '||']],
    ['request.args.channel_id i¦', slack, ['in ["…"]', '==']],
    ['request.args.channel_id == "a" ¦', slack, ['&&', '||']],
    ['has(request.args.text) ¦', slack, ['&&', '||']],
    // Nested members and array items.
    ['request.args.files.exists(f, f.¦)', on('github', 'push_files'), ['content', 'path', 'size']],
    ['request.args.files[0].¦', on('github', 'push_files'), ['content', 'path']],
    ['request.args.files.all(f, f.path.st¦)', on('github', 'push_files'), ['size', 'contains', 'endsWith']],
    ['request.args.edits.filter(e, e.oldText != "")[0].¦', on('filesystem', 'edit_file'), ['oldText', 'newText']],
    ['request.args.edits.exists(e, ¦', on('filesystem', 'edit_file'), ['e', 'request.args.path', 'request.args.edits']],
    ['request.args.a.all(x, request.args.b.all(y, ¦))', NO_CONTEXT, ['y', 'x', 'agent.slug']],
    // Enumerations.
    [
      'request.args.event == "¦"',
      on('github', 'create_pull_request_review'),
      ['APPROVE', 'REQUEST_CHANGES', 'COMMENT'],
    ],
    [
      'request.args.event == ¦',
      on('github', 'create_pull_request_review'),
      ['"APPROVE"', '"REQUEST_CHANGES"', '"COMMENT"'],
    ],
    [
      'request.args.event in ["APPROVE", "¦"]',
      on('github', 'create_pull_request_review'),
      ['APPROVE', 'REQUEST_CHANGES'],
    ],
    ['request.args.event in ¦', on('github', 'create_pull_request_review'), ['["APPROVE"]', '["REQUEST_CHANGES"]']],
    ['request.args.event in ["¦', on('github', 'create_pull_request_review'), ['APPROVE', 'REQUEST_CHANGES']],
    ["request.args.sortBy == '¦'", on('filesystem', 'list_directory_with_sizes'), ['name', 'size']],
    ['request.args.fields.all(f, f.confidence == "¦")', on('github', 'set_issue_fields'), ['LOW', 'MEDIUM', 'HIGH']],
    ['"¦" == request.args.merge_method', on('github', 'merge_pull_request'), ['merge', 'squash', 'rebase']],
    // Facts.
    ['agent.slug == "¦"', { ...slack, catalog: CATALOG }, ['claude-code', 'cursor']],
    ['"¦" in user.groups', { ...slack, catalog: CATALOG }, ['support', 'finance', 'board']],
    ['user.groups.exists(g, g == "¦")', { ...slack, catalog: CATALOG }, ['support', 'finance', 'board']],
    ['tool.name == "¦"', on('slack'), ['slack_list_channels', 'slack_post_message', 'slack_reply_to_thread']],
    ['resource.tags.exists(t, t == "¦")', { ...slack, catalog: CATALOG }, ['chat']],
    ['request.args.channel_id == "¦"', { ...slack, call: CALL }, ['C_RANDOM']],
    ['request.args.channel_id.startsWith("¦")', { ...slack, call: CALL }, ['C_RANDOM']],
    ['user.¦', NO_CONTEXT, ['id', 'email', 'name', 'groups']],
    ['instance.client.¦', NO_CONTEXT, ['name', 'version']],
    ['request\n  .args\n  .¦', slack, ['channel_id', 'text']],
  ];
  it.each(cases)('%s', (marked, context, first) => {
    expect(labels(marked, context).slice(0, first.length)).toEqual(first);
  });
});

describe('methods by the type of what they are called on', () => {
  const strings = ['size', 'contains', 'endsWith', 'startsWith', 'matches'];
  const times = [
    'getFullYear',
    'getMonth',
    'getDayOfYear',
    'getDayOfMonth',
    'getDate',
    'getDayOfWeek',
    'getHours',
    'getMinutes',
    'getSeconds',
    'getMilliseconds',
  ];
  const macros = ['all', 'exists', 'exists_one', 'map', 'filter'];
  const cases: [marked: string, all: readonly string[]][] = [
    ['request.args.text.¦', strings],
    ['"abc".¦', strings],
    ['request.time.¦', times],
    ['user.groups.¦', ['size', ...macros]],
    ['[1, 2].¦', ['size', ...macros]],
    ['duration("1h").¦', ['getHours', 'getMinutes', 'getSeconds', 'getMilliseconds']],
    ['true.¦', []],
    ['size("a").¦', []],
    ['(a ? user.email : "x").¦', strings],
  ];
  it.each(cases)('%s', (marked, all) => expect(labels(marked, slack)).toEqual(all));

  it('offers all of them where nothing is known of it', () => {
    expect(labels('nobody.knows.¦')).toEqual(expect.arrayContaining([...strings, 'getHours', ...macros]));
  });
});

describe('nothing is offered', () => {
  it.each(['// request.¦', '12¦', '1.5¦', 'b"¦"', 'agent.slug == "cursor"¦', '(a)b¦'])('in %s', (marked) => {
    expect(labels(marked, slack)).toEqual([]);
  });
});

describe('taking one', () => {
  const cases: [marked: string, label: string, context: ConditionContext, source: string][] = [
    ['request.args.ch¦', 'channel_id', slack, 'request.args.channel_id'],
    ['request.args.ch¦x == "a"', 'channel_id', slack, 'request.args.channel_id == "a"'],
    ['chan¦', 'request.args.channel_id', slack, 'request.args.channel_id'],
    ['request.args.channel_id ¦', 'in ["…"]', slack, 'request.args.channel_id in [""]'],
    ['request.args.channel_id == ¦', '"C_RANDOM"', { ...slack, call: CALL }, 'request.args.channel_id == "C_RANDOM"'],
    ['request.args.labels.¦', 'exists', on('github', 'issue_write'), 'request.args.labels.exists(label, )'],
    ['request.args.amount ¦', '<=', NO_CONTEXT, 'request.args.amount <= '],
    ['request.args.milestone ¦', '<=', on('github', 'issue_write'), 'request.args.milestone <= '],
    ['request.args.text.st¦("a")', 'contains', slack, 'request.args.text.contains("a")'],
    [
      'request.args.event == "x¦y"',
      'APPROVE',
      on('github', 'create_pull_request_review'),
      'request.args.event == "APPROVE"',
    ],
    ['request.time.getH¦', 'getHours', NO_CONTEXT, 'request.time.getHours()'],
  ];
  it.each(cases)('%s: %s', (marked, label, context, source) => expect(taken(marked, label, context)).toBe(source));

  it('indexes a member that is no plain name', () => {
    const tool = { name: 't', inputSchema: { type: 'object', properties: { 'content-type': { type: 'string' } } } };
    const context = { tools: [{ resource: 'r', tool }] };
    expect(taken('request.args.cont¦', 'content-type', context)).toBe('request.args["content-type"]');
    expect(taken('request.args["¦"]', 'content-type', context)).toBe('request.args["content-type"]');
    expect(taken('content¦', 'request.args["content-type"]', context)).toBe('request.args["content-type"]');
  });

  it('escapes a value for the quotes around it', () => {
    const tool = { name: 't', inputSchema: { type: 'object', properties: { q: { enum: ['a"b\'c\\'] } } } };
    const context = { tools: [{ resource: 'r', tool }] };
    for (const quote of ['"', "'"]) {
      const source = taken(`request.args.q == ${quote}¦${quote}`, 'a"b\'c\\', context);
      const { expr, diagnostics } = parse(source);
      expect(diagnostics).toEqual([]);
      expect(expr).toMatchObject({ args: [{}, { value: { type: 'string', value: 'a"b\'c\\' } }] });
    }
  });
});

describe('what is said of an argument', () => {
  it('gives type, description, permitted values, and which tools have it', () => {
    const context = on('github', 'issue_write', 'update_issue_state');
    expect(find('request.args.¦', 'state', context)).toMatchObject({
      detail: 'string, may be absent',
      kind: 'argument',
    });
    expect(find('request.args.¦', 'state', context)?.documentation).toBe(
      'New state\n\nOne of `"open"`, `"closed"`\n\nAn argument of `issue_write`, `update_issue_state`\n\nMay be absent: ask first with `has(…)`',
    );
    expect(find('request.args.¦', 'owner', context)?.detail).toBe('string');
    expect(find('request.args.¦', 'labels', context)?.detail).toBe('list(string), may be absent');
  });

  it('lets no schema write Markdown', () => {
    const tool = {
      name: 't',
      inputSchema: { type: 'object', properties: { q: { description: '[x](https://evil.example) `y`' } } },
    };
    const item = find('request.args.¦', 'q', { tools: [{ resource: 'r', tool }] });
    expect(item?.documentation).toContain('\\[x\\]\\(https://evil\\.example\\) \\`y\\`');
  });

  it('follows references and looks into alternatives', () => {
    const inputSchema = {
      type: 'object',
      properties: {
        to: { anyOf: [{ $ref: '#/$defs/address' }, { type: 'array', items: { $ref: '#/$defs/address' } }] },
      },
      $defs: {
        address: {
          type: 'object',
          properties: { mail: { type: 'string', examples: ['a@b.example'] }, next: { $ref: '#/$defs/address' } },
        },
      },
    };
    const context = { tools: [{ resource: 'r', tool: { name: 't', inputSchema } }] };
    expect(find('request.args.¦', 'to', context)?.detail).toBe('map or list(map), may be absent');
    expect(labels('request.args.to.¦', context).slice(0, 2)).toEqual(['mail', 'next']);
    expect(labels('request.args.to.exists(x, x.next.next.mail == "¦")', context)).toEqual(['a@b.example']);
  });
});

it('is total, and every completion replaces the word at the cursor', () => {
  const pieces = [
    'request.args.',
    'channel_id',
    '.',
    '"',
    "'",
    ' in [',
    ']',
    '(',
    ')',
    ' == ',
    ' && ',
    'exists(x, ',
    '"""',
    '// ',
    '\n',
    '1.5',
    '[',
    '{"a": ',
    '}',
    '?',
    ':',
    '!',
    '-',
  ];
  const sources = fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((all) => all.join(''));
  fc.assert(
    fc.property(sources, fc.nat(), (source, n) => {
      const offset = n % (source.length + 1);
      for (const { start, end } of completionsAt(source, offset, { ...slack, catalog: CATALOG, call: CALL })) {
        expect(start).toBeLessThanOrEqual(offset);
        expect(end).toBeGreaterThanOrEqual(offset);
      }
    }),
  );
});

it('offers variables and functions that the type check knows', () => {
  for (const { kind, insert } of at('¦', slack)) {
    if (kind !== 'variable' && kind !== 'argument') continue;
    expect(check(parse(insert)).diagnostics, insert).toEqual([]);
  }
});
