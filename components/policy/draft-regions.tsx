'use client';
import { useEffect, useMemo } from 'react';
import type { Policy, Rule, RuleId } from '@/lib/engine';
import { differingRegions, openParts, PERMISSION_WORDS, sentence } from '@/lib/wording';
import type { WorkbenchDialog } from '../session/dialogs';
import { usePermissions } from '../session/use-permissions';
import { Button } from '../ui/button';
import { ShowAll, useFirstShown } from '../ui/show-all';
import { Worded } from '../ui/worded';

/** So many kinds of calls are shown until all are asked for. */
const SHOWN_AT_FIRST = 3;

interface DraftRegionsProps {
  rule: Rule;
  before: Policy;
  /** Whether it is its turn: one draft is compared after the other. */
  ready: boolean;
  onDone(id: RuleId): void;
  openDialog(dialog: WorkbenchDialog): void;
}

/** What a draft would decide otherwise if it were active, over all calls that there may be; each kind of calls opens one of them. */
export function DraftRegions({ rule, before, ready, onDone, openDialog }: DraftRegionsProps) {
  const after = useMemo(() => ({ ...before, rules: activated(before.rules, rule) }), [before, rule]);
  const { compared, failure } = usePermissions(ready ? before : undefined, after);
  const done = compared !== undefined || failure !== undefined;
  useEffect(() => {
    if (done) onDone(rule.id);
  }, [done, onDone, rule.id]);
  const regions = compared === undefined ? [] : differingRegions(compared, [before.rules, after.rules]);
  const list = useFirstShown(regions.length, SHOWN_AT_FIRST);
  if (failure !== undefined) {
    return (
      <p role="alert" className="text-xs text-deny">
        What it changes over all calls could not be worked out: {failure}
      </p>
    );
  }
  return (
    <div className="text-xs" data-testid="draft-regions">
      <p role="status" className="break-words text-ink-2">
        <span className="font-medium">Over all calls:</span>{' '}
        {compared === undefined ? 'computing…' : `${PERMISSION_WORDS[compared.answer]}.`}
      </p>
      <ul aria-label="What it would decide otherwise" className="list-disc space-y-0.5 pl-4">
        {regions.slice(0, list.shown).map(({ words }, i) => (
          <li key={i} className="break-words">
            <Worded words={words} />{' '}
            <Button
              look="plain"
              className="h-6 px-1 text-xs"
              onClick={() => openDialog({ kind: 'draft', ruleId: rule.id, region: i })}
            >
              Show a call
            </Button>
          </li>
        ))}
      </ul>
      <ShowAll list={list} className="h-6 px-1 text-xs" />
      {compared === undefined
        ? null
        : openParts(compared).map((words, i) => (
            <p key={i} className="break-words text-gated first-letter:uppercase">
              <Worded words={sentence(words)} />
            </p>
          ))}
    </div>
  );
}

/** The rules with one of them active. */
export const activated = (rules: readonly Rule[], draft: Rule): readonly Rule[] =>
  rules.map((rule) => (rule === draft ? { ...rule, status: 'active' } : rule));
