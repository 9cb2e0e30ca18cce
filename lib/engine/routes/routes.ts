/**
 * Which rules can touch a call, by all that a condition does not decide: the tool's name and the scope's facts. Calls that agree in these,
 * as far as the policy distinguishes them, share one `Route`, so that a trace costs little more than its conditions.
 */
import { FacetClasses, ToolClasses, type FacetClass, type ClassMemory, type ToolClass } from './classes';
import { scopeFacts, toolName } from '../match/facts';
import type { LineUpFork, LineUpLeaf } from './kinds';
import { openQuestions, type CompiledRule, type MatchedRule, type OpenMatch } from '../match/match';
import { FACETS, type JsonObject } from '../model/model';
import type { FlippedReading, Readings, Truth } from '../model/readings';
import { Code, codeIn, differsIn, FIELD, hasMaybe, type VerdictField } from './verdict';
import type { ScopeFacts } from '../match/scope';

export interface Route {
  /** In evaluation order. */
  readonly entries: readonly MatchedRule[];
  /** The same under each flipped reading that changes the list. */
  readonly flips: readonly (FlippedReading & { readonly entries: readonly MatchedRule[] })[];
  /** The flipped readings that change what becomes of a condition that errs. */
  readonly onError: readonly FlippedReading[];
  /** The kinds of calls that came this way so far. */
  kinds: LineUpLeaf | LineUpFork | undefined;
}

/** Past this many, what is remembered is forgotten and begun anew: a hostile trace must not fill the memory. */
const MAX_REMEMBERED = 262_144;

/** What is remembered of the calls seen. */
interface RouteMemory {
  readonly memory: ClassMemory;
  readonly tools: ToolClasses;
  readonly facets: readonly FacetClasses[];
  /** By the tool's name. */
  readonly junctions: Map<string | null | undefined, ToolJunction>;
}

function nothingKnown(rules: readonly CompiledRule[], readings: Readings): RouteMemory {
  const memory: ClassMemory = { used: 0 };
  const used = FACETS.filter((facet) => rules.some((rule) => rule.scope.some((part) => part.facet === facet)));
  return {
    memory,
    tools: new ToolClasses(rules, readings),
    facets: used.map((facet) => new FacetClasses(facet, rules, readings, memory)),
    junctions: new Map(),
  };
}

/** Finds the route of a call, and remembers it. */
export class Router {
  /** Entries of rules that certainly apply: they say nothing of the call. */
  private readonly certain: readonly MatchedRule[];
  /** The flipped readings on which scope and patterns depend. */
  private readonly flips: readonly (FlippedReading & { readonly field: VerdictField })[];
  private readonly onError: readonly FlippedReading[];
  private known: RouteMemory;

  /** @param variants the readings that hazards are compared under */
  constructor(
    private readonly rules: readonly CompiledRule[],
    private readonly readings: Readings,
    variants: readonly FlippedReading[],
  ) {
    this.onError = variants.filter(({ reading }) => reading === 'error-skips');
    this.flips = variants.flatMap((variant) =>
      variant.reading === 'error-skips' ? [] : [{ ...variant, field: FIELD[variant.reading] }],
    );
    this.certain = rules.map((rule) => ({ rule, truth: 'yes', open: undefined }));
    this.known = nothingKnown(rules, readings);
  }

  routeOf(call: JsonObject): Route {
    if (this.known.memory.used > MAX_REMEMBERED) this.known = nothingKnown(this.rules, this.readings);
    const { memory, tools, facets, junctions } = this.known;
    const name = toolName(call);
    let junction = junctions.get(name);
    if (!junction) junctions.set(name, (junction = new ToolJunction(tools.classOf(name), facets, memory)));
    let branch = junction.root;
    while (branch.asks !== undefined) branch = junction.follow(branch, branch.asks.classOf(call));
    return (branch.route ??= this.makeRoute(branch.verdicts, call, junction.tool));
  }

  /** Something was remembered that goes with a route. */
  remembered(): void {
    this.known.memory.used++;
  }

  private makeRoute(verdicts: Uint8Array, call: JsonObject, tool: ToolClass): Route {
    let facts: ScopeFacts | undefined;
    const under = (field: VerdictField, readings: Readings): MatchedRule[] => {
      const list: MatchedRule[] = [];
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
    const flips = this.flips.filter(({ field }) => verdicts.some((verdict) => differsIn(verdict, field)));
    return {
      entries: under(FIELD.ours, this.readings),
      flips: flips.map(({ reading, readings, field }) => ({ reading, readings, entries: under(field, readings) })),
      onError: this.onError,
      kinds: undefined,
    };
  }
}

/** Where the facets that were asked of calls of one tool lead. */
interface RouteBranch {
  /** What tool and facets so far say of each candidate. */
  readonly verdicts: Uint8Array;
  /** The facet that is asked next: the first that makes a difference to a candidate which is left; undefined where none does. */
  readonly asks: FacetClasses | undefined;
  /** By the id of its class. */
  readonly next: RouteBranch[];
  route: Route | undefined;
}

/** The branches of one class of tools. */
class ToolJunction {
  readonly root: RouteBranch;
  /** The branches of which all is certain, by what they ask and what they say: they lead to the same. */
  private readonly certain = new Map<string, RouteBranch>();
  /** The candidates, by their places, to which each facet makes a difference. */
  private readonly concerns: readonly (readonly number[])[];

  constructor(
    readonly tool: ToolClass,
    private readonly facets: readonly FacetClasses[],
    private readonly memory: ClassMemory,
  ) {
    this.memory.used++;
    this.concerns = facets.map((facet) =>
      tool.candidates.flatMap(({ index }, place) => (facet.restricts(index) ? [place] : [])),
    );
    this.root = this.branchOf(tool.verdicts, 0);
  }

  /** The branch that a class of the facet which is asked leads to. */
  follow(from: RouteBranch, facet: FacetClass): RouteBranch {
    return from.next[facet.id] ?? this.grow(from, facet);
  }

  private grow(from: RouteBranch, facet: FacetClass): RouteBranch {
    this.memory.used++;
    const { candidates } = this.tool;
    const verdicts = from.verdicts.map((verdict, i) => verdict & (facet.verdicts[candidates[i]?.index ?? 0] ?? 0));
    return (from.next[facet.id] = this.branchOf(verdicts, this.facets.findIndex((one) => one === from.asks) + 1));
  }

  /** `first`: the facets before it were asked, or make no difference. */
  private branchOf(verdicts: Uint8Array, first: number): RouteBranch {
    const at = this.concerns.findIndex((places, f) => f >= first && places.some((place) => verdicts[place]));
    const key = verdicts.some(hasMaybe) ? undefined : String.fromCharCode(at + 1, ...verdicts);
    const known = key === undefined ? undefined : this.certain.get(key);
    if (known) return known;
    const branch: RouteBranch = { verdicts, asks: this.facets[at], next: [], route: undefined };
    if (key !== undefined) this.certain.set(key, branch);
    return branch;
  }
}

/** A rule that may apply. What it depends on is worked out when it is asked for. */
class OpenEntry implements MatchedRule {
  readonly truth = 'maybe';
  #open: OpenMatch | undefined;

  constructor(
    readonly rule: CompiledRule,
    private readonly tool: Truth,
    private readonly facts: ScopeFacts,
    private readonly readings: Readings,
  ) {}

  get open(): OpenMatch {
    return (this.#open ??= openQuestions(this.rule, this.tool, this.facts, this.readings));
  }
}
