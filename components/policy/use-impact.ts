'use client';
import { useCallback, useMemo } from 'react';
import type { Impact } from '@/lib/worker';
import { useReplay, useSession, useWorkspace } from '../workbench/session';
import { useShownPolicy } from '../workbench/shown-policy';
import { useAnswer, type Answered } from '../workbench/use-answer';
import { useKnown } from '../workbench/use-catalog';

/** What saving the open draft would change. */
export function useImpact(): Answered<Impact> {
  const { replay } = useSession();
  const { policy } = useWorkspace();
  const { rules, settings } = useShownPolicy();
  const { catalog } = useKnown();
  const { open } = useReplay();
  const asked = useMemo(
    () => ({
      params: {
        before: { rules: policy.rules, settings: policy.settings },
        after: { rules, settings },
        catalog,
      },
      open,
    }),
    [policy.rules, policy.settings, rules, settings, catalog, open],
  );
  const ask = useCallback(({ params }: typeof asked) => replay.impact(params), [replay]);
  return useAnswer(asked, ask);
}
