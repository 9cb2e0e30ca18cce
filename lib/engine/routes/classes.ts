/**
 * Classes of calls that a policy cannot tell apart in one respect, the tool's name or one facet of the scope, each with its verdict on
 * every rule under all readings. The classes of a trace are few, whatever its length.
 */
import { FACET_READS, facetFacts, type FacetFact } from '../match/facts';
import { matchTool, type CompiledPattern, type CompiledRule } from '../match/match';
import type { Facet, JsonObject } from '../model/model';
import { combineValues, comparable, flipped, type Readings, type Truth } from '../model/readings';
import { matchFacet, NO_FACTS, SOURCES, type FactValues, type ScopeFacts, type Selector } from '../match/scope';
import { ALWAYS, pack } from './verdict';

const ANY_CASE = flipped('case');

/** Counts what is remembered of the calls seen, so that a hostile trace cannot fill the memory. */
export interface ClassMemory {
  used: number;
}

export interface ToolClass {
  /** The active rules whose patterns match, or may, under some reading. */
  readonly candidates: readonly CompiledRule[];
  /** What the patterns of each candidate say. */
  readonly verdicts: Uint8Array;
}

/** One class for each name. */
export class ToolClasses {
  private readonly rules: readonly { readonly rule: CompiledRule; readonly patterns: readonly number[] }[];
  /** Those of all rules, each once. */
  private readonly patterns: readonly CompiledPattern[];

  constructor(
    rules: readonly CompiledRule[],
    private readonly readings: Readings,
  ) {
    const active = rules.filter((rule) => rule.active);
    const distinct = new DistinctValues<CompiledPattern>();
    this.rules = active.map((rule) => ({
      rule,
      patterns: rule.patterns.map((pattern) => distinct.place(pattern.pattern, pattern)),
    }));
    this.patterns = distinct.all;
  }

  classOf(name: string | null | undefined): ToolClass {
    const [otherCase, otherStar] = [flipped('case', this.readings), flipped('star', this.readings)];
    const said = this.patterns.map((pattern) => {
      const only = { patterns: [pattern] };
      const ours = matchTool(only, name, this.readings);
      return pack({
        ours,
        'facet-or': ours,
        case: matchTool(only, name, otherCase),
        star: matchTool(only, name, otherStar),
      });
    });
    const candidates: CompiledRule[] = [];
    const verdicts: number[] = [];
    for (const { rule, patterns } of this.rules) {
      // One pattern that matches is enough.
      const verdict = patterns.reduce((any, place) => any | (said[place] ?? 0), 0);
      if (verdict === 0) continue;
      candidates.push(rule);
      verdicts.push(verdict);
    }
    return { candidates, verdicts: Uint8Array.from(verdicts) };
  }
}

/** Things of which many rules have the same, by their places. */
class DistinctValues<T> {
  readonly all: T[] = [];
  private readonly places = new Map<string, number>();

  place(key: string, one: T): number {
    let place = this.places.get(key);
    if (place === undefined) this.places.set(key, (place = this.all.push(one) - 1));
    return place;
  }
}

export interface FacetClass {
  /** Counts the classes of one facet from 0. */
  readonly id: number;
  /** By rule index. */
  readonly verdicts: Uint8Array;
}

/** Where the facts of a call lead, code by code; a class is where they end. */
class ClassTrieNode {
  readonly next = new Map<number, ClassTrieNode>();
  /** Where a fact of one value leads, by the value itself: what most facts are. */
  readonly by = new Map<string, ClassTrieNode>();
  found: FacetClass | undefined;
}

/** The codes of values: of no selector, and in the place of a fact: unknown. */
const NO_SELECTOR = 0;
const UNKNOWN = -1;

/** Calls are in one class where each fact behind the facet meets the same selectors, exactly and in any case, or is as unknown. */
export class FacetClasses {
  /** For each rule that asks for something in this facet, what. */
  private readonly asked = new Map<number, number>();
  private readonly lists: readonly (readonly Selector[])[];
  /** Each selector once, with the lists that name it: of many names a call meets few. */
  private readonly named: readonly { readonly selector: Selector; readonly lists: number[] }[];
  /** Codes of values as they are written: those of selectors, and of values that were met. */
  private readonly codes = new Map<string, number>();
  private readonly folded = new Map<string, number>();
  /** The facts that any selector is matched against. */
  private readonly reads: (typeof FACET_READS)[Facet];
  private readonly root = new ClassTrieNode();
  private made = 0;

  constructor(
    private readonly facet: Facet,
    private readonly all: readonly CompiledRule[],
    private readonly readings: Readings,
    private readonly memory: ClassMemory,
  ) {
    const distinct = new DistinctValues<readonly Selector[]>();
    for (const { index, scope, active } of all) {
      const part = active ? scope.find((one) => one.facet === facet) : undefined;
      if (part) this.asked.set(index, distinct.place(JSON.stringify(part.written), part.selectors));
    }
    this.lists = distinct.all;
    const selectors = this.lists.flat();
    const places = new DistinctValues<{ selector: Selector; lists: number[] }>();
    this.lists.forEach((list, at) => {
      for (const selector of list)
        places.all[places.place(selector.kind + selector.value, { selector, lists: [] })]?.lists.push(at);
    });
    this.named = places.all;
    this.reads = FACET_READS[facet].filter((_, i) => selectors.some(({ kind }) => kind === SOURCES[facet][i]?.kind));
    for (const { value } of selectors) {
      // Even codes for what is written as a selector is, odd ones for what differs from it in case.
      if (!this.codes.has(value)) this.codes.set(value, 2 * this.codes.size + 2);
      const fold = comparable(value, ANY_CASE);
      if (!this.folded.has(fold)) this.folded.set(fold, 2 * this.folded.size + 1);
    }
  }

  /** Whether a rule asks for anything in this facet. */
  restricts(rule: number): boolean {
    return this.asked.has(rule);
  }

  classOf(call: JsonObject): FacetClass {
    let place = this.root;
    for (const read of this.reads) {
      const fact = read(call);
      const single = typeof fact === 'string' ? fact : fact?.length === 1 ? fact[0] : undefined;
      place = (single === undefined ? undefined : place.by.get(single)) ?? this.after(place, fact, single);
    }
    if (place.found) return place.found;
    this.memory.used++;
    return (place.found = { id: this.made++, verdicts: this.verdictsOn(facetFacts(call, this.facet)) });
  }

  /** Where one fact leads. Its values are a set: their order, and values that meet no selector, make no difference. */
  private after(place: ClassTrieNode, fact: FacetFact, single: string | undefined): ClassTrieNode {
    if (fact === undefined) return this.step(place, UNKNOWN);
    const values = typeof fact === 'string' ? [fact] : (fact ?? []);
    const codes = new Set(values.map((value) => this.code(value)));
    let after = place;
    for (const code of [...codes].sort((a, b) => a - b)) if (code !== NO_SELECTOR) after = this.step(after, code);
    after = this.step(after, NO_SELECTOR);
    if (single !== undefined) {
      this.memory.used++;
      place.by.set(single, after);
    }
    return after;
  }

  private step(place: ClassTrieNode, code: number): ClassTrieNode {
    let next = place.next.get(code);
    if (!next) {
      this.memory.used++;
      place.next.set(code, (next = new ClassTrieNode()));
    }
    return next;
  }

  private verdictsOn(values: readonly FactValues[]): Uint8Array {
    const { facet, readings } = this;
    const [allValues, otherCase] = [flipped('facet-or', readings), flipped('case', readings)];
    const facts = { ...NO_FACTS, [facet]: values };
    const [met, metInCase] = [this.truthsOn(facts, readings), this.truthsOn(facts, otherCase)];
    const said = this.lists.map(({ length }, list) => {
      const truth = ({ [list]: truths }: typeof met, read: Readings): Truth =>
        truths === undefined ? 'no' : combineValues(truths.length < length ? [...truths, 'no'] : truths, read);
      const ours = truth(met, readings);
      return pack({ ours, 'facet-or': truth(met, allValues), case: truth(metInCase, otherCase), star: ours });
    });
    const verdicts = new Uint8Array(this.all.length).fill(ALWAYS);
    for (const [rule, place] of this.asked) verdicts[rule] = said[place] ?? 0;
    return verdicts;
  }

  /** By list: what its selectors say of the facts, without those that say no. */
  private truthsOn(facts: ScopeFacts, readings: Readings): readonly (Truth[] | undefined)[] {
    const truths: (Truth[] | undefined)[] = [];
    for (const { selector, lists } of this.named) {
      const truth = matchFacet(this.facet, [selector], facts, readings);
      if (truth !== 'no') for (const list of lists) (truths[list] ??= []).push(truth);
    }
    return truths;
  }

  /** Which selectors a value meets. */
  private code(value: string): number {
    const known = this.codes.get(value);
    if (known !== undefined) return known;
    const code = this.folded.get(comparable(value, ANY_CASE)) ?? NO_SELECTOR;
    this.memory.used++;
    this.codes.set(value, code);
    return code;
  }
}
