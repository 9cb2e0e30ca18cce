'use client';
import { createContext, useContext, useDeferredValue } from 'react';
import type { Policy, Rule } from '@/lib/engine';
import type { Bundle } from '@/lib/bundle';
import type { ShownDraft, ReadySnapshot } from '@/lib/workspace';

/** The policy that the whole page shows: the user's own, with the unsaved rule if there is one, or a previewed one. */
export interface ShownPolicy extends Policy {
  readonly name: string;
  readonly from: 'saved' | 'draft' | 'preview';
}

export const ShownPolicyContext = createContext<ShownPolicy | undefined>(undefined);

export function useShownPolicy(): ShownPolicy {
  const shown = useContext(ShownPolicyContext);
  if (shown === undefined) throw new Error('no policy: this component is outside the workbench');
  return shown;
}

/** The user's rules with the rule under edit, as after saving it. */
function withDraft(rules: readonly Rule[], draft: ShownDraft): readonly Rule[] {
  if (draft.index === null) return rules.map((rule) => (rule.id === draft.rule.id ? draft.rule : rule));
  return rules.toSpliced(draft.index, 0, draft.rule);
}

export function shownPolicy(
  { policy, draft }: Pick<ReadySnapshot, 'policy' | 'draft'>,
  preview: Bundle | undefined,
): ShownPolicy {
  if (preview !== undefined) {
    return { name: preview.name, rules: preview.rules, settings: preview.settings, from: 'preview' };
  }
  const { name, rules, settings } = policy;
  if (draft === null) return { name, rules, settings, from: 'saved' };
  return { name, rules: withDraft(rules, draft), settings, from: 'draft' };
}

/**
 * Typed text is in its field at once; everything that depends on it renders right after, interruptible by the next key: until then it is
 * `behind`. A change to another policy, or into or out of an edit, is never deferred.
 */
export function useFollowing(now: ShownPolicy): { readonly shown: ShownPolicy; readonly behind: boolean } {
  const before = useDeferredValue(now);
  const behind = before !== now && typedOn(before, now);
  return { shown: behind ? before : now, behind };
}

function typedOn(before: ShownPolicy, now: ShownPolicy): boolean {
  if (before.from !== 'draft' || now.from !== 'draft' || before.name !== now.name) return false;
  const { settings, rules } = before;
  return (
    settings === now.settings &&
    rules.length === now.rules.length &&
    rules.every(({ id }, i) => id === now.rules[i]?.id)
  );
}
