/**
 * Classes of calls that a policy cannot tell apart in one respect, the tool's name or one facet of the scope, each with its verdict on
 * every rule under all readings. The classes of a trace are few, whatever its length.
 */
import { facetFacts } from './facts';
import { matchTool, type CompiledRule } from './match';
import type { Facet, JsonObject } from './model';
import { comparable, flipped, OURS } from './readings';
import { matchFacet, NO_FACTS, type Selector, type Values } from './scope';
import { ALWAYS, pack } from './verdict';

const ANY_CASE = flipped('case');
const ALL_VALUES = flipped('facet-or');
const STOPPING = flipped('star');

export interface ToolClass {
  readonly id: number;
  /** The active rules whose patterns match, or may, under some reading. */
  readonly candidates: readonly CompiledRule[];
  /** What the patterns of each candidate say. */
  readonly verdicts: Uint8Array;
}

/** One class for each name. */
export class ToolClasses {
  private readonly active: readonly CompiledRule[];
  private readonly known = new Map<string | null | undefined, ToolClass>();
  private made = 0;

  constructor(
    rules: readonly CompiledRule[],
    private readonly limit: number,
  ) {
    this.active = rules.filter((rule) => rule.active);
  }

  classOf(name: string | null | undefined): ToolClass {
    const known = this.known.get(name);
    if (known) return known;
    const candidates: CompiledRule[] = [];
    const verdicts: number[] = [];
    for (const rule of this.active) {
      const ours = matchTool(rule, name, OURS);
      const verdict = pack({
        ours,
        'facet-or': ours,
        case: matchTool(rule, name, ANY_CASE),
        star: matchTool(rule, name, STOPPING),
      });
      if (verdict === 0) continue;
      candidates.push(rule);
      verdicts.push(verdict);
    }
    if (this.known.size >= this.limit) this.known.clear();
    const made = { id: this.made++, candidates, verdicts: Uint8Array.from(verdicts) };
    this.known.set(name, made);
    return made;
  }
}

export interface FacetClass {
  /** Never given twice. */
  readonly id: number;
  /** By rule index. */
  readonly verdicts: Uint8Array;
}

/** Calls are in one class where each fact behind the facet meets the same selectors, exactly and in any case, or is as unknown. */
export class FacetClasses {
  private readonly rules: readonly { readonly index: number; readonly selectors: readonly Selector[] }[];
  private readonly codes = new Map<string, string>();
  private readonly folded = new Map<string, string>();
  private readonly known = new Map<string, FacetClass>();
  private made = 0;

  constructor(
    private readonly facet: Facet,
    private readonly all: readonly CompiledRule[],
    private readonly limit: number,
  ) {
    this.rules = all.flatMap(({ index, scope, active }) => {
      const part = scope.find((one) => one.facet === facet);
      return part && active ? { index, selectors: part.selectors } : [];
    });
    for (const { value } of this.rules.flatMap((rule) => rule.selectors)) {
      if (!this.codes.has(value)) this.codes.set(value, String(this.codes.size));
      const fold = comparable(value, ANY_CASE);
      if (!this.folded.has(fold)) this.folded.set(fold, `~${this.folded.size}`);
    }
  }

  classOf(call: JsonObject): FacetClass {
    const facts = facetFacts(call, this.facet);
    const key = this.keyOf(facts);
    const known = this.known.get(key);
    if (known) return known;
    if (this.known.size >= this.limit) this.known.clear();
    const made = { id: this.made++, verdicts: this.verdictsOn(facts) };
    this.known.set(key, made);
    return made;
  }

  private verdictsOn(values: readonly Values[]): Uint8Array {
    const { facet } = this;
    const facts = { ...NO_FACTS, [facet]: values };
    const verdicts = new Uint8Array(this.all.length).fill(ALWAYS);
    for (const { index, selectors } of this.rules) {
      const ours = matchFacet(facet, selectors, facts, OURS);
      verdicts[index] = pack({
        ours,
        'facet-or': matchFacet(facet, selectors, facts, ALL_VALUES),
        case: matchFacet(facet, selectors, facts, ANY_CASE),
        star: ours,
      });
    }
    return verdicts;
  }

  private keyOf(facts: readonly Values[]): string {
    let key = '';
    for (const values of facts) {
      if (values === undefined) key += '?|';
      else if (values.length === 0) key += '|';
      else if (values.length === 1) key += `${this.code(values[0] ?? '')}|`;
      else
        key += `${[...new Set(values.map((value) => this.code(value)))]
          .filter((code) => code !== '')
          .sort()
          .join()}|`;
    }
    return key;
  }

  /** Which selectors a value meets; empty where none in any case. */
  private code(value: string): string {
    return this.codes.get(value) ?? this.folded.get(comparable(value, ANY_CASE)) ?? '';
  }
}
