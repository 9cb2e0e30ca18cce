'use client';
import { Pencil, Plus, Search } from 'lucide-react';
import { useCallback, useMemo, useState } from 'react';
import type { Decision, Rule, RuleId, Status } from '@/lib/engine';
import { CoverageMarksContext, useCoverageMarks } from '../coverage/coverage-mark';
import { TestsStatus } from '../tests/tests-status';
import { Button, IconButton } from '../ui/button';
import { notify } from '../ui/notify';
import type { WorkbenchDialog } from '../session/dialogs';
import { useReplay, useSession, useWorkspace, type PageSession } from '../session/session';
import { useShownPolicy } from '../session/shown-policy';
import { FindingsStatus } from './findings-status';
import { GateSetting } from './gate-setting';
import { loadMoveImpact } from './dragged-rule';
import { RuleList } from './rule-list';
import { CallInFocusContext, type RuleActions } from './rule-menu';
import { compileErrorWords, RuleVerdictsContext, ruleVerdictsOf } from './rule-verdicts';
import { useCompileErrors } from './use-compile-errors';
import { focusRow, useFocusAfterEdit } from './use-focus-after-edit';
import { partOf } from '../ui/part';

// The first screen does not need it. It is loaded when a rule is first pointed at or focused, so that it opens at once.
const loadEditor = () => import('./rule-editor').then((module) => module.RuleEditor);
const RuleEditor = partOf(loadEditor);
const EmptyPolicy = partOf(() => import('./empty-policy').then((module) => module.EmptyPolicy));
const GatewayProfileNote = partOf(() => import('./gateway-profile').then((module) => module.GatewayProfileNote));
const DraftsPart = partOf(() => import('./drafts-part').then((module) => module.DraftsPart));
const RuleFinder = partOf(() => import('./rule-finder').then((module) => module.RuleFinder));
// What fails here is fetched again when it is needed.
const loadParts = () => void Promise.allSettled([loadEditor(), loadMoveImpact()]);

interface PolicyPaneProps {
  openDialog(dialog: WorkbenchDialog): void;
  readOnly: boolean;
  /** Saves a policy that is only shown as a new one, and edits it there: one of its rules, or none. */
  onEditCopy(id?: RuleId): void;
}

/** The policy's rules in evaluation order; while a rule is edited, its editor replaces them. */
export function PolicyPane(props: PolicyPaneProps) {
  const { draft, policy } = useWorkspace('draft', 'policy');
  const [finding, setFinding] = useState(false);
  const isEdited = draft !== null && !props.readOnly;
  useFocusAfterEdit(isEdited ? draft.rule.id : undefined, (id) => policy.rules.some((rule) => rule.id === id));
  if (isEdited) return <RuleEditor draft={draft} openDialog={props.openDialog} />;
  return <Rules {...props} finding={finding} onFinding={setFinding} />;
}

interface PaneRulesProps extends PolicyPaneProps {
  /** Whether rules are searched and selected. */
  finding: boolean;
  onFinding(finding: boolean): void;
}

function Rules({ openDialog, readOnly, onEditCopy, finding, onFinding }: PaneRulesProps) {
  const { policy, drafts } = useWorkspace('policy', 'drafts');
  const shown = useShownPolicy();
  const { results, explained, open } = useReplay('results', 'explained', 'open');
  const own = useRuleActions(openDialog);
  const actions = useMemo(() => (readOnly ? { ...own, edit: onEditCopy } : own), [readOnly, own, onEditCopy]);
  const rules = readOnly ? shown.rules : policy.rules;
  const uncompiled = useCompileErrors(rules);
  const verdicts = useMemo(
    () => ruleVerdictsOf(rules, results, drafts, uncompiled),
    [rules, results, drafts, uncompiled],
  );
  const marks = useCoverageMarks(rules);

  const list = { rules, deciding: explained && decidingRule(explained.decision), readOnly, actions } as const;
  return (
    <section
      aria-label="Policy"
      onPointerEnter={loadParts}
      onFocus={loadParts}
      className="relative flex h-full min-h-0 flex-col bg-paper"
    >
      <header className="flex h-11 shrink-0 items-center gap-2 border-b border-line pr-2 pl-3">
        <h2 className="text-sm font-semibold">Policy</h2>
        <span className="text-sm whitespace-nowrap text-ink-2 max-[23.5rem]:hidden">
          {rules.length} {rules.length === 1 ? 'rule' : 'rules'}
        </span>
        <TestsStatus openDialog={openDialog} />
        <FindingsStatus openDialog={openDialog} />
        <span className="ml-auto text-xs whitespace-nowrap text-ink-2" aria-hidden>
          <span className="max-sm:hidden">{open === undefined ? '' : 'calls decided'}</span>
        </span>
        {rules.length < 2 ? null : (
          <IconButton
            label="Find and select rules"
            aria-expanded={finding}
            className="-mr-1"
            onClick={() => onFinding(!finding)}
          >
            <Search size={16} aria-hidden />
          </IconButton>
        )}
        {readOnly ? <EditCopyButton onEditCopy={onEditCopy} /> : <AddRuleButton />}
      </header>
      <div data-scrolls className="min-h-0 flex-1 overflow-auto">
        <RuleVerdictsContext value={verdicts}>
          <CallInFocusContext value={explained !== undefined}>
            <CoverageMarksContext value={marks}>
              {finding ? (
                <RuleFinder {...list} onClose={() => onFinding(false)} />
              ) : (
                <>
                  <RuleList
                    key={policy.id}
                    {...list}
                    defaultVerdict={{ decided: results?.decidedByDefault, notes: [] }}
                  />
                  {rules.length === 0 && !readOnly ? <EmptyPolicy openDialog={openDialog} /> : null}
                  {!readOnly && rules.some(({ status }) => status === 'draft') ? (
                    <DraftsPart openDialog={openDialog} />
                  ) : null}
                  <GateSetting readOnly={readOnly} />
                  {shown.settings.readings === undefined ? null : <GatewayProfileNote readOnly={readOnly} />}
                </>
              )}
            </CoverageMarksContext>
          </CallInFocusContext>
        </RuleVerdictsContext>
      </div>
    </section>
  );
}

/** The rule that decided; undefined while there is no decision. */
function decidingRule({ decidedBy }: Decision): RuleId | 'default' | undefined {
  if (decidedBy.kind === 'undecided') return undefined;
  return decidedBy.kind === 'default' ? 'default' : decidedBy.ruleId;
}

const EditCopyButton = ({ onEditCopy }: Pick<PolicyPaneProps, 'onEditCopy'>) => (
  <Button onClick={() => onEditCopy()}>
    <Pencil size={14} aria-hidden />
    Edit a copy
  </Button>
);

function AddRuleButton() {
  const { workspace } = useSession();
  return (
    <Button data-adds-rule onClick={() => workspace.editNewRule()}>
      <Plus size={14} aria-hidden />
      Add rule
    </Button>
  );
}

function useRuleActions(openDialog: (dialog: WorkbenchDialog) => void): RuleActions {
  const { workspace, replay } = useSession();
  const undo = useCallback(() => void workspace.undo(), [workspace]);
  return useMemo(
    () => ({
      edit: (id) => workspace.editRule(id),
      duplicate: (id) => void workspace.dispatch({ kind: 'duplicate-rule', id, copyId: workspace.newRuleId() }),
      setStatus: (ids: readonly RuleId[], status: Status) => {
        const applied = workspace.dispatch({ kind: 'set-status', ids, status });
        if (applied.kind === 'refused') notify(`Not done: ${applied.problems[0]?.message ?? ''}`);
        else if (status === 'active') void warnOfSkipped(workspace, replay, ids, undo);
      },
      remove: (ids: readonly RuleId[]) => {
        const before = rulesOf(workspace);
        const applied = workspace.dispatch({ kind: 'remove-rules', ids });
        if (applied.kind !== 'applied') return;
        const after = rulesOf(workspace);
        const at = before.findIndex(({ id }) => ids.includes(id));
        focusRow((after[at] ?? after.at(-1))?.id, () => true);
        const message = ids.length === 1 ? 'Rule deleted' : `${ids.length} rules deleted`;
        notify(message, { action: { label: 'Undo', onClick: undo } });
      },
      move: (id, index) => void workspace.dispatch({ kind: 'move-rule', id, index }),
      askPosition: (ruleId) => openDialog({ kind: 'position', ruleId }),
      // The call in focus is read when the entry is chosen, so that the rows do not render again for each call.
      whyNot: (ruleId) => {
        const call = replay.getSnapshot().explained?.call;
        if (call !== undefined) openDialog({ kind: 'why-not', ruleId, call });
      },
      showFindings: (ruleId, finding) =>
        openDialog({ kind: 'findings', ruleId, ...(finding === undefined ? {} : { finding }) }),
    }),
    [workspace, replay, openDialog, undo],
  );
}

function rulesOf(workspace: PageSession['workspace']): readonly Rule[] {
  const snapshot = workspace.getSnapshot();
  return snapshot.phase === 'ready' ? snapshot.policy.rules : [];
}

/** Where a rule that was made active is skipped for every call, a notice says so, and offers to undo it. */
async function warnOfSkipped(
  workspace: PageSession['workspace'],
  replay: PageSession['replay'],
  ids: readonly RuleId[],
  undo: () => void,
): Promise<void> {
  const rules = rulesOf(workspace).filter(({ id }) => ids.includes(id));
  const conditions = rules.flatMap(({ condition }) => condition ?? []);
  const errors = await replay.ask('compileErrors', { conditions });
  const skipped = rules.find(({ condition }) => condition !== null && errors.has(condition));
  const error = errors.get(skipped?.condition ?? '');
  if (skipped === undefined || error === undefined) return;
  notify(`${skipped.name}: ${compileErrorWords(skipped, error)}`, { action: { label: 'Undo', onClick: undo } });
}
