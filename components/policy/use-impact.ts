'use client';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Impact } from '@/lib/worker';
import { useReplay, useSession, useWorkspace } from '../workbench/session';
import { useShownPolicy } from '../workbench/shown-policy';
import { useKnown } from '../workbench/use-catalog';

export interface ImpactState {
  readonly impact: Impact | undefined;
  /** Whether it belongs to what is typed by now; if not, a newer one is being worked out. */
  readonly current: boolean;
  readonly failure: string | undefined;
}

/**
 * What saving the open draft would change. One question is under way at a time: what is typed meanwhile is asked about once it is answered,
 * so that typing never waits and no questions pile up.
 */
export function useImpact(): ImpactState {
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
  const [answer, setAnswer] = useState<{ readonly to: typeof asked; readonly impact?: Impact; failure?: string }>();
  const latest = useRef<typeof asked>(undefined);
  const busy = useRef(false);

  useEffect(() => {
    latest.current = asked;
    const askOn = async (): Promise<void> => {
      busy.current = true;
      for (let to = latest.current; to !== undefined; to = latest.current) {
        const question = to;
        const outcome = await replay.impact(question.params).then(
          (impact) => ({ impact }),
          (error: unknown) => ({ failure: error instanceof Error ? error.message : String(error) }),
        );
        if (latest.current === undefined) break;
        setAnswer({ to: question, ...outcome });
        if (latest.current === question) break;
      }
      busy.current = false;
    };
    if (!busy.current) void askOn();
  }, [asked, replay]);
  useEffect(
    () => () => {
      latest.current = undefined;
    },
    [],
  );

  return { impact: answer?.impact, current: answer?.to === asked, failure: answer?.failure };
}
