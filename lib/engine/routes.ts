/**
 * Which rules can touch a call, by all that a condition does not decide: the tool's name and the scope's facts. Calls that agree in these,
 * as far as the policy tells them apart, share one `Route`, so that a trace costs little more than its conditions.
 */
import { FacetClasses, ToolClasses, type FacetClass, type ToolClass } from './classes';
import { scopeFacts, toolName } from './facts';
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
}

/** The readings on which scope and patterns depend. */
const FLIPS = (['facet-or', 'case', 'star'] as const).map((reading) => ({
  reading,
  readings: flipped(reading),
  field: FIELD[reading],
}));

/** Past this many, what is remembered is forgotten and begun anew: a hostile trace must not fill the memory. */
const MAX_REMEMBERED = 16_384;

/** Finds the route of a call, and remembers it. */
export class Router {
  private readonly tools: ToolClasses;
  private readonly facets: readonly FacetClasses[];
  /** By the classes of tool and facets. */
  private readonly byClasses = new Map<string, Route>();
  /** By the tool's class and what comes out of it: many classes come to the same. */
  private readonly byVerdicts = new Map<string, Route>();
  /** Entries of rules that certainly apply: they say nothing of the call. */
  private readonly certain: readonly Entry[];
  private readonly scratch: Uint8Array;

  constructor(rules: readonly CompiledRule[]) {
    this.tools = new ToolClasses(rules, MAX_REMEMBERED);
    const used = FACETS.filter((facet) => rules.some((rule) => rule.scope.some((part) => part.facet === facet)));
    this.facets = used.map((facet) => new FacetClasses(facet, rules, MAX_REMEMBERED));
    this.certain = rules.map((rule) => ({ rule, truth: 'yes', open: undefined }));
    this.scratch = new Uint8Array(rules.length);
  }

  routeOf(call: JsonObject): Route {
    const tool = this.tools.classOf(toolName(call));
    const classes: FacetClass[] = [];
    let key = String(tool.id);
    for (const facet of this.facets) {
      const found = facet.classOf(call);
      classes.push(found);
      key += `,${found.id}`;
    }
    let route = this.byClasses.get(key);
    if (route) return route;
    const verdicts = this.combine(tool, classes);
    if (verdicts.some(hasMaybe)) route = this.makeRoute(verdicts, call, tool);
    else {
      const result = `${tool.id},${String.fromCharCode(...verdicts)}`;
      route = this.byVerdicts.get(result);
      if (!route) remember(this.byVerdicts, result, (route = this.makeRoute(verdicts, call, tool)));
    }
    remember(this.byClasses, key, route);
    return route;
  }

  /** What tool and scope together say of each candidate. The result is good until the next call. */
  private combine({ candidates, verdicts }: ToolClass, classes: readonly FacetClass[]): Uint8Array {
    const combined = this.scratch.subarray(0, candidates.length);
    for (let i = 0; i < combined.length; i++) {
      let verdict = verdicts[i] ?? 0;
      const index = candidates[i]?.index ?? 0;
      for (let f = 0; f < classes.length && verdict !== 0; f++) verdict &= classes[f]?.verdicts[index] ?? 0;
      combined[i] = verdict;
    }
    return combined;
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
    };
  }
}

function remember(routes: Map<string, Route>, key: string, route: Route): void {
  if (routes.size >= MAX_REMEMBERED) routes.clear();
  routes.set(key, route);
}

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
