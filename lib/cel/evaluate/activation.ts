import { mapFromJson, type CelInput } from '../values/json';
import { parseTimestamp } from '../values/time';
import { parsePath, unknownTree, type UnknownTree } from '../values/unknown';
import { CelMap, CelTimestamp, type MapKey, type Value } from '../values/values';

/** What an expression is evaluated against: the variables, and which facts of them are unknown. */
export class Activation {
  constructor(
    readonly vars: CelMap,
    readonly unknown: UnknownTree | undefined,
  ) {}
}

/**
 * @param variables by name: JSON, in which ready-made values may be (`fromJson`, `parseTimestamp`)
 * @param unknown paths of facts that are unknown (`request.args`, `user`); they win over any value
 * @param timestampAt paths whose string is to be a timestamp (in UTC); one that is absent or not RFC 3339 is left alone
 */
export function activation(
  variables: Readonly<Record<string, CelInput>>,
  unknown: readonly string[] = [],
  timestampAt: readonly string[] = [],
): Activation {
  const vars = timestampAt.reduce((map, path) => stamp(map, parsePath(path) ?? []), mapFromJson(variables));
  return new Activation(vars, unknown.length ? unknownTree(unknown) : undefined);
}

/** The map with the string at `steps` read as a time; maps on the way are copied, for they may be shared. */
function stamp(map: CelMap, [step, ...rest]: readonly MapKey[]): CelMap {
  const held = step === undefined ? undefined : map.get(step);
  let next: Value | undefined = undefined;
  if (rest.length) next = held instanceof CelMap ? stamp(held, rest) : undefined;
  else if (typeof held === 'string') {
    const time = parseTimestamp(held);
    next = time && new CelTimestamp(time.seconds, time.nanos);
  }
  return step === undefined || next === undefined || next === held ? map : copyWith(map, step, next);
}

function copyWith(map: CelMap, key: MapKey, value: Value): CelMap {
  const copy = new CelMap(map);
  copy.uints = map.uints;
  copy.set(key, value);
  return copy;
}
