import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from '../fixtures';
import { newPlace, referenceServers, start, type Place } from '../gateway/testdata/started';
import { textOf } from '../gateway/testdata/parts';
import { Workbench } from './page';

/** Made in the page from the last to the first: a new rule goes to the top. */
const RULES = [
  { name: 'Graph', effect: 'Allow', tools: ['*'], resources: ['memory'] },
  { name: 'Reading', effect: 'Allow', tools: ['read_*'], resources: ['files'] },
  { name: 'Notes', effect: 'Gated', tools: ['write_*'], condition: 'request.args.path.endsWith(".txt")' },
  { name: 'No mass', effect: 'Deny', tools: ['delete_*'], condition: 'size(request.args.names) > 1' },
] as const;

interface Case {
  readonly name: string;
  readonly args: (place: Place) => Record<string, unknown>;
  /** The deciding rule as the page counts them, from the top; undefined where none matches. */
  readonly rule: number | undefined;
  readonly answer: RegExp;
}

const file = (name: string) => (place: Place) => ({ path: place.at(`files/${name}`) });
const writing = (name: string) => (place: Place) => ({ path: place.at(`files/${name}`), content: 'written' });
const NO_RULE = /^Denied by policy: no rule allows this call\.$/;

const PASSED_GATE =
  /^Denied by policy: no rule allows this call; the condition of rule 2 "Notes" \(.+\) (is false|fails: .+)\.$/;

const CALLS: readonly Case[] = [
  { name: 'files__read_text_file', args: file('note.txt'), rule: 3, answer: /^a note$/ },
  {
    name: 'files__move_file',
    args: (place) => ({ source: place.at('files/note.txt'), destination: place.at('files/gone.txt') }),
    rule: undefined,
    answer: NO_RULE,
  },
  // The gate, open, closed, and where its condition errs for want of the argument.
  { name: 'files__write_file', args: writing('made.txt'), rule: 2, answer: /^Successfully wrote/ },
  { name: 'files__write_file', args: writing('made.sh'), rule: undefined, answer: PASSED_GATE },
  { name: 'files__write_file', args: () => ({ content: 'written' }), rule: undefined, answer: PASSED_GATE },
  {
    name: 'memory__create_entities',
    args: () => ({ entities: [{ name: 'Ana', entityType: 'person', observations: ['likes tea'] }] }),
    rule: 4,
    answer: /Ana/,
  },
  { name: 'memory__read_graph', args: () => ({}), rule: 4, answer: /likes tea/ },
  // The deny rule reads an argument that this tool does not have: it errs, is skipped, and a lower rule allows the call.
  { name: 'memory__delete_entities', args: () => ({ entityNames: ['Bo', 'Cy'] }), rule: 4, answer: /deleted/i },
  {
    name: 'memory__delete_entities',
    args: () => ({ names: ['Bo', 'Cy'] }),
    rule: 1,
    answer: /^Denied by policy: rule 1 "No mass" \(.+\)\.$/,
  },
  // Names that no server has: the policy decides all the same, and nothing is reached.
  { name: 'files__read_minds', args: () => ({}), rule: 3, answer: /^There is no tool `files__read_minds`\.$/ },
  { name: 'files__format_disk', args: () => ({}), rule: undefined, answer: NO_RULE },
  { name: 'elsewhere__read_file', args: () => ({ path: '/' }), rule: undefined, answer: NO_RULE },
];
/** One of them is of no tool that exists; all others reached their server. */
const ALLOWED = CALLS.filter(({ rule }) => rule !== undefined && rule > 1).length;

test(
  'a gateway enforces the policy of a link, and the page finds every decision of its log again',
  { tag: '@chromium' },
  async ({ page }) => {
    // Four rules are made by keys, and three programs started.
    test.slow();
    const place = newPlace();
    place.write('servers.json', { mcpServers: referenceServers(place) });
    place.write('files/note.txt', 'a note');

    const bench = new Workbench(page);
    await bench.open();
    await bench.newPolicy();
    await bench.policy.getByRole('button', { name: /^Actions for rule 1,/ }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    for (const rule of RULES) await bench.addRule(rule);
    await page.getByRole('button', { name: 'Share', exact: true }).click();
    const link = await page.getByTestId('link').inputValue();
    await page.keyboard.press('Escape');

    const options = [
      '--policy',
      link,
      '--servers',
      'servers.json',
      '--audit',
      'audit.ndjson',
      '--agent',
      'claude-code',
    ];
    const { call, names, close } = await start(options, place.folder);
    // Each server's tools are listed once it is there; none is waited for.
    await expect.poll(names).toContain('files__write_file');
    await expect.poll(names).toContain('memory__read_graph');
    const listed = await names();
    expect(listed).not.toContain('files__move_file');
    for (const { name, args, answer } of CALLS) expect(textOf(await call(name, args(place))), name).toMatch(answer);
    await close();
    expect(readFileSync(place.at('files/note.txt'), 'utf8')).toBe('a note');
    expect([existsSync(place.at('files/made.txt')), existsSync(place.at('files/made.sh'))]).toEqual([true, false]);

    await bench.importFile(place.at('audit.ndjson'));
    await expect
      .poll(async () => [await bench.decision('Allowed'), await bench.decision('Denied')])
      .toEqual([ALLOWED, CALLS.length - ALLOWED]);
    await expect.poll(() => bench.decision('Conditional')).toBe(0);
    const grid = bench.trace.getByRole('grid');
    const recorded = place.audit().filter(({ action }) => action === 'gateway.tool.executed') as unknown as Entry[];
    expect(recorded).toHaveLength(CALLS.length);
    await grid.focus();
    await page.keyboard.press('Home');
    for (const [i, { rule }] of CALLS.entries()) {
      const { policyEffect, policyRuleName, toolName } = recorded[i]!.details;
      // What the gateway recorded is what was wanted, and what the page computes.
      expect(policyRuleName).toBe(rule === undefined ? null : RULES.at(-rule)?.name);
      const row = grid.locator(`#call-${i}`);
      await expect(row).toContainText(toolName);
      await expect(row).toContainText(policyEffect === 'allow' ? 'Allowed' : 'Denied');
      await expect(row).toContainText(rule === undefined ? 'no rule matched' : `by rule ${rule}`);
      const by = policyRuleName === null ? '' : ` by ${policyRuleName}`;
      await expect(bench.explanation.getByTestId('recorded')).toHaveText(
        new RegExp(`^Reproduced\\. Recorded: ${policyEffect === 'allow' ? 'allowed' : 'denied'}${by}`),
      );
      await page.keyboard.press('ArrowDown');
    }
    place.remove();
  },
);

interface Entry {
  readonly details: {
    readonly policyEffect: string;
    readonly policyRuleName: string | null;
    readonly toolName: string;
  };
}
