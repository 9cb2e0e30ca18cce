'use client';
import { useMemo } from 'react';
import { useReplay } from '../session/session';
import { usePermissions } from '../session/use-permissions';
import { useShownRules } from '../session/use-reasons';
import type { ShownBaseline } from './use-baseline';

/** Whether the shown policy permits more than a baseline, over all calls; asked once the open trace is decided. */
export function usePermissionsAgainst({ policy: { rules, settings } }: ShownBaseline) {
  const { open, results } = useReplay('open', 'results');
  const after = useShownRules();
  const before = useMemo(() => ({ rules, settings }), [rules, settings]);
  const decided = open === undefined || results !== undefined;
  return usePermissions(decided ? before : undefined, after);
}
