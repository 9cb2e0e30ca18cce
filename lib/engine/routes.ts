/**
 * Which rules can touch a call, by all that a condition does not decide: the tool's name and the scope's facts. Calls that agree in these,
 * as far as the policy tells them apart, share one `Route`, so that a trace costs little more than its conditions.
 */
import { FacetClasses, ToolClasses, type FacetClass, type Memory, type ToolClass } from './classes';
import { scopeFacts, toolName } from './facts';
import type { Fork, Leaf } from './kinds';
import { openQuestions, type CompiledRule, type Entry, type Open } from './match';
import { FACETS, type JsonObject, type Reading } from './model';
import { flipped, OURS, type Readings, type Truth } from './readings';
import { Code, codeIn, differsIn, FIELD, hasMaybe, type Field } from './verdict';
import type { ScopeFacts } from './scope';

export interface Route {
  /** In evaluation order. */
  readonly entries: readonly Entry[];
  /** The same under each flipped reading that changes the list. */
  readonly flips: readonly {
    readonly reading: Reading;
    readonly readings: Readings;
    readonly entries: readonly Entry[];
  }[];
  /** The kinds of calls that came this way so far. */
  kinds: Leaf | Fork | undefined;
}

/** The readings on which scope and patterns depend. */
const FLIPS = (['facet-or', 'case', 'star'] as const).map((reading) => ({
  reading,
  readings: flipped(reading),
  field: FIELD[reading],
}));

/** Past this many, what is remembered is forgotten and begun anew: a hostile trace must not fill the memory. */
const MAX_REMEMBERED = 262_144;

/** What is remembered of the calls seen. */
interface Known {
  readonly memory: Memory;
  readonly tools: ToolClasses;
  readonly facets: readonly FacetClasses[];
  readonly junctions: Map<ToolClass, Junction>;
}

function nothingKnown(rules: readonly CompiledRule[]): Known {
  const memory: Memory = { used: 0 };
  const used = FACETS.filter((facet) => rules.some((rule) => rule.scope.some((part) => part.facet === facet)));
  return {
    memory,
    tools: new ToolClasses(rules, memory),
    facets: used.map((facet) => new FacetClasses(facet, rules, memory)),
    junctions: new Map(),
  };
}

/** Finds the route of a call, and remembers it. */
export class Router {
  /** Entries of rules that certainly apply: they say nothing of the call. */
  private readonly certain: readonly Entry[];
  private known: Known;

  constructor(private readonly rules: readonly CompiledRule[]) {
    this.certain = rules.map((rule) => ({ rule, truth: 'yes', open: undefined }));
    this.known = nothingKnown(rules);
  }

  routeOf(call: JsonObject): Route {
    if (this.known.memory.used > MAX_REMEMBERED) this.known = nothingKnown(this.rules);
    const { memory, tools, facets, junctions } = this.known;
    const tool = tools.classOf(toolName(call));
    let junction = junctions.get(tool);
    if (!junction) junctions.set(tool, (junction = new Junction(tool, facets.length, memory)));
    let branch = junction.root;
    for (let f = 0; f < facets.length && !branch.dead; f++) {
      const found = facets[f]?.classOf(call);
      if (found) branch = junction.follow(branch, f, found);
    }
    return (branch.route ??= this.makeRoute(branch.verdicts, call, tool));
  }

  /** Something was remembered that goes with a route. */
  remembered(): void {
    this.known.memory.used++;
  }

  private makeRoute(verdicts: Uint8Array, call: JsonObject, tool: ToolClass): Route {
    let facts: ScopeFacts | undefined;
    const under = (field: Field, readings: Readings): Entry[] => {
      const list: Entry[] = [];
      tool.candidates.forEach((rule, i) => {
        const code = codeIn(verdicts[i] ?? 0, field);
        const certain = this.certain[rule.index];
        if (code === Code.YES && certain) list.push(certain);
        else if (code !== Code.NO) {
          const named: Truth = codeIn(tool.verdicts[i] ?? 0, field) === Code.YES ? 'yes' : 'maybe';
          list.push(new OpenEntry(rule, named, (facts ??= scopeFacts(call)), readings));
        }
      });
      return list;
    };
    const flips = FLIPS.filter(({ field }) => verdicts.some((verdict) => differsIn(verdict, field)));
    return {
      entries: under(FIELD.ours, OURS),
      flips: flips.map(({ reading, readings, field }) => ({ reading, readings, entries: under(field, readings) })),
      kinds: undefined,
    };
  }
}

/** Where the first facets of calls of one tool lead. */
interface Branch {
  /** What tool and facets so far say of each candidate. */
  readonly verdicts: Uint8Array;
  /** No candidate is left: whatever else the call holds, no rule applies. */
  readonly dead: boolean;
  /** By the way that the next facet takes. */
  readonly next: Branch[];
  route: Route | undefined;
}

const branchOf = (verdicts: Uint8Array): Branch => ({
  verdicts,
  dead: !verdicts.some(Boolean),
  next: [],
  route: undefined,
});

/** The branches of one class of tools. Facet by facet, classes of which the same is certain go the same way, and so do branches. */
class Junction {
  readonly root: Branch;
  private readonly facets: readonly Facings[];

  constructor(
    private readonly tool: ToolClass,
    facets: number,
    private readonly memory: Memory,
  ) {
    this.root = branchOf(tool.verdicts);
    this.facets = Array.from({ length: facets }, () => ({
      ways: [],
      said: [],
      byVerdicts: new Map(),
      ends: new Map(),
    }));
  }

  /** The branch that the class of the n-th facet leads to from where the facets before it led. */
  follow(from: Branch, n: number, facet: FacetClass): Branch {
    const facings = this.facets[n];
    if (!facings) return from;
    const way = facings.ways[facet.id] ?? this.wayOf(facings, facet);
    return from.next[way] ?? this.branch(facings, from, way);
  }

  private wayOf(facings: Facings, facet: FacetClass): number {
    this.memory.used++;
    const said = Uint8Array.from(this.tool.candidates, ({ index }) => facet.verdicts[index] ?? 0);
    const key = keyOf(said);
    const way = (key === undefined ? undefined : facings.byVerdicts.get(key)) ?? facings.said.push(said) - 1;
    if (key !== undefined) facings.byVerdicts.set(key, way);
    return (facings.ways[facet.id] = way);
  }

  private branch(facings: Facings, from: Branch, way: number): Branch {
    this.memory.used++;
    const said = facings.said[way];
    const verdicts = from.verdicts.map((verdict, i) => verdict & (said?.[i] ?? 0));
    const key = keyOf(verdicts);
    const branch = (key === undefined ? undefined : facings.ends.get(key)) ?? branchOf(verdicts);
    if (key !== undefined) facings.ends.set(key, branch);
    return (from.next[way] = branch);
  }
}

/** How the classes of one facet face the candidates of a junction. */
interface Facings {
  /** By the id of a class. */
  readonly ways: number[];
  /** What each way says of each candidate. */
  readonly said: Uint8Array[];
  readonly byVerdicts: Map<string, number>;
  readonly ends: Map<string, Branch>;
}

/** Equal for verdicts that are the same and certain; none where a call's own facts are needed to say what stays open. */
const keyOf = (verdicts: Uint8Array): string | undefined =>
  verdicts.some(hasMaybe) ? undefined : String.fromCharCode(...verdicts);

/** A rule that may apply. What it hangs on is worked out when somebody asks. */
class OpenEntry implements Entry {
  readonly truth = 'maybe';
  #open: Open | undefined;

  constructor(
    readonly rule: CompiledRule,
    private readonly tool: Truth,
    private readonly facts: ScopeFacts,
    private readonly readings: Readings,
  ) {}

  get open(): Open {
    return (this.#open ??= openQuestions(this.rule, this.tool, this.facts, this.readings));
  }
}
