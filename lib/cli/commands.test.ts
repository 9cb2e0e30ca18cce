import { describe, expect, it } from 'vitest';
import { COMMANDS } from './commands';
import { CASES, files, POLICY } from './testdata/cases';
import { run } from './testdata/harness';

interface SarifResult {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
}

const GATE_ABOVE_ALL = JSON.stringify({
  format: 'policy-bundle',
  version: 1,
  name: 'a',
  rules: [
    {
      id: 'g',
      name: 'Gate',
      effect: 'gated',
      tools: ['send_*'],
      condition: 'has(request.args.to) && request.args.to == "x"',
    },
    { id: 'a', name: 'All', effect: 'allow', tools: ['*'] },
  ],
});

describe('a command line', () => {
  it.each(CASES)('$name', async ({ argv, code, out = '', err = '', files: more }) => {
    const ran = await run(argv, { ...files, ...more });
    expect({ code: ran.code, out: ran.out }).toEqual({ code, out });
    expect(ran.err).toContain(err);
  });

  it('has help for every command, on standard output', async () => {
    const all = await run(['--help']);
    expect(all.code).toBe(0);
    for (const [name, load] of Object.entries(COMMANDS)) {
      const command = await load();
      expect(command.name).toBe(name);
      expect(all.out).toContain(`  ${name} `);
      const ran = await run([name, '--help']);
      expect({ code: ran.code, err: ran.err }).toEqual({ code: 0, err: '' });
      expect(ran.out.startsWith(`policy ${name} ${command.usage}\n`)).toBe(true);
      for (const option of Object.keys(command.options)) expect(ran.out).toContain(`--${option}`);
      expect((await run(['help', name])).out).toBe(ran.out);
    }
  });

  it('says why a call is decided as it is', async () => {
    const { code, out } = await run(['explain', 'p.json', 't.ndjson', 'c2'], files);
    expect(code).toBe(0);
    expect(out)
      .toBe(`Allowed by rule 3 — past the gate of rule 2, \`Economy\`: \`request.args.cabin\` is \`"business"\`, wanted \`"economy"\`.

1  No cancellations (deny): Not for this tool: it covers \`cancel_*\`.
2  Economy (gated): Its condition is false: \`request.args.cabin\` is \`"business"\`, wanted \`"economy"\`. The gate does not allow the call, and evaluation continues below it.
   1 | request.args.cabin == "economy"
     | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
3  r3 (allow): It matches, by the pattern \`*\`.

Hazard: The gate of rule 2, \`Economy\` did not hold this call back: a lower rule allowed it.

What would change it:
- Denied by rule 1, \`No cancellations\`, if \`tool.name\` were a name that matches \`cancel_*\`.
`);
    const why = await run(['explain', 'p.json', 't.ndjson', 'c2', '--why-not', 'Economy'], files);
    expect(why.out).toBe(`One thing keeps rule 2, \`Economy\` from deciding this call:
- The condition of its gate is false: \`request.args.cabin\` is \`"business"\`, wanted \`"economy"\`.

It would decide this call:
- Allowed by rule 2, \`Economy\`, if \`request.args.cabin\` were \`"economy"\`.
`);
    const none = await run(['explain', 'p.json', 't.ndjson', 'c2', '--why-not', '9'], files);
    expect(none.code).toBe(1);
    expect(none.err).toContain('the policy has no rule `9`\n');
    const report = await run(['explain', 'p.json', 't.ndjson', 'c2', '--markdown'], files);
    expect(report.out).toMatch(/^\*\*Allowed by rule 3 [^]*digest `[0-9a-f]{64}`\n$/);
    const steps = JSON.parse((await run(['explain', 'p.json', 't.ndjson', 'c2', '--json'], files)).out) as object;
    expect(steps).toMatchObject({
      id: 'c2',
      effect: 'allow',
      steps: [{ kind: 'no-pattern' }, { kind: 'condition-false' }, { kind: 'matched' }],
    });
  });

  it('prints findings as JSON, a line each', async () => {
    const spoiled = POLICY.replace('request.args.cabin == ', '1 +').replace('"*"', '"{a,b}"');
    const { code, out } = await run(['lint', '-', '--json'], { '-': spoiled });
    expect(code).toBe(1);
    const lines = out.trimEnd().split('\n');
    const findings = lines.map((line) => JSON.parse(line) as { ruleId: string });
    expect(findings.filter(({ ruleId }) => ruleId !== 'r1')).toMatchObject([
      {
        ruleId: 'r2',
        pointer: '/rules/1/condition',
        severity: 'error',
        certainty: 'proven',
        code: 'condition-error',
        cause: 'no-matching-overload',
        message: expect.stringContaining('`+`') as string,
        relatedRuleIds: [],
        start: 0,
        end: 12,
      },
      {
        ruleId: 'r3',
        pointer: '/rules/2/tools/0',
        severity: 'warning',
        certainty: 'possible',
        code: 'not-portable',
        message: 'tool pattern `{a,b}` uses `{`, which the gateway does not document: only `*` is',
      },
    ]);
  });

  it('prints findings as SARIF and as annotations, and refuses other formats', async () => {
    const sarif = await run(['lint', '-', '--format', 'sarif'], { '-': GATE_ABOVE_ALL });
    const log = JSON.parse(sarif.out) as {
      version: string;
      runs: { tool: { driver: { rules: { id: string }[] } }; results: SarifResult[] }[];
    };
    const [first] = log.runs;
    expect(log.version).toBe('2.1.0');
    expect(first?.results.map(({ ruleId, level }) => [ruleId, level])).toEqual([
      ['gate-falls-through', 'warning'],
      ['redundant', 'note'],
      ['allow-all-active', 'note'],
    ]);
    for (const { ruleId, ruleIndex } of first?.results ?? [])
      expect(first?.tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
    const github = await run(['lint', '-', '--format', 'github'], { '-': GATE_ABOVE_ALL });
    expect(github.out.split('\n')[0]).toMatch(
      /^::warning file=-,title=Gate \(gate-falls-through\)::this gate can be passed/,
    );
    await expect(run(['lint', '-', '--format', 'xml'], { '-': GATE_ABOVE_ALL })).resolves.toMatchObject({ code: 2 });
  });

  it('counts dismissed findings, and lists them as suppressed in SARIF', async () => {
    const dismissed = [{ code: 'gate-falls-through', ruleId: 'g', at: '', reason: 'meant to' }];
    const bundle = JSON.stringify({ ...(JSON.parse(GATE_ABOVE_ALL) as object), dismissed });
    const lines = await run(['lint', '-', '--json'], { '-': bundle });
    expect(lines.out).not.toContain('gate-falls-through');
    expect(lines.err).toBe('0 errors, 0 warnings, 2 remarks; 1 dismissed\n');
    const sarif = await run(['lint', '-', '--format', 'sarif'], { '-': bundle });
    const log = JSON.parse(sarif.out) as { runs: { results: (SarifResult & { suppressions?: unknown })[] }[] };
    expect(log.runs[0]?.results.filter(({ suppressions }) => suppressions !== undefined)).toMatchObject([
      { ruleId: 'gate-falls-through', suppressions: [{ kind: 'external', justification: 'meant to' }] },
    ]);
  });

  it('names invariants that do not hold, in each format, and fails', async () => {
    const invariants = ['no one may ever call `delete_*`', 'every tool is gated', 'every tool `get` is allowed'];
    const bundle = JSON.stringify({ ...(JSON.parse(GATE_ABOVE_ALL) as object), invariants });
    const lint = (format: string) => run(['lint', '-', '--format', format], { '-': bundle });
    const text = await lint('text');
    expect(text.code).toBe(1);
    expect(text.err).toMatch(/^2 errors, .*\n1 of 3 invariants proven\n$/);
    const [first, second] = text.out.split('\n').filter((line) => line.includes('(invariant)'));
    expect(first).toBe(
      'error: invariant 2: the invariant “every tool is gated” is not understood: expected `or`, but the line ends (invariant)',
    );
    expect(second).toMatch(/^error: invariant 1: the invariant “no one may ever call `delete_\*`” does not hold: `/);
    const json = (await lint('json')).out.split('\n').filter((line) => line.includes('"invariant"'));
    expect(json.map((line) => JSON.parse(line) as object)).toMatchObject([
      { pointer: '/invariants/1', severity: 'error', start: 19, end: 19 },
      {
        pointer: '/invariants/0',
        severity: 'error',
        witness: { tool: { name: expect.stringMatching(/^delete_/) as string } },
      },
    ]);
    const sarif = JSON.parse((await lint('sarif')).out) as { runs: { results: SarifResult[] }[] };
    expect(sarif.runs[0]?.results.filter(({ ruleId }) => ruleId === 'invariant')).toMatchObject([
      { level: 'error', locations: [{ logicalLocations: [{ fullyQualifiedName: '/invariants/1' }] }] },
      { level: 'error', locations: [{ logicalLocations: [{ fullyQualifiedName: '/invariants/0' }] }] },
    ]);
    expect((await lint('github')).out).toContain('::error file=-,title=invariant 1 (invariant)::the invariant “no one');
  });

  it('proves nothing of a policy that carries the profile of a gateway with other readings', async () => {
    const first = { id: 'g', name: 'G', effect: 'allow', tools: ['a*'], condition: 'request.args.n > 5' };
    const rest = [{ id: 'z', name: 'Z', effect: 'allow', tools: ['*'] }];
    const policy = (rules: readonly object[]) =>
      JSON.stringify({
        ...{ format: 'policy-bundle', version: 1, name: 'a', rules, invariants: ['every tool `a1` is allowed'] },
        readings: { 'error-skips': 'deny' },
      });
    const pair = { 'a.json': policy([first, ...rest]), 'b.json': policy(rest) };
    const compared = await run(['diff', 'a.json', 'b.json', '--fail-on', 'looser'], pair);
    expect(compared.code).toBe(1);
    expect(compared.err).toContain(
      'whether a call becomes allowed is not known: proofs are made under the default readings',
    );
    expect(compared.err).not.toContain('equivalent');
    // What does not differ is decided alike under any profile.
    expect((await run(['diff', 'a.json', 'a.json', '--fail-on', 'looser'], pair)).code).toBe(0);
    const asked = await run(['ask', 'a.json', 'a call to a1 that is denied', '--json'], pair);
    expect([asked.code, JSON.parse(asked.out)]).toEqual([1, { answer: 'unknown' }]);
    expect(asked.err).toContain('no call could be made that shows it, and none is ruled out');
    const linted = await run(['lint', 'a.json', '--json'], pair);
    expect(linted.out).toContain('"certainty":"possible"');
    expect(linted.out).not.toContain('"proven"');
    expect(linted.err).toContain('0 of 1 invariant proven');
  });

  it('answers questions with a call that is a trace, or a proof that there is none', async () => {
    const ask = (line: string, ...options: string[]) => run(['ask', '-', line, ...options], { '-': GATE_ABOVE_ALL });
    const found = await ask('a call that rule 2 decides');
    expect(found).toMatchObject({ code: 0, err: 'There is such a call: `All` decides it\n' });
    const explained = await run(['explain', 'p.json', 't.ndjson', 'witness'], {
      'p.json': GATE_ABOVE_ALL,
      't.ndjson': found.out,
    });
    expect(explained.out).toMatch(/^Allowed by rule 2/);
    expect(await ask('a call that reaches the default')).toMatchObject({
      ...{ code: 1, out: '' },
      err: 'There is no such call: that is proven, because of `All`\n',
    });
    const denied = await ask('a call to "delete_*" that is denied', '--json');
    expect([denied.code, JSON.parse(denied.out)]).toEqual([1, { answer: 'none' }]);
    expect(await ask('a call that rule `x` decides')).toMatchObject({
      ...{ code: 1, err: 'The policy has no rule `x`, or several with this name\n' },
    });
    const wrong = await ask('a call that rule decides');
    expect(wrong.code).toBe(2);
    expect(wrong.err).toContain('expected');
  });

  it('writes JUnit, whatever a test is called', async () => {
    const named = POLICY.replace('"name":"cancel"', JSON.stringify({ name: '<a & "b">\u0007\n' }).slice(1, -1));
    const { written, code } = await run(['test', 'p.json', '--junit', 'out.xml'], {
      'p.json': named.replace('"cancel_*"', '"x"'),
    });
    expect(code).toBe(1);
    expect(written['out.xml']).toContain('<testsuites tests="1" failures="1" errors="0" skipped="0">');
    expect(written['out.xml']).toContain('name="&lt;a &amp; &quot;b&quot;&gt;\ufffd&#10;"');
    expect(written['out.xml']).toContain('<failure message="expected deny by No cancellations, got allow by r3">');
  });

  it('shows no control characters from outside', async () => {
    const evil = POLICY.replace('No cancellations', 'No \\u001b[31m');
    const { out } = await run(['replay', '-', 't.ndjson'], { ...files, '-': evil });
    expect(out).toContain('No ⟨U+001B⟩[31m');
  });
});
