import { clsx } from 'clsx';
import type { Rule } from '@/lib/engine';
import { RuleSentence } from '../policy/rule-sentence';
import { ConditionText } from '../ui/condition-text';
import { EffectBadge } from '../ui/effect-mark';

/** A rule in words: effect, name, sentence and condition. */
export function RuleWords({ rule }: { rule: Rule }) {
  return (
    <div className={clsx('min-w-0', rule.status !== 'active' && 'opacity-80')}>
      <p className="flex flex-wrap items-center gap-x-2">
        <EffectBadge effect={rule.effect} />
        <span className="min-w-0 text-sm font-semibold break-words">{rule.name}</span>
        {rule.status === 'active' ? null : (
          <span className="rounded border border-line-strong/60 px-1 text-xs text-ink-2">
            {rule.status === 'draft' ? 'Draft' : 'Disabled'}
          </span>
        )}
      </p>
      <RuleSentence rule={rule} />
      {rule.condition === null ? null : (
        <p className="mt-0.5 flex gap-1.5 text-xs">
          <span className="text-ink-2">if</span>
          <ConditionText source={rule.condition} />
        </p>
      )}
    </div>
  );
}
