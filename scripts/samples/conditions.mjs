/**
 * A small trace for each example of the condition catalog: calls on both sides of the line, and one that the condition
 * cannot judge.
 */
import { Day } from './trace.mjs';

/** `calls`: instance, server, tool, arguments. */
const EXAMPLES = {
  'channel-list': {
    title: 'A list of channels',
    calls: ['C_GENERAL', 'C_RANDOM', 'C0DEPLOYS1', 'C_GENERAL', 'c_general'].map((channel_id, i) => [
      'ana-laptop',
      'slack',
      'send_message',
      {
        channel_id,
        text: [
          'Lunch at twelve?',
          'Who has the projector?',
          'Build 8841 is out',
          'Back in ten minutes',
          'Testing the channel name',
        ][i],
      },
    ]),
  },
  'amount-limit': {
    title: 'An amount limit',
    calls: [4990, 50000, 50001, 129900, undefined].map((amount, i) => [
      'support-bot-eu',
      'payments',
      'create_refund',
      { payment_intent: `pi_3QMa8${i}`, ...(amount === undefined ? {} : { amount }), reason: 'requested_by_customer' },
    ]),
  },
  'path-prefix': {
    title: 'A path prefix',
    calls: [
      '/workspace/storefront/README.md',
      '/workspace/infra/values.yaml',
      '/workspace/../etc/passwd',
      '/workspaces/other.txt',
      '/home/ana/.ssh/id_ed25519',
    ].map((path) => ['ana-laptop', 'filesystem', 'read_text_file', { path }]),
  },
  'recipients-domain': {
    title: 'The domain of the recipients',
    calls: [
      { to: ['emre@acme.example'] },
      { to: ['emre@acme.example', 'dana@acme.example'] },
      { to: ['emre@acme.example', 'press@news.example'] },
      { to: ['ana@acme.example.attacker.example'] },
      { to: [] },
    ].map((rest) => [
      'farah-desktop',
      'mail',
      'send_email',
      { ...rest, subject: 'Opening hours', body: 'We are open until six.' },
    ]),
  },
  'read-only': {
    title: 'Read-only mode',
    calls: [
      ['bo-workstation', 'github', 'get_file_contents', { owner: 'acme', repo: 'storefront', path: 'README.md' }],
      ['bo-workstation', 'github', 'merge_pull_request', { owner: 'acme', repo: 'storefront', pullNumber: 1523 }],
      ['bo-workstation', 'slack', 'send_message', { channel_id: 'C0ENGINEER', text: 'Merged.' }],
      ['bo-workstation', 'filesystem', 'list_allowed_directories', {}],
      ['support-bot-eu', 'slack-support', 'slack_get_channel_history', { channel_id: 'C07HELPDESK', limit: 5 }],
    ],
  },
  'business-hours': {
    title: 'Business hours',
    times: ['06:59', '08:30', '12:00', '16:59:30', '17:30'],
    calls: [1517, 1518, 1519, 1520, 1521].map((pullNumber) => [
      'ines-laptop',
      'github',
      'merge_pull_request',
      { owner: 'acme', repo: 'storefront', pullNumber, merge_method: 'squash' },
    ]),
  },
  'repository-list': {
    title: 'A list of repositories',
    calls: [
      ['acme', 'storefront'],
      ['acme', 'orders-api'],
      ['acme', 'infra'],
      ['Acme', 'storefront'],
      ['someone-else', 'storefront'],
    ].map(([owner, repo]) => [
      'chidi-cloud',
      'github',
      'create_branch',
      { owner, repo, branch: 'codex/upgrade', from_branch: 'main' },
    ]),
  },
  'sql-reads': {
    title: 'SQL that only reads',
    calls: [
      'SELECT 1',
      '  select id from orders limit 5',
      'WITH t AS (SELECT 1) SELECT * FROM t',
      "DELETE FROM orders WHERE id = '104-88190'",
      'SELECT 1; DROP TABLE orders',
      '-- count\nSELECT count(*) FROM orders',
    ].map((sql) => ['grace-laptop', 'orders-db', 'query', { sql }]),
  },
  'url-allow-list': {
    title: 'A list of web sites',
    calls: [
      'https://developer.mozilla.org/en-US/docs/Web',
      'https://www.postgresql.org/docs/17/',
      'http://developer.mozilla.org/',
      'https://developer.mozilla.org.attacker.example/',
      'https://attacker.example/?u=https://developer.mozilla.org/',
    ].map((url) => ['chidi-cloud', 'web', 'fetch', { url, max_length: 4000 }]),
  },
};

export const conditionTraces = Object.entries(EXAMPLES).map(([id, { title, calls, times }]) => {
  const day = new Day('2026-11-18', id.length * 97);
  calls.forEach(([instance, server, tool, args], i) => {
    day.session(instance, times?.[i] ?? `09:${String(10 + i * 4)}`).call(server, tool, args);
  });
  return { id, title, calls: day.calls(id) };
});
