/** Facts that are set on many calls at once, since the source of a trace does not say them. */
import type { Call, Catalog, CatalogTool, Json } from '../engine';
import { factAt, withFacts, type FactChange } from './nearby/fact';

/** One fact, and what it is to be. */
export type FactSetting = Pick<FactChange, 'path' | 'to'>;

export interface FactSettings {
  readonly facts: readonly FactSetting[];
  /** Of what each call names (tool, agent, user, …), the facts that this catalog has are set too; `facts` come before them. */
  readonly catalog: Catalog | undefined;
  /** Whether a fact that the call says, or says to be absent, is set as well; else only what is not known. */
  readonly replace: boolean;
}

/** The call with these facts; the call itself where nothing changes. */
export function withSettings(call: Call, { facts, catalog, replace }: FactSettings): Call {
  const named = changed(call, facts, replace);
  return catalog === undefined ? named : changed(named, catalogFacts(named, catalog), replace);
}

/** What is known is judged by the call as it was: of several hints none makes the others known. */
function changed(call: Call, facts: readonly FactSetting[], replace: boolean): Call {
  const due = facts.filter(({ path, to }) => {
    const is = factAt(call, path);
    return replace ? !isSame(is, to) : is.kind === 'unknown';
  });
  return due.length === 0 ? call : withFacts(call, due);
}

const isSame = (is: ReturnType<typeof factAt>, to: FactSetting['to']): boolean =>
  is.kind === 'value' && to.kind === 'value' ? sameJson(is.value, to.value) : is.kind === to.kind;

/** By their texts: members in another order are taken for another value, and set again. */
const sameJson = (a: Json, b: Json): boolean => JSON.stringify(a) === JSON.stringify(b);

/** What a catalog says of the agent, the instance, the user, the resource and the tool that a call names. */
export function catalogFacts(call: Call, catalog: Catalog): readonly FactSetting[] {
  const { agent, instance, user, resource } = call;
  return [
    ...membersOf(
      'agent',
      ['name', 'tags'],
      only(catalog.agents, ({ slug }) => slug === agent?.slug),
    ),
    ...membersOf(
      'instance',
      ['name', 'tags'],
      only(catalog.instances, ({ id }) => id === instance?.id),
    ),
    ...membersOf(
      'user',
      ['id', 'email', 'name', 'groups'],
      only(
        catalog.users,
        ({ id, email }) => isNamed(email, user?.email) || (isNamed(id, user?.id) && !differs(email, user?.email)),
      ),
    ),
    ...membersOf(
      'resource',
      ['name', 'tags'],
      only(catalog.resources, ({ slug }) => slug === resource?.slug),
    ),
    ...membersOf('tool', ['title', 'annotations'], toolOfCall(call, catalog)),
  ];
}

const isNamed = (name: string | undefined, wanted: string | null | undefined): boolean =>
  name !== undefined && name === wanted;
const differs = (a: string | undefined, b: string | null | undefined): boolean =>
  a !== undefined && typeof b === 'string' && a !== b;

/** The one entry of which this is true: of two that say different things, neither is certain. */
function only<T>(entries: readonly T[], is: (entry: T) => boolean): T | undefined {
  const [found, ...others] = entries.filter(is);
  return others.length === 0 ? found : undefined;
}

/** The tool of this name on the resource of the call; where that is not known, the one that all resources which have it describe alike. */
function toolOfCall({ resource, tool }: Call, { resources }: Catalog): CatalogTool | undefined {
  const slug = resource?.slug;
  const places = resources.filter((one) => slug === undefined || one.slug === slug);
  const [found, ...others] = places
    .flatMap(({ tools = [] }) => tools)
    .filter(({ name }) => name === tool?.name)
    .map(({ name, title, annotations }) => ({
      name,
      ...(title === undefined ? {} : { title }),
      ...(annotations === undefined ? {} : { annotations }),
    }));
  return others.every((other) => JSON.stringify(other) === JSON.stringify(found)) ? found : undefined;
}

function membersOf<T extends object>(
  part: 'agent' | 'instance' | 'user' | 'resource' | 'tool',
  names: readonly (keyof T & string)[],
  entry: T | undefined,
): readonly FactSetting[] {
  if (entry === undefined) return [];
  return names.flatMap((name) => {
    const value = entry[name] as Json | undefined;
    return value === undefined ? [] : [{ path: [part, name], to: { kind: 'value', value } } satisfies FactSetting];
  });
}
