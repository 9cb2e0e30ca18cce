import type { Rule } from '../engine';
import type { PolicyMembers, PolicyPatch, PolicyContent, RulesOp } from '../store';
import { sameJson } from './equal';

const MEMBERS = Object.keys({
  name: 0,
  description: 0,
  settings: 0,
  notes: 0,
  catalog: 0,
  tests: 0,
  extra: 0,
} satisfies Record<keyof PolicyMembers, 0>) as readonly (keyof PolicyMembers)[];

/** The patch that turns `from` into `to`: as little as moving, adding and replacing rules takes, and the members that differ. */
export function diffContent(from: PolicyContent, to: PolicyContent): PolicyPatch {
  const changed = MEMBERS.filter((name) => !sameJson(from[name], to[name]));
  const set = Object.fromEntries(changed.filter((name) => to[name] !== undefined).map((name) => [name, to[name]]));
  const unset = changed.filter((name) => to[name] === undefined);
  const rules = from.rules === to.rules ? null : diffRules(from.rules, to.rules);
  return {
    ...(Object.keys(set).length > 0 ? { set } : {}),
    ...(unset.length > 0 ? { unset } : {}),
    ...(rules ? { rules } : {}),
  };
}

/** The list as runs of the old one and inserted rules; null where it is the old one. */
function diffRules(from: readonly Rule[], to: readonly Rule[]): readonly RulesOp[] | null {
  const places = new Map(from.map((rule, i) => [rule.id, i]));
  const ops: ({ copy: [number, number] } | { put: Rule[] })[] = [];
  for (const rule of to) {
    const place = places.get(rule.id);
    const last = ops.at(-1);
    if (place !== undefined && sameJson(from[place], rule)) {
      if (last && 'copy' in last && last.copy[0] + last.copy[1] === place) last.copy[1] += 1;
      else ops.push({ copy: [place, 1] });
    } else if (last && 'put' in last) last.put.push(rule);
    else ops.push({ put: [rule] });
  }
  const [only] = ops;
  if (ops.length === 0 && from.length === 0) return null;
  return ops.length === 1 && only && 'copy' in only && only.copy[1] === from.length ? null : ops;
}

/** The content with the patch applied; undefined where the patch was not made for it. */
export function applyPatch(content: PolicyContent, patch: PolicyPatch): PolicyContent | undefined {
  const rules = patch.rules ? applyOps(content.rules, patch.rules) : content.rules;
  if (!rules) return undefined;
  const next = { ...content, ...patch.set, rules };
  for (const name of patch.unset ?? []) {
    if (name === 'notes' || name === 'catalog' || name === 'tests' || name === 'extra') delete next[name];
  }
  return next;
}

function applyOps(from: readonly Rule[], ops: readonly RulesOp[]): readonly Rule[] | undefined {
  const rules: Rule[] = [];
  const ids = new Set<string>();
  for (const op of ops) {
    if ('copy' in op && op.copy[0] + op.copy[1] > from.length) return undefined;
    const run = 'copy' in op ? from.slice(op.copy[0], op.copy[0] + op.copy[1]) : op.put;
    for (const rule of run) {
      if (ids.has(rule.id)) return undefined;
      ids.add(rule.id);
      rules.push(rule);
    }
  }
  return rules;
}
