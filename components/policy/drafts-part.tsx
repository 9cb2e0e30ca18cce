'use client';
import { useCallback, useMemo, useState, type ReactNode } from 'react';
import type { Policy, Rule, RuleId } from '@/lib/engine';
import type { EditImpact } from '@/lib/worker';
import { useReplay, useSession, useWorkspace } from '../session/session';
import type { WorkbenchDialog } from '../session/dialogs';
import { useAnswer, type WorkerAnswer } from '../session/use-answer';
import { useKnown } from '../session/use-catalog';
import { Button } from '../ui/button';
import { notify } from '../ui/notify';
import { counted } from '../ui/words';
import { activated, DraftRegions } from './draft-regions';
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
  const before = useMemo(() => ({ rules: policy.rules, settings: policy.settings }), [policy.rules, policy.settings]);
  const impacts = useDraftImpacts(isOn ? before : undefined);
  const turns = useTurns(before);
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
            {drafts.map((rule, i) => (
              <DraftItem key={rule.id} rule={rule} position={policy.rules.indexOf(rule) + 1} impacts={impacts}>
                <DraftRegions
                  rule={rule}
                  before={before}
                  ready={impacts.current && drafts.slice(0, i).every(({ id }) => turns.done.has(id))}
                  onDone={turns.onDone}
                  openDialog={openDialog}
                />
              </DraftItem>
            ))}
          </ul>
        </>
      ) : null}
    </section>
  );
}

type DraftImpacts = ReadonlyMap<RuleId, EditImpact>;

const NONE: ReadonlySet<RuleId> = new Set();

/** Which drafts have been compared over all calls, so that one follows the other. */
function useTurns(before: Policy) {
  const [turns, setTurns] = useState({ before, done: NONE });
  const onDone = useCallback(
    (id: RuleId) => setTurns((old) => ({ before, done: new Set(old.before === before ? old.done : NONE).add(id) })),
    [before],
  );
  return { done: turns.before === before ? turns.done : NONE, onDone };
}

/** What each draft alone would change, asked for one after the other. */
function useDraftImpacts(before: Policy | undefined): WorkerAnswer<DraftImpacts> {
  const { replay } = useSession();
  const { open } = useReplay('open');
  const { catalog } = useKnown();
  const asked = useMemo(() => (before === undefined ? undefined : { before, catalog, open }), [before, catalog, open]);
  const ask = useCallback(
    async ({ before: now, catalog: known }: NonNullable<typeof asked>): Promise<DraftImpacts> => {
      const impacts = new Map<RuleId, EditImpact>();
      for (const draft of now.rules.filter(({ status }) => status === 'draft')) {
        const after = { ...now, rules: activated(now.rules, draft) };
        impacts.set(draft.id, await replay.ask('impact', { before: now, after, catalog: known, beside: true }));
      }
      return impacts;
    },
    [replay],
  );
  return useAnswer(asked, ask);
}

interface DraftItemProps {
  rule: Rule;
  position: number;
  impacts: WorkerAnswer<DraftImpacts>;
  /** What it changes over all calls. */
  children: ReactNode;
}

function DraftItem({ rule, position, impacts, children }: DraftItemProps) {
  const { workspace } = useSession();
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
      <ImpactView title="If it were active" label={`If ${name} were active`} of={of} />
      {children}
    </li>
  );
}
