/** Which rules of a policy may share calls, by their scopes and tool patterns alone: the others need not be reasoned about. */
import { parseSelector, type Facet, type Rule } from '../engine';
import { arePlainlyDisjoint, type TextLanguage } from './text-languages';

/** A rule with the languages of its tool patterns. */
export interface PatternedRule {
  readonly rule: Rule;
  readonly tools: readonly TextLanguage[];
}

/** Facets of which a call has one value: rules that name different ones share no call. A user has an id and an e-mail address, and several groups. */
const SINGLE_FACETS = ['resources', 'agents', 'instances'] as const satisfies readonly Facet[];

/** INVARIANT: it never leaves out a rule that shares a call. */
export class RuleOverlaps {
  readonly #aspects: readonly { meeting(rule: number): RuleBits }[];
  readonly #found: (readonly number[] | undefined)[] = [];

  constructor(rules: readonly PatternedRule[]) {
    this.#aspects = [
      new RuleAspect(
        rules.map(({ tools }) => ({ key: tools.map(({ key }) => key).join(), value: tools })),
        mayShareTools,
      ),
      ...SINGLE_FACETS.map((facet) => {
        const selected = rules.map(({ rule }) => ({
          key: JSON.stringify(rule.scope[facet]),
          value: namesOf(rule, facet),
        }));
        return new RuleAspect(selected, mayShareNames);
      }),
    ];
  }

  /** The indices of the rules that may share calls with one, itself among them, in their order. */
  of(index: number): readonly number[] {
    return (this.#found[index] ??= indicesIn(
      this.#aspects
        .map((aspect) => aspect.meeting(index))
        .reduce((rest, one) => rest.map((word, i) => word & (one[i] ?? 0))),
    ));
  }
}

/** One bit for each rule. */
type RuleBits = Uint32Array;

/** Rules by what they say of one part of a call: those that say the same are a group. */
class RuleAspect<T> {
  readonly #groupOf: readonly number[];
  readonly #groups: { readonly value: T; readonly members: RuleBits }[] = [];
  readonly #meeting: (RuleBits | undefined)[] = [];
  readonly #mayMeet: (a: T, b: T) => boolean;
  /** By two groups, the later one first: whether they may meet. Each two are compared once. */
  readonly #pairs: boolean[][] = [];

  constructor(said: readonly { readonly key: string; readonly value: T }[], mayMeet: (a: T, b: T) => boolean) {
    this.#mayMeet = mayMeet;
    const byKey = new Map<string, number>();
    this.#groupOf = said.map(({ key, value }, rule) => {
      const group = byKey.get(key) ?? byKey.size;
      byKey.set(key, group);
      const { members } = (this.#groups[group] ??= { value, members: new Uint32Array(Math.ceil(said.length / 32)) });
      members[rule >> 5] = (members[rule >> 5] ?? 0) | (1 << (rule & 31));
      return group;
    });
  }

  /** The rules that may share calls with one, as far as this aspect says. */
  meeting(rule: number): RuleBits {
    const group = this.#groupOf[rule] ?? 0;
    return (this.#meeting[group] ??= this.#compute(group));
  }

  #compute(group: number): RuleBits {
    const bits = new Uint32Array(this.#groups[group]?.members.length ?? 0);
    for (const [other, { members }] of this.#groups.entries()) {
      if (group !== other && !this.#meet(Math.max(group, other), Math.min(group, other))) continue;
      for (let i = 0; i < members.length; i++) bits[i] = (bits[i] ?? 0) | (members[i] ?? 0);
    }
    return bits;
  }

  #meet(later: number, earlier: number): boolean {
    const [a, b] = [this.#groups[later], this.#groups[earlier]];
    const known = (this.#pairs[later] ??= []);
    return (known[earlier] ??= a === undefined || b === undefined || this.#mayMeet(a.value, b.value));
  }
}

function indicesIn(bits: RuleBits): readonly number[] {
  const indices: number[] = [];
  bits.forEach((word, at) => {
    for (let rest = word; rest !== 0; rest &= rest - 1) indices.push(at * 32 + 31 - Math.clz32(rest & -rest));
  });
  return indices;
}

const mayShareTools = (a: readonly TextLanguage[], b: readonly TextLanguage[]): boolean =>
  a.some((one) => b.some((other) => !arePlainlyDisjoint(one, other)));

/** The names that a facet selects; undefined where it selects by other means, or everything. */
function namesOf({ scope }: Rule, facet: Facet): ReadonlySet<string> | undefined {
  const parsed = scope[facet].map((selector) => parseSelector(facet, selector));
  return parsed.length > 0 && parsed.every(({ kind }) => kind === 'name')
    ? new Set(parsed.map(({ value }) => value))
    : undefined;
}

const mayShareNames = (a: ReadonlySet<string> | undefined, b: ReadonlySet<string> | undefined): boolean =>
  a === undefined || b === undefined || [...a].some((name) => b.has(name));
