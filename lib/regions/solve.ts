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
  type Formula,
  type OpaqueAtom,
  type OutcomeSet,
  type Requirement,
} from './formula';
import { innerValues, parentOf, parentValues, valuesOfFact, type FactSteps } from './facts';
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
  const start = new BoxBuilder();
  return requirements.every((one) => start.require(one)) ? branch(start, limit) : { kind: 'none' };
}

function branch(box: BoxBuilder, limit: WorkLimit): BoxSearch {
  if (limit.left-- <= 0) return { kind: 'unknown' };
  const open = box.fewestChoices();
  if (open === 'contradiction') return { kind: 'none' };
  if (open === undefined) return { kind: 'box', box };
  let unknown = false;
  for (const choice of open) {
    const next = box.copy();
    if (!choice.every((one) => next.require(one))) continue;
    const found = branch(next, limit);
    if (found.kind === 'box') return found;
    if (found.kind === 'unknown') unknown = true;
    if (limit.left <= 0) return { kind: 'unknown' };
  }
  return { kind: unknown ? 'unknown' : 'none' };
}

class BoxBuilder implements CallBox {
  facts = new Map<string, ValueSet>();
  opaque = new Map<string, { readonly atom: OpaqueAtom; readonly outcomes: OutcomeSet }>();
  #open: Requirement[] = [];

  copy(): BoxBuilder {
    const copy = new BoxBuilder();
    copy.facts = new Map(this.facts);
    copy.opaque = new Map(this.opaque);
    copy.#open = [...this.#open];
    return copy;
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

  #narrow(fact: string, to: ValueSet | undefined): boolean {
    const steps = JSON.parse(fact) as FactSteps;
    const had = this.facts.get(fact) ?? valuesOfFact(steps);
    const values = to && intersectValues(had, to);
    if (!values) return false;
    this.facts.set(fact, values);
    return this.#spread(steps, values);
  }

  /** What follows for the facts around and inside. */
  #spread(steps: FactSteps, values: ValueSet): boolean {
    const parent = parentOf(steps);
    if (parent && !this.#follow(parent, parentValues(values, steps))) return false;
    const inside = JSON.stringify(steps).slice(0, -1);
    for (const fact of [...this.facts.keys()]) {
      if (!fact.startsWith(`${inside},`)) continue;
      const inner = JSON.parse(fact) as FactSteps;
      const around = parentOf(inner);
      const known = around && this.facts.get(JSON.stringify(around));
      if (known && !this.#settle(fact, inner, innerValues(known, inner))) return false;
    }
    return true;
  }

  #follow(steps: FactSteps, to: ValueSet): boolean {
    const fact = JSON.stringify(steps);
    const had = this.facts.get(fact) ?? valuesOfFact(steps);
    const values = intersectValues(had, to);
    if (!values) return false;
    this.facts.set(fact, values);
    return this.#spread(steps, values);
  }

  #settle(fact: string, steps: FactSteps, to: ValueSet): boolean {
    const values = intersectValues(this.facts.get(fact) ?? valuesOfFact(steps), to);
    if (values) this.facts.set(fact, values);
    return values !== undefined;
  }

  /** The outcomes that a formula may have for calls of the box. */
  possible(formula: Formula): OutcomeSet {
    switch (formula.kind) {
      case 'constant':
        return formula.outcome;
      case 'fact': {
        const had = this.facts.get(formula.fact) ?? valuesOfFact(JSON.parse(formula.fact) as FactSteps);
        return [TRUE, FALSE, ERROR].reduce((found, outcome) => {
          const values = formula.values[outcome];
          return values && intersectValues(had, values) ? found | outcome : found;
        }, 0);
      }
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
