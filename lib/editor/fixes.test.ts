import { describe, expect, it } from 'vitest';
import type { ConditionContext } from './context';
import { diagnosticsOf, firstProblem } from './diagnostics';
import { withEdits } from './edit';
import { fixesOf } from './fixes';
import { on } from './testdata/contexts';

const slack = on('slack', 'slack_post_message');
const issue = on('github', 'issue_write');

describe('a quick fix', () => {
  const cases: [source: string, context: ConditionContext, code: string, title: string, fixed: string][] = [
    [
      'request.args.chanel_id == "C"',
      slack,
      'unknown-field',
      'Change to `channel_id`',
      'request.args.channel_id == "C"',
    ],
    [
      'chanel_id == "C"',
      slack,
      'undeclared-name',
      'Change to `request.args.channel_id`',
      'request.args.channel_id == "C"',
    ],
    ['agnt.slug == "C"', slack, 'undeclared-name', 'Change to `agent`', 'agent.slug == "C"'],
    ['request.args.text = "a"', slack, 'unknown-operator', 'Change to `==`', 'request.args.text == "a"'],
    ['1.5 + 1 > 2.0', slack, 'no-matching-overload', 'Write `1.0`', '1.5 + 1.0 > 2.0'],
    ['request.args.milestone + 1 > 2.0', issue, 'never-works', 'Write `1.0`', 'request.args.milestone + 1.0 > 2.0'],
    [
      'request.args.milestone == 1.0',
      issue,
      'unguarded-field',
      'Ask first: `has(request.args.milestone) && …`',
      'has(request.args.milestone) && request.args.milestone == 1.0',
    ],
    [
      'agent.slug == "a" && request.args.state == "open"',
      issue,
      'unguarded-field',
      'Ask first: `has(request.args.state) && …`',
      'agent.slug == "a" && has(request.args.state) && request.args.state == "open"',
    ],
    [
      'agent.slug == "a" || request.args.state == "open"',
      issue,
      'unguarded-field',
      'Ask first: `has(request.args.state) && …`',
      'agent.slug == "a" || (has(request.args.state) && request.args.state == "open")',
    ],
    [
      '!(request.args.state == "open")',
      issue,
      'unguarded-field',
      'Ask first: `has(request.args.state) && …`',
      'has(request.args.state) && !(request.args.state == "open")',
    ],
    [
      'agent.slug == "a" && (request.args.state == "open" ? true : false)',
      issue,
      'unguarded-field',
      'Ask first: `has(request.args.state) && …`',
      'agent.slug == "a" && (has(request.args.state) && request.args.state == "open" ? true : false)',
    ],
    [
      'request.args.labels.exists(l, l == "x")',
      issue,
      'unguarded-field',
      'Ask first: `has(request.args.labels) && …`',
      'has(request.args.labels) && request.args.labels.exists(l, l == "x")',
    ],
    [
      'tool.annotations.readOnlyHint',
      slack,
      'unguarded-field',
      'Ask first: `has(tool.annotations) && has(tool.annotations.readOnlyHint) && …`',
      'has(tool.annotations) && has(tool.annotations.readOnlyHint) && tool.annotations.readOnlyHint',
    ],
    ['user.groups == "x"', slack, 'never-equal', 'Write `"x" in user.groups`', '"x" in user.groups'],
  ];
  it.each(cases)('%s', (source, context, code, title, fixed) => {
    const found = fixesOf(source, diagnosticsOf(source, context), context);
    const fix = found.find((one) => one.diagnostic.code === code && one.title === title);
    expect(found.map((one) => `${one.diagnostic.code}: ${one.title}`)).toContain(`${code}: ${title}`);
    expect(withEdits(source, fix?.edits ?? [])).toBe(fixed);
    const left = diagnosticsOf(fixed, context).filter((one) => one.code === code);
    expect(left).toEqual([]);
  });

  it('is offered for nothing that is right', () => {
    const source = 'has(request.args.state) && request.args.state == "open"';
    expect(fixesOf(source, diagnosticsOf(source, issue), issue)).toEqual([]);
  });
});

describe('diagnostics', () => {
  it('are those of the parser alone where it does not parse', () => {
    expect(diagnosticsOf('request.args. == 1 +', slack).map(({ phase }) => phase)).not.toContain('check');
  });

  it('say first what would be refused', () => {
    const source = 'request.args.txt == "a" && agent.slugg > 1 && 1 + "a" == 2';
    const found = diagnosticsOf(source, slack);
    expect(found.map(({ code, start, end }) => [code, source.slice(start, end)])).toEqual([
      ['unknown-field', 'txt'],
      ['unknown-field', 'slugg'],
      ['no-matching-overload', '1 + "a"'],
    ]);
    expect(firstProblem(found)?.code).toBe('no-matching-overload');
  });
});
