/**
 * Changes of a policy as audit logs record them: `policy.created`, `policy.rule.updated`, `rule_deleted`, … Names of members vary between
 * gateways and versions, so a few usual ones are looked for; a change that says too little is kept, and says so.
 */
import type { Json, JsonObject } from '../engine';
import { asJsonObject, isObject, member, text, textOrNumber, type UnknownObject } from './shape';

export const POLICY_CHANGES = ['created', 'updated', 'deleted', 'reordered'] as const;
export type PolicyChange = (typeof POLICY_CHANGES)[number];

/** One change of one rule, or of the rules' order. What the log does not say is missing. */
export interface PolicyEvent {
  readonly id?: string;
  /** As the log writes it. */
  readonly time: string;
  readonly change: PolicyChange;
  /** Who changed it. */
  readonly by?: string;
  /** The id or name of the policy, as the log calls it: a log may record the changes of several. */
  readonly policy?: string;
  readonly ruleId?: string;
  readonly ruleName?: string;
  /** The rule before and after, whole or only the members that changed. */
  readonly before?: JsonObject;
  readonly after?: JsonObject;
  /** The place of the rule among the rules, from 0: of a created rule after, of a deleted rule before. */
  readonly position?: number;
  /** The ids of all rules in their order, before and after. */
  readonly orderBefore?: readonly string[];
  readonly orderAfter?: readonly string[];
}

const ACTION =
  /^(?:[a-z]+[._-])*?(?:polic(?:y|ies)|rules?)(?:[._-](?:polic(?:y|ies)|rules?))?[._-](creat|add|updat|chang|edit|enabl|disabl|delet|remov|reorder|mov)(?:ed?|d|ing)?$/i;

const CHANGE_OF: Readonly<Record<string, PolicyChange>> = {
  creat: 'created',
  add: 'created',
  updat: 'updated',
  chang: 'updated',
  edit: 'updated',
  enabl: 'updated',
  disabl: 'updated',
  delet: 'deleted',
  remov: 'deleted',
  reorder: 'reordered',
  mov: 'reordered',
};

/** Which change of a policy an action names; undefined for any other action. */
export function policyChangeOf(action: string): PolicyChange | undefined {
  const stem = ACTION.exec(action.trim())?.[1]?.toLowerCase();
  return stem === undefined ? undefined : CHANGE_OF[stem];
}

const BEFORE = ['before', 'previous', 'old', 'from', 'oldValue', 'old_value', 'original'];
const AFTER = ['after', 'current', 'new', 'to', 'newValue', 'new_value', 'updated'];
const DETAILS = ['details', 'data', 'payload', 'metadata', 'event'];

/**
 * The change that an entry of an audit log records.
 * @param stated what the log's mapping says of the entry's time and id
 */
export function policyEventOf(
  entry: UnknownObject,
  change: PolicyChange,
  stated: { readonly id: string | undefined; readonly time: string | undefined },
): PolicyEvent | undefined {
  const time = stated.time ?? firstText([entry], ['timestamp', 'time', 'createdAt', 'created_at', 'date']);
  if (time === undefined) return undefined;
  const holders = [...DETAILS.flatMap((key) => objectAt(entry, key)), entry];
  const before =
    ruleAt(holders, BEFORE) ?? changed(holders, BEFORE) ?? (change === 'deleted' ? plainRule(holders) : undefined);
  const after =
    ruleAt(holders, AFTER) ?? changed(holders, AFTER) ?? (change === 'created' ? plainRule(holders) : undefined);
  const id = firstText([...holders, ...(before ? [before] : []), ...(after ? [after] : [])], ['ruleId', 'rule_id']);
  const named = [
    before,
    after,
    ...holders.flatMap((holder) => objectAt(holder, 'rule')),
    ...objectAt(entry, 'resource').filter((resource) => !isOfPolicy(resource)),
  ];
  const rules = named.filter((rule): rule is UnknownObject => rule !== undefined);
  const position = positionOf(holders, change, before, after);
  const [orderBefore, orderAfter] = [orderAt(holders, BEFORE), orderAt(holders, AFTER)];
  return {
    time,
    change,
    ...present('id', stated.id),
    ...present('by', actorOf(entry)),
    ...present('policy', policyOf(entry, holders)),
    ...present('ruleId', id ?? firstText(rules, ['id'])),
    ...present('ruleName', firstText(holders, ['ruleName', 'rule_name']) ?? firstText(rules, ['name'])),
    ...present('before', before),
    ...present('after', after),
    ...present('position', position),
    ...present('orderBefore', orderBefore),
    ...present('orderAfter', orderAfter),
  };
}

const isOfPolicy = (resource: UnknownObject): boolean => /^polic(?:y|ies)$/i.test(text(member(resource, 'type')) ?? '');

function policyOf(entry: UnknownObject, holders: readonly UnknownObject[]): string | undefined {
  const named = [
    ...holders.flatMap((holder) => objectAt(holder, 'policy')),
    ...objectAt(entry, 'resource').filter(isOfPolicy),
  ];
  return (
    firstText(holders, ['policyId', 'policy_id']) ??
    firstText(named, ['id', 'name']) ??
    firstText(holders, ['policyName', 'policy_name', 'policy'])
  );
}

const present = <K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } =>
  value === undefined ? {} : ({ [key]: value } as { [P in K]: V });

function objectAt(holder: UnknownObject, key: string): UnknownObject[] {
  const value = member(holder, key);
  return isObject(value) ? [value] : [];
}

function firstText(holders: readonly UnknownObject[], keys: readonly string[]): string | undefined {
  for (const holder of holders) {
    for (const key of keys) {
      const found = textOrNumber(member(holder, key));
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** A rule, or some of a rule's members. */
const RULE_MEMBERS = ['id', 'name', 'description', 'effect', 'status', 'scope', 'tools', 'condition', 'position'];
const isRuleLike = (value: UnknownObject): boolean => RULE_MEMBERS.some((key) => Object.hasOwn(value, key));

function ruleAt(holders: readonly UnknownObject[], keys: readonly string[]): JsonObject | undefined {
  for (const holder of holders) {
    for (const key of keys) {
      for (const found of objectAt(holder, key)) {
        const inner = member(found, 'rule');
        if (isObject(inner)) return asJsonObject(inner);
        if (isRuleLike(found)) return asJsonObject(found);
      }
    }
  }
  return undefined;
}

/** `changes: { effect: { from: "deny", to: "allow" } }`, and `changes: [{ field: "effect", old: …, new: … }]`. */
function changed(holders: readonly UnknownObject[], keys: readonly string[]): JsonObject | undefined {
  const found: [string, Json][] = [];
  const take = (field: string, change: unknown): void => {
    if (!isObject(change) || !RULE_MEMBERS.includes(field)) return;
    const key = keys.find((one) => Object.hasOwn(change, one));
    if (key !== undefined) found.push([field, asJsonObject(change)[key] ?? null]);
  };
  for (const holder of holders) {
    const changes = member(holder, 'changes') ?? member(holder, 'diff');
    if (Array.isArray(changes)) {
      for (const change of changes as readonly unknown[]) {
        if (isObject(change)) take(text(member(change, 'field')) ?? text(member(change, 'path')) ?? '', change);
      }
    } else if (isObject(changes)) for (const [field, change] of Object.entries(changes)) take(field, change);
  }
  return found.length > 0 ? Object.fromEntries(found) : undefined;
}

/** `details.rule`, or the members of a rule in the details themselves. */
function plainRule(holders: readonly UnknownObject[]): JsonObject | undefined {
  for (const holder of holders) {
    const [rule] = objectAt(holder, 'rule');
    if (rule) return asJsonObject(rule);
    if (Object.hasOwn(holder, 'effect') && Object.hasOwn(holder, 'tools')) return asJsonObject(holder);
  }
  return undefined;
}

function positionOf(
  holders: readonly UnknownObject[],
  change: PolicyChange,
  before: JsonObject | undefined,
  after: JsonObject | undefined,
): number | undefined {
  const rule = change === 'created' ? after : before;
  const places = [...(rule ? [rule] : []), ...holders];
  for (const place of places) {
    for (const key of ['position', 'index']) {
      const value = member(place, key);
      if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return value;
    }
  }
  return undefined;
}

function orderAt(holders: readonly UnknownObject[], keys: readonly string[]): readonly string[] | undefined {
  const texts = (value: unknown): readonly string[] | undefined =>
    Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'string') ? value : undefined;
  for (const holder of holders) {
    for (const key of keys) {
      const value = member(holder, key);
      const found =
        texts(value) ??
        (isObject(value) ? (texts(member(value, 'order')) ?? texts(member(value, 'ruleIds'))) : undefined);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function actorOf(entry: UnknownObject): string | undefined {
  const actor = member(entry, 'actor') ?? member(entry, 'user');
  if (typeof actor === 'string') return text(actor);
  if (!isObject(actor)) return undefined;
  const user = objectAt(actor, 'user');
  return firstText([actor, ...user], ['email', 'name', 'id']);
}
