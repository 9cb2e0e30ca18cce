import { describe, expect, it } from 'vitest';
import { NO_CONTEXT, type ConditionContext } from './context';
import { hoverAt } from './hover';
import { CALL, cursor, docs, on } from './testdata/contexts';

function at(marked: string, context: ConditionContext) {
  const { source, offset } = cursor(marked);
  const hover = hoverAt(source, offset, context);
  return hover && { on: source.slice(hover.start, hover.end), parts: hover.parts };
}

const slack = on('slack', 'slack_post_message');

describe('a hover', () => {
  const cases: [marked: string, context: ConditionContext, on: string, parts: readonly string[]][] = [
    [
      'request.args.chan|nel_id == "C"',
      { ...slack, call: CALL },
      'channel_id',
      [
        '```cel\nrequest.args.channel_id: string\n```',
        'The ID of the channel to post to',
        'In the call in focus: `"C_RANDOM"`',
      ],
    ],
    [
      '|user.email == "x"',
      { tools: [], docs },
      'user',
      ['```cel\nuser: map\n```', 'The person on whose behalf the agent calls'],
    ],
    [
      'user.|name == "x"',
      { tools: [], docs },
      'name',
      ['```cel\nuser.name: string\n```', 'The name of the user', "Not in the gateway's published vocabulary"],
    ],
    ['request.args["chan|nel_id"] == ""', slack, '"channel_id"', []],
    [
      'request.args.files.all(f, f.pa|th != "")',
      on('github', 'push_files'),
      'path',
      ['```cel\nf.path: string\n```', 'path to the file'],
    ],
    ['request.args.files.all(|f, f.path != "")', on('github', 'push_files'), 'f', ['```cel\nf: map\n```']],
    [
      '"a".starts|With("b")',
      { tools: [], docs },
      'startsWith',
      [
        '```cel\nstring.startsWith(string) -> bool\n```\n\nWhether the string starts with another.\n\n`"/srv/data".startsWith("/srv/")` → `true`',
      ],
    ],
    ['|has(user.name)', NO_CONTEXT, 'has', ['```cel\nhas(a.b) -> bool\n```']],
    ['1 |in [1]', NO_CONTEXT, 'in', ['```cel\nA in list(A) -> bool\nA in map(A, B) -> bool\n```']],
    ['int|("1") > 2', NO_CONTEXT, '(', []],
  ];
  it.each(cases.filter(([, , , parts]) => parts.length > 0))('%s', (marked, context, text, parts) => {
    expect(at(marked, context)).toEqual({ on: text, parts });
  });
  it.each(cases.filter(([, , , parts]) => parts.length === 0))('nothing on %s', (marked, context) => {
    expect(at(marked, context)).toBeUndefined();
  });
});
