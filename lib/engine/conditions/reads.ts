/** What one condition reads of a call, and the call's facts as far as it reads them: a call has many, a condition asks for few. */
import { activation, CelTimestamp, parsePath, parseTimestamp, type Activation, type CelInput } from '../../cel';
import { argumentsOf, membersRead, type CallMembers } from '../match/facts';
import type { JsonObject } from '../model/model';
import { argumentValue, type Readings } from '../model/readings';

interface ReadMember {
  readonly variable: string;
  readonly field: string;
  readonly member: CallMembers[number];
}

export interface ConditionReads {
  /** The variables that must be there, whatever is in them. */
  readonly variables: readonly string[];
  readonly members: readonly ReadMember[];
  /** The arguments that are read; undefined where that may be any. */
  readonly args: readonly string[] | undefined;
}

/** `paths` are all that a condition may read, as CEL writes them. */
export function readsOf(paths: readonly string[]): ConditionReads {
  return {
    variables: [...new Set(paths.map((path) => String(parsePath(path)?.[0] ?? path)))],
    members: membersRead(paths).map((member) => {
      const [variable = '', ...rest] = member.path.split('.');
      return { variable, field: rest.join('.'), member };
    }),
    args: argumentsRead(paths),
  };
}

const OWN: readonly string[] = ['request.args', 'request.time'];

/** Whether these paths may read what each call has of its own: its arguments and its time. */
export const asksOwn = (paths: readonly string[]): boolean => membersRead(paths).some(({ path }) => OWN.includes(path));

function argumentsRead(paths: readonly string[]): readonly string[] | undefined {
  const names = new Set<string>();
  for (const path of paths) {
    const [variable, field, name] = parsePath(path) ?? [];
    if (variable !== 'request') continue;
    if (field === 'args' ? !isArgumentName(name) : field === undefined) return undefined;
    if (field === 'args') names.add(String(name));
  }
  return [...names];
}

/** INVARIANT: half a surrogate pair in a key becomes U+FFFD, so that what is read there may be another argument by its own name. */
export const isArgumentName = (name: unknown): name is string => typeof name === 'string' && !name.includes('\ufffd');

/** The facts as the condition sees them: what is absent is left out, what is unknown is named. */
export function activationFor(call: JsonObject, reads: ConditionReads, readings: Readings): Activation {
  const unknown: string[] = [];
  const variables: Record<string, Record<string, CelInput>> = {};
  const client: Record<string, CelInput> = {};
  for (const name of reads.variables) variables[name] = {};
  for (const { variable, field, member } of reads.members) {
    const value = member.read(call);
    const into = (variables[variable] ??= {});
    if (value === undefined) unknown.push(member.path);
    else if (value === null) continue;
    else if (member.path === 'request.args') into[field] = argumentValue(readArguments(call, reads.args), readings);
    else if (member.path === 'request.time') stamp(into, field, value);
    else if (field === 'client') into[field] = client;
    else if (field.startsWith('client.')) client[field.slice('client.'.length)] = value;
    else into[field] = value;
  }
  return activation(variables, unknown);
}

function readArguments(call: JsonObject, names: readonly string[] | undefined): JsonObject {
  const args = argumentsOf(call) ?? {};
  if (names === undefined) return args;
  // No prototype: an argument may be called `__proto__`.
  const read = Object.create(null) as Record<string, JsonObject[string]>;
  for (const name of names) {
    const value = Object.hasOwn(args, name) ? args[name] : undefined;
    if (value !== undefined) read[name] = value;
  }
  return read;
}

/** A time is held in UTC, however it was written. */
function stamp(into: Record<string, CelInput>, field: string, written: unknown): void {
  const time = typeof written === 'string' ? parseTimestamp(written) : undefined;
  if (time) into[field] = new CelTimestamp(time.seconds, time.nanos);
}
