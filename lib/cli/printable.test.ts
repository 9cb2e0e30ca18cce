import { expect, it } from 'vitest';
import { COMMANDS } from './commands';
import { run } from './testdata/harness';

const HOSTILE = 'x\u001b[31mRED\u001b[0m\u0007\u009b2J\u007f\u202etxt\u2066\u200b\u00ad\u{e0061}';
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b\u2028-\u202e\u2066-\u2069\u{e0061}]/u;
/** Each of these begins a line in some terminal or log. */
const BREAKS = ['\n', '\r\n', '\r', '\u000b', '\u000c', '\u0085', '\u2028', '\u2029'];
const FORGED = '99 calls: 0 allowed, 99 denied';
const FORGING = `x${BREAKS.map((one) => one + FORGED).join('')}`;
const bundleOf = (hostile: string, effect: string) =>
  JSON.stringify({
    format: 'policy-bundle',
    version: 1,
    name: hostile,
    [hostile]: 1,
    rules: [
      { id: hostile, name: hostile, effect, tools: [`${hostile}[a]`, '*'] },
      { id: 'b', name: hostile, effect: 'deny', tools: ['*'], condition: `"${hostile}" == 1` },
    ],
    tests: [{ name: hostile, call: { id: hostile, tool: { name: hostile } }, expect: { effect: 'deny' } }],
  });
const filesOf = (hostile: string) => ({
  'a.json': bundleOf(hostile, 'allow'),
  'b.json': bundleOf(hostile, 'deny'),
  'broken.json': JSON.stringify({
    format: 'policy-bundle',
    version: 1,
    name: 'a',
    rules: [{ id: hostile, effect: hostile, [hostile]: 1 }],
  }),
  'recorded.ndjson': ['allow', 'deny']
    .map((effect) =>
      JSON.stringify({
        id: hostile,
        tool: { name: hostile },
        recorded: { effect, ruleName: hostile, reason: hostile },
      }),
    )
    .join('\n'),
  'versions.ndjson': `${bundleOf(hostile, 'allow')}\n${bundleOf(hostile, 'deny')}\n`,
  'calls.ndjson': `${JSON.stringify({ id: hostile, tool: { name: hostile }, agent: { slug: hostile } })}\nnot json ${hostile}\n`,
});

/** Lines of every command with names, rejects, notes and errors that would drive a terminal. */
const linesOf = (hostile: string): Readonly<Record<string, readonly (readonly string[])[]>> => ({
  validate: [['a.json'], ['broken.json'], [hostile]],
  digest: [['a.json'], ['broken.json'], [hostile]],
  encode: [['a.json'], ['broken.json']],
  decode: [[hostile], ['broken.json']],
  replay: [
    ['a.json', 'calls.ndjson'],
    ['a.json', 'calls.ndjson', '--json'],
    ['a.json', hostile],
    ['a.json', 'calls.ndjson', '--format', hostile],
  ],
  reproduce: [
    ['a.json', 'recorded.ndjson'],
    ['a.json', 'recorded.ndjson', '--json'],
    ['a.json', 'recorded.ndjson', '--markdown'],
    ['a.json', hostile],
  ],
  bisect: [
    ['versions.ndjson', 'calls.ndjson'],
    ['versions.ndjson', 'calls.ndjson', '--json'],
    ['versions.ndjson', 'calls.ndjson', '--call', hostile],
    ['broken.json', 'calls.ndjson'],
  ],
  probe: [
    ['recorded.ndjson'],
    ['recorded.ndjson', '--json'],
    ['recorded.ndjson', '--use', 'a.json'],
    ['--kit', hostile],
    [hostile],
  ],
  ask: [
    ['a.json', 'a call that rule 1 decides'],
    ['a.json', 'a call that rule 1 decides', '--json'],
    ['a.json', `a call that rule "${hostile}" decides`],
    ['a.json', hostile],
  ],
  suggest: [
    ['recorded.ndjson', '--patterns', '--arguments'],
    ['recorded.ndjson', '--json'],
    ['calls.ndjson', '--catalog', 'a.json'],
    ['recorded.ndjson', '--by', hostile],
    [hostile],
  ],
  explain: [
    ['a.json', 'calls.ndjson', hostile],
    ['a.json', 'calls.ndjson', hostile, '--json'],
    ['a.json', 'calls.ndjson', hostile, '--markdown'],
    ['a.json', 'calls.ndjson', `${hostile}?`],
  ],
  test: [['a.json'], ['b.json']],
  lint: [['a.json'], ['a.json', '--json']],
  diff: [
    ['a.json', 'b.json'],
    ['a.json', 'b.json', 'calls.ndjson'],
  ],
  cel: [[`"${hostile}"`], [`"${hostile}" + 1`], [hostile]],
});

const LINES = Object.entries(linesOf(HOSTILE)).flatMap(([name, lines]) =>
  lines.map((line, i) => [name, i, line] as const),
);

it('has lines for every command', () => expect(Object.keys(linesOf('')).sort()).toEqual(Object.keys(COMMANDS).sort()));

it.each(LINES)('%s %i prints no control character: %j', async (name, _, line) => {
  const { out, err } = await run([name, ...line], filesOf(HOSTILE));
  expect(out + err).not.toBe('');
  expect([CONTROL.exec(out)?.[0], CONTROL.exec(err)?.[0]]).toEqual([undefined, undefined]);
});

it.each(LINES)('%s %i prints no line of which a name says that it is one', async (name, i) => {
  const { out, err } = await run([name, ...(linesOf(FORGING)[name]?.[i] ?? [])], filesOf(FORGING));
  expect(out + err).not.toBe('');
  expect(CONTROL.exec(out + err)?.[0]).toBe(undefined);
  expect((out + err).split('\n').filter((line) => line.trimStart().startsWith(FORGED))).toEqual([]);
});

it('an unknown command, option and default are printed without them', async () => {
  for (const hostile of [HOSTILE, FORGING]) {
    for (const line of [
      [hostile],
      ['lint', `--${hostile}`],
      ['help', hostile],
      ['replay', 'a.json', 'calls.ndjson', '--default', hostile],
      ['replay', 'a.json', 'calls.ndjson', '--default', `agent.slug${hostile}=1`],
      ['lint', 'a.json', '--format', hostile],
    ]) {
      const { out, err } = await run(line, filesOf(hostile));
      expect(CONTROL.test(out + err)).toBe(false);
      expect(out + err).not.toContain(`\n${FORGED}`);
    }
  }
});

it('shows a line break in the name of a rejected call as a mark', async () => {
  const toolCall = { id: '1', type: 'function', function: { name: `x\n${FORGED}`, arguments: '{' } };
  const conversation = JSON.stringify({ messages: [{ role: 'assistant', tool_calls: [toolCall] }] });
  const { err } = await run(['replay', 'a.json', 'x'], { ...filesOf('a'), x: conversation });
  expect(err).toContain(`x⟨U+000A⟩${FORGED}`);
});

it('keeps the values of JSON', async () => {
  const { out } = await run(['replay', 'a.json', 'calls.ndjson', '--json'], filesOf(HOSTILE));
  expect(JSON.parse(out)).toMatchObject({ id: HOSTILE });
});

it.each([
  ['mcp__tracker__delete_*', 'tracker', 'delete_*'],
  ['mcp__my_tracker__delete_*', 'my_tracker', 'delete_*'],
  ['mcp_tracker_delete_*', 'tracker', 'delete_*'],
  ['tracker__delete_*', 'tracker', 'delete_*'],
  ['tracker/delete', 'tracker', 'delete'],
  ['delete_*', undefined, undefined],
  ['browser/open', undefined, undefined],
  ['*__delete', undefined, undefined],
])('lint on the pattern %j names the resource %s and the tool %s', async (pattern, resource, tool) => {
  const policy = JSON.stringify({
    format: 'policy-bundle',
    version: 1,
    name: 'a',
    rules: [{ id: 'a', name: 'a', effect: 'deny', tools: [pattern] }],
    catalog: { resources: [{ slug: 'tracker', tools: [{ name: 'delete' }] }] },
  });
  const { code, out } = await run(['lint', 'x'], { x: policy });
  expect(code).toBe(0);
  if (resource === undefined) expect(out).not.toContain('scope the rule to the resource');
  else
    expect(out).toContain(
      `help: scope the rule to the resource \`${resource}\`, and write the tool as \`${String(tool)}\``,
    );
});
