import { childrenOf, parse, type Expr } from '../cel';
import type { Facet, Policy } from '../engine';
import type { PolicyLiterals } from './pieces';

/** Agents and resources stay as they are; what selects the others is compared with what is replaced. */
const OF_PEOPLE: readonly Facet[] = ['users', 'groups', 'instances'];

/** What the rules of a policy compare values with, and the fields that their conditions read. */
export function literalsOf(policy: Policy): PolicyLiterals & { readonly fields: ReadonlySet<string> } {
  const texts = new Set<string>();
  const words = new Set<string>();
  const fields = new Set<string>();
  const add = (text: string) => {
    const lower = text.toLowerCase();
    for (const word of lower.match(/[\p{L}\p{M}]+|\p{Nd}+/gu) ?? []) words.add(word);
    if ([...lower].length >= 2 && /[\p{L}\p{N}]/u.test(lower)) texts.add(lower);
  };
  for (const { scope, condition } of policy.rules) {
    for (const facet of OF_PEOPLE) for (const selector of scope[facet]) add(selector);
    if (condition === null) continue;
    const walk = (expr: Expr): void => {
      if (expr.kind === 'literal') {
        const { value } = expr;
        if (value.type === 'string') {
          add(value.value);
          // Of a regular expression the words within are what a value may be compared with.
          if (/[\\^$|()*+?{}[\]]/.test(value.value)) {
            for (const word of value.value.replace(/\\[A-Za-z]/g, ' ').match(/[\p{L}\p{N}_]{2,}/gu) ?? []) add(word);
          }
        } else if (value.type === 'int' || value.type === 'uint' || value.type === 'double') {
          for (const digits of String(value.value).match(/\d+/g) ?? []) words.add(digits);
        }
      }
      if (expr.kind === 'select') fields.add(expr.field);
      for (const child of childrenOf(expr)) walk(child);
    };
    walk(parse(condition).expr);
  }
  return { texts: [...texts].sort((a, b) => b.length - a.length), words, fields };
}
