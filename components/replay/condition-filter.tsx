'use client';
import { X } from 'lucide-react';
import { useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { diagnosticsOf, firstProblem } from '@/lib/editor';
import { fillScope, type ConditionAnswer } from '@/lib/engine';
import type { ConditionTally } from '@/lib/trace';
import type { ReplayClient } from '@/lib/worker';
import { ConditionEditor } from '../editor/condition-editor';
import { problemWords } from '../editor/problems';
import { useConditionContext } from '../policy/use-condition-context';
import { useReplay, useSession } from '../session/session';
import { useShownPolicy } from '../session/shown-policy';
import { Button, IconButton } from '../ui/button';
import { Field } from '../ui/field';
import { FilterButton } from '../ui/filter-button';
import { notify } from '../ui/notify';
import { changed } from './filter-chips';
import { ruleOfFilter } from './rule-of-filter';

const LABEL = 'Only calls for which this condition (CEL) is true';
const APPLY_DELAY_MS = 200;
const ANY_TOOL = { tools: ['*'], scope: fillScope({}) };

/** Filters the trace by a condition, as a rule would ask for it; the rule can be made from it. */
export function ConditionFilter({ onClose }: { onClose(): void }) {
  const { view } = useReplay('view');
  const context = useConditionContext(ANY_TOOL);
  const { text, setText, apply } = useConditionText();
  const source = useDeferredValue(text);
  const diagnostics = useMemo(() => (source.trim() === '' ? [] : diagnosticsOf(source, context)), [source, context]);
  const checked = useMemo(() => ({ source, diagnostics }), [source, diagnostics]);
  const first = firstProblem(diagnostics);
  useApplied(source, first?.severity === 'error', apply);
  const failed = view?.condition?.kind === 'failed' ? view.condition.error.message : undefined;
  return (
    <div className="space-y-1.5 rounded-md border border-line p-2" role="group" aria-label="Filter by a condition">
      <div className="flex items-start gap-1.5">
        <div className="min-w-0 flex-1">
          <Field
            label={LABEL}
            hint={'For example request.args.amount > 500 && user.groups.exists(g, g == "finance")'}
            problem={first?.severity === 'error' ? problemWords(first, source) : failed}
          >
            {(id, described) => (
              <ConditionEditor
                id={id}
                label={LABEL}
                describedBy={described}
                value={text}
                checked={checked}
                context={context}
                autoFocus
                onChange={setText}
              />
            )}
          </Field>
        </div>
        <IconButton label="Do not filter by a condition" onClick={onClose}>
          <X size={14} aria-hidden />
        </IconButton>
      </div>
      <Outcomes tally={view?.condition} />
    </div>
  );
}

/** What is typed; where the filter is changed elsewhere, that. `apply` filters by a text, and so changes nothing that is typed meanwhile. */
function useConditionText() {
  const { replay } = useSession();
  const [text, setText] = useState(() => sourceOf(replay));
  const applied = useRef(text);
  useEffect(
    () =>
      replay.subscribe(() => {
        const now = sourceOf(replay);
        if (now === applied.current) return;
        applied.current = now;
        setText(now);
      }),
    [replay],
  );
  const apply = useCallback(
    (source: string) => {
      if (source === applied.current) return;
      applied.current = source;
      const { filter } = replay.getSnapshot().wanted;
      const condition = source === '' ? undefined : { source, gives: filter.condition?.gives ?? ('true' as const) };
      replay.setFilter(changed(filter, 'condition', condition));
    },
    [replay],
  );
  return { text, setText, apply };
}

const sourceOf = (replay: ReplayClient): string => replay.getSnapshot().wanted.filter.condition?.source ?? '';

/** Filters by a condition that compiles, after a short pause in typing. */
function useApplied(source: string, isWrong: boolean, apply: (source: string) => void): void {
  useEffect(() => {
    if (isWrong) return undefined;
    const timer = setTimeout(() => apply(source.trim() === '' ? '' : source), APPLY_DELAY_MS);
    return () => clearTimeout(timer);
  }, [source, isWrong, apply]);
}

const OUTCOMES = [
  ['true', 'True', 'text-allow'],
  ['false', 'False', 'text-ink-2'],
  ['error', 'Error', 'text-deny'],
  ['unknown', 'Not known', 'text-gated'],
] as const satisfies readonly (readonly [ConditionAnswer, string, string])[];

/** How many calls the condition gives what for; each shows those. And what a rule of it would be. */
function Outcomes({ tally }: { tally: ConditionTally | undefined }) {
  const { replay, workspace } = useSession();
  const { wanted, open } = useReplay('wanted', 'open');
  const isPreview = useShownPolicy().from === 'preview';
  const { filter } = wanted;
  const { condition } = filter;
  if (condition === undefined) return null;
  const counts = tally?.kind === 'tried' ? tally : undefined;

  function makeRule() {
    const { rule, leftOut } = ruleOfFilter(filter, open?.facets.instances.map(({ value }) => value) ?? []);
    workspace.editNewRule(rule);
    if (leftOut.length > 0) notify(`Not part of the rule, since no rule can ask for it: ${leftOut.join(', ')}`);
  }
  return (
    <div className="flex flex-wrap items-center gap-1.5" role="group" aria-label="Show by what the condition gives">
      {OUTCOMES.map(([outcome, word, text]) => {
        const pressed = condition.gives === outcome;
        const count = counts?.[outcome];
        return count === 0 && !pressed && outcome !== 'false' ? null : (
          <FilterButton
            key={outcome}
            pressed={pressed}
            count={count}
            text={text}
            onClick={() =>
              replay.setFilter({ ...filter, condition: { ...condition, gives: pressed ? 'true' : outcome } })
            }
          >
            {word}
          </FilterButton>
        );
      })}
      {(counts?.error ?? 0) > 0 ? (
        <span className="text-xs text-ink-2">A rule with this condition is skipped where it gives an error.</span>
      ) : null}
      {isPreview ? null : (
        <Button className="ml-auto h-7 px-2 text-xs" onClick={makeRule}>
          Make this a rule
        </Button>
      )}
    </div>
  );
}
