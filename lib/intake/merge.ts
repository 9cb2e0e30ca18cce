import type { RuleChange } from '../analysis';
import type { Policy, Rule, RuleId } from '../engine';

/**
 * Rules without ids of their own get the ids of the rules here that they stand for: those of the same name, or of the same content where
 * the name has none. A source that has no descriptions (`described`) leaves those of the rules here. What is not certain (a name that two rules have) keeps the id that was made.
 */
export function adoptIds(
  theirs: readonly Rule[],
  ours: readonly Rule[],
  { described = true }: { readonly described?: boolean } = {},
): readonly Rule[] {
  const free = new Map(ours.map((rule) => [rule.id, rule]));
  const pairs = new Map<Rule, RuleId>();
  const pair = (keyOf: (rule: Rule) => string) => {
    const of = grouped([...free.values()], keyOf);
    const left = theirs.filter((rule) => !pairs.has(rule));
    for (const [key, [rule, another]] of grouped(left, keyOf)) {
      const [match, second] = of.get(key) ?? [];
      if (rule === undefined || another !== undefined || match === undefined || second !== undefined) continue;
      pairs.set(rule, match.id);
      free.delete(match.id);
    }
  };
  pair(({ id: _, ...content }) => JSON.stringify(content, Object.keys(content).sort()) + JSON.stringify(content.scope));
  pair(({ name }) => name.trim().toLowerCase());
  const taken = new Set<string>(pairs.values());
  return theirs.map((rule) => {
    const id = pairs.get(rule);
    if (id !== undefined) {
      const description = described ? undefined : ours.find((one) => one.id === id)?.description;
      return { ...rule, id, ...(description === undefined ? {} : { description }) };
    }
    // An id that was made may be the id of another rule here.
    let own: string = rule.id;
    for (let n = 2; taken.has(own) || ours.some((one) => one.id === own); n++) own = `${rule.id}-${String(n)}`;
    taken.add(own);
    return { ...rule, id: own as RuleId };
  });
}

function grouped(rules: readonly Rule[], keyOf: (rule: Rule) => string): Map<string, readonly Rule[]> {
  const groups = new Map<string, readonly Rule[]>();
  for (const rule of rules) {
    const key = keyOf(rule);
    if (key !== '') groups.set(key, [...(groups.get(key) ?? []), rule]);
  }
  return groups;
}

/**
 * Takes some of the changes that make `theirs` of `ours` (`difference` of the two): with none of them the result is `ours`, with all of
 * them `theirs`. A rule that is added or moved is behind the rule that it follows in `theirs`.
 */
export function mergeChanges(ours: Policy, theirs: Policy, changes: readonly RuleChange[]): Policy {
  const settings = changes.some(({ kind }) => kind === 'setting') ? theirs.settings : ours.settings;
  const has = (kind: RuleChange['kind']) =>
    new Set(changes.flatMap((change) => ('rule' in change && change.kind === kind ? [change.rule.id] : [])));
  const [added, moved, removed, changed] = [has('added'), has('moved'), has('removed'), has('changed')];
  const contents = new Map(theirs.rules.map((rule) => [rule.id, rule]));
  const rules = ours.rules
    .filter(({ id }) => !removed.has(id) && !moved.has(id))
    .map((rule) => (changed.has(rule.id) ? (contents.get(rule.id) ?? rule) : rule));
  const before = new Map(ours.rules.map((rule) => [rule.id, rule]));
  theirs.rules.forEach((rule, at) => {
    if (!added.has(rule.id) && !moved.has(rule.id)) return;
    const own = before.get(rule.id);
    const content = own === undefined || changed.has(rule.id) ? rule : own;
    let place = 0;
    for (let above = at - 1; above >= 0 && place === 0; above--) {
      const id = theirs.rules[above]?.id;
      place = rules.findIndex((one) => one.id === id) + 1;
    }
    rules.splice(place, 0, content);
  });
  return { ...ours, rules, settings };
}
