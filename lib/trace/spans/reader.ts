import { placeByMcpName } from '../conversation/sink';
import type { ImportOutput, SourceRecord } from '../types';
import { argumentsIn } from './arguments';
import { textAt } from './attributes';
import { modelAnswerIn } from './answers';
import { agentNamed, SpanCalls, type SpanCall, type SpanPlace } from './calls';
import { modelIdIn, requestIdIn, roleOf, serverIn, suspectIn, toolIn } from './conventions';
import type { ModelToolCall, Span } from './span';

/** Turns the spans of a file into calls, whatever the format that they come from. */
export class SpanReader {
  readonly #calls = new SpanCalls();
  #other = 0;

  end(out: ImportOutput): void {
    this.#calls.end(out);
    if (this.#other > 0)
      out.note('left-out-other', (n) => `${n} ${n === 1 ? 'span is' : 'spans are'} no tool call`, this.#other);
  }

  span(span: Span, record: SourceRecord, out: ImportOutput): void {
    const role = roleOf(span);
    if (role === 'tool') return this.#call(span, record, out);
    const suspect = role === 'other' ? suspectIn(span) : undefined;
    if (suspect !== undefined)
      return out.reject(record, `looks like a tool call by \`${suspect}\`, a convention that is not read`, span.path);
    this.#other++;
    const place = placeOf(span, record);
    if (place === undefined) return;
    const agent = role === 'agent' ? textAt([span.attributes], 'gen_ai.agent.name', 'agent.name') : undefined;
    if (!this.#calls.other(place, role, agent, out)) return;
    if (role === 'model') this.#answer(span, place, record, out);
  }

  #answer(span: Span, place: SpanPlace, record: SourceRecord, out: ImportOutput): void {
    const { calls, local, faults } = modelAnswerIn(span.attributes);
    for (const fault of faults) out.reject(record, fault, span.path);
    if (local > 0)
      out.note(
        'model-answer-local',
        (n) => `${n} ${n === 1 ? 'call' : 'calls'} in model answers left out: of tools that reach no gateway`,
        local,
      );
    this.#calls.propose({ ...place, calls: calls.map(placed), facts: factsOf(span, out) });
  }

  #call(span: Span, record: SourceRecord, out: ImportOutput): void {
    const tool = toolIn(span);
    if (tool === undefined) return out.reject(record, 'a tool call without `gen_ai.tool.name`', span.path);
    if (span.log) return out.reject(record, `call of \`${tool}\`: a log record of this kind is not read`, span.path);
    if (span.id === undefined) return out.reject(record, 'a span without an id', `${span.path}/spanId`);
    const facts = factsOf(span, out);
    const place = placeByMcpName(tool);
    // Clients name a server's tool `mcp__server__tool`; a policy's patterns are compared with the tool's own name.
    const isItsServer = facts.resource?.slug === undefined || facts.resource?.slug === place.server;
    const named = place.server !== undefined && isItsServer;
    this.#calls.call(
      {
        trace: span.trace,
        id: span.id,
        parent: span.parent,
        tool: named ? place.tool : tool,
        modelId: modelIdIn(span.attributes),
        requestId: requestIdIn(span.attributes),
        facts: named ? { ...facts, resource: { slug: place.server } } : facts,
        recorded: argumentsIn(span.attributes, out),
      },
      out,
    );
  }
}

/** The records of a log share the id of the span in which they were written, or have none. A span without an id has no place. */
function placeOf({ log, trace, id, parent, path }: Span, record: SourceRecord): SpanPlace | undefined {
  if (log) return { trace, id: `${id ?? ''}@${record.root}${record.path}${path}`, parent: id };
  return id === undefined ? undefined : { trace, id, parent };
}

/** When and by whom a tool is called, and on what, by the conventions for agents, users, clients and services. */
function factsOf({ attributes, around, start }: Span, out: ImportOutput): SpanCall['facts'] {
  if (start && 'unreadable' in start)
    out.note('time-unreadable', (n) => `${n} ${n === 1 ? 'time' : 'times'} could not be read: left unknown`);
  const both = [attributes, around];
  const name = textAt(both, 'gen_ai.agent.name') ?? textAt([attributes], 'agent.name');
  const id = textAt(both, 'gen_ai.agent.id');
  const agent = { ...(id === undefined ? {} : slugOnly(id)), ...(name === undefined ? {} : agentNamed(name)) };
  const session = textAt(both, 'service.instance.id');
  const client = textAt(both, 'mcp.client.name');
  const version = textAt(both, 'mcp.client.version');
  const userId = textAt(both, 'user.id', 'enduser.id');
  const email = textAt(both, 'user.email');
  const userName = textAt(both, 'user.full_name', 'user.name');
  const server = serverIn(attributes);
  const ip = textAt([attributes], 'client.address', 'source.address');
  const userAgent = textAt([attributes], 'user_agent.original');
  const instance = {
    ...(session === undefined ? {} : { id: session }),
    ...(client === undefined ? {} : { client: { name: client, ...(version === undefined ? {} : { version }) } }),
  };
  const user = {
    ...(userId === undefined ? {} : { id: userId }),
    ...(email === undefined ? {} : { email }),
    ...(userName === undefined ? {} : { name: userName }),
  };
  return {
    ...(start && 'time' in start ? { time: start.time } : {}),
    ...(Object.keys(agent).length > 0 ? { agent } : {}),
    ...(Object.keys(instance).length > 0 ? { instance } : {}),
    ...(Object.keys(user).length > 0 ? { user } : {}),
    ...(server === undefined ? {} : { resource: { slug: server } }),
    ...(ip === undefined ? {} : { ip }),
    ...(userAgent === undefined ? {} : { userAgent }),
  };
}

const slugOnly = (id: string): { readonly slug?: string } => {
  const { slug } = agentNamed(id);
  return slug === undefined ? {} : { slug };
};

/** A call by the tool's own name, and its server where the name says it. */
function placed(call: ModelToolCall): ModelToolCall {
  const { server, tool } = placeByMcpName(call.tool);
  return server === undefined ? call : { ...call, tool, server };
}
