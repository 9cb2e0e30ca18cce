import { expect, it } from 'vitest';
import { COMMANDS } from './commands';
import { run } from './testdata/harness';

const HOSTILE = 'x\u001b[31mRED\u001b[0m\u0007\u009b2J\u007f\u202etxt\u2066\u200b\u00ad\u{e0061}';
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b\u202a-\u202e\u2066-\u2069\u{e0061}]/u;
const bundle = (effect: string) =>
  JSON.stringify({
    format: 'policy-bundle',
    version: 1,
    name: HOSTILE,
    [HOSTILE]: 1,
    rules: [
      { id: HOSTILE, name: HOSTILE, effect, tools: [`${HOSTILE}[a]`, '*'] },
      { id: 'b', name: HOSTILE, effect: 'deny', tools: ['*'], condition: `"${HOSTILE}" == 1` },
    ],
    tests: [{ name: HOSTILE, call: { id: HOSTILE, tool: { name: HOSTILE } }, expect: { effect: 'deny' } }],
  });
const files = {
  'a.json': bundle('allow'),
  'b.json': bundle('deny'),
  'broken.json': `{"format":"policy-bundle","version":1,"name":"a","rules":[{"id":"${HOSTILE}","effect":"${HOSTILE}","${HOSTILE}":1}]}`,
  'recorded.ndjson': ['allow', 'deny']
    .map((effect) =>
      JSON.stringify({
        id: HOSTILE,
        tool: { name: HOSTILE },
        recorded: { effect, ruleName: HOSTILE, reason: HOSTILE },
      }),
    )
    .join('\n'),
  'versions.ndjson': `${bundle('allow')}\n${bundle('deny')}\n`,
  'calls.ndjson': `${JSON.stringify({ id: HOSTILE, tool: { name: HOSTILE }, agent: { slug: HOSTILE } })}\nnot json ${HOSTILE}\n`,
};

/** Lines of every command with names, rejects, notes and errors that would drive a terminal. */
const LINES: Readonly<Record<string, readonly (readonly string[])[]>> = {
  validate: [['a.json'], ['broken.json'], [HOSTILE]],
  digest: [['a.json'], ['broken.json'], [HOSTILE]],
  encode: [['a.json'], ['broken.json']],
  decode: [[HOSTILE], ['broken.json']],
  replay: [
    ['a.json', 'calls.ndjson'],
    ['a.json', 'calls.ndjson', '--json'],
    ['a.json', HOSTILE],
    ['a.json', 'calls.ndjson', '--format', HOSTILE],
  ],
  reproduce: [
    ['a.json', 'recorded.ndjson'],
    ['a.json', 'recorded.ndjson', '--json'],
    ['a.json', 'recorded.ndjson', '--markdown'],
    ['a.json', HOSTILE],
  ],
  bisect: [
    ['versions.ndjson', 'calls.ndjson'],
    ['versions.ndjson', 'calls.ndjson', '--json'],
    ['versions.ndjson', 'calls.ndjson', '--call', HOSTILE],
    ['broken.json', 'calls.ndjson'],
  ],
  probe: [
    ['recorded.ndjson'],
    ['recorded.ndjson', '--json'],
    ['recorded.ndjson', '--use', 'a.json'],
    ['--kit', HOSTILE],
    [HOSTILE],
  ],
  explain: [
    ['a.json', 'calls.ndjson', HOSTILE],
    ['a.json', 'calls.ndjson', HOSTILE, '--json'],
    ['a.json', 'calls.ndjson', HOSTILE, '--markdown'],
    ['a.json', 'calls.ndjson', `${HOSTILE}?`],
  ],
  test: [['a.json'], ['b.json']],
  lint: [['a.json'], ['a.json', '--json']],
  diff: [
    ['a.json', 'b.json'],
    ['a.json', 'b.json', 'calls.ndjson'],
  ],
  cel: [[`"${HOSTILE}"`], [`"${HOSTILE}" + 1`], [HOSTILE]],
};

it('has lines for every command', () => expect(Object.keys(LINES).sort()).toEqual(Object.keys(COMMANDS).sort()));

it.each(Object.entries(LINES).flatMap(([name, lines]) => lines.map((line) => [name, line] as const)))(
  '%s prints no control character: %j',
  async (name, line) => {
    const { out, err } = await run([name, ...line], files);
    expect(out + err).not.toBe('');
    expect([CONTROL.exec(out)?.[0], CONTROL.exec(err)?.[0]]).toEqual([undefined, undefined]);
  },
);

it('an unknown command and option are printed without them', async () => {
  for (const line of [[HOSTILE], ['lint', `--${HOSTILE}`], ['help', HOSTILE]]) {
    const { out, err } = await run(line, files);
    expect(CONTROL.test(out + err)).toBe(false);
  }
});

it('keeps the values of JSON', async () => {
  const { out } = await run(['replay', 'a.json', 'calls.ndjson', '--json'], files);
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
