/** Two who work from outside, that Tuesday: a contractor, and an agent that runs by itself. */

const SHOP = { owner: 'acme', repo: 'storefront' };
const API = { owner: 'acme', repo: 'orders-api' };
const DEV = 'C0ENGINEER';

/** Hugo, a contractor, adds a page; the gateway lets him propose. */
function contractor(day) {
  const hugo = day.session('hugo-laptop', '10:18');
  hugo
    .call('github', 'issue_read', { method: 'get', ...SHOP, issue_number: 1460 })
    .call('github', 'get_file_contents', { ...SHOP, path: 'src/pages/gift-cards' })
    .call('github', 'get_file_contents', { ...SHOP, path: 'CONTRIBUTING.md' })
    .call('github', 'list_commits', { ...SHOP, sha: 'main', perPage: 10 })
    .call('filesystem', 'directory_tree', { path: '/workspace/storefront/src/pages', excludePatterns: [] })
    .call('filesystem', 'read_text_file', { path: '/workspace/storefront/src/pages/vouchers/index.tsx' })
    .call('filesystem', 'create_directory', { path: '/workspace/storefront/src/pages/gift-cards' })
    .call('filesystem', 'write_file', {
      path: '/workspace/storefront/src/pages/gift-cards/index.tsx',
      content:
        'import { Page } from \'../../ui/page\';\n\nexport function GiftCards() {\n  return <Page title="Gift cards">…</Page>;\n}\n',
    })
    .call('filesystem', 'write_file', {
      path: '/workspace/storefront/src/pages/gift-cards/gift-cards.css',
      content: '.card {\n  display: grid;\n  gap: 1rem;\n}\n',
    })
    .call('filesystem', 'edit_file', {
      path: '/workspace/storefront/src/routes.ts',
      edits: [{ oldText: "'/vouchers': Vouchers,", newText: "'/vouchers': Vouchers,\n  '/gift-cards': GiftCards," }],
    })
    .pause(25)
    .call('github', 'push_files', {
      ...SHOP,
      branch: 'hugo/gift-cards',
      message: 'Add the gift card page',
      files: [{ path: 'src/pages/gift-cards/index.tsx', content: "import { Page } from '../../ui/page';\n…" }],
    })
    .call('github', 'create_or_update_file', {
      ...SHOP,
      path: 'src/pages/gift-cards/index.tsx',
      content: "import { Page } from '../../ui/page';\n…",
      message: 'Add the gift card page',
      branch: 'hugo/gift-cards',
    })
    .pause(18)
    .call('github', 'create_pull_request', {
      ...SHOP,
      title: 'Gift card page',
      head: 'hugo:gift-cards',
      base: 'main',
      body: 'Pushed by hand from my fork. Closes #1460.',
      draft: false,
    })
    .call('slack', 'send_direct_message', {
      user_id: 'U0BOLINDQ',
      text: 'The gift card page is up for review: storefront#1519.',
    })
    .pause(150)
    .call('github', 'pull_request_read', { method: 'get_review_comments', ...SHOP, pullNumber: 1519 })
    .call('filesystem', 'read_text_file', { path: '/workspace/storefront/src/pages/gift-cards/index.tsx' })
    .call('filesystem', 'edit_file', {
      path: '/workspace/storefront/src/pages/gift-cards/index.tsx',
      edits: [{ oldText: '<Page title="Gift cards">', newText: "<Page title={t('giftCards.title')}>" }],
    })
    .call('filesystem', 'move_file', {
      source: '/workspace/storefront/src/pages/gift-cards/gift-cards.css',
      destination: '/workspace/storefront/src/pages/gift-cards/styles.css',
    })
    .call('github', 'merge_pull_request', { ...SHOP, pullNumber: 1519, merge_method: 'merge' })
    .call('slack', 'send_message', {
      channel_id: DEV,
      text: 'storefront#1519 has the review worked in. I cannot merge it myself: could someone?',
    });
}

/** Chidi's Codex upgrades a library in the cloud, by itself; its calls were taken from the client, not from the gateway. */
function upgrade(day) {
  const codex = day.session('chidi-cloud', '06:15');
  codex
    .call('github', 'get_file_contents', { ...API, path: 'go.mod', ref: 'main' })
    .call('github', 'search_code', { query: 'repo:acme/orders-api "jwt.ParseWithClaims"' })
    .call('web', 'fetch', { url: 'https://github.com/golang-jwt/jwt/blob/main/MIGRATION_GUIDE.md', max_length: 12000 })
    .call('github', 'create_branch', { ...API, branch: 'codex/jwt-v5', from_branch: 'main' });
  for (const file of [
    'internal/auth/token.go',
    'internal/auth/middleware.go',
    'internal/admin/session.go',
    'cmd/issue-token/main.go',
  ])
    codex
      .call('github', 'get_file_contents', { ...API, path: file, ref: 'codex/jwt-v5' })
      .call('github', 'create_or_update_file', {
        ...API,
        path: file,
        content: `package ${file.split('/').at(-2)}\n…`,
        message: `Move ${file} to jwt v5`,
        branch: 'codex/jwt-v5',
      });
  codex
    .call('github', 'delete_file', {
      ...API,
      path: 'internal/auth/legacy_claims.go',
      message: 'Unused since v5',
      branch: 'codex/jwt-v5',
    })
    .call('github', 'actions_run_trigger', {
      method: 'run_workflow',
      ...API,
      workflow_id: 'test.yml',
      ref: 'codex/jwt-v5',
    })
    .pause(6)
    .call('github', 'actions_list', { method: 'list_workflow_runs', ...API, resource_id: 'test.yml' })
    .call('github', 'get_job_logs', { ...API, run_id: 19281220077, failed_only: true, tail_lines: 120 })
    .call('github', 'get_file_contents', { ...API, path: 'internal/auth/token_test.go', ref: 'codex/jwt-v5' })
    .call('github', 'create_or_update_file', {
      ...API,
      path: 'internal/auth/token_test.go',
      content: 'package auth\n…',
      message: 'Expect the errors of v5',
      branch: 'codex/jwt-v5',
    })
    .call('github', 'actions_run_trigger', { method: 'rerun_failed_jobs', ...API, run_id: 19281220077 })
    .pause(5)
    .call('github', 'create_pull_request', {
      ...API,
      title: 'Move to golang-jwt v5',
      head: 'codex/jwt-v5',
      base: 'main',
      body: 'Four files, one test. `legacy_claims.go` is unused now and could go.',
      draft: true,
    })
    .call('slack', 'send_message', { channel_id: DEV, text: 'Draft for the jwt upgrade: acme/orders-api#740.' });
}

export const outside = [contractor, upgrade];
