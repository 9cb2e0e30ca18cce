import { FACETS, type Call, type CallId, type Facet } from '../engine';
import { ArgumentValues } from './argument-values';
import type { LeftOutReason, SuggestionChoices } from './model';
import { factsOf, inScopeOrder, namesOf, toolOf } from './names';
import { isOwnPattern } from './tool-patterns';

/** Taken calls that agree in all that rules are split by, and in their tool. */
export interface SeenUse {
  /** For each facet that rules are split by, in the order of a scope: the names that a rule could take, one of them enough. */
  readonly names: readonly (readonly string[])[];
  readonly tool: string;
  readonly values: ArgumentValues;
  /** Where these calls went; '' where that is not known. */
  readonly resources: Set<string>;
  calls: number;
}

/** Calls that the log says were denied, and that agree in the same. A facet that is not known is undefined. */
export interface DeniedUse {
  readonly names: readonly (readonly string[] | undefined)[];
  readonly tool: string;
  readonly values: ArgumentValues;
}

/** What becomes of one call. */
export type CallStanding =
  | { readonly kind: 'taken'; readonly key: string; readonly names: SeenUse['names']; readonly tool: string }
  | { readonly kind: 'denied' }
  | { readonly kind: 'left-out'; readonly reason: LeftOutReason; readonly fact: string | undefined };

/** Sorts the calls of a trace: which are taken, which were denied, which are left out and why. */
export class TraceSurvey {
  readonly facets: readonly Facet[];
  readonly uses = new Map<string, SeenUse>();
  readonly denied = new Map<string, DeniedUse>();
  /** Tools of each resource that occur in the trace, whatever became of their calls; of calls whose resource is not known, at ''. */
  readonly tools = new Map<string, Set<string>>();
  readonly #take: SuggestionChoices['take'];

  constructor(by: readonly Facet[], take: SuggestionChoices['take']) {
    this.facets = inScopeOrder(by);
    this.#take = take;
  }

  /** `chosen`: whether the suggestion is to be made from the call, if it can be. */
  add(call: Call, chosen: boolean): void {
    const tool = toolOf(call);
    const resource = factsOf('resources', call)?.[0] ?? '';
    if (typeof tool === 'string') setIn(this.tools, resource).add(tool);
    if (isRecordedDenied(call)) return this.#addDenied(call);
    if (!chosen) return;
    const standing = this.standingOf(call);
    if (standing.kind !== 'taken') return;
    const { key, names } = standing;
    let use = this.uses.get(key);
    if (use === undefined) this.uses.set(key, (use = newUse(names, standing.tool)));
    use.calls++;
    use.resources.add(resource);
    use.values.add(call);
  }

  standingOf(call: Call): CallStanding {
    const recorded = call.recorded?.effect;
    if (recorded === 'deny') return leftOut('recorded-denied');
    if (this.#take === 'allowed' && recorded !== 'allow') return leftOut('not-recorded-allowed');
    const tool = toolOf(call);
    if (typeof tool !== 'string') return leftOut(tool === null ? 'absent-fact' : 'unknown-fact', 'tool.name');
    if (!isOwnPattern(tool)) return leftOut('no-selector', 'tool.name');
    const names: (readonly string[])[] = [];
    for (const facet of this.facets) {
      const found = namesOf(facet, call);
      if (found.kind !== 'names') return leftOut(found.kind, found.fact);
      // A group is one of several that a rule may name; of anything else there is one best name.
      names.push(facet === 'groups' ? [...new Set(found.names)].sort() : [found.names[0]]);
    }
    return { kind: 'taken', key: JSON.stringify([...names, tool]), names, tool };
  }

  #addDenied(call: Call): void {
    const tool = toolOf(call);
    if (typeof tool !== 'string') return;
    const names = this.facets.map((facet) => factsOf(facet, call));
    const key = JSON.stringify([...names.map((one) => one ?? null), tool]);
    let use = this.denied.get(key);
    if (use === undefined) this.denied.set(key, (use = { names, tool, values: new ArgumentValues() }));
    use.values.add(call);
  }
}

export const isRecordedDenied = ({ recorded }: Call): boolean => recorded?.effect === 'deny';

const newUse = (names: SeenUse['names'], tool: string): SeenUse => ({
  names,
  tool,
  values: new ArgumentValues(),
  resources: new Set(),
  calls: 0,
});

const leftOut = (reason: LeftOutReason, fact?: string): CallStanding => ({ kind: 'left-out', reason, fact });

function setIn(sets: Map<string, Set<string>>, key: string): Set<string> {
  let found = sets.get(key);
  if (found === undefined) sets.set(key, (found = new Set()));
  return found;
}

/** Counts in which facets a scope can name the calls that may be taken. */
export class NamedCounter {
  readonly named: Record<Facet, number> = { resources: 0, agents: 0, instances: 0, users: 0, groups: 0 };
  #calls = 0;

  add(call: Call, take: SuggestionChoices['take']): void {
    const recorded = call.recorded?.effect;
    if (recorded === 'deny' || (take === 'allowed' && recorded !== 'allow')) return;
    this.#calls++;
    for (const facet of FACETS) if (namesOf(facet, call).kind === 'names') this.named[facet]++;
  }

  /** What rules are split by unless another choice is made: agents and resources, each where every call names it. */
  get usual(): readonly Facet[] {
    return (['resources', 'agents'] as const).filter((facet) => this.named[facet] === this.#calls);
  }
}

/** Counts what was left out, by its reason. */
export class LeftOutCounter {
  readonly #counts = new Map<
    string,
    { reason: LeftOutReason; fact: string | undefined; count: number; example: CallId }
  >();

  add(reason: LeftOutReason, fact: string | undefined, { id }: Call): void {
    const key = `${reason} ${fact ?? ''}`;
    const found = this.#counts.get(key);
    if (found === undefined) this.#counts.set(key, { reason, fact, count: 1, example: id });
    else found.count++;
  }

  /** The most frequent first. */
  get all() {
    return [...this.#counts.values()].sort((a, b) => b.count - a.count);
  }
}
