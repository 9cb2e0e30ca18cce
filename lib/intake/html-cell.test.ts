import { expect, it } from 'vitest';
import { readIncoming } from './read';

/** The one rule of a page's table, and what was remarked. */
function ruleFrom(column: string, cell: string) {
  const cells = { Name: 'r', Effect: 'Allow', Tools: '*', [column]: cell };
  const row = (tag: string, texts: readonly string[]) =>
    `<tr>${texts.map((text) => `<${tag}>${text}</${tag}>`).join('')}</tr>`;
  const read = readIncoming(`<table>${row('th', Object.keys(cells))}${row('td', Object.values(cells))}</table>`);
  if (!read.ok) throw new Error(read.message);
  return { rule: read.bundle.rules[0], remarks: read.remarks.map(({ message }) => message) };
}

it.each([
  ['<input type="checkbox">', 'disabled'],
  ['<input type=checkbox checked>', 'active'],
  ['<label><input type="checkbox"/></label>', 'disabled'],
  ['<button role="switch" aria-checked="false"></button>', 'disabled'],
  ['<button role="switch" aria-checked="true" title="a > b"><span></span></button>', 'active'],
  ['<button aria-pressed="false"></button>', 'disabled'],
  ['<img alt="Disabled" src="x.png">', 'disabled'],
  ['<svg><title>Disabled</title></svg>', 'disabled'],
  ['<span aria-label="Disabled"></span>', 'disabled'],
  ['<i class="off" title="Disabled"></i>', 'disabled'],
  ['<select><option>Active<option selected>Disabled</select>', 'disabled'],
  ['<select><option>Disabled</option><option>Active</option></select>', 'disabled'],
  ['Disabled <input type="checkbox">', 'disabled'],
  ['<span class="sr-only">Status:</span> Active', 'active'],
  ['', 'active'],
])('the state %j is %s', (cell, status) => {
  const { rule, remarks } = ruleFrom('Status', cell);
  expect([rule?.status, remarks]).toEqual([status, []]);
});

it.each([
  ['<span hidden>Active</span>'],
  ['<div class="toggle off"></div>'],
  ['<img src="off.png">'],
  ['<button role="switch" aria-checked="mixed"></button>'],
  ['Active <input type="checkbox">'],
  ['Active ❌'],
  ['<img alt="Disabled since May">'],
])('the state %j is open, and the rule is a draft', (cell) => {
  const { rule, remarks } = ruleFrom('Status', cell);
  expect(rule?.status).toBe('draft');
  expect(remarks).toHaveLength(1);
});

it.each([
  ['<div>drop_a</div><div>drop_b</div>', ['drop_a', 'drop_b'], 'active'],
  ['<section>drop_a</section><section>drop_b</section>', ['drop_a', 'drop_b'], 'active'],
  ['<span>drop_a</span>, <span>drop_b</span>', ['drop_a', 'drop_b'], 'active'],
  ['<span style="display: none">001</span>drop_*', ['drop_*'], 'active'],
  ['<span class="sr-only">Pattern: </span>drop_*', ['drop_*'], 'active'],
  ['<span hidden><span>x</span>y</span>drop_*<script>1 < 2</script>', ['drop_*'], 'active'],
  ['<input value="drop_*">', ['drop_*'], 'active'],
  ['<select multiple><option selected>drop_a<option>b<option selected>drop_c</select>', ['drop_a', 'drop_c'], 'active'],
  ['drop_<wbr>page', ['drop_page'], 'active'],
  ['<button><kbd>drop_page</kbd></button>', ['drop_page'], 'active'],
  ['<img alt="icon"> drop_page', ['drop_page'], 'active'],
  ['<span>drop_a</span><span>drop_b</span>', ['drop_adrop_b'], 'draft'],
  ['<button>drop_a</button><button>drop_b</button>', ['drop_adrop_b'], 'draft'],
  ['<code>drop_a</code><code>drop_b</code>', ['drop_adrop_b'], 'draft'],
  ['<span>drop_a</span><span>+2</span>', ['drop_a+2'], 'draft'],
  ['drop_a<span>+2</span>', ['drop_a+2'], 'draft'],
  ['<img src="lock.png">', ['\ufffc'], 'draft'],
])('the tools %j are %j, in a rule that is %s', (cell, tools, status) => {
  const { rule, remarks } = ruleFrom('Tools', cell);
  expect([rule?.tools, rule?.status]).toEqual([tools, status]);
  expect(remarks.length > 0).toBe(status === 'draft');
});

it.each([
  ['<span>finance</span><span>ops</span>', ['financeops'], 'draft'],
  ['<span>finance</span> <span>+2</span>', ['finance +2'], 'draft'],
  ['<ul><li>finance</li><li>ops</li></ul>', ['finance', 'ops'], 'active'],
  ['<div class="cell"></div>', [], 'active'],
])('the groups %j are %j, in a rule that is %s', (cell, groups, status) => {
  const { rule } = ruleFrom('Groups', cell);
  expect([rule?.scope.groups, rule?.status]).toEqual([groups, status]);
});

it('keeps the parts of a condition together, and the words of a name apart', () => {
  const condition = '<span>request</span><span>.args.n</span> <span>&lt;</span> 3';
  expect(ruleFrom('Condition', condition).rule?.condition).toBe('request.args.n < 3');
  expect(ruleFrom('Name', '<span>No</span><span>dropping</span>').rule?.name).toBe('No dropping');
});

it('passes over the buttons of a column without a heading, and not over those of one that may narrow a rule', () => {
  expect(ruleFrom('', '<button aria-label="More"></button>').rule?.status).toBe('active');
  expect(ruleFrom('Hours', '<img alt="weekdays only">').rule?.status).toBe('draft');
});

it.each(['<span hidden>', '<a "', "<a '", '<select><option>', '<input value="', '</span><span>', '<!'])(
  'is linear in a cell of %j',
  (unit) => {
    expect(ruleFrom('Tools', unit.repeat(20_000)).rule?.status).not.toBe(undefined);
  },
);
