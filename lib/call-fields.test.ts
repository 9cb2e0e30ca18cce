/** Sends every field of the engine's table through all that a call passes: a field that one of them does not know fails here. */
import { describe, expect, it } from 'vitest';
import { bundleOf, readBundle, writeBundle } from './bundle';
import { VARIABLES } from './cel';
import { callValues } from './editor/values';
import {
  CALL_FIELD_PATHS,
  CALL_FIELDS,
  callPathOf,
  celPathOf,
  compilePolicy,
  DEFAULT_SETTINGS,
  decideRow,
  fillRule,
  ruleId,
  validateCall,
  type Call,
  type CallFieldPath,
  type Json,
  type Policy,
} from './engine';
import { factAt, factName, withFacts } from './analysis';
import { redact } from './redact';
import { problemOf } from './store/validate';
import { applyDefaults, collectText, parseDefault, TraceColumns, unpackCall } from './trace';
import { packCalls, unpackCalls } from './trace/packed';

const stepsOf = (path: string) => path.split('.');
const isLeaf = (path: CallFieldPath) => CALL_FIELDS[path].kind !== 'object';
const LEAVES = CALL_FIELD_PATHS.filter(isLeaf);
/** The facts that a condition reads one by one. */
const READABLE = LEAVES.filter((path) => CALL_FIELDS[path].cel !== null);

function valueFor(path: CallFieldPath): Json {
  switch (CALL_FIELDS[path].kind) {
    case 'time':
      return '2026-01-02T03:04:05Z';
    case 'flag':
      return true;
    case 'texts':
      return [`one of ${path}`, `two of ${path}`];
    case 'effect':
      return 'deny';
    case 'map':
      return { of: path };
    default:
      return `value of ${path}`;
  }
}

type Tree = Record<string, unknown>;

/** A copy with another value at a path; undefined takes the key out. */
function withValue(call: Call, path: string, value: unknown): Call {
  const copy = structuredClone(call) as unknown as Tree;
  const steps = stepsOf(path);
  const last = steps.pop() ?? '';
  const holder = steps.reduce<Tree>((tree, step) => (tree[step] ??= {}) as Tree, copy);
  if (value === undefined) delete holder[last];
  else holder[last] = value;
  return copy as unknown as Call;
}

const valueIn = (call: unknown, path: string): unknown =>
  stepsOf(path).reduce<unknown>((value, step) => (value as Tree | undefined)?.[step], call);

/** A call of which every field is known. */
const FULL = LEAVES.reduce((call, path) => withValue(call, path, valueFor(path)), {} as Call);
/** The same with a value of the wrong type at a path. */
const wrongAt = (path: string) => withValue(FULL, path, 7);

function allowing(condition: string): Policy {
  const rule = fillRule({ id: ruleId('r'), name: 'r', effect: 'allow', status: 'active', tools: ['*'], condition });
  return { rules: [rule], settings: DEFAULT_SETTINGS };
}

const literalOf = (path: CallFieldPath): string => {
  const text = JSON.stringify(valueFor(path));
  return CALL_FIELDS[path].kind === 'time' ? `timestamp(${text})` : text;
};

const decideBy = async (condition: string, call: Call) => decideRow(await compilePolicy(allowing(condition)), call);

function storedHead(call: Call): string | null {
  const { head } = packCalls([call]);
  return problemOf('chunks', { traceId: 't', index: 0, head });
}

const storedTest = (call: unknown): string | null =>
  problemOf('versions', {
    ...{ id: 'v', policyId: 'p', name: 'v', at: 0 },
    content: {
      ...{ name: 'p', description: '', settings: DEFAULT_SETTINGS, rules: [] },
      tests: [{ name: 't', call, expect: { effect: 'allow' } }],
    },
  });

const bundle = { ...bundleOf('p', allowing('true')), trace: [FULL] };

describe('a call with every field', () => {
  it('is valid, and read from a native export as it is', async () => {
    expect(validateCall(FULL)).toEqual([]);
    const { calls, rejects } = await collectText(JSON.stringify(FULL));
    expect(rejects).toEqual([]);
    expect(calls).toEqual([FULL]);
  });

  it('is packed, stored and unpacked without loss', () => {
    const packed = packCalls([FULL]);
    expect(unpackCalls(packed)).toEqual([FULL]);
    const columns = new TraceColumns();
    columns.append(packed.head);
    expect(unpackCall(columns, 0, packed.lines)).toEqual(FULL);
    expect([storedHead(FULL), storedTest(FULL)]).toEqual([null, null]);
  });

  it('is written to a bundle and read from it without a warning', () => {
    const read = readBundle(writeBundle(bundle));
    expect(read).toMatchObject({ ok: true, warnings: [], bundle: { trace: [FULL] } });
  });

  it('is redacted without dropping a field', () => {
    const { bundle: redacted, dropped } = redact(bundle);
    expect(dropped).toEqual([]);
    const call = redacted.trace?.[0];
    expect(CALL_FIELD_PATHS.filter((path) => valueIn(call, path) === undefined)).toEqual([]);
  });
});

describe.each(CALL_FIELD_PATHS)('%s', (path) => {
  const pointer = `/${stepsOf(path).join('/')}`;

  it('is refused with a value of the wrong type: as a call, in a bundle, and in storage', () => {
    expect(validateCall(wrongAt(path)).map((problem) => problem.pointer)).toEqual([pointer]);
    const written = JSON.stringify({ ...(JSON.parse(writeBundle(bundle)) as object), trace: [wrongAt(path)] });
    const read = readBundle(written);
    expect(read.ok ? [] : read.problems.map((problem) => problem.pointer)).toEqual([`/trace/0${pointer}`]);
    expect(storedTest(wrongAt(path))).toContain(stepsOf(path).join(' '));
  });

  it('may be missing only where the table says so', () => {
    const problems = validateCall(withValue(FULL, path, undefined));
    expect(problems.length > 0).toBe(CALL_FIELDS[path].missing === 'invalid');
  });
});

describe.each(READABLE)('%s', (path) => {
  const { cel, missing } = CALL_FIELDS[path];

  it('is in the vocabulary of conditions, and decides', async () => {
    expect(VARIABLES.map((variable) => variable.path)).toContain(cel);
    const condition = `${cel} == ${literalOf(path)}`;
    expect(await decideBy(condition, FULL)).toMatchObject({ effect: 'allow', decidedBy: { kind: 'rule' } });
    const row = await decideBy(condition, withValue(FULL, path, undefined));
    if (missing === 'unknown') expect(row.decidedBy).toMatchObject({ kind: 'undecided', waitsFor: [cel] });
    else expect(row).toMatchObject({ effect: 'deny', decidedBy: { kind: 'default' } });
    expect(await decideBy(condition, withValue(FULL, path, null))).toMatchObject({ effect: 'deny' });
  });

  it('is found by the name under which conditions read it, suggested, and can be changed', () => {
    const steps = stepsOf(path);
    expect(callPathOf(stepsOf(cel ?? ''))).toEqual(steps);
    expect(celPathOf(steps).join('.')).toBe(cel);
    expect(factName(steps)).toBe(cel);
    expect(factAt(FULL, steps)).toEqual({ kind: 'value', value: valueFor(path) });
    const context = { catalog: undefined, tools: [], call: FULL } as unknown as Parameters<typeof callValues>[1];
    expect(callValues(stepsOf(cel ?? ''), context)).toEqual([valueFor(path)]);
    const change = { path: steps, from: factAt(FULL, steps), to: { kind: 'absent' } } as const;
    expect(factAt(withFacts(FULL, [change]), steps)).toEqual({ kind: 'absent' });
  });
});

const DEFAULTED = READABLE.filter((path) => CALL_FIELDS[path].kind !== 'flag' && CALL_FIELDS[path].kind !== 'map');

describe.each(DEFAULTED)('%s', (path) => {
  const value = valueFor(path);

  it('takes a default', () => {
    const parsed = parseDefault(`${path}=${Array.isArray(value) ? value.join(',') : String(value)}`);
    if (!parsed.ok) throw new Error(parsed.message);
    const filled = applyDefaults({ [parsed.field]: parsed.value })({ id: FULL.id });
    expect(valueIn(filled, path)).toEqual(value);
  });

  it('is read from a column of its name', async () => {
    const cell = Array.isArray(value) ? value.join(';') : String(value);
    const rows = path === 'tool.name' ? `tool.name\n${cell}` : `tool.name,${path}\nsend,${cell}`;
    const { calls, rejects } = await collectText(rows, { format: 'csv' });
    expect(rejects).toEqual([]);
    expect(valueIn(calls[0], path)).toEqual(value);
  });
});
