/** A call out of a box: with names of the catalog where they fit, and with everything said that a call can say. */
import { activationFor, callId, callPathOf, OURS, validateCall, type Call, type Catalog, type Json } from '../engine';
import { ANY, ERROR, FALSE, TRUE, type OpaqueAtom, type OutcomeSet } from './formula';
import { factOf, type FactSteps, type PolicyFact, type TIME_METHODS } from './facts';
import { hasNumber } from './number-sets';
import type { CallBox } from './solve';
import { hasValue, pickValue, type ValueSet } from './value-sets';

type CallTree = { [key: string]: Json };

/** Calls to try, the likeliest first: one that has what the box says, and changes of it that give the opaque atoms their outcomes. */
export function* callsOf(box: CallBox, catalog: Partial<Catalog>): Generator<Call> {
  const base = baseCall(box, catalog);
  if (!base) return;
  const opaque = [...box.opaque.values()].filter(({ outcomes }) => outcomes !== ANY);
  const tree = opaque.reduce((call, { atom, outcomes }) => adjusted(call, atom, outcomes), base);
  yield asCall(tree);
  if (opaque.length > 0) yield asCall(base);
}

const ID = callId('witness');
const asCall = (tree: CallTree): Call => ({ ...tree, id: ID });

function baseCall(box: CallBox, catalog: Partial<Catalog>): CallTree | undefined {
  const call = emptyCall(box, catalog);
  // An object before what is in it.
  const facts = [...box.facts].map(([key, values]) => ({ fact: factOf(key), values }));
  facts.sort((a, b) => a.fact.steps.length - b.fact.steps.length);
  if (!placeTime(call, facts)) return undefined;
  for (const { fact, values } of facts) {
    if (!isOfTime(fact) && !place(call, fact, values)) return undefined;
  }
  return call;
}

/** Everything is known: what is not asked for is absent, except that a call usually has a tool, an agent, a user and a resource. */
function emptyCall(box: CallBox, catalog: Partial<Catalog>): CallTree {
  const fits = (path: string, value: Json | undefined): boolean => {
    const values = box.facts.get(keyOfPath(path));
    return values === undefined || hasValue(values, value);
  };
  const tools = toolsOf(catalog);
  const chosen =
    tools.find(
      ({ resource, tool }) =>
        fits('tool.name', tool.name) &&
        fits('resource.slug', resource.slug) &&
        fits('resource.tags', [...(resource.tags ?? [])]),
    ) ?? tools.find(({ tool }) => fits('tool.name', tool.name));
  const agent = catalog.agents?.find(
    ({ slug, tags }) => fits('agent.slug', slug) && fits('agent.tags', [...(tags ?? [])]),
  );
  const user = catalog.users?.find(({ id, email }) => fits('user.id', id) && fits('user.email', email));
  const text = (path: string, known: string | undefined, otherwise: string): Json =>
    known !== undefined && fits(path, known) ? known : fits(path, otherwise) ? otherwise : null;
  return {
    time: '2026-01-05T10:00:00Z',
    agent: { slug: text('agent.slug', agent?.slug, 'other-agent'), name: null, tags: [...(agent?.tags ?? [])] },
    instance: { id: text('instance.id', undefined, 'instance-1'), name: null, tags: [], client: null },
    user: {
      id: text('user.id', user?.id, 'user-1'),
      email: text('user.email', user?.email, 'user@example.com'),
      name: null,
      groups: [...(user?.groups ?? [])],
    },
    resource: {
      slug: text('resource.slug', chosen?.resource.slug, 'other-server'),
      name: null,
      tags: [...(chosen?.resource.tags ?? [])],
    },
    tool: {
      name: text('tool.name', chosen?.tool.name, 'other_tool'),
      title: null,
      annotations: { ...chosen?.tool.annotations } as CallTree,
    },
    args: {},
    ip: null,
    userAgent: null,
  };
}

const pathKeys = new Map<string, string>();

/** The key of a fact, by its path with points between the steps; only the few paths that `emptyCall` names are asked for. */
function keyOfPath(path: string): string {
  let key = pathKeys.get(path);
  if (key === undefined) pathKeys.set(path, (key = JSON.stringify(path.split('.'))));
  return key;
}

type WitnessResource = Catalog['resources'][number];
type WitnessTool = { readonly resource: WitnessResource; readonly tool: NonNullable<WitnessResource['tools']>[number] };

const toolsKnown = new WeakMap<Partial<Catalog>, readonly WitnessTool[]>();

function toolsOf(catalog: Partial<Catalog>): readonly WitnessTool[] {
  let tools = toolsKnown.get(catalog);
  if (!tools) {
    tools = (catalog.resources ?? []).flatMap((resource) => (resource.tools ?? []).map((tool) => ({ resource, tool })));
    toolsKnown.set(catalog, tools);
  }
  return tools;
}

/** Puts a value at the path of a fact, unless what is there fits; false where the box has no value that can be named. */
function place(call: CallTree, { path }: PolicyFact, values: ValueSet): boolean {
  // A member that no call has is absent by itself.
  if (!path) return values.absent || values.unreachable;
  const holder = holderOf(call, path);
  const key = path[path.length - 1] ?? '';
  if (!holder) return values.unreachable;
  const inArgs = path[0] === 'args' && path.length > 1;
  const had = Object.hasOwn(holder, key) ? holder[key] : undefined;
  if (hasValue(values, !inArgs && had === null ? undefined : had)) return true;
  if (!inArgs && values.maps) {
    holder[key] = {};
    return true;
  }
  const picked = pickValue(values);
  if (!picked) return false;
  if (picked.value !== undefined)
    Object.defineProperty(holder, key, { value: picked.value, writable: true, enumerable: true, configurable: true });
  else if (inArgs) delete holder[key];
  else holder[key] = null;
  return true;
}

function holderOf(call: CallTree, path: readonly string[]): CallTree | undefined {
  let holder: Json | undefined = call;
  for (const key of path.slice(0, -1)) {
    if (!isTree(holder)) return undefined;
    holder = Object.hasOwn(holder, key) ? holder[key] : undefined;
  }
  return isTree(holder) ? holder : undefined;
}

const isTree = (value: Json | undefined): value is CallTree =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isOfTime = ({ steps }: PolicyFact): boolean => steps[0] === 'request' && steps[1] === 'time';

/** Finds a time with the hour, the day of the week and so on that are asked for. */
function placeTime(
  call: CallTree,
  facts: readonly { readonly fact: PolicyFact; readonly values: ValueSet }[],
): boolean {
  const asked = facts.filter(({ fact }) => isOfTime(fact));
  if (asked.length === 0) return true;
  const parts = asked.filter(({ fact }) => fact.steps.length > 2);
  const whole = asked.find(({ fact }) => fact.steps.length === 2)?.values ?? factOf('["request","time"]').values;
  if (whole.absent && parts.every(({ values }) => values.absent) && (parts.length > 0 || !whole.other)) {
    call['time'] = null;
    return true;
  }
  const time = TIMES.find((one) =>
    parts.every(({ fact, values }) => hasNumber(values.numbers, partOf(fact.steps[2] ?? '', one))),
  );
  if (time) call['time'] = time.toISOString();
  return time !== undefined;
}

const HOUR = 3_600_000;
const MONDAY = Date.UTC(2026, 0, 5, 10);
/** Each hour of a week, then a time of each day of a year. */
const TIMES: readonly Date[] = [
  ...Array.from({ length: 168 }, (_, i) => new Date(MONDAY + i * HOUR)),
  ...Array.from({ length: 365 }, (_, i) => new Date(MONDAY + i * 24 * HOUR)),
  ...Array.from({ length: 60 }, (_, i) => new Date(MONDAY + i * 61_000)),
];

function partOf(method: string, time: Date): number {
  const parts: Record<keyof typeof TIME_METHODS, () => number> = {
    getHours: () => time.getUTCHours(),
    getMinutes: () => time.getUTCMinutes(),
    getSeconds: () => time.getUTCSeconds(),
    getDayOfWeek: () => time.getUTCDay(),
    getDayOfMonth: () => time.getUTCDate() - 1,
    getDate: () => time.getUTCDate(),
    getMonth: () => time.getUTCMonth(),
    getDayOfYear: () =>
      Math.round(
        (Date.UTC(time.getUTCFullYear(), time.getUTCMonth(), time.getUTCDate()) -
          Date.UTC(time.getUTCFullYear(), 0, 1)) /
          (24 * HOUR),
      ),
  };
  return parts[method]?.() ?? NaN;
}

const MOST_CHANGES = 120;

interface CallChange {
  readonly steps: FactSteps;
  readonly value: Json | undefined;
}

/** Changes that gave an atom such outcomes before: they mostly do so again. */
const changesKnown = new WeakMap<OpaqueAtom, Map<OutcomeSet, CallChange>>();

/** The call with one fact changed so that an opaque atom has one of the outcomes, where such a change is found. */
function adjusted(call: CallTree, atom: OpaqueAtom, outcomes: OutcomeSet): CallTree {
  if (outcomeOf(atom, call) & outcomes) return call;
  let ofAtom = changesKnown.get(atom);
  if (!ofAtom) changesKnown.set(atom, (ofAtom = new Map()));
  let left = MOST_CHANGES;
  for (const change of changesToTry(call, atom, ofAtom.get(outcomes))) {
    if (left-- <= 0) return call;
    const changed = withChange(call, change);
    if (!changed || (outcomeOf(atom, changed) & outcomes) === 0 || !isCall(changed)) continue;
    ofAtom.set(outcomes, change);
    return changed;
  }
  return call;
}

/** Whether it is what a trace may hold: an opaque part may ask for `request.args` that are a text. */
const isCall = (tree: CallTree): boolean => validateCall(asCall(tree)).length === 0;

function* changesToTry(call: CallTree, atom: OpaqueAtom, first: CallChange | undefined): Generator<CallChange> {
  if (first) yield first;
  for (const steps of stepsRead(atom)) for (const value of valuesToTry(call, atom)) yield { steps, value };
}

function outcomeOf({ program, reads }: OpaqueAtom, call: CallTree): OutcomeSet {
  const result = program?.evaluate(activationFor(call, reads, OURS));
  return result === true ? TRUE : result === false ? FALSE : ERROR;
}

const stepsRead = ({ paths }: OpaqueAtom): readonly FactSteps[] => paths.map((path) => path.split('.'));

function valuesToTry(call: CallTree, atom: OpaqueAtom): readonly (Json | undefined)[] {
  const numbers = atom.constants.filter((one) => typeof one === 'number');
  const texts = atom.constants.filter((one) => typeof one === 'string');
  const there = stepsRead(atom).flatMap((steps) => {
    const path = callPathOf(steps)?.map(String);
    const value = path && holderOf(call, path)?.[path[path.length - 1] ?? ''];
    return value === undefined || value === null ? [] : [value];
  });
  return [
    ...[...there, ...atom.constants, ...numbers.flatMap((one) => [one + 1, one - 1])],
    ...[undefined, 0, 1, true, false, '', 'x'],
    ...[
      [...texts],
      [texts[0] ?? 'x'],
      ['other'],
      [],
      {},
      ...texts.flatMap((one) => [`${one}x`, `x${one}`, one.replace(/[\^$\\().*+]/g, '')]),
    ],
    ...TIMES.slice(0, 24).map((time) => time.toISOString()),
    TIMES[130]?.toISOString(),
  ];
}

function withChange(call: CallTree, { steps, value }: CallChange): CallTree | undefined {
  const path = callPathOf(steps)?.map(String);
  if (!path) return undefined;
  const copy = structuredCopy(call);
  const holder = holderOf(copy, path);
  if (!holder) return undefined;
  const key = path[path.length - 1] ?? '';
  if (value !== undefined)
    Object.defineProperty(holder, key, { value, writable: true, enumerable: true, configurable: true });
  else if (path[0] === 'args' && path.length > 1) delete holder[key];
  else holder[key] = null;
  return copy;
}

const structuredCopy = (call: CallTree): CallTree => JSON.parse(JSON.stringify(call)) as CallTree;
