/** A company's policy and its agents' calls: the same on every run. Every rule is kept in parts, so that each engine's own writing of it can be made. */
import { randomFrom } from '../../testdata/random';

const RESOURCES = ['slack', 'github', 'notion', 'files', 'postgres', 'mail', 'payments', 'calendar'];
const AGENTS = ['claude-code', 'cursor', 'codex', 'windsurf', 'chatgpt', 'internal-bot'];
const GROUPS = ['finance', 'engineering', 'support', 'legal', 'people', 'contractors'];
const VERBS = ['get', 'list', 'search', 'create', 'update', 'delete', 'send', 'export'];
const NOUNS = ['message', 'channel', 'issue', 'file', 'page', 'row', 'payment', 'event', 'user', 'report'];
const USERS = 200;

/** What a rule asks of the arguments, the time or the user. */
export type BenchTest =
  | { readonly kind: 'channel'; readonly id: string }
  | { readonly kind: 'amount'; readonly most: number }
  | { readonly kind: 'path'; readonly under: string }
  | { readonly kind: 'repository'; readonly among: readonly string[] }
  | { readonly kind: 'recipients'; readonly domain: string }
  | { readonly kind: 'hours'; readonly from: number; readonly to: number }
  | { readonly kind: 'real'; readonly group: string };

export interface RuleParts {
  readonly id: string;
  readonly effect: 'allow' | 'deny';
  readonly resource: string | undefined;
  readonly agents: readonly string[];
  readonly user: string | undefined;
  readonly group: string | undefined;
  /** One tool, or what the names of several begin with. */
  readonly tool: { readonly name: string } | { readonly prefix: string };
  readonly test: BenchTest | undefined;
}

/** Groups of each user: facts of the company, that engines with roles are given once. */
export const userOf = (n: number) => ({
  id: `u-${n}`,
  email: `user${n}@acme.example`,
  name: `User ${n}`,
  groups: [GROUPS[n % GROUPS.length] ?? '', ...(n % 10 === 0 ? ['managers'] : [])],
});
export const PEOPLE = Array.from({ length: USERS }, (_, n) => userOf(n));

const TESTS: readonly ((n: number) => BenchTest)[] = [
  (n) => ({ kind: 'channel', id: `C_${n % 40}` }),
  (n) => ({ kind: 'amount', most: (n % 9) * 100 }),
  (n) => ({ kind: 'path', under: `/srv/${n % 20}/` }),
  (n) => ({ kind: 'repository', among: [`acme/${n % 10}`, `acme/${(n + 1) % 10}`, 'acme/site'] }),
  (n) => ({ kind: 'recipients', domain: n % 2 ? '@acme.example' : '@corp.example' }),
  () => ({ kind: 'hours', from: 8, to: 18 }),
  (n) => ({ kind: 'real', group: GROUPS[n % GROUPS.length] ?? '' }),
];

/** Deny rules are first, so that an engine whose denials always win, whatever their place, says the same. A third have a test. */
export function companyRules(rules: number): RuleParts[] {
  const random = randomFrom(7);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const written = Array.from({ length: rules - 1 }, (_, i): RuleParts => {
    const verb = pick(VERBS);
    return {
      id: `r${i}`,
      effect: i < rules / 3 ? 'deny' : 'allow',
      resource: random() < 0.9 ? pick(RESOURCES) : undefined,
      agents: random() < 0.4 ? [pick(AGENTS)] : random() < 0.3 ? ['claude-code', 'cursor'] : [],
      user: random() < 0.1 ? userOf(Math.floor(random() * USERS)).email : undefined,
      group: random() < 0.4 ? pick(GROUPS) : undefined,
      tool: random() < 0.7 ? { name: `${verb}_${pick(NOUNS)}` } : { prefix: `${verb}_` },
      test: i % 3 === 0 ? TESTS[(i / 3) % TESTS.length]?.(i) : undefined,
    };
  });
  const reading: RuleParts = {
    id: 'reading',
    effect: 'allow',
    resource: undefined,
    agents: [],
    user: undefined,
    group: undefined,
    tool: { prefix: 'get_' },
    test: undefined,
  };
  return [...written, reading];
}

/** One call, as every engine is asked about it. */
export interface BenchRequest {
  readonly id: string;
  readonly time: string;
  readonly user: ReturnType<typeof userOf>;
  readonly agent: string;
  readonly resource: string;
  readonly tool: string;
  readonly args: Readonly<Record<string, unknown>>;
}

export function companyRequests(count: number): BenchRequest[] {
  const random = randomFrom(11);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const among = (n: number): number => Math.floor(random() * n);
  return Array.from({ length: count }, (_, i) => {
    const noun = pick(NOUNS);
    const text = 'a line of ordinary length, as people write them to each other about their work, and then some more';
    const own: Record<string, unknown> =
      noun === 'message' || noun === 'channel'
        ? { channel_id: `C_${among(40)}`, text }
        : noun === 'issue'
          ? { repository: `acme/${among(10)}`, title: text }
          : noun === 'file' || noun === 'page' || noun === 'report'
            ? { path: `/srv/${among(20)}/reports/2026/${random() < 0.1 ? '../' : ''}summary.csv`, text }
            : noun === 'payment'
              ? { amount: among(1000), currency: 'EUR', memo: text }
              : {
                  recipients: [userOf(among(USERS)).email, random() < 0.1 ? 'x@corp.example' : 'ana@acme.example'],
                  text,
                };
    return {
      id: `c${i}`,
      time: new Date(Date.UTC(2026, 10, 1) + i * 20_000).toISOString(),
      user: userOf(among(USERS)),
      agent: pick(AGENTS),
      resource: pick(RESOURCES),
      tool: `${pick(VERBS)}_${noun}`,
      // Read back from JSON, as calls are.
      args: JSON.parse(JSON.stringify(random() < 0.1 ? { ...own, dry_run: true } : own)) as Record<string, unknown>,
    };
  });
}
