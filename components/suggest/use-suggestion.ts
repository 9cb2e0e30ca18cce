'use client';
import { useCallback, useMemo, useState } from 'react';
import { fillRule, ruleId, type Rule } from '@/lib/engine';
import { adoptIds } from '@/lib/intake';
import type { PolicySuggestion, SuggestionChoices } from '@/lib/suggest';
import { useReplay, useSession, useWorkspace } from '../session/session';
import { useAnswer } from '../session/use-answer';
import { useKnown } from '../session/use-catalog';

/** What the user wants suggested; `shown` takes only the calls that the filter of the trace shows. */
export interface SuggestionWish {
  readonly choices: SuggestionChoices;
  readonly shown: boolean;
}

/** Rules suggested by the worker for a wish, and how far it is. */
export function useSuggestion({ choices, shown }: SuggestionWish) {
  const { replay } = useSession();
  const { policy } = useWorkspace('policy');
  const { open, view } = useReplay('open', 'view');
  const { catalog } = useKnown();
  const [progress, setProgress] = useState(0);
  const { settings } = policy;
  const places = shown ? view?.places : undefined;
  const asked = useMemo(
    () => (open === undefined ? undefined : { params: { choices, settings, catalog, places } }),
    [open, choices, settings, catalog, places],
  );
  const ask = useCallback(
    ({ params }: NonNullable<typeof asked>) => {
      setProgress(0);
      return replay.ask('suggest', params, {
        onProgress: ({ done, total }) => setProgress(total === 0 ? 0 : Math.floor((100 * done) / total)),
      });
    },
    [replay],
  );
  return { ...useAnswer(asked, ask), progress };
}

/** The suggested rules with ids: those of present rules that say the same, else new ones. */
export function suggestedRules(
  { rules }: Pick<PolicySuggestion, 'rules'>,
  present: readonly Rule[],
  newId: () => Rule['id'],
): readonly Rule[] {
  const sameOf = ({ scope, tools, condition, effect, status }: Rule): string =>
    JSON.stringify([
      scope.resources,
      scope.agents,
      scope.instances,
      scope.users,
      scope.groups,
      tools,
      condition,
      effect,
      status,
    ]);
  const known = new Map(present.map((rule) => [sameOf(rule), rule]));
  const made = rules.map(({ rule }, i) => {
    const own = fillRule({ ...rule, id: ruleId(`suggested ${i}`) });
    return known.get(sameOf(own)) ?? { ...own, id: newId() };
  });
  return adoptIds(made, present, { described: false });
}
