import type { Hazard, LineUp, Policy, RuleId } from '../engine';

/** What happened to one rule over a whole trace. */
export interface RuleTally {
  readonly ruleId: RuleId;
  /** Calls that it decided. */
  readonly decided: number;
  /** Calls that it would decide if the rule that did were not there. */
  readonly next: number;
  /** Calls on which its condition errs, so that it is skipped. */
  readonly erred: number;
  /** Undecided calls that it could decide. */
  readonly mayDecide: number;
  /** Calls with a hazard that names it, by kind. */
  readonly gatePassed: number;
  readonly denySkipped: number;
  readonly ourReading: number;
}

type RuleTallyCounter = { -readonly [K in keyof RuleTally]: RuleTally[K] };
type TallyField = Exclude<keyof RuleTally, 'ruleId'>;

const HAZARD_FIELDS = {
  'gate-passed': 'gatePassed',
  'deny-skipped': 'denySkipped',
  'our-reading': 'ourReading',
} as const satisfies Record<Hazard['kind'], TallyField>;

/** Counts for each rule of a policy, call by call; what was counted can be taken back. */
export class ReplayTallies {
  readonly #counters: RuleTallyCounter[];
  readonly #byId: ReadonlyMap<RuleId, RuleTallyCounter>;
  nextIsDefault: number;

  /** `previous`: counts to go on from; those of rules that the policy has not are dropped. */
  constructor(
    { rules }: Policy,
    previous?: { readonly perRule: readonly RuleTally[]; readonly nextIsDefault: number },
  ) {
    const known = new Map(previous?.perRule.map((tally) => [tally.ruleId, tally]));
    this.#counters = rules.map(({ id }) => ({
      ...(known.get(id) ?? {
        decided: 0,
        next: 0,
        erred: 0,
        mayDecide: 0,
        gatePassed: 0,
        denySkipped: 0,
        ourReading: 0,
      }),
      ruleId: id,
    }));
    this.#byId = new Map(this.#counters.map((counter) => [counter.ruleId, counter]));
    this.nextIsDefault = previous?.nextIsDefault ?? 0;
  }

  get perRule(): readonly RuleTally[] {
    return this.#counters;
  }

  /** Counts so many calls of one kind, or takes them back (`by` is negative). */
  count({ answer, erred, next }: LineUp, by: number): void {
    const { decidedBy, hazards } = answer;
    if (decidedBy.kind === 'rule' || decidedBy.kind === 'gate') this.#add(decidedBy.ruleId, 'decided', by);
    else if (decidedBy.kind === 'undecided') for (const id of decidedBy.ruleIds) this.#add(id, 'mayDecide', by);
    for (const id of erred) this.#add(id, 'erred', by);
    if (next?.kind === 'rule' || next?.kind === 'gate') this.#add(next.ruleId, 'next', by);
    else if (next?.kind === 'default') this.nextIsDefault += by;
    if (hazards.length > 0) this.#hazards(hazards, by);
  }

  #hazards(hazards: readonly Hazard[], by: number): void {
    const named = new Set<string>();
    for (const { kind, ruleId } of hazards) {
      // A rule that two readings name is counted once a call.
      const key = `${kind} ${ruleId}`;
      if (named.has(key)) continue;
      named.add(key);
      this.#add(ruleId, HAZARD_FIELDS[kind], by);
    }
  }

  #add(id: RuleId, field: TallyField, by: number): void {
    const counter = this.#byId.get(id);
    if (counter) counter[field] += by;
  }
}
