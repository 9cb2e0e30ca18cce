import type { CallFieldPath } from '@/lib/engine';
import type { DefaultField, MappedField } from '@/lib/trace';

/** Labels of a call's fields in forms. */
export const FIELD_WORDS = {
  time: 'Time',
  'agent.slug': 'Agent',
  'user.email': 'User (e-mail)',
  'resource.slug': 'Resource',
  'tool.name': 'Tool',
  args: 'Arguments (JSON)',
  'recorded.effect': 'Recorded decision',
  'recorded.ruleName': 'Recorded rule',
  action: 'Action',
  id: 'Id of the call or event',
  'actor.type': 'Kind of actor',
  'actor.id': 'Actor',
  'actor.email': 'E-mail of the actor',
  'actor.name': 'Name of the actor',
  'tools.allowed': 'Tools allowed at connection',
  'tools.denied': 'Tools denied at connection',
  'tools.conditional': 'Tools conditional at connection',
  'tools.listed': 'Tools with their effect at connection',
  'recorded.ruleId': 'Id of the recorded rule',
  'recorded.reason': 'Recorded reason',
  'recorded.policyDigest': 'Digest of the policy then',
  'agent.name': 'Name of the agent',
  'agent.tags': 'Tags of the agent',
  'instance.id': 'Instance',
  'instance.name': 'Name of the instance',
  'instance.tags': 'Tags of the instance',
  'instance.client.name': 'Client',
  'instance.client.version': 'Version of the client',
  'instance.client.protocolVersion': 'MCP revision of the client',
  'user.id': 'User (id)',
  'user.name': 'Name of the user',
  'user.groups': 'Groups of the user',
  'resource.name': 'Name of the resource',
  'resource.tags': 'Tags of the resource',
  'tool.title': 'Title of the tool',
  ip: 'IP address',
  userAgent: 'User agent',
} as const satisfies Record<MappedField, string>;

/** A field that can be set on many calls at once: facts that conditions read, but for times and arguments, which each call has of its own. */
export type FactField =
  Exclude<DefaultField, 'time' | 'tool.name'> | Extract<CallFieldPath, `tool.annotations.${string}`>;

/** In the order of a list to choose from. */
export const FACT_WORDS = {
  'tool.annotations.readOnlyHint': 'Read-only hint of the tool',
  'tool.annotations.destructiveHint': 'Destructive hint of the tool',
  'tool.annotations.idempotentHint': 'Idempotent hint of the tool',
  'tool.annotations.openWorldHint': 'Open-world hint of the tool',
  'agent.slug': FIELD_WORDS['agent.slug'],
  'agent.name': FIELD_WORDS['agent.name'],
  'agent.tags': FIELD_WORDS['agent.tags'],
  'instance.id': FIELD_WORDS['instance.id'],
  'instance.name': FIELD_WORDS['instance.name'],
  'instance.tags': FIELD_WORDS['instance.tags'],
  'instance.client.name': FIELD_WORDS['instance.client.name'],
  'instance.client.version': FIELD_WORDS['instance.client.version'],
  'instance.client.protocolVersion': FIELD_WORDS['instance.client.protocolVersion'],
  'user.email': FIELD_WORDS['user.email'],
  'user.id': FIELD_WORDS['user.id'],
  'user.name': FIELD_WORDS['user.name'],
  'user.groups': FIELD_WORDS['user.groups'],
  'resource.slug': FIELD_WORDS['resource.slug'],
  'resource.name': FIELD_WORDS['resource.name'],
  'resource.tags': FIELD_WORDS['resource.tags'],
  'tool.title': FIELD_WORDS['tool.title'],
  ip: FIELD_WORDS.ip,
  userAgent: FIELD_WORDS.userAgent,
} as const satisfies Record<FactField, string>;
