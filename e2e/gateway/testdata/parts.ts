/** A gateway without processes or files, for tests: servers that record what reaches them, an audit log in memory. */
import type { CallToolResult, Tool } from '@modelcontextprotocol/client';
import { NO_INPUT, type ClientInput, type UpstreamResult } from '../client-input';
import { digestOf, readBundle } from '../../../lib/bundle';
import { compilePolicy, type JsonObject } from '../../../lib/engine';
import type { Caller, Identity, ResourceFacts } from '../facts';
import { Gateway, type GatewayParts } from '../gateway';
import type { ActivePolicy } from '../policy-source';

export interface Reached {
  readonly slug: string;
  readonly tool: string;
  readonly args: JsonObject;
  /** Where the request brings any. */
  readonly input?: ClientInput;
}

export const ANSWER: CallToolResult = { content: [{ type: 'text', text: 'done' }] };
export const NOON = '2026-11-22T12:00:00.000Z';
export const CALLER: Caller = {
  client: { name: 'test', version: '1' },
  protocolVersion: '2025-11-25',
  ip: null,
  userAgent: null,
};

export const tool = (name: string, more: Partial<Tool> = {}): Tool => ({
  name,
  inputSchema: { type: 'object' },
  ...more,
});

export async function activePolicy(rules: readonly object[], settings: object = {}): Promise<ActivePolicy> {
  const read = readBundle(JSON.stringify({ format: 'policy-bundle', version: 1, name: 'Test', settings, rules }));
  if (!read.ok) throw new Error(read.problems.map(({ message }) => message).join('; '));
  const { bundle } = read;
  return { compiled: await compilePolicy(bundle), rules: bundle.rules, digest: digestOf(bundle), words: '' };
}

export interface Setup {
  /** A server without `tools` is not connected. */
  readonly servers?: readonly { readonly resource: ResourceFacts; readonly tools?: readonly Tool[] }[];
  readonly identity?: Identity;
  readonly logArguments?: boolean;
  /** Instead of the log in memory. */
  readonly append?: (entry: object) => Promise<void>;
  /** Instead of an answer. */
  readonly answer?: () => Promise<UpstreamResult>;
  readonly started?: Promise<void>;
}

export const SLACK = {
  resource: { slug: 'slack', name: 'Slack', tags: ['chat'] },
  tools: [tool('send_message'), tool('read_channel', { title: 'Read', annotations: { readOnlyHint: true } })],
};
export const GITHUB = { resource: { slug: 'github', name: null, tags: [] }, tools: [tool('merge'), tool('read_file')] };

export function gatewayOf(policy: ActivePolicy, setup: Setup = {}) {
  const reached: Reached[] = [];
  const entries: object[] = [];
  const said: string[] = [];
  const { servers = [SLACK], identity = {}, logArguments = true, answer = () => Promise.resolve(ANSWER) } = setup;
  const upstreams: GatewayParts['upstreams'] = servers.map(({ resource, tools }) => ({
    resource,
    tools,
    call: ({ name }, args, _, input) => {
      reached.push({ slug: resource.slug, tool: name, args, ...(input === NO_INPUT ? {} : { input }) });
      return answer();
    },
  }));
  const gateway = new Gateway({
    upstreams,
    policy,
    audit: {
      append: (entry) => {
        if (setup.append !== undefined) return setup.append(entry);
        entries.push(entry);
        return Promise.resolve();
      },
    },
    identity,
    logArguments,
    started: setup.started ?? Promise.resolve(),
    withoutSecrets: (text) => text.replaceAll('hunter2', '[secret]'),
    said: (sentence) => void said.push(sentence),
    now: () => new Date(NOON),
  });
  const signal = new AbortController().signal;
  return {
    gateway,
    reached,
    said,
    /** Entries about calls: the log also tells of policies. */
    entries,
    call: (name: string, args?: unknown, input?: ClientInput) => gateway.call(CALLER, name, args, signal, input),
    /** The audit log as it would be on the disk. */
    log: () => entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''),
  };
}

export const textOf = (result: UpstreamResult): string =>
  (result.content as CallToolResult['content']).map((part) => (part.type === 'text' ? part.text : part.type)).join('\n');
