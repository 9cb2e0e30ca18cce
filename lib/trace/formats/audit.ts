/**
 * Audit and access logs of gateways, by the names of their members, which a mapping corrects. Besides a gateway's own audit log:
 *
 * - agentgateway (JSON lines, https://github.com/agentgateway/agentgateway): `mcp.method` and `mcp.resource.name` in 2025,
 *   `mcp.method.name` and `gen_ai.tool.name` in 2026; `mcp.target` is the server
 * - Envoy AI Gateway (https://aigateway.envoyproxy.io/docs/capabilities/observability/accesslogs): members that the operator names, such
 *   as `mcp_method`, `mcp_tool_name`, `mcp_backend`; a refusal has `response_code` 403
 * - obot (apiclient/types/mcpauditlog.go of https://github.com/obot-platform/obot): `callType`, `callIdentifier`, `mcpServerDisplayName`;
 *   `requestBody` holds the parameters of the MCP request
 * - LiteLLM (`StandardLoggingMCPToolCall` in litellm/types/utils.py of https://github.com/BerriAI/litellm): `call_type` `call_mcp_tool`,
 *   the call in `metadata.mcp_tool_call_metadata`
 * - ToolHive (pkg/audit of https://github.com/stacklok/toolhive): `target` has the method and the tool, `subjects` who calls; `outcome` is
 *   `denied` for HTTP's 401 and 403; `data.request` is the MCP request, where it is recorded
 */
import { callId, validateCall, type PolicyProblem } from '../../engine';
import { argsOf } from '../entry-arguments';
import { mappedFacts, recordedOf, textOf, valueAt } from '../mapped-facts';
import { guessMapping, pathsOf, samplesOf, shapeOf } from '../mapping';
import { CONNECTION_FIELDS } from '../connection';
import { listedTools, unreadTools } from '../connection-event';
import { policyChangeOf, policyEventOf } from '../policy-event';
import { isObject, member, type UnknownObject } from '../shape';
import {
  MAPPED_FIELDS,
  type TraceFormat,
  type ImportedCall,
  type FieldMapping,
  type ImportOutput,
  type FormatReader,
  type SourceRecord,
} from '../types';
import { noteUnreadable } from '../spans/arguments';
import { EventIds } from './ids';

/** Actions that are a tool call, whether it ran or was refused; of the methods of MCP, `tools/call` alone. */
const TOOL_ACTION = /(^|[._:-])tools?([._:-]|$)|(^|[._:-])tools\/call$/i;

/** `CallTool` and `ToolExecuted` are words of their own, too. */
const isToolAction = (action: string): boolean => TOOL_ACTION.test(action.replace(/([a-z0-9])([A-Z])/g, '$1.$2'));

/**
 * An entry may hold the facts as the gateway decided on them, in the native shape of a call, as `call`: exact where names of fields
 * are only guessed, with `null` for what the gateway knew to be absent. They stand for everything but time, arguments and what was
 * decided, which are the entry's own.
 */
class AuditReader implements FormatReader {
  readonly #events = new EventIds();
  readonly #mapping: FieldMapping;
  readonly #others = new Map<string, number>();
  #count = 0;

  constructor(mapping: FieldMapping) {
    this.#mapping = mapping;
  }

  record(record: SourceRecord, out: ImportOutput): void {
    if (record.rest) return;
    this.#count++;
    const entry = record.value;
    if (typeof entry === 'string') {
      this.#count--;
      return this.#other('words without an entry');
    }
    if (!isObject(entry)) return out.reject(record, 'not an entry: expected an object');
    const action = textOf(this.#read(entry, 'action'));
    if (this.#connection(entry, out)) return this.#other(action ?? 'connection');
    if (action === undefined && textOf(this.#read(entry, 'tool.name')) === undefined)
      return out.reject(record, 'not a tool call: the entry has neither an action nor a tool');
    if (action !== undefined && !isToolAction(action)) {
      this.#other(action);
      this.#policyEvent(entry, action, out);
      return;
    }
    const id = textOf(this.#read(entry, 'id'));
    if (id !== undefined && !this.#events.first(id, out)) return;
    const args = argsOf(this.#read(entry, 'args'), this.#mapping.args);
    if ('fault' in args) return out.reject(record, args.fault, `/${(this.#mapping.args ?? '').replaceAll('.', '/')}`);
    const { unreadable, ...known } = args;
    if (unreadable) noteUnreadable(out);
    const recorded = recordedOf(entry, this.#mapping, out) ?? denied(action) ?? forbidden(entry);
    const facts = mappedFacts(entry, this.#mappingOf(entry), out);
    const stated = statedFacts(entry);
    if (stated !== undefined && 'problem' in stated)
      return out.reject(record, stated.problem.message, stated.problem.pointer);
    out.call({
      id: callId(id ?? `#${this.#count}`),
      ...(stated === undefined ? { ...facts, ...this.#actor(entry, facts) } : { ...timeOf(facts), ...stated }),
      ...known,
      ...(recorded ? { recorded } : {}),
    });
  }

  end(out: ImportOutput): void {
    const total = [...this.#others.values()].reduce((sum, n) => sum + n, 0);
    if (total === 0) return;
    const named = [...this.#others]
      .sort((a, b) => b[1] - a[1])
      .slice(0, 5)
      .map(([action, n]) => `\`${action}\` ${n}`)
      .join(', ');
    const more = this.#others.size > 5 ? ', …' : '';
    out.note(
      'left-out-other',
      (n) => `${n} ${n === 1 ? 'entry is' : 'entries are'} no tool call: ${named}${more}`,
      total,
    );
  }

  /** Logs that several programs write may name the tool by another member in each entry. */
  #mappingOf(entry: UnknownObject): FieldMapping {
    if (this.#mapping['tool.name'] === undefined || textOf(this.#read(entry, 'tool.name')) !== undefined)
      return this.#mapping;
    const { 'tool.name': _, ...others } = this.#mapping;
    return guessMapping(pathsOf(entry), others, ['tool.name']);
  }

  #other(action: string): void {
    this.#others.set(action, (this.#others.get(action) ?? 0) + 1);
  }

  /** Kept beside the calls: by these the policy can be rebuilt as it was when a call was made. */
  #policyEvent(entry: UnknownObject, action: string, out: ImportOutput): void {
    const change = policyChangeOf(action);
    if (change === undefined) return;
    const stated = { id: textOf(this.#read(entry, 'id')), time: textOf(this.#read(entry, 'time')) };
    if (stated.id !== undefined && !this.#events.first(stated.id, out)) return;
    const event = policyEventOf(entry, change, stated);
    if (event !== undefined) out.policyEvent(event);
  }

  /** Whether the entry lists tools and is about none: it says what an instance that connects may use. */
  #connection(entry: UnknownObject, out: ImportOutput): boolean {
    if (CONNECTION_FIELDS.every((field) => this.#mapping[field] === undefined)) return false;
    if (textOf(this.#read(entry, 'tool.name')) !== undefined) return false;
    const { resource, ...facts } = mappedFacts(entry, this.#mapping, out);
    const tools = listedTools(
      (field) => this.#read(entry, field),
      resource?.slug ?? undefined,
      () => out.note('listed-effect-unreadable', unreadTools),
    );
    if (tools.length === 0) return false;
    const stated = statedFacts(entry);
    const { agent, instance, user, ip, userAgent } =
      stated === undefined || 'problem' in stated ? { ...facts, ...this.#actor(entry, facts) } : stated;
    const known = Object.entries({ agent, instance, user, ip, userAgent }).filter(([, value]) => value !== undefined);
    const [id, { time }] = [textOf(this.#read(entry, 'id')), facts];
    out.connection({
      ...(id === undefined ? {} : { id }),
      ...(typeof time === 'string' ? { time } : {}),
      facts: Object.fromEntries(known),
      tools,
    });
    return true;
  }

  #read(entry: UnknownObject, field: keyof FieldMapping): unknown {
    const path = this.#mapping[field];
    return path === undefined ? undefined : valueAt(entry, path);
  }

  /** The actor is a user or an agent; what other members said of either stays. */
  #actor(entry: UnknownObject, facts: Omit<ImportedCall, 'id'>): Pick<ImportedCall, 'agent' | 'user'> {
    const type = textOf(this.#read(entry, 'actor.type'))?.toLowerCase() ?? '';
    const id = textOf(this.#read(entry, 'actor.id'), ['slug', 'id', 'email', 'name']);
    const email = textOf(this.#read(entry, 'actor.email'));
    const name = textOf(this.#read(entry, 'actor.name'));
    if (/agent|client|bot/.test(type)) {
      const slug = id ?? name;
      return {
        agent: { ...(slug === undefined ? {} : { slug }), ...(name === undefined ? {} : { name }), ...facts.agent },
      };
    }
    if (!/user|human|person|member/.test(type) && email === undefined && !id?.includes('@')) return {};
    const mail = email ?? (id?.includes('@') ? id : undefined);
    const user = {
      ...(id === undefined || id === mail ? {} : { id }),
      ...(mail === undefined ? {} : { email: mail }),
      ...(name === undefined ? {} : { name }),
      ...facts.user,
    };
    return Object.keys(user).length > 0 ? { user } : {};
  }
}

const timeOf = ({ time }: Omit<ImportedCall, 'id'>): Pick<ImportedCall, 'time'> => (time === undefined ? {} : { time });

/** What an entry's `call` says; undefined where it has none. */
function statedFacts(entry: UnknownObject): Omit<ImportedCall, 'id'> | { readonly problem: PolicyProblem } | undefined {
  const call = member(entry, 'call');
  if (!isObject(call)) return undefined;
  const [problem] = validateCall({ ...call, id: '' }, '/call');
  if (problem) return { problem };
  // INVARIANT: `validateCall` found nothing wrong. The entry's id is the call's.
  return Object.fromEntries(Object.entries(call).filter(([key]) => key !== 'id'));
}

/** An action that says by itself that the call was refused. */
function denied(action: string | undefined): ImportedCall['recorded'] {
  return action !== undefined && /(denied|blocked|rejected)$/i.test(action) ? { effect: 'deny' } : undefined;
}

/** Envoy AI Gateway answers 403 where a route's authorization refuses the call; its other answers say nothing of a decision. */
function forbidden(entry: UnknownObject): ImportedCall['recorded'] {
  const envoy = Object.hasOwn(entry, 'mcp_method') && Object.hasOwn(entry, 'mcp_backend');
  if (!envoy || textOf(member(entry, 'response_code')) !== '403') return undefined;
  return { effect: 'deny', reason: 'HTTP status 403' };
}

const entriesOf = (values: readonly unknown[]): readonly UnknownObject[] => values.filter(isObject);

/** Members under which audit logs say what was acted on: its `type`, and its name. */
const ACTED_ON = ['resource', 'target', 'object', 'subject', 'entity'];
const NAMES_OF_TOOLS = ['name', 'slug', 'id'];

/** Where entries name a tool as that which was acted on (`"target": {"type": "tool", "name": "find"}`). */
function toolActedOn(
  entries: readonly UnknownObject[],
): { readonly around: string; readonly path: string } | undefined {
  for (const around of ACTED_ON) {
    const tool = entries
      .map((entry) => member(entry, around))
      .find((acted): acted is UnknownObject => isObject(acted) && /tool/i.test(textOf(member(acted, 'type')) ?? ''));
    const name = tool && NAMES_OF_TOOLS.find((key) => textOf(member(tool, key)) !== undefined);
    if (name !== undefined) return { around, path: `${around}.${name}` };
  }
  return undefined;
}

/** Whether an entry is ToolHive's: it names its members by what an audit event has, whatever the event is about. */
const isToolHive = (entry: UnknownObject): boolean =>
  ['audit_id', 'logged_at', 'subjects'].every((key) => Object.hasOwn(entry, key));

const TOOLHIVE: FieldMapping = {
  id: 'audit_id',
  time: 'logged_at',
  action: 'target.method',
  'tool.name': 'target.name',
  'user.id': 'subjects.user_id',
  'user.name': 'subjects.user',
  'instance.client.name': 'subjects.client_name',
  ip: 'source.value',
  userAgent: 'source.extra.user_agent',
  args: 'data.request',
  'recorded.effect': 'outcome',
};

/** The component is the server, unless ToolHive writes for itself; of a virtual server the one behind it is named apart. */
function toolHiveServer(entries: readonly UnknownObject[], available: readonly string[]): FieldMapping {
  const behind = available.find((path) => path.endsWith('.backend_name'));
  if (behind !== undefined) return { 'resource.slug': behind };
  const itself = entries.some((entry) => member(entry, 'component') === 'toolhive-api');
  return itself ? {} : { 'resource.slug': 'component' };
}

function guess(entries: readonly UnknownObject[], available: readonly string[], given: FieldMapping): FieldMapping {
  if (entries.some(isToolHive))
    return guessMapping(available, { ...TOOLHIVE, ...toolHiveServer(entries, available), ...given }, []);
  const tool = toolActedOn(entries);
  if (tool === undefined) return guessMapping(available, given, MAPPED_FIELDS);
  // What is a tool is no server.
  const left = available.filter((path) => path !== tool.around);
  return guessMapping(left, { 'tool.name': tool.path, ...given }, MAPPED_FIELDS);
}

export const audit: TraceFormat = {
  id: 'audit',
  label: 'Audit log',
  layout: 'json',
  embedded: true,
  wrappers: ['entries', 'events', 'logs', 'records', 'items', 'data', 'results', 'hits', 'auditLogs', 'audit_logs'],
  detect({ values }) {
    const entries = entriesOf(values);
    const gateway = entries.filter((entry) => /^(gateway|policy|mcp)\./.test(textOf(member(entry, 'action')) ?? ''));
    if (gateway.length > 0) return { confidence: 0.95, words: 'audit entries (`gateway.…` actions)' };
    // The request inside is the one that the entry is about: it says less.
    if (entries.some((entry) => Object.hasOwn(entry, 'callIdentifier') && Object.hasOwn(entry, 'callType')))
      return { confidence: 0.96, words: 'audit entries with `callType` and `callIdentifier`' };
    if (entries.some(isToolHive)) return { confidence: 0.96, words: 'audit events of ToolHive' };
    const likely = entries.filter(
      (entry) =>
        Object.hasOwn(entry, 'action') && ['actor', 'details', 'timestamp'].some((key) => Object.hasOwn(entry, key)),
    );
    if (likely.length > 0)
      return { confidence: 0.8, words: 'entries with `action` and `actor`, `details` or `timestamp`' };
    const mapping = guess(entries, [...new Set(entries.flatMap((entry) => pathsOf(entry)))], {});
    const named = mapping['tool.name'] !== undefined && mapping.time !== undefined;
    return named ? { confidence: 0.4, words: 'entries with a time and a tool' } : null;
  },
  mapping({ values }, given) {
    const entries = entriesOf(values);
    const available = [...new Set(entries.flatMap((entry) => pathsOf(entry)))];
    return {
      fields: MAPPED_FIELDS,
      available,
      samples: samplesOf(entries, available),
      mapping: guess(entries, available, given),
      shape: shapeOf(entries.flatMap((entry) => Object.keys(entry))),
    };
  },
  reader: (_, mapping) => new AuditReader(mapping),
};
