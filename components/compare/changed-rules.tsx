'use client';
import { useMemo } from 'react';
import { difference } from '@/lib/analysis';
import { countsOf } from '../intake/change-words';
import { ChangeList } from '../intake/change-list';
import { useShownPolicy } from '../session/shown-policy';
import type { ShownBaseline } from './use-baseline';

/** Which rules differ from a baseline to the shown policy, field by field and word by word. */
export function ChangedRules({ against }: { against: ShownBaseline }) {
  const { rules, settings } = useShownPolicy();
  const changes = useMemo(() => difference(against.policy, { rules, settings }), [against.policy, rules, settings]);
  if (changes.length === 0) return <p className="text-sm text-ink-2">The rules and settings are the same.</p>;
  return (
    <details className="text-sm" open={changes.length <= 5}>
      <summary className="cursor-pointer py-1 font-medium">What changed in the rules: {countsOf(changes)}</summary>
      <ChangeList changes={changes} chosen={undefined} />
    </details>
  );
}
