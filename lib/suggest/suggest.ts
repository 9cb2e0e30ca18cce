import {
  compilePolicy,
  decideRow,
  DEFAULT_SETTINGS,
  FACETS,
  fillRule,
  ruleId,
  type Call,
  type Catalog,
  type CompiledPolicy,
  type RuleId,
} from '../engine';
import { decideCells, type DecidedCells } from './cells';
import { grantsOf, type GrantedUses } from './grants';
import type { PolicySuggestion, SuggestionChoices, SuggestionSettings, SuggestionSource } from './model';
import { PacedWork, WorkStopped } from './paced-work';
import { rulesOf } from './rules';
import type { ShapedRule } from './shaped-rule';
import { isRecordedDenied, LeftOutCounter, NamedCounter, TraceSurvey } from './survey';

export interface SuggestionWorld {
  readonly catalog: Catalog;
  /** Of the policy that the rules are for; they say how its gateway reads it. */
  readonly settings?: SuggestionSettings;
}

/**
 * Suggests rules that allow the taken calls of a trace and, as far as the choices permit, nothing else. What is said of them was found by
 * deciding every call. Undefined where the work was stopped.
 */
export async function suggestRules(
  source: SuggestionSource,
  choices: SuggestionChoices,
  world: SuggestionWorld,
): Promise<PolicySuggestion | undefined> {
  try {
    return await suggestion(source, choices, world);
  } catch (error) {
    if (error instanceof WorkStopped) return undefined;
    throw error;
  }
}

async function suggestion(
  source: SuggestionSource,
  choices: SuggestionChoices,
  { catalog, settings = DEFAULT_SETTINGS }: SuggestionWorld,
): Promise<PolicySuggestion> {
  const isChosen = source.isChosen ?? (() => true);
  const work = new PacedWork(source.pause);
  const visit: SuggestionSource['visit'] = async (each) => {
    if (!(await source.visit(each))) throw new WorkStopped();
    return true;
  };
  const counter = new NamedCounter();
  await visit((call, index) => {
    if (isChosen(index)) counter.add(call, choices.take);
  });
  const survey = new TraceSurvey(choices.by ?? counter.usual, choices.take);
  await visit((call, index) => survey.add(call, isChosen(index)));
  const granted = await grantsOf(survey, choices, work);
  let drafts = await rulesOf(granted.grants, {
    survey,
    catalog,
    patterns: choices.tools === 'justified',
    severalNames: settings.readings?.['facet-or'] !== 'all-values',
    starCrossesSlash: settings.readings?.star !== 'not-slash',
    work,
  });
  for (;;) {
    const compiled = await compiledDrafts(drafts, settings);
    const run = new SuggestionRun(compiled, survey, granted);
    await visit((call, index) => run.add(call, isChosen(index)));
    // INVARIANT: no call that the log says was denied is allowed: a rule that allows one is taken out.
    if (run.atFault.size > 0) drafts = drafts.filter((_, i) => !run.atFault.has(idAt(i)));
    else {
      const decided = await decideCells(compiled, survey, granted.grants, catalog, work);
      return { ...run.suggestion(drafts, decided), named: counter.named };
    }
  }
}

const idAt = (index: number): RuleId => ruleId(`suggested-${index + 1}`);

const compiledDrafts = (drafts: readonly ShapedRule[], settings: SuggestionSettings): Promise<CompiledPolicy> =>
  compilePolicy({ rules: drafts.map(({ rule }, i) => ({ ...fillRule({ id: idAt(i), ...rule }) })), settings });

/** Every call of the trace decided by the suggested rules. */
class SuggestionRun {
  /** Rules that allow a call which the log says was denied. */
  readonly atFault = new Set<RuleId>();
  readonly #leftOut = new LeftOutCounter();
  readonly #deciding = new Map<RuleId, { calls: number; readonly example: Call }>();
  readonly #counts = { total: 0, chosen: 0, allowed: 0, denied: 0, conditional: 0, alsoAllowed: 0 };

  constructor(
    private readonly compiled: CompiledPolicy,
    private readonly survey: TraceSurvey,
    private readonly granted: GrantedUses,
  ) {}

  add(call: Call, chosen: boolean): void {
    const counts = this.#counts;
    const { effect, decidedBy } = decideRow(this.compiled, call);
    counts.total++;
    if (chosen) counts.chosen++;
    if (isRecordedDenied(call)) {
      counts.denied++;
      if (effect === 'conditional') counts.conditional++;
      if (effect === 'allow') for (const id of decidersOf(decidedBy)) this.atFault.add(id);
    }
    const standing = chosen ? this.survey.standingOf(call) : undefined;
    if (standing?.kind === 'left-out') this.#leftOut.add(standing.reason, standing.fact, call);
    if (standing?.kind !== 'taken') {
      if (effect === 'allow' && !isRecordedDenied(call)) counts.alsoAllowed++;
    } else if (effect === 'allow') {
      counts.allowed++;
      // Of several that may decide, the last one certainly matches.
      for (const id of decidersOf(decidedBy).slice(-1)) this.#count(id, call);
    } else this.#leftOut.add(this.granted.likeDenied.has(standing.key) ? 'like-denied' : 'undecided', undefined, call);
  }

  #count(id: RuleId, call: Call): void {
    const found = this.#deciding.get(id);
    if (found === undefined) this.#deciding.set(id, { calls: 1, example: call });
    else found.calls++;
  }

  suggestion(drafts: readonly ShapedRule[], { cells, openedTools }: DecidedCells): Omit<PolicySuggestion, 'named'> {
    const { total, chosen, allowed, denied, conditional, alsoAllowed } = this.#counts;
    return {
      rules: drafts
        .flatMap((draft, i) => {
          const deciding = this.#deciding.get(idAt(i));
          return deciding === undefined ? [] : [{ ...draft, ...deciding }];
        })
        .sort((a, b) => b.calls - a.calls),
      calls: { total, chosen },
      leftOut: this.#leftOut.all,
      openedTools,
      by: this.survey.facets,
      anyOf: FACETS.filter((facet) => !this.survey.facets.includes(facet)),
      checks: { allowed, denied: { total: denied, conditional }, alsoAllowed, cells },
    };
  }
}

/** The rules that may have decided. */
function decidersOf(decidedBy: ReturnType<typeof decideRow>['decidedBy']): readonly RuleId[] {
  return decidedBy.kind === 'default' ? [] : decidedBy.kind === 'undecided' ? decidedBy.ruleIds : [decidedBy.ruleId];
}
