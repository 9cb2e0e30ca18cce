import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  callId,
  compilePolicy,
  decide,
  fillPolicy,
  fillRule,
  ruleId,
  type Call,
  type Catalog,
  type CatalogTool,
  type CompiledPolicy,
  type Rule,
} from '../engine';
import { EFFECT_CODES, replay } from '../trace';
import { unhurried } from '../trace/testkit';
import { accessCsv, accessMarkdown } from '../wording';
import {
  accessMatrix,
  callOfCell,
  catalogImpact,
  isMoreKnown,
  subjectsOf,
  traceImpact,
  type AccessMatrix,
  type SubjectKind,
} from '.';

const GITHUB = JSON.parse(
  readFileSync(join(import.meta.dirname, 'testdata', 'github-tools.json'), 'utf8'),
) as CatalogTool[];
const AGENTS = ['claude-code', 'cursor', 'codex', 'copilot', 'windsurf', 'zed'];
const CATALOG: Catalog = {
  resources: [{ slug: 'github', name: 'GitHub', tags: ['code'], tools: GITHUB }],
  agents: AGENTS.map((slug, i) => ({ slug, name: slug.toUpperCase(), tags: i % 2 === 0 ? ['managed'] : [] })),
  instances: [
    { id: 'i-1', agent: 'cursor', user: 'ana@acme.example', tags: ['managed'] },
    { id: 'i-2', agent: 'unheard-of' },
  ],
  users: [{ id: 'u-1', email: 'ana@acme.example', groups: ['finance'] }, { name: 'nobody' }],
  groups: [],
};

const rule = (id: string, effect: Rule['effect'], tools: string[], rest: Partial<Rule> = {}): Rule => ({
  ...fillRule({ id: ruleId(id), name: id, effect, tools }),
  ...rest,
});
const scoped = (part: Partial<Rule['scope']>) => ({ scope: { ...fillRule(rule('x', 'deny', [])).scope, ...part } });
const POLICY = fillPolicy({
  rules: [
    rule('no-deleting', 'deny', ['delete_*']),
    rule('reading', 'allow', ['get_*', 'list_*'], { condition: 'tool.annotations.readOnlyHint' }),
    rule('managed', 'allow', ['create_*'], scoped({ agents: ['tag:managed'] })),
    rule('own', 'gated', ['push_*', 'merge_*'], { condition: 'request.args.owner == "acme"' }),
    rule('cursor', 'allow', ['*'], { condition: 'agent.slug == "cursor" && request.args.n > 1.0' }),
    rule('finance', 'allow', ['issue_*'], scoped({ groups: ['finance'] })),
  ],
});
let compiled: CompiledPolicy;
beforeAll(async () => {
  compiled = await compilePolicy(POLICY);
});

/** Effective access, computed without a stop. */
async function matrixOf(kind: SubjectKind): Promise<AccessMatrix> {
  const matrix = await accessMatrix(compiled, CATALOG, kind, unhurried);
  if (matrix === undefined) throw new Error('stopped');
  return matrix;
}

describe('effective access', () => {
  it('pauses among its cells, and ends where its answer is no longer wanted', async () => {
    let pauses = 0;
    const work = { pause: () => Promise.resolve(void pauses++), stopped: () => pauses > 2 };
    expect(await accessMatrix(compiled, CATALOG, 'agents', work)).toBeUndefined();
    expect(pauses).toBe(3);
  });

  it.each([
    ['agents', 6],
    ['instances', 2],
    ['users', 1],
  ] as const)('of %s equals `decide` cell by cell on the GitHub catalog', async (kind, subjects) => {
    const matrix = await matrixOf(kind);
    expect(matrix.tools).toHaveLength(117);
    expect(matrix.subjects).toHaveLength(subjects);
    matrix.tools.forEach((tool, row) =>
      matrix.subjects.forEach((subject, column) => {
        const call = callOfCell(subject, tool);
        expect(call.args).toBeUndefined();
        const effect = EFFECT_CODES[matrix.effects[row * subjects + column] ?? -1];
        expect(effect, `${subject.key} ${tool.tool}`).toBe(decide(compiled, call).effect);
      }),
    );
    expect(matrix.counts.allow + matrix.counts.deny + matrix.counts.conditional).toBe(117 * subjects);
  });

  it.each([
    ['claude-code', 'delete_file', 'deny'],
    ['claude-code', 'create_branch', 'allow'],
    ['codex', 'create_branch', 'allow'],
    ['cursor', 'create_branch', 'conditional'],
    ['copilot', 'create_branch', 'deny'],
    ['claude-code', 'push_files', 'conditional'],
    ['claude-code', 'get_me', 'allow'],
    ['claude-code', 'issue_write', 'conditional'],
  ])('%s, %s: %s', async (agent, tool, effect) => {
    const { subjects, tools, effects } = await matrixOf('agents');
    const row = tools.findIndex((one) => one.tool === tool);
    expect(row).toBeGreaterThanOrEqual(0);
    expect(EFFECT_CODES[effects[row * subjects.length + AGENTS.indexOf(agent)] ?? -1]).toBe(effect);
  });

  it.each([
    ['claude-code', 'delete_file', false],
    // Its rule has no condition, and no rule with one fits the tool.
    ['codex', 'create_branch', false],
    ['cursor', 'create_branch', false],
    // `agent.slug == "cursor" && …` is false for every other agent.
    ['copilot', 'create_branch', true],
    ['claude-code', 'get_me', true],
    ['claude-code', 'push_files', false],
  ])('%s, %s: known here alone: %s', async (agent, tool, expected) => {
    const { subjects, tools, moreKnown } = await matrixOf('agents');
    const row = tools.findIndex((one) => one.tool === tool);
    expect(moreKnown[row * subjects.length + AGENTS.indexOf(agent)] === 1).toBe(expected);
  });

  it('marks a cell where `decide` says that a condition was decided, and no conditional one', async () => {
    const { subjects, tools, effects, moreKnown } = await matrixOf('agents');
    tools.forEach((tool, row) =>
      subjects.forEach((subject, column) => {
        const at = row * subjects.length + column;
        expect(moreKnown[at] === 1).toBe(isMoreKnown(decide(compiled, callOfCell(subject, tool)), POLICY));
        if (moreKnown[at] === 1) expect(EFFECT_CODES[effects[at] ?? -1]).not.toBe('conditional');
      }),
    );
  });

  it('takes an instance with its agent and its user', () => {
    expect(subjectsOf(CATALOG, 'instances').map(({ facts }) => facts)).toEqual([
      {
        instance: { id: 'i-1', tags: ['managed'] },
        agent: { slug: 'cursor', name: 'CURSOR', tags: [] },
        user: { id: 'u-1', email: 'ana@acme.example', groups: ['finance'] },
      },
      { instance: { id: 'i-2' }, agent: { slug: 'unheard-of' } },
    ]);
  });

  it('is copied with names that can break no table', () => {
    const table = {
      subjects: ['a|b', '=1+1'],
      rows: [{ resource: 'x, "y"', tool: 'send_it', effects: ['allow', 'conditional'] as const }],
    };
    expect(accessMarkdown(table)).toBe(
      '| Resource | Tool | a\\|b | =1+1 |\n| --- | --- | --- | --- |\n| x, "y" | send\\_it | allowed | conditional |\n',
    );
    expect(accessCsv(table)).toBe('resource,tool,a|b,\'=1+1\r\n"x, ""y""",send_it,allowed,conditional\r\n');
  });
});

describe('impact', () => {
  it('over the catalog counts every cell and names those that change', async () => {
    const after = await compilePolicy({ ...POLICY, rules: POLICY.rules.slice(1) });
    const impact = catalogImpact(compiled, after, CATALOG, 3);
    const deleting = GITHUB.filter(({ name }) => name.startsWith('delete_')).length;
    expect(impact.total).toBe(117 * 6);
    // Without the deny, only the agent that the last rule but one names may ever delete.
    expect(impact.changed).toBe(deleting);
    expect(impact).toMatchObject({ agents: ['cursor'], tools: deleting });
    expect(impact.matrix.deny.conditional).toBe(deleting);
    expect(impact.changes).toHaveLength(Math.min(3, deleting));
    expect(impact.changes[0]).toMatchObject({ agent: 'cursor', before: 'deny', after: 'conditional' });
  });

  const CALLS: readonly Call[] = ['delete_file', 'get_me', 'push_files', 'push_files', 'delete_file'].map(
    (name, i): Call => ({
      id: callId(`c${i}`),
      agent: { slug: 'codex' },
      resource: { slug: 'github' },
      tool: { name, annotations: { readOnlyHint: true } },
      args: { owner: i === 3 ? 'evil' : 'acme' },
    }),
  );

  it('over a trace is what the two replays say', async () => {
    const rules = [...POLICY.rules.slice(1), rule('rest', 'allow', ['*'])];
    const after = replay(await compilePolicy({ ...POLICY, rules }), CALLS);
    const before = replay(compiled, CALLS);
    const impact = traceImpact(before, after, CALLS);
    expect([...impact.changed]).toEqual([0, 3, 4]);
    expect(impact.groups.map(({ tool, from, to, calls }) => [tool, from, to, calls])).toEqual([
      ['delete_file', 'deny', 'allow', [0, 4]],
      ['push_files', 'deny', 'allow', [3]],
    ]);
    expect(impact.newHazards['gate-passed']).toBe(1);
  });
});
