'use client';
import { useCallback, useMemo } from 'react';
import type { Policy, Rule, RuleId } from '@/lib/engine';
import type { EditImpact } from '@/lib/worker';
import { useFindings } from '../session/findings';
import { useReplay, useSession, useWorkspace } from '../session/session';
import type { WorkbenchDialog } from '../session/dialogs';
import { useAnswer, type WorkerAnswer } from '../session/use-answer';
import { useKnown } from '../session/use-catalog';
import { Button } from '../ui/button';
import { notify } from '../ui/notify';
import { Marked } from '../ui/worded';
import { counted } from '../ui/words';
import { findingSentence } from './finding-words';
import { ImpactView } from './impact-panel';
import { RuleSentence } from './rule-sentence';
import { setWithDrafts, useWithDrafts } from './with-drafts';

interface DraftsPartProps {
  openDialog(dialog: WorkbenchDialog): void;
}

/** The switch “with drafts”, and below it what each draft would change if it were active. The decisions shown stay those without drafts. */
export function DraftsPart({ openDialog }: DraftsPartProps) {
  const isOn = useWithDrafts();
  const { policy } = useWorkspace('policy');
  const drafts = policy.rules.filter(({ status }) => status === 'draft');
  const impacts = useDraftImpacts(isOn ? policy : undefined);
  return (
    <section aria-label="Drafts" className="border-t border-line px-3 py-2 text-sm" data-testid="drafts">
      <label className="flex min-h-7 items-center gap-2 pointer-coarse:min-h-11">
        <input
          type="checkbox"
          role="switch"
          className="shrink-0 accent-accent"
          checked={isOn}
          onChange={() => setWithDrafts(!isOn)}
        />
        With drafts: what {counted(drafts.length, 'draft')} would change
      </label>
      {isOn ? (
        <>
          <p className="my-1 rounded-md bg-gated-soft px-2 py-1 text-xs text-gated" role="status">
            The decisions of the trace are those without drafts. Each draft below is tried by itself.
          </p>
          <ul aria-label="Drafts" className="space-y-3">
            {drafts.map((rule) => (
              <DraftItem
                key={rule.id}
                rule={rule}
                position={policy.rules.indexOf(rule) + 1}
                impacts={impacts}
                openDialog={openDialog}
              />
            ))}
          </ul>
        </>
      ) : null}
    </section>
  );
}

type DraftImpacts = ReadonlyMap<RuleId, EditImpact>;

/** What each draft alone would change, asked for one after the other. */
function useDraftImpacts(policy: Policy | undefined): WorkerAnswer<DraftImpacts> {
  const { replay } = useSession();
  const { open } = useReplay('open');
  const { catalog } = useKnown();
  const asked = useMemo(
    () =>
      policy === undefined ? undefined : { before: { rules: policy.rules, settings: policy.settings }, catalog, open },
    [policy, catalog, open],
  );
  const ask = useCallback(
    async ({ before, catalog: known }: NonNullable<typeof asked>): Promise<DraftImpacts> => {
      const impacts = new Map<RuleId, EditImpact>();
      for (const draft of before.rules.filter(({ status }) => status === 'draft')) {
        const after = { ...before, rules: before.rules.map((rule) => (rule === draft ? activated(rule) : rule)) };
        impacts.set(draft.id, await replay.ask('impact', { before, after, catalog: known, beside: true }));
      }
      return impacts;
    },
    [replay],
  );
  return useAnswer(asked, ask);
}

const activated = (rule: Rule): Rule => ({ ...rule, status: 'active' });

interface DraftItemProps {
  rule: Rule;
  position: number;
  impacts: WorkerAnswer<DraftImpacts>;
  openDialog(dialog: WorkbenchDialog): void;
}

function DraftItem({ rule, position, impacts, openDialog }: DraftItemProps) {
  const { workspace } = useSession();
  const { byRule } = useFindings();
  const proven = byRule.get(rule.id)?.find(({ code }) => code === 'draft-would-change');
  const name = rule.name === '' ? `rule ${position}` : rule.name;
  const of = { ...impacts, answer: impacts.answer?.get(rule.id) };
  const activate = () => {
    if (workspace.dispatch({ kind: 'set-status', ids: [rule.id], status: 'active' }).kind !== 'applied') return;
    notify(`Activated ${name}`, { action: { label: 'Undo', onClick: () => void workspace.undo() } });
  };
  return (
    <li className="space-y-1.5" data-testid="draft">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <span className="min-w-0 flex-1 font-medium break-words">
          {position}. {name}
        </span>
        <Button className="h-7 px-2 text-xs" aria-label={`Activate ${name}`} onClick={activate}>
          Activate
        </Button>
      </div>
      <RuleSentence rule={rule} />
      {proven === undefined ? null : (
        <p className="text-xs text-ink-2">
          <Marked text={findingSentence(proven)} />{' '}
          {proven.witness === undefined ? null : (
            <Button
              look="plain"
              className="h-6 px-1 text-xs"
              onClick={() => openDialog({ kind: 'findings', ruleId: rule.id, finding: proven })}
            >
              Show a call
            </Button>
          )}
        </p>
      )}
      <ImpactView title="If it were active" label={`If ${name} were active`} of={of} />
    </li>
  );
}
