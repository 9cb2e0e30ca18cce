import { isObject } from '../json';
import type { Json, JsonObject } from '../engine';
import { LIMITS } from './limits';
import { member, quoted, type UnplacedProblem } from './problem';
import { count, isArray } from './shape';

interface RelationReports {
  problem(finding: UnplacedProblem): void;
  warning(finding: UnplacedProblem): void;
}

/**
 * What must hold between the values of a bundle outside of its rules, and no shape can say: unique ids of calls, a focus that is in the
 * trace, few and short invariants. The value need not have the right shapes: what has not is passed over, for it was reported already.
 */
export function checkRelations(bundle: JsonObject, options: { readonly link?: boolean }, to: RelationReports): void {
  const calls = objects(bundle['trace']);
  unique(calls, 'id', '/trace', (finding) => to.problem(finding));
  if (options.link === true && calls.length > LIMITS.linkCalls) {
    const message = `a link carries at most ${count(LIMITS.linkCalls)} calls, and this trace has ${count(calls.length)}`;
    to.problem({ pointer: '/trace', code: 'too-many', message });
  }
  const focus = bundle['focus'];
  if (typeof focus === 'string' && !calls.some((call) => call['id'] === focus)) {
    to.warning({ pointer: '/focus', code: 'no-such-call', message: `${quoted(focus)} is no call of the trace` });
  }
  checkInvariants(bundle['invariants'], to);
  const catalog = bundle['catalog'];
  if (!isObject(catalog)) return;
  for (const [list, key] of CATALOG_KEYS) {
    unique(objects(catalog[list]), key, `/catalog/${list}`, (finding) => to.warning(finding));
  }
}

/** Invariants are checked after each edit: hence few, and short. What they say is read by who checks them. */
function checkInvariants(entries: Json | undefined, to: RelationReports): void {
  if (!isArray(entries)) return;
  if (entries.length > LIMITS.invariants) {
    const message = `a policy has at most ${count(LIMITS.invariants)} invariants, and these are ${count(entries.length)}`;
    to.problem({ pointer: '/invariants', code: 'too-many', message });
  }
  entries.slice(0, LIMITS.invariants).forEach((entry, i) => {
    const pointer = member('/invariants', i);
    if (typeof entry !== 'string') {
      to.warning({ pointer, code: 'not-checked', message: 'the invariant is no text: it is kept, and not checked' });
    } else if (entry.length > LIMITS.invariant && [...entry].length > LIMITS.invariant) {
      const message = `the invariant is longer than ${count(LIMITS.invariant)} characters`;
      to.problem({ pointer, code: 'too-long', message });
    }
  });
}

/** By what each list of the catalog names its entries. */
const CATALOG_KEYS = [
  ['resources', 'slug'],
  ['agents', 'slug'],
  ['instances', 'id'],
  ['users', 'id'],
  ['groups', 'name'],
] as const;

function unique(
  list: readonly JsonObject[],
  key: string,
  pointer: string,
  report: (finding: UnplacedProblem) => void,
): void {
  const first = new Map<string, number>();
  list.forEach((entry, index) => {
    const id = Object.hasOwn(entry, key) ? entry[key] : undefined;
    if (typeof id !== 'string') return;
    const earlier = first.get(id);
    if (earlier === undefined) return void first.set(id, index);
    const message = `${quoted(key)} ${quoted(id)} is taken: entry ${String(earlier)} has it already`;
    report({ pointer: `${member(pointer, index)}/${key}`, code: 'duplicate-id', message });
  });
}

const NOTHING: JsonObject = {};

/** The entries of a list; an entry that is no object becomes an empty one, so that the indices stay. */
function objects(value: Json | undefined): readonly JsonObject[] {
  return isArray(value) ? value.map((entry) => (isObject(entry) ? entry : NOTHING)) : [];
}
