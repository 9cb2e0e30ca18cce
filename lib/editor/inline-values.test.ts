import { describe, expect, it } from 'vitest';
import { explainFor, inlineValues } from './inline-values';
import { CALL } from './testdata/contexts';

/** The source with its values where they are shown. */
async function shown(source: string): Promise<string | undefined> {
  const explanation = await explainFor(source, CALL);
  if (!explanation) return undefined;
  return inlineValues(source, explanation)
    .toReversed()
    .reduce((text, { offset, text: value }) => `${text.slice(0, offset)}‹${value}›${text.slice(offset)}`, source);
}

describe('values inside a condition', () => {
  const cases: [source: string, shown: string][] = [
    ['request.args.amount <= 500.0', 'request.args.amount‹750› <= 500.0‹false›'],
    ['500.0 <= request.args.amount', '500.0 <= request.args.amount‹750 → true›'],
    [
      'agent.slug != "cursor" && request.args.amount > 1.0',
      'agent.slug‹"claude-code"› != "cursor"‹true› && request.args.amount‹750› > 1.0‹true›',
    ],
    // What was not evaluated has no value.
    [
      'agent.slug == "cursor" && request.args.amount > 1.0',
      'agent.slug‹"claude-code"› == "cursor"‹false› && request.args.amount > 1.0',
    ],
    ['has(request.args.nope)', 'has(request.args.nope)‹false›'],
    ['request.args.nope == "a"', 'request.args.nope‹error: no such key: `nope`› == "a"‹error: no such key: `nope`›'],
    ['user.id == "u-1"', 'user.id‹not known› == "u-1"‹not known›'],
    ['request.args.labels.exists(l, l == "b")', 'request.args.labels‹["a", "b"]›.exists(l, l‹"b"› == "b"‹true›)‹true›'],
    ['request.args.text.startsWith("h")', 'request.args.text‹"hi"›.startsWith("h")‹true›'],
  ];
  it.each(cases)('%s', async (source, text) => expect(await shown(source)).toBe(text));

  it('are none where the condition does not compile', async () => {
    expect(await shown('request.args.amount <=')).toBeUndefined();
  });
});
