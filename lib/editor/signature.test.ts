import { describe, expect, it } from 'vitest';
import { NO_CONTEXT } from './context';
import { signatureAt } from './signature';
import { cursor, docs, on } from './testdata/contexts';

const slack = on('slack', 'slack_post_message');

function at(marked: string) {
  const { source, offset } = cursor(marked);
  const help = signatureAt(source, offset, slack);
  if (!help) return undefined;
  const signature = help.signatures[help.activeSignature];
  const [start, end] = signature?.parameters[help.activeParameter] ?? [0, 0];
  return {
    labels: help.signatures.map(({ label }) => label),
    active: help.activeSignature,
    parameter: signature?.label.slice(start, end),
  };
}

describe('signature help', () => {
  const map = ['list.map(x, value) -> list', 'list.map(x, condition, value) -> list'];
  const hours = ['timestamp.getHours() -> int', 'timestamp.getHours(string) -> int'];
  const cases: [marked: string, labels: readonly string[], active: number, parameter: string][] = [
    ['request.args.text.startsWith(|)', ['string.startsWith(string) -> bool'], 0, 'string'],
    ['request.args.text.startsWith("a|")', ['string.startsWith(string) -> bool'], 0, 'string'],
    ['matches(request.args.text, |', ['matches(string, string) -> bool'], 0, 'string'],
    ['user.groups.exists(|', ['list.exists(x, condition) -> bool'], 0, 'x'],
    ['user.groups.exists(g, |', ['list.exists(x, condition) -> bool'], 0, 'condition'],
    ['user.groups.map(g, |', map, 0, 'value'],
    ['user.groups.map(g, g != "", |', map, 1, 'value'],
    ['user.groups.exists(g, [1, 2, |].size() > 1)', ['list.exists(x, condition) -> bool'], 0, 'condition'],
    ['has(|)', ['has(a.b) -> bool'], 0, 'a.b'],
    ['request.time.getHours(|)', hours, 1, 'string'],
    ['user.groups.exists(g, size(|', [], 0, ''],
  ];
  it.each(cases.filter(([, labels]) => labels.length > 0))('%s', (marked, labels, active, parameter) => {
    expect(at(marked)).toEqual({ labels, active, parameter });
  });

  it.each(['|', '(|)', 'request.args.text|.startsWith("a")', 'f("a") |', 'agent.slug in [|]', 'nothing(|)'])(
    'none in %s',
    (marked) => {
      expect(at(marked)).toBeUndefined();
    },
  );

  it('has the text of the vocabulary', () => {
    expect(signatureAt('has()', 4, { tools: [], docs })?.documentation).toBe(
      'Whether a field is there; true also where it holds null.',
    );
    expect(signatureAt('has()', 4, NO_CONTEXT)?.documentation).toBeUndefined();
  });
});
