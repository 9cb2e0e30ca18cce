'use client';
import { useEffect, useMemo, useState } from 'react';
import { coveredTools, NO_CONTEXT, type ConditionContext, type CoveredTool } from '@/lib/editor';
import type { Rule } from '@/lib/engine';
import { useFocusedCall } from '../session/session';
import { useKnown } from '../session/use-catalog';

/** The context of the rule's condition: the arguments of the tools it covers, the catalog's values, the call in focus. */
export function useConditionContext({ tools, scope }: Pick<Rule, 'tools' | 'scope'>): ConditionContext {
  const { catalog } = useKnown();
  const call = useFocusedCall();
  const [covered, setCovered] = useState<readonly CoveredTool[]>(NO_CONTEXT.tools);
  useEffect(() => {
    let gone = false;
    void coveredTools({ tools, scope }, catalog).then((found) => {
      if (!gone) setCovered(found);
    });
    return () => {
      gone = true;
    };
  }, [tools, scope, catalog]);
  return useMemo(() => ({ tools: covered, catalog, call }), [covered, catalog, call]);
}
