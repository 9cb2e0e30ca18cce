/** Acme's chat servers, with the tools that such servers have. */
import { READ, tool, WRITE } from './tool.mjs';

const CHANNEL = 'string! Id of the channel, such as C0123456789';

export const slack = [
  tool(
    'list_channels',
    'List channels',
    'Channels that the caller can see',
    { limit: 'integer', cursor: 'string' },
    READ,
  ),
  tool(
    'read_channel',
    'Read channel',
    'The latest messages of a channel',
    { channel_id: CHANNEL, limit: 'integer', oldest: 'string Unix time' },
    READ,
  ),
  tool(
    'read_thread',
    'Read thread',
    'A message and its replies',
    { channel_id: CHANNEL, thread_ts: 'string! Timestamp of the first message' },
    READ,
  ),
  tool(
    'search_messages',
    'Search messages',
    'Messages that match a query',
    { query: 'string! Words, and filters such as in: or from:', count: 'integer' },
    READ,
  ),
  tool('search_users', 'Find people', 'People by name or e-mail address', { query: 'string!' }, READ),
  tool(
    'send_message',
    'Send message',
    'Posts a message, or a reply where a thread is given',
    { channel_id: CHANNEL, text: 'string! The message', thread_ts: 'string Reply in this thread' },
    WRITE,
  ),
  tool(
    'send_direct_message',
    'Send direct message',
    'Writes to one person',
    { user_id: 'string! Id of the person', text: 'string! The message' },
    WRITE,
  ),
  tool(
    'schedule_message',
    'Schedule message',
    'Posts a message later',
    { channel_id: CHANNEL, text: 'string!', post_at: 'integer! Unix time' },
    WRITE,
  ),
  tool(
    'add_reaction',
    'Add reaction',
    'Reacts to a message',
    { channel_id: CHANNEL, timestamp: 'string!', name: 'string! Emoji without colons' },
    WRITE,
  ),
  tool(
    'create_canvas',
    'Create canvas',
    'A document in Slack',
    { title: 'string!', content: 'string! Markdown', channel_id: 'string Share it here' },
    WRITE,
  ),
];

/** The support team's own workspace runs the older community server: other names, no annotations. */
export const slackSupport = [
  tool('slack_list_channels', '', 'Channels of the workspace, page by page', { limit: 'number', cursor: 'string' }),
  tool('slack_post_message', '', 'Posts to a channel', {
    channel_id: 'string! Channel to post to',
    text: 'string! What to post',
  }),
  tool('slack_reply_to_thread', '', 'Replies to a message', {
    channel_id: 'string! Channel of the thread',
    thread_ts: 'string! Timestamp of the parent, such as 1234567890.123456',
    text: 'string! The reply',
  }),
  tool('slack_add_reaction', '', 'Reacts to a message', {
    channel_id: 'string!',
    timestamp: 'string!',
    reaction: 'string! Emoji without colons',
  }),
  tool('slack_get_channel_history', '', 'Latest messages of a channel', { channel_id: 'string!', limit: 'number' }),
  tool('slack_get_thread_replies', '', 'Replies of a thread', { channel_id: 'string!', thread_ts: 'string!' }),
  tool('slack_get_users', '', 'People of the workspace', { cursor: 'string', limit: 'number' }),
  tool('slack_get_user_profile', '', 'Profile of one person', { user_id: 'string!' }),
];
