/**
 * Decides whether some call meets all requirements at once. A box narrows each fact to a set of values; what leaves a choice is split,
 * the part with the fewest choices first, until every requirement is met (a box of calls) or every branch is contradictory.
 *
 * INVARIANT: a box never loses a call that meets the requirements: where facts depend on one another in ways that are not followed, or an
 * atom is opaque, it has more calls than there are. `none` is therefore a proof, and a box is only a suggestion: what is picked from it is
 * decided by the engine before anything is said of it.
 */
import {
  ANY,
  ERROR,
  FALSE,
  swapped,
  TRUE,
  type FactAtom,
  type Formula,
  type OpaqueAtom,
  type OutcomeSet,
  type Requirement,
} from './formula';
import { factOf, innerValues, parentValues, type PolicyFact } from './facts';
import { intersectValues, type ValueSet } from './value-sets';

/** Calls, by what each fact and each opaque atom may be; what is not named may be anything. */
export interface CallBox {
  readonly facts: ReadonlyMap<string, ValueSet>;
  readonly opaque: ReadonlyMap<string, { readonly atom: OpaqueAtom; readonly outcomes: OutcomeSet }>;
}

export type BoxSearch =
  { readonly kind: 'box'; readonly box: CallBox } | { readonly kind: 'none' } | { readonly kind: 'unknown' };

/** Steps of work that are left; shared by what is asked together. */
export interface WorkLimit {
  left: number;
}

/** A box of calls that meet all requirements, that there is none, or `unknown` where the work ran out. */
export function findBox(requirements: readonly Requirement[], limit: WorkLimit): BoxSearch {
  return new BoxSearcher(requirements).find(limit);
}

/** Searches for boxes that meet requirements, to which more are added. */
export class BoxSearcher {
  readonly #box = new BoxBuilder();
  #possible = true;

  constructor(requirements: readonly Requirement[]) {
    for (const one of requirements) this.add(one);
  }

  add(requirement: Requirement): void {
    this.#possible &&= this.#box.require(requirement);
  }

  find(limit: WorkLimit): BoxSearch {
    return this.#possible ? branch(new BoxBuilder(this.#box), limit) : { kind: 'none' };
  }

  /** Whether a formula may be true of a call that meets the requirements; false is a proof. */
  mayHold(formula: Formula): boolean {
    return this.#possible && (this.#box.possible(formula) & TRUE) !== 0;
  }
}

function branch(box: BoxBuilder, limit: WorkLimit): BoxSearch {
  if (limit.left-- <= 0) return { kind: 'unknown' };
  const open = box.fewestChoices();
  if (open === 'contradiction') return { kind: 'none' };
  if (open === undefined) return { kind: 'box', box };
  let unknown = false;
  for (const [i, choice] of open.entries()) {
    // The last choice may take the box itself: nothing else looks at it any more.
    const next = i === open.length - 1 ? box : new BoxBuilder(box);
    if (!choice.every((one) => next.require(one))) continue;
    const found = branch(next, limit);
    if (found.kind === 'box') return found;
    if (found.kind === 'unknown') unknown = true;
    if (limit.left <= 0) return { kind: 'unknown' };
  }
  return { kind: unknown ? 'unknown' : 'none' };
}

class BoxBuilder implements CallBox {
  readonly facts: Map<string, ValueSet>;
  readonly opaque: Map<string, { readonly atom: OpaqueAtom; readonly outcomes: OutcomeSet }>;
  #open: Requirement[];
  /** Whether it has a fact inside another one that may be missing. */
  #nested: boolean;

  constructor(like?: BoxBuilder) {
    this.facts = new Map(like?.facts);
    this.opaque = new Map(like?.opaque);
    this.#open = like ? [...like.#open] : [];
    this.#nested = like ? like.#nested : false;
  }

  /** Narrows the box to what meets the requirement, or keeps it open where there is a choice; false on a contradiction. */
  require({ formula, outcomes }: Requirement): boolean {
    if (outcomes === ANY) return true;
    if (outcomes === 0) return false;
    switch (formula.kind) {
      case 'constant':
        return (formula.outcome & outcomes) !== 0;
      case 'fact':
        return this.#narrow(formula.fact, formula.values[outcomes]);
      case 'opaque': {
        const left = (this.opaque.get(formula.source)?.outcomes ?? ANY) & outcomes;
        this.opaque.set(formula.source, { atom: formula, outcomes: left });
        return left !== 0;
      }
      case 'not':
        return this.require({ formula: formula.of, outcomes: swapped(outcomes) });
      case 'is':
        return this.require({ formula: formula.of, outcomes: outcomesOfIs(formula.outcomes, outcomes) });
      case 'if':
        this.#open.push({ formula, outcomes });
        return true;
      default: {
        // `and` that must be true, or must not be false, asks the same of each term; `or` likewise with true and false in other places.
        const all = formula.kind === 'and' ? outcomes & (TRUE | ERROR) : outcomes & (FALSE | ERROR);
        const strict = formula.kind === 'and' ? TRUE : FALSE;
        if (outcomes === strict || outcomes === (strict | ERROR)) {
          return formula.terms.every((term) => this.require({ formula: term, outcomes: all }));
        }
        this.#open.push({ formula, outcomes });
        return true;
      }
    }
  }

  #narrow(key: string, to: ValueSet | undefined): boolean {
    const fact = factOf(key);
    const had = this.facts.get(key) ?? fact.values;
    const values = to && intersectValues(had, to);
    if (!values) return false;
    if (values === had && this.facts.has(key)) return true;
    this.facts.set(key, values);
    return this.#spread(fact, values);
  }

  /** What follows for the facts around and inside. */
  #spread({ key, steps, parent }: PolicyFact, values: ValueSet): boolean {
    if (parent) {
      this.#nested = true;
      if (!this.#narrow(parent.key, parentValues(values, steps))) return false;
    }
    if (!this.#nested) return true;
    const inside = `${key.slice(0, -1)},`;
    for (const other of [...this.facts.keys()]) {
      if (!other.startsWith(inside)) continue;
      const inner = factOf(other);
      const around = inner.parent && this.facts.get(inner.parent.key);
      if (around && !this.#settle(inner, innerValues(around, inner.steps))) return false;
    }
    return true;
  }

  #settle({ key, values: every }: PolicyFact, to: ValueSet): boolean {
    const values = intersectValues(this.facts.get(key) ?? every, to);
    if (values) this.facts.set(key, values);
    return values !== undefined;
  }

  /** The outcomes that a formula may have for calls of the box. */
  possible(formula: Formula): OutcomeSet {
    switch (formula.kind) {
      case 'constant':
        return formula.outcome;
      case 'fact':
        return outcomesAmong(formula, this.facts.get(formula.fact) ?? factOf(formula.fact).values);
      case 'opaque':
        return this.opaque.get(formula.source)?.outcomes ?? ANY;
      case 'not':
        return swapped(this.possible(formula.of));
      case 'is': {
        const of = this.possible(formula.of);
        return (of & formula.outcomes ? TRUE : 0) | (of & ~formula.outcomes ? FALSE : 0);
      }
      case 'if': {
        const test = this.possible(formula.test);
        const branches =
          (test & TRUE ? this.possible(formula.yes) : 0) | (test & FALSE ? this.possible(formula.no) : 0);
        return branches | (test & ERROR);
      }
      default:
        return possibleOf(
          formula.kind,
          formula.terms.map((term) => this.possible(term)),
        );
    }
  }

  /** The ways to meet the open requirement that has the fewest; undefined where all are met. Requirements that are met are dropped. */
  fewestChoices(): readonly (readonly Requirement[])[] | 'contradiction' | undefined {
    if (this.#open.length === 0) return undefined;
    let fewest: readonly (readonly Requirement[])[] | undefined;
    const open: Requirement[] = [];
    // Requirements of one search share formulas, those of rules: each is looked at once.
    const known = new Map<Formula, OutcomeSet>();
    const possibleOnce = (formula: Formula): OutcomeSet => {
      let outcomes = known.get(formula);
      if (outcomes === undefined) known.set(formula, (outcomes = this.possible(formula)));
      return outcomes;
    };
    for (const requirement of this.#open) {
      const possible = possibleOnce(requirement.formula);
      if ((possible & requirement.outcomes) === 0) return 'contradiction';
      if ((possible & ~requirement.outcomes) === 0) continue;
      open.push(requirement);
      const choices = choicesOf(requirement, possibleOnce).filter((choice) =>
        choice.every(({ formula, outcomes }) => (possibleOnce(formula) & outcomes) !== 0),
      );
      if (choices.length === 0) return 'contradiction';
      if (!fewest || choices.length < fewest.length) {
        fewest = choices;
        this.#chosen = requirement;
      }
    }
    this.#open = open.filter((one) => one !== this.#chosen);
    return fewest;
  }

  #chosen: Requirement | undefined;
}

const outcomesKnown = new WeakMap<FactAtom, WeakMap<ValueSet, OutcomeSet>>();

/** The outcomes of an atom whose fact has one of these values. */
function outcomesAmong(atom: FactAtom, had: ValueSet): OutcomeSet {
  let ofAtom = outcomesKnown.get(atom);
  if (!ofAtom) outcomesKnown.set(atom, (ofAtom = new WeakMap()));
  let found = ofAtom.get(had);
  if (found === undefined) {
    found = 0;
    for (const outcome of [TRUE, FALSE, ERROR]) {
      const values = atom.values[outcome];
      if (values && intersectValues(had, values)) found |= outcome;
    }
    ofAtom.set(had, found);
  }
  return found;
}

/** The outcomes of the inner formula for which `is` is among `wanted`. */
const outcomesOfIs = (inner: OutcomeSet, wanted: OutcomeSet): OutcomeSet =>
  (wanted & TRUE ? inner : 0) | (wanted & FALSE ? ANY & ~inner : 0);

function possibleOf(kind: 'and' | 'or', terms: readonly OutcomeSet[]): OutcomeSet {
  const [neutral, settling] = kind === 'and' ? [TRUE, FALSE] : [FALSE, TRUE];
  let found = 0;
  if (terms.every((term) => (term & neutral) !== 0)) found |= neutral;
  if (terms.some((term) => (term & settling) !== 0)) found |= settling;
  if (terms.some((term) => (term & ERROR) !== 0) && terms.every((term) => (term & (neutral | ERROR)) !== 0))
    found |= ERROR;
  return found;
}

/** The ways in which a requirement can be met, disjoint and together complete. */
function choicesOf(
  { formula, outcomes }: Requirement,
  possible: (formula: Formula) => OutcomeSet,
): readonly (readonly Requirement[])[] {
  if (formula.kind === 'if') {
    const { test, yes, no } = formula;
    return [
      [
        { formula: test, outcomes: TRUE },
        { formula: yes, outcomes },
      ],
      [
        { formula: test, outcomes: FALSE },
        { formula: no, outcomes },
      ],
      ...(outcomes & ERROR ? [[{ formula: test, outcomes: ERROR }]] : []),
    ];
  }
  if (formula.kind !== 'and' && formula.kind !== 'or') return [[{ formula, outcomes }]];
  const [neutral, settling] = formula.kind === 'and' ? [TRUE, FALSE] : [FALSE, TRUE];
  const { terms } = formula;
  const choices: Requirement[][] = [];
  const each = (wanted: OutcomeSet, count = terms.length): Requirement[] =>
    terms.slice(0, count).map((term) => ({ formula: term, outcomes: wanted }));
  // The first term that settles the result, if it may be settled. Of terms that cannot settle it nothing need be asked.
  if (outcomes & settling) {
    const able = terms.filter((term) => (possible(term) & settling) !== 0);
    able.forEach((term, i) =>
      choices.push([
        ...able.slice(0, i).map((before) => ({ formula: before, outcomes: ANY & ~settling })),
        { formula: term, outcomes: settling },
      ]),
    );
  }
  if (outcomes & neutral) choices.push(each(neutral));
  // The first term that errs, with none that settles.
  if (outcomes & ERROR) {
    terms.forEach((term, i) =>
      choices.push([
        ...each(neutral, i),
        { formula: term, outcomes: ERROR },
        ...terms.slice(i + 1).map((after) => ({ formula: after, outcomes: neutral | ERROR })),
      ]),
    );
  }
  return choices;
}
