import { readCallArguments } from '../conversation/part';
import { conversationFormat, shows } from '../conversation/reader';
import { type CallSink, type PartPlace, placeOrLocal } from '../conversation/sink';
import type { Dialect } from '../conversation/walk';
import { isObject, member, type UnknownObject, text } from '../shape';
import type { ImportOutput } from '../types';

/*
 * A chat of Visual Studio Code ("Chat: Export Chat…", and the session files of its storage): `requests`, whose `response` has
 * an entry `toolInvocationSerialized` for each call, with the server in `source`, and whose `result.metadata.toolCallRounds`
 * has the arguments. Tools of a server are called `mcp_SERVER_TOOL`, SERVER cut to 13 characters.
 * Source: microsoft/vscode `src/vs/workbench/contrib/chat/common/chatService.ts` (`IChatToolInvocationSerialized`),
 * `…/contrib/mcp/common/mcpTypes.ts` (`McpToolName`); microsoft/vscode-copilot-chat `src/extension/prompt/common/intents.ts`.
 */

interface Invocation {
  readonly value: UnknownObject;
  readonly path: string;
  readonly id: string | undefined;
  readonly tool: string;
  /** The server; undefined for tools of the editor and its extensions. */
  readonly server: string | undefined;
}

interface RoundCall {
  readonly name: string | undefined;
  readonly args: unknown;
  readonly id: string | undefined;
  readonly path: string;
}

const listAt = (value: unknown, key: string): readonly unknown[] => {
  const list = isObject(value) ? member(value, key) : undefined;
  return Array.isArray(list) ? (list as unknown[]) : [];
};

/** The tool's own name: the editor puts the server's before it. */
function ownName(id: string, server: string): string {
  const prefix = server
    .toLowerCase()
    .replace(/[^a-z0-9_.-]+/g, '_')
    .slice(0, 13);
  if (!id.startsWith(`mcp_${prefix}`)) return id;
  return /^\d*_(.+)$/s.exec(id.slice(`mcp_${prefix}`.length))?.[1] ?? id;
}

function readInvocation(value: unknown, path: string): Invocation[] {
  if (!isObject(value)) return [];
  const kind = member(value, 'kind');
  if (kind !== 'toolInvocationSerialized' && kind !== 'toolInvocation') return [];
  const source = member(value, 'source');
  const isServer = isObject(source) && member(source, 'type') === 'mcp';
  const server = isServer ? (text(member(source, 'serverLabel')) ?? text(member(source, 'label'))) : undefined;
  const tool = text(member(value, 'toolId')) ?? '';
  return [{ value, path, id: text(member(value, 'toolCallId')), tool, server }];
}

/** The arguments that an entry keeps itself, or null where it has none. */
function argumentsOf({ value }: Invocation) {
  const shown = member(value, 'toolSpecificData');
  const raw = isObject(shown) ? member(shown, 'rawInput') : undefined;
  const details = member(value, 'resultDetails');
  const input = isObject(details) ? member(details, 'input') : undefined;
  const given = raw ?? input;
  return given === undefined ? null : readCallArguments(given);
}

/** Calls of the rounds; the editor adds a number to the model's ids. */
function roundCalls(request: UnknownObject): RoundCall[] {
  const result = member(request, 'result');
  const metadata = isObject(result) ? member(result, 'metadata') : undefined;
  return listAt(metadata, 'toolCallRounds').flatMap((round, i) =>
    listAt(round, 'toolCalls').flatMap((call, k) => {
      if (!isObject(call)) return [];
      const path = `/result/metadata/toolCallRounds/${i}/toolCalls/${k}`;
      const id = text(member(call, 'id'))?.replace(/__vscode-\d+$/, '');
      return [{ name: text(member(call, 'name')), args: member(call, 'arguments'), id, path }];
    }),
  );
}

/** One request: its rounds say what was called with what, its response on which server. */
class RequestCalls {
  readonly #sink: CallSink;

  constructor(sink: CallSink) {
    this.#sink = sink;
  }

  read(request: UnknownObject, at: PartPlace, out: ImportOutput): void {
    const left = listAt(request, 'response').flatMap((value, i) => readInvocation(value, `/response/${i}`));
    const calls = roundCalls(request);
    for (const call of calls) {
      const index = matching(call, left);
      const [found] = index < 0 ? [] : left.splice(index, 1);
      this.#take(call, found, at, out);
    }
    for (const found of left) if (found.server !== undefined || calls.length === 0) this.loose(found, at, out);
  }

  /** An entry without a round: of a sub-agent, or in a file that keeps no rounds. */
  loose(found: Invocation, at: PartPlace, out: ImportOutput): void {
    const { server, tool, id } = found;
    const place = { ...at, path: `${at.path}${found.path}` };
    const name = server === undefined ? text(tool) : ownName(tool, server);
    const part = { name, args: argumentsOf(found), id, nameAt: '/toolId', argsAt: '/toolSpecificData/rawInput' };
    this.#sink.take({ ...part, ...(server === undefined ? { local: true } : { server }) }, place, out);
  }

  #take(call: RoundCall, found: Invocation | undefined, at: PartPlace, out: ImportOutput): void {
    const server = found?.server;
    const name =
      server === undefined || call.name === undefined ? call.name : ownName(found?.tool ?? call.name, server);
    const place = { ...at, path: `${at.path}${call.path}` };
    const part = { name, args: readCallArguments(call.args), id: call.id, nameAt: '/name', argsAt: '/arguments' };
    this.#sink.take({ ...part, ...(server === undefined ? {} : { server }) }, place, out);
  }
}

/** The entry of a call: by its id, or else the next one of the same tool. */
function matching(call: RoundCall, entries: readonly Invocation[]): number {
  const byId = entries.findIndex(({ id }) => id !== undefined && id.replace(/__vscode-\d+$/, '') === call.id);
  return byId >= 0 ? byId : entries.findIndex(({ tool }) => tool === call.name);
}

const isRequest = (value: UnknownObject): boolean =>
  typeof member(value, 'requestId') === 'string' &&
  (Object.hasOwn(value, 'response') || Object.hasOwn(value, 'result'));

function dialect(sink: CallSink): Dialect {
  const requests = new RequestCalls(sink);
  return {
    intercept(value, at, out) {
      if (isRequest(value)) {
        requests.read(value, at, out);
        return 'read';
      }
      const [entry] = readInvocation(value, '');
      if (!entry) return null;
      requests.loose(entry, at, out);
      return 'read';
    },
  };
}

export const vscode = conversationFormat({
  id: 'vscode',
  label: 'VS Code chat export',
  wrappers: ['requests'],
  dialect,
  // A tool of a server whose entry is missing keeps its whole name, and its server is not known.
  place: (name) => (name.startsWith('mcp_') && !name.startsWith('mcp__') ? { tool: name } : placeOrLocal(name)),
  conversation: () => 'chat',
  silent: (value) => ['requests', 'kind', 'version'].some((key) => Object.hasOwn(value, key)),
  detect: (head) =>
    shows(head, isRequest, /"responderUsername"\s*:/, 4)
      ? { confidence: 0.97, words: 'requests of a chat in VS Code' }
      : null,
});
