/** Acme: who works there, with which agents, on which servers. */
import { slack, slackSupport } from './tools-chat.mjs';
import { filesystem, github } from './tools-code.mjs';
import { mail, ordersDb, payments, web } from './tools-office.mjs';

const resource = (slug, name, tags, list) => ({ slug, name, tags, tools: list });

export const RESOURCES = [
  resource('slack', 'Slack', ['chat', 'internal'], slack),
  resource('slack-support', 'Slack (customer support)', ['chat', 'customers'], slackSupport),
  resource('github', 'GitHub', ['code'], github),
  resource('filesystem', 'Workspace files', ['code', 'internal'], filesystem),
  resource('orders-db', 'Orders database', ['data', 'internal'], ordersDb),
  resource('mail', 'Mail', ['external'], mail),
  resource('payments', 'Payments (Stripe)', ['money', 'customers'], payments),
  resource('web', 'Web', ['external'], web),
];

export const AGENTS = [
  { slug: 'claude-code', name: 'Claude Code', tags: ['coding'] },
  { slug: 'cursor', name: 'Cursor', tags: ['coding'] },
  { slug: 'codex', name: 'Codex', tags: ['coding', 'unattended'] },
  { slug: 'claude', name: 'Claude', tags: ['assistant'] },
  { slug: 'support-bot', name: 'Support bot', tags: ['customers', 'unattended'] },
];

const user = (id, key, name, ...groups) => ({ id, email: `${key}@acme.example`, name, groups });

export const USERS = [
  user('u-101', 'ana', 'Ana Ruiz', 'engineering', 'platform'),
  user('u-102', 'bo', 'Bo Lindqvist', 'engineering'),
  user('u-103', 'chidi', 'Chidi Okafor', 'engineering'),
  user('u-104', 'dana', 'Dana Petrova', 'finance'),
  user('u-105', 'emre', 'Emre Yildiz', 'support', 'support-leads'),
  user('u-106', 'farah', 'Farah Haddad', 'support'),
  user('u-107', 'grace', 'Grace Kim', 'finance', 'leadership'),
  {
    id: 'u-108',
    email: 'hugo@northwind-contracting.example',
    name: 'Hugo Martins',
    groups: ['engineering', 'contractors'],
  },
  user('u-109', 'ines', 'Ines Dubois', 'engineering', 'platform'),
  user('u-900', 'support-bot', 'Support bot', 'automation'),
];

const instance = (id, name, agent, userId, { client, version, ip, tags = [] }) => ({
  id,
  name,
  agent,
  user: userId,
  tags,
  client: { name: client, version },
  ip,
});

/** Each with the address that its calls come from. */
export const INSTANCES = [
  instance('i-11', 'ana-laptop', 'claude-code', 'u-101', {
    client: 'claude-code',
    version: '2.1.0',
    ip: '203.0.113.24',
  }),
  instance('i-12', 'bo-workstation', 'cursor', 'u-102', {
    client: 'cursor-vscode',
    version: '1.9.4',
    ip: '203.0.113.31',
  }),
  instance('i-13', 'chidi-cloud', 'codex', 'u-103', {
    client: 'codex-mcp-client',
    version: '0.64.0',
    ip: '198.51.100.70',
    tags: ['cloud'],
  }),
  instance('i-14', 'dana-desktop', 'claude', 'u-104', { client: 'claude-ai', version: '0.14.2', ip: '203.0.113.52' }),
  instance('i-15', 'farah-desktop', 'claude', 'u-106', { client: 'claude-ai', version: '0.14.2', ip: '203.0.113.58' }),
  instance('i-16', 'grace-laptop', 'claude', 'u-107', {
    client: 'claude-ai',
    version: '0.14.1',
    ip: '198.51.100.9',
    tags: ['remote'],
  }),
  instance('i-17', 'hugo-laptop', 'cursor', 'u-108', {
    client: 'cursor-vscode',
    version: '1.9.1',
    ip: '198.51.100.41',
    tags: ['remote'],
  }),
  instance('i-18', 'ines-laptop', 'claude-code', 'u-109', {
    client: 'claude-code',
    version: '2.1.0',
    ip: '203.0.113.27',
  }),
  instance('i-21', 'support-bot-eu', 'support-bot', 'u-900', {
    client: 'acme-support-bot',
    version: '3.4.1',
    ip: '10.20.0.14',
    tags: ['production'],
  }),
  instance('i-22', 'support-bot-us', 'support-bot', 'u-900', {
    client: 'acme-support-bot',
    version: '3.4.1',
    ip: '10.30.0.14',
    tags: ['production'],
  }),
];

/** The catalog in the shape that a bundle carries. */
export const CATALOG = {
  resources: RESOURCES,
  agents: AGENTS,
  instances: INSTANCES.map(({ ip: _, ...rest }) => rest),
  users: USERS,
  groups: [...new Set(USERS.flatMap(({ groups }) => groups))].map((name) => ({ name })),
};

/** What the gateway knows of a call's surroundings, by the instance that makes it. */
export function surroundings(instanceName) {
  const { ip, agent, user: userId, ...rest } = find(INSTANCES, ({ name }) => name === instanceName, instanceName);
  const { name, version } = rest.client;
  return {
    agent: find(AGENTS, ({ slug }) => slug === agent, agent),
    instance: rest,
    user: find(USERS, ({ id }) => id === userId, userId),
    ip,
    userAgent: `${name}/${version}`,
  };
}

/** A tool as a call names it, with its server. */
export function target(slug, toolName) {
  const { tools: list, ...server } = find(RESOURCES, (one) => one.slug === slug, slug);
  const { name, title, annotations } = find(list, (one) => one.name === toolName, `${slug} ${toolName}`);
  return {
    resource: server,
    tool: { name, title: title ?? null, annotations: annotations ?? null },
  };
}

function find(list, test, what) {
  const found = list.find(test);
  if (!found) throw new Error(`no ${what} at Acme`);
  return found;
}
