import type { Rule } from '../engine';
import type { ComparedTool, ListedVerdict } from '../reproduce';
import { deciderWords } from './decider-words';
import { EFFECT_WORDS } from './effect-words';
import { code, say, type Sentence } from './sentence';

/** How a listed tool compares, in a table or a count. */
export const LISTED_WORDS = {
  same: 'as listed',
  'more-known': 'known more exactly',
  'not-reproducible': 'not reproducible',
  diverged: 'diverged',
} as const satisfies Record<ListedVerdict, string>;

/** A listed tool in one sentence without its end: what the gateway listed, and what the policy gives. */
export function listedWords({ resource, tool, effect, decision }: ComparedTool, rules: readonly Rule[]): Sentence {
  const waits = decision.decidedBy.kind === 'undecided' ? decision.decidedBy.waitsFor : [];
  return [
    code(tool),
    ...(resource === undefined ? [] : [say(' of '), code(resource)]),
    say(`: listed as ${EFFECT_WORDS[effect]}; the policy gives ${EFFECT_WORDS[decision.effect]} `),
    ...deciderWords(decision.decidedBy, rules, 'phrase'),
    ...(waits.length === 0
      ? []
      : [say(', as it waits for '), ...waits.flatMap((path, i) => [say(i > 0 ? ', ' : ''), code(path)])]),
  ];
}
