/** A policy of 300 rules, a third of them with conditions, and calls as a company's agents make them: the same on every run. */
import { fillPolicy, ruleId, type Call, type Policy, type WrittenRule } from '..';
import { randomFrom } from '../../testdata/random';

const RESOURCES = ['slack', 'github', 'notion', 'files', 'postgres', 'mail', 'payments', 'calendar'];
const AGENTS = ['claude-code', 'cursor', 'codex', 'windsurf', 'chatgpt', 'internal-bot'];
const GROUPS = ['finance', 'engineering', 'support', 'legal', 'people', 'contractors'];
const VERBS = ['get', 'list', 'search', 'create', 'update', 'delete', 'send', 'export'];
const NOUNS = ['message', 'channel', 'issue', 'file', 'page', 'row', 'payment', 'event', 'user', 'report'];

const CONDITIONS: readonly ((n: number) => string)[] = [
  (n) => `request.args.channel_id == "C_${n % 40}"`,
  (n) => `has(request.args.amount) && request.args.amount <= ${(n % 9) * 100}.0`,
  (n) => `request.args.path.startsWith("/srv/${n % 20}/") && !request.args.path.contains("..")`,
  (n) => `request.args.repository in ["acme/${n % 10}", "acme/${(n + 1) % 10}", "acme/site"]`,
  (n) =>
    `has(request.args.recipients) && request.args.recipients.all(r, r.endsWith("@${n % 3 ? 'acme' : 'corp'}.example"))`,
  () => 'request.time.getHours("Europe/Berlin") >= 8 && request.time.getHours("Europe/Berlin") < 18',
  (n) => `user.groups.exists(g, g == "${GROUPS[n % GROUPS.length]}") && !has(request.args.dry_run)`,
];

export function policyOf(rules: number, seed = 1): Policy {
  const random = randomFrom(seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const some = (from: readonly string[], chance: number): string[] => (random() < chance ? [pick(from)] : []);
  const written = Array.from({ length: rules }, (_, i): WrittenRule => {
    const conditional = i % 3 === 0;
    return {
      id: ruleId(`r${i}`),
      name: `rule ${i}`,
      effect: conditional ? pick(['gated', 'allow', 'deny'] as const) : pick(['allow', 'deny'] as const),
      scope: {
        resources: random() < 0.1 ? ['tag:internal'] : [pick(RESOURCES)],
        agents: some(AGENTS, 0.6),
        users: random() < 0.2 ? [`user${Math.floor(random() * 200)}@acme.example`] : [],
        groups: some(GROUPS, 0.4),
      },
      tools: random() < 0.7 ? [`${pick(VERBS)}_${pick(NOUNS)}`] : [`${pick(VERBS)}_*`],
      condition: conditional ? (CONDITIONS[(i / 3) % CONDITIONS.length] ?? String)(i) : null,
    };
  });
  return fillPolicy({
    rules: [
      ...written,
      { id: ruleId('all'), name: 'Allow all', effect: 'allow', tools: ['get_*', 'list_*', 'search_*'] },
    ],
  });
}

export function callsOf(count: number, seed = 2): Call[] {
  const random = randomFrom(seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  return Array.from({ length: count }, (_, i) => {
    const user = Math.floor(random() * 200);
    const agent = pick(AGENTS);
    const slug = pick(RESOURCES);
    const call = {
      id: `c${i}`,
      time: new Date(Date.UTC(2026, 10, 1) + i * 1000).toISOString(),
      agent: { slug: agent, name: agent, tags: [] },
      instance: {
        id: `${agent}-${user}`,
        name: null,
        tags: [],
        client: { name: agent, version: '2.1.0', protocolVersion: '2025-06-18' },
      },
      user: { id: `u-${user}`, email: `user${user}@acme.example`, name: `User ${user}`, groups: [pick(GROUPS)] },
      resource: { slug, name: slug, tags: slug === 'postgres' ? ['internal'] : [] },
      tool: { name: `${pick(VERBS)}_${pick(NOUNS)}`, title: null, annotations: null },
      args: {
        channel_id: `C_${Math.floor(random() * 40)}`,
        amount: Math.floor(random() * 1000),
        path: `/srv/${Math.floor(random() * 20)}/reports/2026/summary.csv`,
        repository: `acme/${Math.floor(random() * 10)}`,
        recipients: ['ana@acme.example', 'ben@acme.example'],
        text: 'a line of ordinary length, as people write them to each other about work, and then some more of the same',
      },
      ip: '203.0.113.7',
      userAgent: `${agent}/2.1.0`,
    };
    return call as unknown as Call;
  });
}
