import { expect, it } from 'vitest';
import { bundleOf, digestOf, encodeLink } from '../bundle';
import { fillRule, ruleId } from '../engine';
import { run } from './testdata/harness';

const bundle = bundleOf('Desk', {
  rules: [fillRule({ id: ruleId('a'), name: 'No cancelling', effect: 'deny', tools: ['cancel_*'] })],
  settings: { gatedWhenFalse: 'continue' },
});
const encoded = encodeLink(bundle);
const link = `https://play.example/${encoded.ok ? encoded.fragment : ''}`;

it.each([
  ['Markdown', `[the policy](${link}).`],
  ['a list of JSON', JSON.stringify(['see', link])],
  ['a message of JSON', JSON.stringify({ type: 'message', text: `see <${link}|the policy>` })],
  ['quotes', `"${link}"`],
  ['a page', `<!doctype html><p>see <a href="${link}">the policy</a>`],
  ['a mail', `From: a\n\n> ${link.slice(0, 50)}\n> ${link.slice(50)}\n`],
])('a file with a link in it is opened: %s', async (_, text) => {
  for (const name of ['file', '-']) {
    const { code, out, err } = await run(['digest', name], { [name]: text });
    expect({ code, out, err }).toEqual({ code: 0, out: `${digestOf(bundle)}\n`, err: '' });
  }
});

it('a broken bundle with a link in its notes is a broken bundle', async () => {
  const { code, err } = await run(['digest', 'x'], { x: `{"format":"policy-bundle","notes":"${link}"}` });
  expect([code, err]).toEqual([1, expect.stringContaining('/rules')]);
});
