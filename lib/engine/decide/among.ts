/** A call before some of a policy's rules: what single rules make of it, and what the rules from one index to another decide. */
import type { CompiledPolicy } from './compile';
import { isWaiting } from '../conditions/condition-value';
import { choicesOf, evaluator } from './evaluator';
import { judge, type ValueOf } from './judge';
import { readCall, scopeFacts, toolName } from '../match/facts';
import { matchRuleOfTool, matchTool, type CompiledRule, type MatchedRule } from '../match/match';
import type { Call } from '../model/model';
import { matchFacet, type Selector } from '../match/scope';
import type { Truth } from '../model/readings';

/** A decision by one of some rules. */
export interface AmongVerdict {
  readonly effect: 'allow' | 'deny';
  /** The index of the rule in the policy. */
  readonly index: number;
}

export type RulesVerdict = AmongVerdict | 'none' | 'undecided';

/** What one rule makes of a call by itself: whether it applies, and what its condition comes to (`true` where it has none). */
export type RuleOutcome = 'does-not-apply' | 'true' | 'false' | 'error' | 'unknown';

/** One call, of which several things are asked: it is read and matched once, and each condition is evaluated at most once. Never throws. */
export class CallAmongRules {
  readonly #compiled: CompiledPolicy;
  /** The rules that apply, or may, in their order. */
  readonly #entries: MatchedRule[] = [];
  readonly #valueOf: ValueOf;

  constructor(compiled: CompiledPolicy, call: Call) {
    const read = readCall(call);
    const [name, facts] = [toolName(read), scopeFacts(read)];
    this.#compiled = compiled;
    this.#valueOf = evaluator(compiled, read);
    for (const { selectors, rules } of rulesOfTool(compiled, name)) {
      if (selectors && matchFacet('resources', selectors, facts, compiled.readings) === 'no') continue;
      for (const { rule, tool } of rules) {
        const entry = matchRuleOfTool(rule, tool, facts, compiled.readings);
        if (entry) this.#entries.push(entry);
      }
    }
    if (this.#entries.length > 1) this.#entries.sort((a, b) => a.rule.index - b.rule.index);
  }

  /**
   * What the first of the rules from index `from` up to, but without, `to` decides that decides anything; `none` where none does,
   * `undecided` where that waits for unknown facts.
   */
  verdict(from: number, to: number): RulesVerdict {
    const entries = this.#entries.filter(({ rule }) => rule.index >= from && rule.index < to);
    const { effect, decidedBy, end } = judge(entries, this.#valueOf, choicesOf(this.#compiled));
    if (decidedBy.kind === 'default') return 'none';
    const index = entries[end]?.rule.index;
    return decidedBy.kind === 'undecided' || effect === 'conditional' || index === undefined
      ? 'undecided'
      : { effect, index };
  }

  /** A gated rule without a condition is an error. */
  outcomeOf(index: number): RuleOutcome {
    const entry = this.#entries.find(({ rule }) => rule.index === index);
    if (!entry) return 'does-not-apply';
    if (entry.truth === 'maybe') return 'unknown';
    const value = this.#valueOf(entry);
    if (typeof value === 'boolean') return value ? 'true' : 'false';
    return isWaiting(value) ? 'unknown' : 'error';
  }
}

type ToolName = ReturnType<typeof toolName>;

/** Active rules that ask for the same resources (undefined: for none), and what the patterns of each say of a tool: that they match, or may. */
interface RulesOfTool {
  readonly selectors: readonly Selector[] | undefined;
  readonly rules: { readonly rule: CompiledRule; readonly tool: Truth }[];
}

const rulesKnown = new WeakMap<CompiledPolicy, Map<ToolName, readonly RulesOfTool[]>>();
const MOST_NAMES = 5_000;

/** The active rules whose patterns match a tool's name, or may. Remembered: the calls that are made up for a policy have few names. */
function rulesOfTool(compiled: CompiledPolicy, name: ToolName): readonly RulesOfTool[] {
  let known = rulesKnown.get(compiled);
  if (!known || known.size >= MOST_NAMES) rulesKnown.set(compiled, (known = new Map()));
  let found = known.get(name);
  if (!found) known.set(name, (found = computeRulesOfTool(compiled, name)));
  return found;
}

function computeRulesOfTool({ rules, readings }: CompiledPolicy, name: ToolName): readonly RulesOfTool[] {
  const groups = new Map<string, RulesOfTool>();
  for (const rule of rules) {
    const tool = rule.active ? matchTool(rule, name, readings) : 'no';
    if (tool === 'no') continue;
    const asked = rule.scope.find(({ facet }) => facet === 'resources');
    const key = asked ? JSON.stringify(asked.written) : '';
    const group = groups.get(key) ?? { selectors: asked?.selectors, rules: [] };
    groups.set(key, group);
    group.rules.push({ rule, tool });
  }
  return [...groups.values()];
}
