import { clsx } from 'clsx';
import { Ban, Check, CircleHelp, ShieldQuestion, type LucideIcon } from 'lucide-react';
import type { DecisionEffect, Effect } from '@/lib/engine';
import { EFFECT_TITLES, RULE_EFFECT_TITLES } from '@/lib/wording';

interface EffectMarkStyle {
  word: string;
  icon: LucideIcon;
  text: string;
  soft: string;
}

/** A rule's effect: word, icon and colour always together. */
export const EFFECT_MARKS = {
  allow: { word: RULE_EFFECT_TITLES.allow, icon: Check, text: 'text-allow', soft: 'bg-allow-soft' },
  deny: { word: RULE_EFFECT_TITLES.deny, icon: Ban, text: 'text-deny', soft: 'bg-deny-soft' },
  gated: { word: RULE_EFFECT_TITLES.gated, icon: ShieldQuestion, text: 'text-gated', soft: 'bg-gated-soft' },
} satisfies Record<Effect, EffectMarkStyle>;

/** A decision: word, icon and colour always together. */
export const DECISION_MARKS = {
  allow: { word: EFFECT_TITLES.allow, icon: Check, text: 'text-allow', soft: 'bg-allow-soft' },
  deny: { word: EFFECT_TITLES.deny, icon: Ban, text: 'text-deny', soft: 'bg-deny-soft' },
  conditional: { word: EFFECT_TITLES.conditional, icon: CircleHelp, text: 'text-gated', soft: 'bg-gated-soft' },
} satisfies Record<DecisionEffect, EffectMarkStyle>;

function Badge({ mark, className }: { mark: EffectMarkStyle; className: string | undefined }) {
  const Icon = mark.icon;
  return (
    <span
      className={clsx(
        'inline-flex items-center gap-1 rounded px-1.5 py-px text-xs font-medium whitespace-nowrap',
        mark.text,
        mark.soft,
        className,
      )}
    >
      <Icon size={12} strokeWidth={2.5} aria-hidden />
      {mark.word}
    </span>
  );
}

export function EffectBadge({ effect, className }: { effect: Effect; className?: string }) {
  return <Badge mark={EFFECT_MARKS[effect]} className={className} />;
}

export function DecisionBadge({ effect, className }: { effect: DecisionEffect; className?: string }) {
  return <Badge mark={DECISION_MARKS[effect]} className={className} />;
}

/** The icon alone, for use beside the word. */
export function DecisionIcon({ effect }: { effect: DecisionEffect }) {
  const { icon: Icon, text, soft } = DECISION_MARKS[effect];
  return (
    <span className={clsx('mt-0.5 inline-flex size-5 shrink-0 items-center justify-center rounded', text, soft)}>
      <Icon size={14} strokeWidth={2.5} aria-hidden />
    </span>
  );
}
