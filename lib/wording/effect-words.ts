import type { DecisionEffect, Effect } from '../engine';

/** An effect in a sentence: "the call would be denied". */
export const EFFECT_WORDS = {
  allow: 'allowed',
  deny: 'denied',
  conditional: 'conditional',
} as const satisfies Record<DecisionEffect, string>;

/** An effect at the beginning of a sentence: "Denied by rule 2". */
export const EFFECT_TITLES = {
  allow: 'Allowed',
  deny: 'Denied',
  conditional: 'Conditional',
} as const satisfies Record<DecisionEffect, string>;

/** The effect of a rule, at the beginning of a sentence or by itself. */
export const RULE_EFFECT_TITLES = {
  allow: 'Allow',
  deny: 'Deny',
  gated: 'Gated',
} as const satisfies Record<Effect, string>;
