import { describe, expect, it } from 'vitest';
import type { Scope } from '../engine';
import { coveredTools } from './covered-tools';
import { CATALOG } from './testdata/contexts';

const scope = (...resources: readonly string[]): Scope => ({
  resources,
  agents: [],
  instances: [],
  users: [],
  groups: [],
});

describe('the tools that a rule covers', () => {
  const cases: [tools: readonly string[], scope: Scope, found: readonly string[]][] = [
    [['slack_post_*'], scope(), ['slack/slack_post_message']],
    [['*_file'], scope('filesystem'), ['filesystem/read_text_file', 'filesystem/edit_file']],
    [
      ['*'],
      scope('tag:chat'),
      ['slack/slack_list_channels', 'slack/slack_post_message', 'slack/slack_reply_to_thread'],
    ],
    [['{push,none}_files', 'merge_*'], scope('github'), ['github/merge_pull_request', 'github/push_files']],
    [['*'], scope('nowhere'), []],
    [[], scope(), []],
  ];
  it.each(cases)('%j', async (tools, where, found) => {
    const covered = await coveredTools({ tools, scope: where }, CATALOG);
    expect(covered.map(({ resource, tool }) => `${resource}/${tool.name}`)).toEqual(found);
  });
});
