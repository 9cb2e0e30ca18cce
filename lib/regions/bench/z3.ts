/** Which rules are shadowed, asked of Z3 (SMT-LIB 2): what a general solver costs. It is not a dependency: `npm install --no-save z3-solver`. */
import { ANY, ERROR, FALSE, TRUE, type FactAtom, type Formula, type OutcomeSet } from '../formula';
import { factOf } from '../facts';
import type { NumberSet } from '../number-sets';
import type { PolicyRegion } from '../policy-region';
import type { GlobPieces, TextLanguage } from '../text-languages';
import type { MemberSet, ValueSet } from '../value-sets';

export interface Solver {
  readonly Z3: {
    mk_config(): unknown;
    mk_context(config: unknown): object;
    eval_smtlib2_string(context: object, text: string): Promise<string>;
  };
}

/** For each active rule whether a call reaches it, as `findDecided` says. */
export async function solverAnswers(
  { Z3 }: Solver,
  region: PolicyRegion,
): Promise<readonly ('call' | 'none' | 'unknown')[]> {
  const rules = region.rules.filter((rule) => rule !== undefined);
  const writer = new SmtWriter();
  const decides = rules.map((rule) => writer.outcome(rule.decides, TRUE));
  const definitions = [
    ...writer.declarations(),
    ...decides.map((one, i) => `(define-fun decides${String(i)} () Bool ${one})`),
  ];
  const begin = () => repeated(() => beginContext(Z3, definitions));
  let context = await begin();
  const answers: ('call' | 'none' | 'unknown')[] = [];
  for (const i of rules.keys()) {
    const above = Array.from({ length: i }, (_, other) => `(assert (not decides${String(other)}))`);
    const question = `(push)(assert decides${String(i)})${above.join('')}(check-sat)(pop)`;
    answers.push(
      await repeated(async () => {
        const found = ANSWERS[(await Z3.eval_smtlib2_string(context, question)).trim()];
        // What was not read to its end may have left its assertions behind.
        if (found === undefined) context = await begin();
        return found;
      }),
    );
  }
  return answers;
}

/** A context that knows these; undefined where Z3 did not understand them. */
async function beginContext(
  { mk_context, mk_config, eval_smtlib2_string: evaluate }: Solver['Z3'],
  lines: readonly string[],
) {
  const context = mk_context(mk_config());
  for (const line of lines) if ((await evaluate(context, line)) !== '') return undefined;
  return context;
}

const MOST_TRIES = 20;

/** Z3 reads a text in a thread of its own, and on a busy machine it may be overwritten before: then there is an error, and the text is given again. */
async function repeated<T extends object | string>(ask: () => Promise<T | undefined>): Promise<T> {
  for (let i = 0; i < MOST_TRIES; i++) {
    const answer = await ask();
    if (answer !== undefined) return answer;
  }
  throw new Error('Z3 does not read the definitions or the question');
}

const ANSWERS: Readonly<Record<string, 'call' | 'none' | 'unknown'>> = {
  sat: 'call',
  unsat: 'none',
  unknown: 'unknown',
};

/** Undefined where Z3 is not installed. */
export async function loadSolver(): Promise<Solver | undefined> {
  const name = 'z3-solver';
  try {
    const { init } = (await import(name)) as { readonly init: () => Promise<Solver> };
    return await init();
  } catch {
    return undefined;
  }
}

const KINDS = ['unreachable', 'absent', 'null', 'yes', 'no', 'other', 'numbers', 'texts', 'lists', 'maps'] as const;

/** Writes formulas as terms over one kind, number, text, size and set of members for each fact. */
class SmtWriter {
  readonly #names = new Map<string, string>();
  readonly #declared: string[] = [`(declare-datatypes ((Kind 0)) ((${KINDS.map((kind) => `(${kind})`).join(' ')})))`];

  declarations(): readonly string[] {
    return this.#declared;
  }

  /** That a formula has one of these outcomes. */
  outcome(formula: Formula, outcomes: OutcomeSet): string {
    if (outcomes === 0) return 'false';
    if (outcomes === ANY) return 'true';
    switch (formula.kind) {
      case 'constant':
        return formula.outcome & outcomes ? 'true' : 'false';
      case 'fact':
        return this.#isIn(formula, formula.values[outcomes]);
      case 'opaque':
        return any(
          [TRUE, FALSE, ERROR]
            .filter((one) => one & outcomes)
            .map((one) => `(= ${this.#name(formula.source, 'Int')} ${one})`),
        );
      case 'not':
        return this.outcome(
          formula.of,
          (outcomes & ERROR) | (outcomes & TRUE ? FALSE : 0) | (outcomes & FALSE ? TRUE : 0),
        );
      case 'is':
        return this.outcome(
          formula.of,
          (outcomes & TRUE ? formula.outcomes : 0) | (outcomes & FALSE ? ANY & ~formula.outcomes : 0),
        );
      case 'if':
        return any([
          all([this.outcome(formula.test, TRUE), this.outcome(formula.yes, outcomes)]),
          all([this.outcome(formula.test, FALSE), this.outcome(formula.no, outcomes)]),
          outcomes & ERROR ? this.outcome(formula.test, ERROR) : 'false',
        ]);
      default:
        return this.#ofTerms(formula.kind === 'and' ? [TRUE, FALSE] : [FALSE, TRUE], formula.terms, outcomes);
    }
  }

  #ofTerms(
    [neutral, settling]: readonly [OutcomeSet, OutcomeSet],
    terms: readonly Formula[],
    outcomes: OutcomeSet,
  ): string {
    const each = (wanted: OutcomeSet) => terms.map((term) => this.outcome(term, wanted));
    return any([
      outcomes & neutral ? all(each(neutral)) : 'false',
      outcomes & settling ? any(each(settling)) : 'false',
      outcomes & ERROR ? all([any(each(ERROR)), ...each(neutral | ERROR)]) : 'false',
    ]);
  }

  #isIn({ fact }: FactAtom, set: ValueSet | undefined): string {
    return set ? all([this.#within(fact, factOf(fact).values), this.#within(fact, set)]) : 'false';
  }

  #within(fact: string, set: ValueSet): string {
    const [kind, number, text] = [
      this.#name(`kind ${fact}`, 'Kind'),
      this.#name(`number ${fact}`, 'Real'),
      this.#name(`text ${fact}`, 'String'),
    ];
    const is = (one: string) => `(= ${kind} ${one})`;
    const members = (one: string, wanted: MemberSet | undefined) =>
      wanted ? all([is(one), ...this.#members(fact, wanted)]) : 'false';
    const inTexts = set.texts && [
      ...set.texts.within.map((language) => inLanguage(text, language)),
      ...set.texts.outside.map((language) => `(not ${inLanguage(text, language)})`),
      inNumbers(`(to_real (str.len ${text}))`, set.texts.size),
    ];
    return any([
      ...(['unreachable', 'absent', 'null', 'other'] as const).map((one) => (set[one] ? is(one) : 'false')),
      set.true ? is('yes') : 'false',
      set.false ? is('no') : 'false',
      all([is('numbers'), inNumbers(number, set.numbers)]),
      inTexts ? all([is('texts'), ...inTexts]) : 'false',
      members('lists', set.lists),
      members('maps', set.maps),
    ]);
  }

  #members(fact: string, { required, excluded, size }: MemberSet): readonly string[] {
    const has = (member: string) => this.#name(`member ${fact} ${member}`, 'Bool');
    return [
      ...[...required].map(has),
      ...[...excluded].map((one) => `(not ${has(one)})`),
      inNumbers(this.#name(`size ${fact}`, 'Real'), size),
    ];
  }

  #name(what: string, sort: string): string {
    let name = this.#names.get(what);
    if (name === undefined) {
      this.#names.set(what, (name = `v${this.#names.size}`));
      this.#declared.push(`(declare-const ${name} ${sort})`);
    }
    return name;
  }
}

const all = (terms: readonly string[]): string =>
  terms.includes('false')
    ? 'false'
    : joined(
        'and',
        'true',
        terms.filter((one) => one !== 'true'),
      );
const any = (terms: readonly string[]): string =>
  terms.includes('true')
    ? 'true'
    : joined(
        'or',
        'false',
        terms.filter((one) => one !== 'false'),
      );

function joined(operator: string, none: string, terms: readonly string[]): string {
  const [first = none, ...more] = terms;
  return more.length === 0 ? first : `(${operator} ${terms.join(' ')})`;
}

const inNumbers = (term: string, set: NumberSet): string =>
  any(
    set.map(([least, most]) =>
      all(
        [`(>= ${term} ${decimal(least)})`, `(<= ${term} ${decimal(most)})`].filter(
          (_, i) => Math.abs(i === 0 ? least : most) < 1e300,
        ),
      ),
    ),
  );

const decimal = (value: number): string =>
  value < 0 ? `(- ${decimal(-value)})` : value.toFixed(20).replace(/0+$/, '0').replace(/\.$/, '.0');

function inLanguage(text: string, { globs, key }: TextLanguage): string {
  return globs ? any(globs.map((pieces) => inGlob(text, pieces))) : `(= (str.len ${text}) ${key})`;
}

function inGlob(text: string, pieces: GlobPieces): string {
  const [first = ''] = pieces;
  if (pieces.length === 1) return `(= ${text} ${quoted(first)})`;
  const parts = pieces.flatMap((piece, i) => [
    ...(i > 0 ? ['re.all'] : []),
    ...(piece === '' ? [] : [`(str.to_re ${quoted(piece)})`]),
  ]);
  const [only = 're.all'] = parts;
  return `(str.in_re ${text} ${parts.length > 1 ? `(re.++ ${parts.join(' ')})` : only})`;
}

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
