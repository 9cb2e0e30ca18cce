import type { Json, JsonObject } from '../engine';
import { LIMITS } from './limits';
import { member, quoted } from './problem';
import { count, isArray, isObject, type Finding } from './shape';

interface Reports {
  problem(finding: Finding): void;
  warning(finding: Finding): void;
}

/**
 * What must hold between the values of a bundle, and no shape can say: unique ids, a condition for each active gate, a focus that is in the
 * trace. The value need not have the right shapes: what has not is passed over, for it was reported already.
 */
export function between(bundle: JsonObject, options: { readonly link?: boolean }, to: Reports): void {
  const rules = objects(bundle['rules'], LIMITS.rules);
  unique(rules, 'id', '/rules', (finding) => to.problem(finding));
  rules.forEach((rule, index) => gateHasCondition(rule, member('/rules', index), to));
  const calls = objects(bundle['trace']);
  unique(calls, 'id', '/trace', (finding) => to.problem(finding));
  if (options.link === true && calls.length > LIMITS.linkCalls) {
    const message = `a link carries ${count(LIMITS.linkCalls)} calls at most, and this trace has ${count(calls.length)}`;
    to.problem({ pointer: '/trace', code: 'too-many', message });
  }
  const focus = bundle['focus'];
  if (typeof focus === 'string' && !calls.some((call) => call['id'] === focus)) {
    to.warning({ pointer: '/focus', code: 'no-such-call', message: `${quoted(focus)} is no call of the trace` });
  }
  const catalog = bundle['catalog'];
  if (!isObject(catalog)) return;
  for (const [field, key] of [
    ['resources', 'slug'],
    ['agents', 'slug'],
    ['instances', 'id'],
    ['users', 'id'],
    ['groups', 'name'],
  ] as const) {
    unique(objects(catalog[field]), key, `/catalog/${field}`, (finding) => to.warning(finding));
  }
}

function gateHasCondition(rule: JsonObject, pointer: string, to: Reports): void {
  const active = !Object.hasOwn(rule, 'status') || rule['status'] === 'active';
  const bare = !Object.hasOwn(rule, 'condition') || rule['condition'] === null;
  if (rule['effect'] === 'gated' && active && bare) {
    const message = 'an active gated rule must have a condition';
    to.problem({ pointer: member(pointer, 'condition'), code: 'missing-condition', message });
  }
}

function unique(list: readonly JsonObject[], key: string, pointer: string, report: (finding: Finding) => void): void {
  const first = new Map<string, number>();
  list.forEach((entry, index) => {
    const id = Object.hasOwn(entry, key) ? entry[key] : undefined;
    if (typeof id !== 'string') return;
    const earlier = first.get(id);
    if (earlier === undefined) return void first.set(id, index);
    const message = `${quoted(key)} ${quoted(id)} is taken: entry ${String(earlier)} has it too`;
    report({ pointer: `${member(pointer, index)}/${key}`, code: 'duplicate-id', message });
  });
}

/** The entries of a list; an entry that is no object becomes an empty one, so that the indices stay. */
function objects(value: Json | undefined, most = Infinity): readonly JsonObject[] {
  return isArray(value) ? value.slice(0, most).map((entry) => (isObject(entry) ? entry : {})) : [];
}
