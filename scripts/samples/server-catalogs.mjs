/**
 * Writes the catalogs of well-known servers that ship with the app; `index.mjs` runs it. Names of tools and arguments
 * are those that each server documents:
 * https://github.com/github/github-mcp-server, https://github.com/modelcontextprotocol/servers (filesystem, git, fetch) and
 * https://github.com/modelcontextprotocol/servers-archived (slack).
 */
import { mkdirSync, writeFileSync } from 'node:fs';

const OUT = new URL('../../public/catalogs/', import.meta.url);

/**
 * A tool a line: its name, its hints (`r` only reads, `w` does not, `d` destroys, `k` does not, `i` can be repeated, `-` none documented), and its arguments. `!` marks those that are
 * required; a type follows a colon where it is no text: `n` number, `b` boolean, `s` list of texts, `l` list of objects.
 */
const SERVERS = [
  {
    id: 'github',
    title: 'GitHub',
    about: 'Repositories, issues and pull requests: the tools that GitHub’s own server has switched on by default',
    tools: `
get_me r
get_teams r user
get_team_members r org! team_slug!
get_commit r owner! repo! sha!
list_commits r owner! repo! sha author page:n perPage:n
get_file_contents r owner! repo! path ref sha
list_branches r owner! repo! page:n perPage:n
list_tags r owner! repo! page:n perPage:n
get_tag r owner! repo! tag!
list_releases r owner! repo! page:n perPage:n
get_latest_release r owner! repo!
get_release_by_tag r owner! repo! tag!
search_repositories r query! page:n perPage:n
search_code r query! sort order page:n perPage:n
create_branch w owner! repo! branch! from_branch
create_or_update_file w owner! repo! path! content! message! branch! sha
delete_file w owner! repo! path! message! branch!
push_files w owner! repo! branch! files!:l message!
create_repository w name! description private:b autoInit:b organization
fork_repository w owner! repo! organization
issue_read r method! owner! repo! issue_number!:n
list_issues r owner! repo! state labels:s since
search_issues r query! owner repo sort order
list_issue_types r owner!
get_label r owner! repo! name!
issue_write w method! owner! repo! issue_number:n title body labels:s assignees:s state
add_issue_comment w owner! repo! issue_number!:n body
sub_issue_write w method! owner! repo! issue_number!:n sub_issue_id!:n
pull_request_read r method! owner! repo! pullNumber!:n
list_pull_requests r owner! repo! state head base sort direction
search_pull_requests r query! owner repo sort order
create_pull_request w owner! repo! title! head! base! body draft:b
update_pull_request w owner! repo! pullNumber!:n title body state base
update_pull_request_branch w owner! repo! pullNumber!:n expectedHeadSha
merge_pull_request w owner! repo! pullNumber!:n commit_title commit_message merge_method
pull_request_review_write w method! owner! repo! pullNumber!:n body event
add_comment_to_pending_review w owner! repo! pullNumber!:n path! body! subjectType!
request_copilot_review w owner! repo! pullNumber!:n
search_users r query! sort order
`,
  },
  {
    id: 'slack',
    title: 'Slack',
    about: 'Channels, messages, reactions and people: the reference server',
    tools: `
slack_list_channels - limit:n cursor
slack_post_message - channel_id! text!
slack_reply_to_thread - channel_id! thread_ts! text!
slack_add_reaction - channel_id! timestamp! reaction!
slack_get_channel_history - channel_id! limit:n
slack_get_thread_replies - channel_id! thread_ts!
slack_get_users - cursor limit:n
slack_get_user_profile - user_id!
`,
  },
  {
    id: 'filesystem',
    title: 'Filesystem',
    about: 'Files and folders of a machine: the reference server',
    tools: `
read_text_file r path! head:n tail:n
read_media_file r path!
read_multiple_files r paths!:s
write_file wid path! content!
edit_file wd path! edits!:l dryRun:b
create_directory wik path!
list_directory r path!
list_directory_with_sizes r path! sortBy
directory_tree r path! excludePatterns:s
move_file wd source! destination!
search_files r path! pattern! excludePatterns:s
get_file_info r path!
list_allowed_directories r
`,
  },
  {
    id: 'git',
    title: 'Git',
    about: 'A local repository: the reference server',
    tools: `
git_status - repo_path!
git_diff_unstaged - repo_path! context_lines:n
git_diff_staged - repo_path! context_lines:n
git_diff - repo_path! target! context_lines:n
git_commit - repo_path! message!
git_add - repo_path! files!:s
git_reset - repo_path!
git_log - repo_path! max_count:n start_timestamp end_timestamp
git_create_branch - repo_path! branch_name! base_branch
git_checkout - repo_path! branch_name!
git_show - repo_path! revision!
git_branch - repo_path! branch_type! contains not_contains
`,
  },
  {
    id: 'fetch',
    title: 'Fetch',
    about: 'Pages of the web: the reference server',
    tools: `
fetch - url! max_length:n start_index:n raw:b
`,
  },
];

const TYPES = {
  '': { type: 'string' },
  n: { type: 'number' },
  b: { type: 'boolean' },
  s: { type: 'array', items: { type: 'string' } },
  l: { type: 'array', items: { type: 'object' } },
};

function toolOf(line) {
  const [name, hints, ...args] = line.split(' ');
  const fields = args.map((arg) => {
    const [written, type = ''] = arg.split(':');
    return { key: written.replace('!', ''), required: written.endsWith('!'), type: TYPES[type] };
  });
  const required = fields.filter((field) => field.required).map(({ key }) => key);
  return {
    name,
    inputSchema: {
      type: 'object',
      properties: Object.fromEntries(fields.map(({ key, type }) => [key, type])),
      ...(required.length === 0 ? {} : { required }),
    },
    ...(hints === '-' ? {} : { annotations: annotationsOf(hints) }),
  };
}

function annotationsOf(hints) {
  return {
    readOnlyHint: hints.includes('r'),
    ...(hints.includes('d') ? { destructiveHint: true } : hints.includes('k') ? { destructiveHint: false } : {}),
    ...(hints.includes('i') ? { idempotentHint: true } : hints.includes('d') ? { idempotentHint: false } : {}),
  };
}

mkdirSync(OUT, { recursive: true });
const write = (name, value) => writeFileSync(new URL(name, OUT), `${JSON.stringify(value)}\n`);
for (const { id, title, tools } of SERVERS) {
  const lines = tools.trim().split('\n');
  write(`${id}.json`, {
    resources: [{ slug: id, name: title, tools: lines.map(toolOf) }],
    agents: [],
    instances: [],
    users: [],
    groups: [],
  });
}
write(
  'index.json',
  SERVERS.map(({ id, title, about, tools }) => ({ id, title, about, tools: tools.trim().split('\n').length })),
);
