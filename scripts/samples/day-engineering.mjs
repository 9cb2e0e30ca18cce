/** Acme's engineers, that Tuesday: totals that round wrongly, a slow page, a deployment that hangs. */

const SHOP = { owner: 'acme', repo: 'storefront' };
const API = { owner: 'acme', repo: 'orders-api' };
const INFRA = { owner: 'acme', repo: 'infra' };
const DEV = 'C0ENGINEER';
const DEPLOYS = 'C0DEPLOYS1';

/** Ana finds out why the checkout rounds wrongly, and fixes it. */
function rounding(day) {
  const ana = day.session('ana-laptop', '07:52');
  ana
    .call('github', 'get_me')
    .call('github', 'list_issues', { ...SHOP, state: 'OPEN', labels: ['bug'], perPage: 20 })
    .call('github', 'issue_read', { method: 'get', ...SHOP, issue_number: 1482 })
    .call('github', 'issue_read', { method: 'get_comments', ...SHOP, issue_number: 1482 })
    .call('filesystem', 'list_allowed_directories')
    .call('filesystem', 'search_files', {
      path: '/workspace/storefront',
      pattern: '**/*rounding*',
      excludePatterns: ['node_modules'],
    })
    .call('filesystem', 'read_multiple_files', {
      paths: ['/workspace/storefront/src/cart/rounding.ts', '/workspace/storefront/src/cart/rounding.test.ts'],
    })
    .call('filesystem', 'read_text_file', { path: '/workspace/storefront/src/cart/totals.ts' })
    .pause(6)
    .call('filesystem', 'edit_file', {
      path: '/workspace/storefront/src/cart/rounding.ts',
      edits: [
        {
          oldText: 'return Math.round(net * (1 + rate) * 100) / 100;',
          newText: 'return roundHalfEven(net.times(rate.plus(1)), 2);',
        },
      ],
      dryRun: true,
    })
    .call('filesystem', 'edit_file', {
      path: '/workspace/storefront/src/cart/rounding.ts',
      edits: [
        {
          oldText: 'return Math.round(net * (1 + rate) * 100) / 100;',
          newText: 'return roundHalfEven(net.times(rate.plus(1)), 2);',
        },
      ],
      dryRun: false,
    })
    .call('filesystem', 'write_file', {
      path: '/workspace/storefront/src/cart/half-even.ts',
      content:
        "import Decimal from 'decimal.js';\n\nexport const roundHalfEven = (value: Decimal, places: number) =>\n  value.toDecimalPlaces(places, Decimal.ROUND_HALF_EVEN);\n",
    })
    .call('filesystem', 'read_text_file', { path: '/workspace/storefront/src/cart/rounding.test.ts', tail: 40 })
    .pause(9)
    .call('github', 'create_branch', { ...SHOP, branch: 'ana/round-half-even', from_branch: 'main' })
    .call('github', 'push_files', {
      ...SHOP,
      branch: 'ana/round-half-even',
      message: 'Round cart totals half to even (#1482)',
      files: [
        { path: 'src/cart/half-even.ts', content: "import Decimal from 'decimal.js';\n…" },
        { path: 'src/cart/rounding.ts', content: "import { roundHalfEven } from './half-even';\n…" },
      ],
    })
    .call('github', 'create_pull_request', {
      ...SHOP,
      title: 'Round cart totals half to even',
      head: 'ana/round-half-even',
      base: 'main',
      body: 'Totals of 0.125 and the like were a cent too high. Closes #1482.',
      draft: false,
    })
    .call('slack', 'send_message', {
      channel_id: DEV,
      text: 'PR for the rounding bug is up: acme/storefront#1517. Bo, could you look before lunch?',
    })
    .pause(35)
    .call('github', 'pull_request_read', { method: 'get_check_runs', ...SHOP, pullNumber: 1517 })
    .call('github', 'get_job_logs', { ...SHOP, run_id: 19284470113, failed_only: true, tail_lines: 80 })
    .call('filesystem', 'read_text_file', { path: '/workspace/storefront/e2e/checkout.spec.ts', head: 120 })
    .call('filesystem', 'edit_file', {
      path: '/workspace/storefront/e2e/checkout.spec.ts',
      edits: [{ oldText: "toHaveText('€ 12.13')", newText: "toHaveText('€ 12.12')" }],
    })
    .call('github', 'push_files', {
      ...SHOP,
      branch: 'ana/round-half-even',
      message: 'Expect the corrected total in the checkout test',
      files: [{ path: 'e2e/checkout.spec.ts', content: "import { expect, test } from '@playwright/test';\n…" }],
    })
    .pause(70)
    .call('github', 'pull_request_read', { method: 'get_reviews', ...SHOP, pullNumber: 1517 })
    .call('github', 'pull_request_read', { method: 'get_status', ...SHOP, pullNumber: 1517 })
    .call('github', 'merge_pull_request', {
      ...SHOP,
      pullNumber: 1517,
      merge_method: 'squash',
      commit_title: 'Round cart totals half to even (#1517)',
    })
    .call('github', 'issue_read', { method: 'get', ...SHOP, issue_number: 1482 })
    .call('slack', 'add_reaction', { channel_id: DEV, timestamp: '1794989412.118300', name: 'tada' })
    .pause(20)
    .call('filesystem', 'search_files', { path: '/workspace/storefront', pattern: '**/*.orig' })
    .call('github', 'delete_file', {
      ...SHOP,
      path: 'src/cart/legacy-rounding.ts',
      message: 'Drop the old rounding',
      branch: 'main',
    })
    .call('github', 'issue_write', {
      method: 'create',
      ...SHOP,
      title: 'Remove src/cart/legacy-rounding.ts',
      body: 'Nothing imports it since #1517. (The agent may not delete files on main.)',
      labels: ['chore'],
    });
}

/** Bo reviews, and looks for a slow page. */
function slowPage(day) {
  const bo = day.session('bo-workstation', '08:41');
  bo.call('github', 'list_pull_requests', { ...SHOP, state: 'open', perPage: 30 })
    .call('github', 'pull_request_read', { method: 'get', ...SHOP, pullNumber: 1517 })
    .call('github', 'pull_request_read', { method: 'get_diff', ...SHOP, pullNumber: 1517 })
    .call('github', 'pull_request_read', { method: 'get_files', ...SHOP, pullNumber: 1517 })
    .pause(8)
    .call('github', 'pull_request_review_write', {
      method: 'create',
      ...SHOP,
      pullNumber: 1517,
      event: 'APPROVE',
      body: 'Half even it is. Thanks for the test with 0.125.',
    })
    .pause(12)
    .call('slack', 'read_channel', { channel_id: DEV, limit: 30 })
    .call('orders-db', 'list_tables', { schema: 'public' })
    .call('orders-db', 'describe_table', { table: 'order_lines' })
    .call('orders-db', 'query', { sql: "SELECT count(*) FROM order_lines WHERE created_at > now() - interval '1 day'" })
    .call('orders-db', 'explain_query', {
      sql: 'SELECT o.id, sum(l.amount) FROM orders o JOIN order_lines l ON l.order_id = o.id WHERE o.customer_id = 48812 GROUP BY o.id',
      analyze: false,
    })
    .call('orders-db', 'explain_query', {
      sql: 'SELECT o.id, sum(l.amount) FROM orders o JOIN order_lines l ON l.order_id = o.id WHERE o.customer_id = 48812 GROUP BY o.id',
      analyze: true,
    })
    .call('github', 'search_code', { query: 'repo:acme/orders-api findOrdersByCustomer' })
    .call('github', 'get_file_contents', { ...API, path: 'src/orders/repository.go' })
    .pause(4)
    .call('orders-db', 'query', { sql: 'CREATE INDEX CONCURRENTLY order_lines_order_id_idx ON order_lines (order_id)' })
    .call('orders-db', 'query', { sql: "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'order_lines'" })
    .call('github', 'create_branch', { ...API, branch: 'bo/order-lines-index', from_branch: 'main' })
    .call('github', 'create_or_update_file', {
      ...API,
      path: 'migrations/20261117_order_lines_order_id.sql',
      content: 'CREATE INDEX CONCURRENTLY IF NOT EXISTS order_lines_order_id_idx ON order_lines (order_id);\n',
      message: 'Index order lines by order',
      branch: 'bo/order-lines-index',
    })
    .call('github', 'create_pull_request', {
      ...API,
      title: 'Index order lines by order',
      head: 'bo/order-lines-index',
      base: 'main',
      body: 'The account page reads every line of the table. Plan before and after in the comments.',
      draft: true,
    })
    .call('github', 'create_gist', {
      filename: 'plan.txt',
      content: 'Seq Scan on order_lines l  (cost=0.00..184210.33 rows=9120338 width=14)',
      description: 'Plan of the account page',
      public: false,
    })
    .call('github', 'add_issue_comment', {
      ...API,
      issue_number: 733,
      body: 'Before: `Seq Scan on order_lines  (cost=0.00..184210.33)`. After: `Index Scan  (cost=0.43..38.11)`.',
    })
    .pause(95)
    .call('filesystem', 'directory_tree', { path: '/workspace/orders-api/internal', excludePatterns: ['testdata'] })
    .call('filesystem', 'read_text_file', { path: '/workspace/orders-api/internal/orders/repository.go' })
    .call('filesystem', 'edit_file', {
      path: '/workspace/orders-api/internal/orders/repository.go',
      edits: [
        {
          oldText: 'rows, err := r.db.Query(ctx, listOrders, customer)',
          newText: 'rows, err := r.db.Query(ctx, listOrders, customer, page.Limit, page.After)',
        },
      ],
    })
    .call('filesystem', 'search_files', { path: '/workspace/orders-api', pattern: '**/*_test.go' })
    .call('filesystem', 'read_text_file', { path: '/workspace/orders-api/internal/orders/repository_test.go' })
    .call('web', 'fetch', { url: 'https://www.postgresql.org/docs/17/sql-createindex.html', max_length: 8000 })
    .call('web', 'fetch', { url: 'https://pkg.go.dev/github.com/jackc/pgx/v5', max_length: 5000 })
    .pause(14)
    .call('github', 'push_files', {
      ...API,
      branch: 'bo/order-lines-index',
      message: 'Page through the orders of a customer',
      files: [{ path: 'internal/orders/repository.go', content: 'package orders\n…' }],
    })
    .call('github', 'update_pull_request', {
      ...API,
      pullNumber: 741,
      title: 'Index order lines, page through orders',
      reviewers: ['ines-d'],
    })
    .call('slack', 'send_message', {
      channel_id: DEV,
      text: 'acme/orders-api#741 is ready: the account page drops from 4.1 s to 60 ms on staging.',
    });
}

/** Ines is on call: a deployment that hangs, then her notes. */
function onCall(day) {
  const ines = day.session('ines-laptop', '09:36');
  ines
    .call('slack', 'read_channel', { channel_id: DEPLOYS, limit: 15 })
    .call('github', 'actions_list', { method: 'list_workflow_runs', ...INFRA, resource_id: 'deploy.yml' })
    .call('github', 'actions_list', { method: 'list_workflow_jobs', ...INFRA, resource_id: '19285110420' })
    .call('github', 'get_job_logs', { ...INFRA, job_id: 55231490817, tail_lines: 200 })
    .call('filesystem', 'read_text_file', { path: '/workspace/infra/charts/storefront/values-production.yaml' })
    .call('filesystem', 'read_text_file', {
      path: '/workspace/infra/charts/storefront/templates/deployment.yaml',
      head: 90,
    })
    .pause(5)
    .call('github', 'actions_run_trigger', { method: 'cancel_workflow_run', ...INFRA, run_id: 19285110420 })
    .call('filesystem', 'edit_file', {
      path: '/workspace/infra/charts/storefront/values-production.yaml',
      edits: [{ oldText: 'progressDeadlineSeconds: 120', newText: 'progressDeadlineSeconds: 600' }],
    })
    .call('github', 'create_branch', { ...INFRA, branch: 'ines/deadline', from_branch: 'main' })
    .call('github', 'create_or_update_file', {
      ...INFRA,
      path: 'charts/storefront/values-production.yaml',
      content: 'replicaCount: 6\nprogressDeadlineSeconds: 600\n…',
      message: 'Give the rollout ten minutes',
      branch: 'ines/deadline',
      sha: '9f1c7be02a6c1b8be3f0d6a1f0a7a59ad1c70a44',
    })
    .call('github', 'create_pull_request', {
      ...INFRA,
      title: 'Give the rollout ten minutes',
      head: 'ines/deadline',
      base: 'main',
      body: 'Image pulls take longer since the new base image.',
    })
    .call('github', 'merge_pull_request', { ...INFRA, pullNumber: 302, merge_method: 'squash' })
    .call('github', 'actions_run_trigger', {
      method: 'run_workflow',
      ...INFRA,
      workflow_id: 'deploy.yml',
      ref: 'main',
      inputs: { environment: 'production', service: 'storefront' },
    })
    .pause(7)
    .call('github', 'actions_list', { method: 'list_workflow_runs', ...INFRA, resource_id: 'deploy.yml' })
    .call('slack', 'send_message', {
      channel_id: DEPLOYS,
      text: 'storefront is out (build 8841). The rollout deadline was too short for the new image; infra#302.',
    })
    .pause(60)
    .call('slack', 'search_messages', { query: 'in:#deploys "deadline" after:2026-10-01', count: 20 })
    .call('slack', 'read_thread', { channel_id: DEPLOYS, thread_ts: '1794903011.220100' })
    .call('slack', 'create_canvas', {
      title: 'Rollout deadline, 17 November',
      content:
        '## What happened\nThe rollout of build 8841 was given two minutes; pulling the image took three.\n\n## What changed\nTen minutes (infra#302).',
      channel_id: DEPLOYS,
    })
    .call('mail', 'send_email', {
      to: ['engineering@acme.example'],
      subject: 'On call, 17 November: one slow rollout',
      body: 'Nothing for customers to see. Notes are in the canvas in #deploys.',
    })
    .pause(130)
    .call('slack', 'read_channel', { channel_id: DEPLOYS, limit: 10 })
    .call('orders-db', 'query', {
      sql: "SELECT state, count(*) FROM pg_stat_activity WHERE datname = 'orders' GROUP BY state",
    })
    .call('orders-db', 'query', { sql: 'VACUUM (ANALYZE) order_lines' })
    .call('orders-db', 'query', {
      sql: "SELECT relname, n_dead_tup FROM pg_stat_user_tables WHERE relname = 'order_lines'",
    })
    .call('mail', 'send_email', {
      to: ['support@cloud-host.example'],
      cc: ['ines@acme.example'],
      subject: 'Slow image pulls in eu-west',
      body: 'Since Monday our image pulls in eu-west take three minutes instead of forty seconds.',
    })
    .call('mail', 'draft_email', {
      to: ['support@cloud-host.example'],
      subject: 'Slow image pulls in eu-west',
      body: 'Since Monday our image pulls in eu-west take three minutes instead of forty seconds.',
    });
}

export const engineering = [rounding, slowPage, onCall];
