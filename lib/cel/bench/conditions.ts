/** The calls that every library decides, and conditions as policies have them, each with a hand-written closure that decides the same. */
export interface BenchCall {
  readonly agent: { readonly slug: string; readonly tags: readonly string[] };
  readonly user: { readonly email: string; readonly groups: readonly string[] };
  readonly request: { readonly args: Readonly<Record<string, unknown>> };
}

const call = (slug: string, tag: string, args: Record<string, unknown>): BenchCall => ({
  agent: { slug, tags: ['eu', tag] },
  user: { email: 'ana@acme.example', groups: ['engineering', 'on-call'] },
  request: { args },
});

const to = ['ana@acme.example', 'bo@acme.example', 'cy@acme.example'];

/** Read back from JSON, as calls are. */
export const CALLS = JSON.parse(
  JSON.stringify([
    call('claude-code', 'prod', {
      channel_id: 'C0000000017',
      amount: 250,
      path: '/srv/data/report.csv',
      to,
      name: 'list_rows',
    }),
    call('cursor', 'prod-eu', {
      channel_id: 'C9',
      amount: 750,
      path: '/srv/data/../x',
      to: [...to, 'x@evil.example'],
      name: 'drop-table',
    }),
    call('codex', 'staging', { channel_id: 'C0000000003', amount: 500, path: '/etc/passwd', to: [], name: 'get_file' }),
    call('claude-code', 'dev', {
      channel_id: 'C0000000020',
      amount: 1.5,
      path: '/srv/a',
      to: ['ana@acme.example'],
      name: 'x',
    }),
  ]),
) as readonly BenchCall[];

const IDS = Array.from({ length: 20 }, (_, i) => `C${String(i + 1).padStart(10, '0')}`);

export interface BenchCondition {
  readonly name: string;
  readonly source: string;
  /** What someone would write in JavaScript for these calls. */
  readonly closure: (call: BenchCall) => boolean;
}

const idSet = new Set<unknown>(IDS);
const namePattern = /^(list|get|search)_[a-z_]+$/;

export const CONDITIONS: readonly BenchCondition[] = [
  {
    name: 'slug equality',
    source: 'agent.slug == "claude-code"',
    closure: (c) => c.agent.slug === 'claude-code',
  },
  {
    name: '`in` of 20 ids',
    source: `request.args.channel_id in [${IDS.map((id) => `"${id}"`).join(', ')}]`,
    closure: (c) => idSet.has(c.request.args.channel_id),
  },
  {
    name: '`has && <=`',
    source: 'has(request.args.amount) && request.args.amount <= 500',
    closure: (c) => 'amount' in c.request.args && (c.request.args.amount as number) <= 500,
  },
  {
    name: '`startsWith && !contains`',
    source: 'request.args.path.startsWith("/srv/data/") && !request.args.path.contains("..")',
    closure: (c) => {
      const path = c.request.args.path as string;
      return path.startsWith('/srv/data/') && !path.includes('..');
    },
  },
  {
    name: '`all(endsWith)`',
    source: 'request.args.to.all(t, t.endsWith("@acme.example"))',
    closure: (c) => (c.request.args.to as string[]).every((t) => t.endsWith('@acme.example')),
  },
  {
    name: '`matches`',
    source: 'request.args.name.matches("^(list|get|search)_[a-z_]+$")',
    closure: (c) => namePattern.test(c.request.args.name as string),
  },
  {
    name: '`exists && startsWith`',
    source: 'agent.tags.exists(t, t == "prod") && request.args.path.startsWith("/srv/")',
    closure: (c) => c.agent.tags.some((t) => t === 'prod') && (c.request.args.path as string).startsWith('/srv/'),
  },
  {
    name: 'three nested `?:`',
    source:
      'agent.slug == "cursor" ? request.args.amount < 100 : (agent.slug == "codex" ? request.args.amount < 1000 : (user.email == "ana@acme.example" ? true : false))',
    closure: (c) =>
      c.agent.slug === 'cursor'
        ? (c.request.args.amount as number) < 100
        : c.agent.slug === 'codex'
          ? (c.request.args.amount as number) < 1000
          : c.user.email === 'ana@acme.example',
  },
];

/** The commonest event of all: an argument that the call does not have. Every library answers with an error. */
export const ABSENT = { name: 'absent argument', source: 'request.args.missing == "x"' };

/** For the time that reading and checking takes. */
export const TYPICAL =
  'agent.slug == "claude-code" && has(request.args.amount) && request.args.amount <= 500 && request.args.to.all(t, t.endsWith("@acme.example"))';
