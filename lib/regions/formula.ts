/**
 * What a rule asks of a call, as a formula over atoms. Each part has one of three outcomes: true, false, or error (also what is no
 * boolean), combined as CEL combines them.
 */
import type { ConditionReads, Json } from '../engine';
import type { Program } from '../cel';
import {
  ALL_MEMBERS,
  NO_VALUES,
  testedMembers,
  testedNumbers,
  testedTexts,
  type ValueSet,
  type ValueTest,
} from './value-sets';
import { ALL_NUMBERS, NO_NUMBERS } from './number-sets';
import { ALL_TEXTS } from './text-sets';

/** A set of outcomes, as bits. */
export type OutcomeSet = number;
export const TRUE: OutcomeSet = 1;
export const FALSE: OutcomeSet = 2;
export const ERROR: OutcomeSet = 4;
export const ANY: OutcomeSet = 7;

export type Formula =
  | { readonly kind: 'constant'; readonly outcome: OutcomeSet }
  | FactAtom
  | OpaqueAtom
  | { readonly kind: 'not'; readonly of: Formula }
  | { readonly kind: 'and' | 'or'; readonly terms: readonly Formula[] }
  | { readonly kind: 'if'; readonly test: Formula; readonly yes: Formula; readonly no: Formula }
  /** True where the outcome is among these, else false: never an error. */
  | { readonly kind: 'is'; readonly of: Formula; readonly outcomes: OutcomeSet };

/** A test of the value at one path. */
export interface FactAtom {
  readonly kind: 'fact';
  /** The steps of the path as JSON text. */
  readonly fact: string;
  /** The values of each set of outcomes, by its bits. */
  readonly values: readonly ValueSet[];
}

/** A test that is not understood: the same text has the same outcome. */
export interface OpaqueAtom {
  readonly kind: 'opaque';
  readonly source: string;
  readonly program: Program | undefined;
  /** The paths that it may read, as CEL writes them, and these as the engine reads them. */
  readonly paths: readonly string[];
  readonly reads: ConditionReads;
  /** Constants of the source: values to try. */
  readonly constants: readonly Json[];
}

/** What must be true of a call: that a formula has one of these outcomes. */
export interface Requirement {
  readonly formula: Formula;
  readonly outcomes: OutcomeSet;
}

export const constant = (outcome: OutcomeSet): Formula => ({ kind: 'constant', outcome });
export const all = (terms: readonly Formula[]): Formula =>
  terms.length === 1 && terms[0] ? terms[0] : { kind: 'and', terms };
export const any = (terms: readonly Formula[]): Formula =>
  terms.length === 1 && terms[0] ? terms[0] : { kind: 'or', terms };
export const not = (of: Formula): Formula => ({ kind: 'not', of });
export const is = (of: Formula, outcomes: OutcomeSet): Formula => ({ kind: 'is', of, outcomes });

/** The outcomes when true and false change places. */
export const swapped = (outcomes: OutcomeSet): OutcomeSet =>
  (outcomes & ERROR) | (outcomes & TRUE ? FALSE : 0) | (outcomes & FALSE ? TRUE : 0);

type PartOutcome = OutcomeSet | ValueTest;

/** What an atom comes to for each kind of value. Errors where nothing is said. */
export interface AtomOutcomes {
  readonly unreachable?: OutcomeSet;
  readonly absent?: OutcomeSet;
  readonly null?: OutcomeSet;
  readonly true?: OutcomeSet;
  readonly false?: OutcomeSet;
  readonly other?: OutcomeSet;
  readonly numbers?: PartOutcome;
  readonly texts?: PartOutcome;
  readonly lists?: PartOutcome;
  readonly maps?: PartOutcome;
}

export function factAtom(steps: readonly string[], outcomes: AtomOutcomes): FactAtom {
  const values = Array.from({ length: ANY + 1 }, (_, wanted) => valuesWith(outcomes, wanted));
  return { kind: 'fact', fact: JSON.stringify(steps), values };
}

function valuesWith(outcomes: AtomOutcomes, wanted: OutcomeSet): ValueSet {
  const includes = (outcome: OutcomeSet = ERROR): boolean => (outcome & wanted) !== 0;
  return {
    ...NO_VALUES,
    unreachable: includes(outcomes.unreachable),
    absent: includes(outcomes.absent),
    null: includes(outcomes.null),
    true: includes(outcomes.true),
    false: includes(outcomes.false),
    other: includes(outcomes.other),
    numbers: part(outcomes.numbers, wanted, [NO_NUMBERS, ALL_NUMBERS], testedNumbers),
    texts: part(outcomes.texts, wanted, [undefined, ALL_TEXTS], testedTexts),
    lists: part(outcomes.lists, wanted, [undefined, ALL_MEMBERS], testedMembers),
    maps: part(outcomes.maps, wanted, [undefined, ALL_MEMBERS], testedMembers),
  };
}

function part<T>(
  outcome: PartOutcome = ERROR,
  wanted: OutcomeSet,
  [none, every]: readonly [T, T],
  tested: (test: ValueTest, passes: boolean) => T,
): T {
  if (typeof outcome === 'number') return (outcome & wanted) !== 0 ? every : none;
  const [yes, no] = [(wanted & TRUE) !== 0, (wanted & FALSE) !== 0];
  return yes && no ? every : yes || no ? tested(outcome, yes) : none;
}
