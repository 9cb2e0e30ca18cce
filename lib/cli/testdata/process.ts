/** Every command as a program of its own: what it prints where all is well, where the answer is no, where it is used wrongly. */
export interface CommandCase {
  readonly command: string;
  /** Ends with 0 and prints this. */
  readonly fine: { readonly args: readonly string[]; readonly input?: string; readonly out: RegExp };
  /** Ends with 1. */
  readonly no: { readonly args: readonly string[]; readonly input?: string; readonly err: RegExp };
  /** Ends with 2, prints nothing, and says this. */
  readonly wrong: { readonly args: readonly string[]; readonly err: RegExp };
}

const RULES = [
  { id: 'r1', name: 'No cancellations', effect: 'deny', tools: ['cancel_*'] },
  { id: 'r2', name: 'Everything', effect: 'allow', tools: ['*'] },
];
const TEST = { name: 'cancel', call: { id: 'a', tool: { name: 'cancel_x' } }, expect: { effect: 'deny' } };
const bundle = (rules: readonly object[], rest: object = {}): string =>
  JSON.stringify({ format: 'policy-bundle', version: 1, name: 'Travel', rules, ...rest }, null, 2);

/** As Windows writes it: lines end in CRLF, and the file may begin with a byte order mark. */
const windows = (text: string): string => `\ufeff${text.replaceAll('\n', '\r\n')}\r\n`;

const CALLS = [
  { id: 'c1', tool: { name: 'cancel_x' }, args: { n: 1 } },
  { id: 'c2', tool: { name: 'book_x' }, args: { n: 2 } },
];

/** A space, and what is a drive and a folder on Windows: elsewhere it is a name, which nothing may take apart. */
export const POLICY_FILE =
  process.platform === 'win32' ? 'travel policy.json' : 'C:\\My policies\\travel policy.json';
export const FILES: Readonly<Record<string, string>> = {
  [POLICY_FILE]: windows(bundle(RULES, { tests: [TEST] })),
  'other.json': bundle([...RULES].reverse()),
  'failing.json': bundle(RULES, { tests: [{ ...TEST, expect: { effect: 'allow' } }] }),
  'broken.json': '{ "format": "policy-bundle", "version": 1, "name": "x", "rules": [{}] }',
  'unsound.json': bundle([{ ...RULES[0], condition: 'request.args.n >' }]),
  'calls.ndjson': windows(CALLS.map((call) => JSON.stringify(call)).join('\n')),
  'call.json': windows(JSON.stringify(CALLS[0])),
};

const WHOLE = bundle(RULES);
const MISSING = { args: ['no such.json'], err: /^`no such\.json` cannot be read: there is no such file\n$/ };

export const commandCases = (link: string): readonly CommandCase[] => [
  {
    command: 'validate',
    fine: { args: ['-'], input: WHOLE, out: /^$/ },
    no: { args: ['broken.json'], err: /^broken\.json: \d+ problems\n$/ },
    wrong: MISSING,
  },
  {
    command: 'digest',
    fine: { args: ['-'], input: windows(WHOLE), out: /^[0-9a-f]{64}\n$/ },
    no: { args: ['-'], input: '{}', err: /./ },
    wrong: MISSING,
  },
  {
    command: 'encode',
    fine: { args: [POLICY_FILE], out: /^#1\.[\w-]+\.[0-9a-f]{12}\n$/ },
    no: { args: ['broken.json'], err: /./ },
    wrong: { args: [POLICY_FILE, 'x'], err: /^`x` is one argument too many: policy encode FILE\n$/ },
  },
  {
    command: 'decode',
    fine: { args: ['-'], input: windows(`https://play.example/${link}`), out: /^\{"format":"policy-bundle".*\}\n$/ },
    no: { args: [link.slice(0, -1)], err: /the end of this link is missing/ },
    wrong: { args: [], err: /^something is missing: policy decode LINK\n$/ },
  },
  {
    command: 'replay',
    fine: { args: [POLICY_FILE, '-', '--json'], input: FILES['calls.ndjson'] ?? '', out: /^\{"id":"c1","effect":"deny",.*\}\n\{"id":"c2","effect":"allow",.*\}\n$/ },
    no: { args: ['broken.json', 'calls.ndjson'], err: /./ },
    wrong: { args: [POLICY_FILE, 'calls.ndjson', '--format', 'x'], err: /^`x` is no format of traces/ },
  },
  {
    command: 'reproduce',
    fine: {
      args: [POLICY_FILE, '-'],
      input: '{"id":"c1","tool":{"name":"cancel_x"},"args":{},"recorded":{"effect":"deny"}}\n',
      out: /^$/,
    },
    no: { args: [POLICY_FILE, 'calls.ndjson'], err: /no call has a recorded decision to compare with\n$/ },
    wrong: { args: [POLICY_FILE], err: /^something is missing: policy reproduce FILE EXPORT/ },
  },
  {
    command: 'bisect',
    fine: { args: [POLICY_FILE, 'calls.ndjson'], out: /^$/ },
    no: { args: [POLICY_FILE, 'calls.ndjson', '--call', 'c9'], err: /the trace has no call `c9`\n$/ },
    wrong: { args: [POLICY_FILE], err: /^something is missing: policy bisect HISTORY TRACE/ },
  },
  {
    command: 'ask',
    fine: { args: [POLICY_FILE, 'a call that rule 1 decides'], out: /^\{.*"tool":\{"name":"cancel_.*\}\n$/ },
    no: { args: [POLICY_FILE, 'a call that is allowed by rule 1 and denied by rule 1'], err: /^There is no such call: that is proven\n$/ },
    wrong: { args: [POLICY_FILE], err: /^something is missing: policy ask FILE QUESTION/ },
  },
  {
    command: 'suggest',
    fine: { args: ['calls.ndjson', '--arguments'], out: /^\{"format":"policy-bundle",.*"tools":\["book_x","cancel_x"\].*\}\n$/ },
    no: { args: ['calls.ndjson', '--allowed'], err: /^left out: 2 calls are not recorded as allowed/m },
    wrong: { args: ['calls.ndjson', '--by', 'agents'], err: /^`agents` is nothing that rules are split by: agent, / },
  },
  {
    command: 'probe',
    fine: { args: ['--kit', '.'], out: /^$/ },
    no: { args: ['calls.ndjson'], err: /./ },
    wrong: { args: [], err: /^give a log, or `--kit FOLDER` to write the kit\n$/ },
  },
  {
    command: 'explain',
    fine: { args: [POLICY_FILE, 'calls.ndjson', 'c1'], out: /^Denied by rule 1, `No cancellations`\.\n/ },
    no: { args: [POLICY_FILE, 'calls.ndjson', 'c9'], err: /the trace has no call `c9`\n$/ },
    wrong: { args: [POLICY_FILE, 'calls.ndjson'], err: /^something is missing: policy explain FILE TRACE CALL-ID/ },
  },
  {
    command: 'test',
    fine: { args: [POLICY_FILE], out: /^ok +cancel\n$/ },
    no: { args: ['failing.json'], err: /^0 passed, 1 failed\n$/ },
    wrong: { args: [POLICY_FILE, '--junit'], err: /--junit/ },
  },
  {
    command: 'lint',
    fine: { args: [POLICY_FILE], out: /^/ },
    no: { args: ['unsound.json'], err: /\b1 error/ },
    wrong: { args: ['--jsn', POLICY_FILE], err: /--jsn/ },
  },
  {
    command: 'diff',
    fine: { args: [POLICY_FILE, POLICY_FILE], out: /^/ },
    no: { args: [POLICY_FILE, 'other.json', 'calls.ndjson'], err: /./ },
    wrong: { args: [POLICY_FILE], err: /^something is missing: policy diff/ },
  },
  {
    command: 'cel',
    fine: { args: ['request.args.n + 1.0', '--call', 'call.json'], out: /^\{"type":"double","value":\{"double":2\}\}\n$|^\{"type":"double".*\}\n$/ },
    no: { args: ['1 / 0'], err: /./ },
    wrong: { args: ['1', '--call', 'no such.json'], err: /cannot be read: there is no such file\n$/ },
  },
];
