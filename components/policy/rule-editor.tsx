'use client';
import { ArrowLeft, BookOpen } from 'lucide-react';
import { memo, useCallback, useEffect, useId, useMemo, useRef, useState } from 'react';
import { validateRule, type Effect, type Rule } from '@/lib/engine';
import { changesNothing, type ShownDraft } from '@/lib/workspace';
import { Button, IconButton } from '../ui/button';
import { Field, TextArea, TextInput } from '../ui/field';
import { Marked } from '../ui/worded';
import type { WorkbenchDialog } from '../session/dialogs';
import { useSession, useWorkspace } from '../session/session';
import { ConditionField } from './condition-field';
import { partOf } from '../ui/part';
import { DraftNote } from './draft-note';
import { EditConflictNote } from './edit-conflict-note';
import { finished, skippedBecause } from './finish-rule';
import { HiddenInProse } from './hidden-in-prose';
import { ImpactPanel } from './impact-panel';
import { RuleFindings } from './rule-findings';
import { SentenceEditor } from './sentence-editor';
import { SkippedQuestion, type SaveSkipped } from './skipped-question';
import { suggestedName } from './suggested-name';
import { UseCasePicker } from './use-case-picker';

interface RuleEditorProps {
  draft: ShownDraft;
  openDialog(dialog: WorkbenchDialog): void;
}

const EditConflictDialog = partOf(() => import('./edit-conflict-dialog').then((m) => m.EditConflictDialog));

// Brings the reader of sentences with it.
const RuleInWords = partOf(() => import('./rule-in-words').then((m) => m.RuleInWords));
const QuickReference = partOf(() => import('./quick-reference').then((m) => m.QuickReference));

/** What takes text in the condition's field, whichever editor it is; else its button. */
const CONDITION_INPUTS = ['textarea, [contenteditable="true"], [role="textbox"], input', 'button'];

/**
 * Edits a draft of one rule. The draft is kept as it is typed, and the trace beside it shows what the policy would decide with it; only
 * Save changes the policy, as one step that can be undone.
 */
export const RuleEditor = memo(function RuleEditor({ draft, openDialog }: RuleEditorProps) {
  const { workspace } = useSession();
  const { policy } = useWorkspace('policy');
  const [leaving, setLeaving] = useState(false);
  const { refusal, conflict, skipped, save, stay, askAboutConflict, closeConflict } = useSaveDraft();
  const heading = useRef<HTMLHeadingElement>(null);
  const form = useId();
  const isNew = draft.index !== null;
  /** Closes an edit that changed nothing; asks about any other. */
  const leave = () => (changesNothing(draft, policy.rules) ? workspace.closeDraft('discard') : setLeaving(true));
  useEffect(() => heading.current?.focus(), []);
  // Beside the section, so that keys in the dialog are not those of the editor.
  return (
    <>
      {conflict ? <EditConflictDialog draft={draft} onSettled={save} onClose={closeConflict} /> : null}
      <section
        aria-label="Rule editor"
        className="flex h-full min-h-0 flex-col bg-paper"
        onKeyDown={(event) => {
          if (event.key === 'Escape' && !event.defaultPrevented) leave();
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) save();
        }}
      >
        <header className="flex h-11 shrink-0 items-center gap-1.5 border-b border-line pr-3 pl-1.5">
          <IconButton label="Back to the rules" onClick={leave}>
            <ArrowLeft size={16} aria-hidden />
          </IconButton>
          <h2 ref={heading} tabIndex={-1} className="text-sm font-semibold outline-none">
            {isNew ? 'New rule' : 'Edit rule'}
          </h2>
          <DraftNote draft={draft} />
        </header>
        <EditConflictNote draft={draft} onSettle={askAboutConflict} />
        {leaving ? <LeaveQuestion onStay={() => setLeaving(false)} /> : null}
        {skipped === undefined ? null : <SkippedQuestion message={skipped} onStay={stay} onSave={save} />}
        <form
          id={form}
          className="min-h-0 flex-1 space-y-4 overflow-auto px-4 py-3"
          onSubmit={(event) => {
            event.preventDefault();
            save();
          }}
        >
          <RuleFields
            rule={draft.rule}
            isUntouched={isNew && isUntouched(draft.rule)}
            saveRefused={refusal !== undefined}
            openDialog={openDialog}
          />
        </form>
        <footer className="flex shrink-0 flex-wrap items-center gap-2 border-t border-line px-3 py-2">
          {refusal === undefined ? null : (
            <p role="alert" className="mr-auto text-sm text-deny">
              Not saved: <Marked text={refusal} />
            </p>
          )}
          <span className="ml-auto flex gap-2">
            <Button onClick={() => workspace.closeDraft('discard')}>Cancel</Button>
            <Button look="primary" type="submit" form={form}>
              {isNew ? 'Create rule' : 'Save rule'}
            </Button>
          </span>
        </footer>
      </section>
    </>
  );
});

/** Saves the draft as it is by now, and keeps why that was refused, or what has to be asked or settled first. */
function useSaveDraft() {
  const { workspace } = useSession();
  const [refusal, setRefusal] = useState<string>();
  const [conflict, setConflict] = useState(false);
  const [skipped, setSkipped] = useState<string>();
  function save(how?: SaveSkipped) {
    const snapshot = workspace.getSnapshot();
    // What was just chosen in a list that is closing is not drawn yet, but it is in the draft.
    const current = snapshot.phase === 'ready' ? snapshot.draft?.rule : undefined;
    if (current === undefined) return;
    const whole = how === 'draft' ? { ...finished(current), status: 'draft' as const } : finished(current);
    const problem = how === undefined ? skippedBecause(whole) : undefined;
    setSkipped(problem);
    if (problem !== undefined) return;
    if (whole !== current) workspace.changeDraft(whole);
    const applied = workspace.saveDraft();
    setConflict(applied.kind === 'conflict');
    if (applied.kind === 'refused') setRefusal(applied.problems.map((p) => p.message).join('; '));
    else if (applied.kind === 'unchanged') workspace.closeDraft('discard');
  }
  return {
    refusal,
    conflict,
    skipped,
    save,
    stay: () => setSkipped(undefined),
    askAboutConflict: () => setConflict(true),
    closeConflict: () => setConflict(false),
  };
}

function LeaveQuestion({ onStay }: { onStay(): void }) {
  const { workspace } = useSession();
  return (
    <div
      role="alertdialog"
      aria-label="Leave the editor?"
      className="flex flex-wrap items-center gap-2 border-b border-line bg-sunken px-3 py-2 text-sm"
    >
      <span className="mr-auto">Leave this edit?</span>
      <Button autoFocus onClick={onStay}>
        Go on editing
      </Button>
      <Button onClick={() => workspace.closeDraft('keep')}>Keep for later</Button>
      <Button look="danger" onClick={() => workspace.closeDraft('discard')}>
        Discard
      </Button>
    </div>
  );
}

/** Whether nothing is entered that says which calls the rule is for. */
const isUntouched = ({ tools, scope, condition }: Rule): boolean =>
  tools.length === 0 && condition === null && Object.values(scope).every((facet) => facet.length === 0);

interface RuleFieldsProps {
  rule: Rule;
  /** A new rule may be said in a sentence, until something is entered. */
  isUntouched: boolean;
  saveRefused: boolean;
  openDialog(dialog: WorkbenchDialog): void;
}

function RuleFields({ rule, isUntouched, saveRefused, openDialog }: RuleFieldsProps) {
  const { workspace } = useSession();
  const { element, focusCondition } = useConditionFocus();
  const [reference, setReference] = useState(false);
  const problems = useMemo(() => validateRule(rule), [rule]);
  const problemAt = (pointer: string) =>
    problems.find((p) => p.pointer === pointer || p.pointer.startsWith(`${pointer}/`))?.message;
  const change = (part: Partial<Rule>) => workspace.changeDraft({ ...rule, ...part });
  const openCatalog = useCallback(() => openDialog({ kind: 'catalog' }), [openDialog]);

  function setEffect(effect: Effect) {
    // A gate gets an empty condition at once; one that is still empty is removed with the effect.
    const empty = rule.condition === null || rule.condition.trim() === '';
    change({ effect, ...(empty ? { condition: effect === 'gated' ? '' : null } : {}) });
  }
  function askForCondition() {
    if (rule.condition === null) change({ condition: '' });
    focusCondition();
  }
  return (
    <>
      {isUntouched ? <RuleInWords onRule={change} /> : null}
      <SentenceEditor
        rule={rule}
        problems={problems
          .filter(({ pointer }) => pointer.startsWith('/scope') || pointer.startsWith('/tools/'))
          .map(({ message }) => message)}
        toolsMissed={saveRefused}
        onChange={change}
        onEffect={setEffect}
        onCondition={askForCondition}
        onCatalog={openCatalog}
      />
      <div ref={element}>
        <ConditionField
          rule={rule}
          value={rule.condition}
          required={rule.effect === 'gated' && rule.status === 'active'}
          problem={problemAt('/condition')}
          onValue={(value) => change({ condition: value })}
        />
        <div className="flex flex-wrap">
          <UseCasePicker rule={rule} onCondition={(condition) => change({ condition })} />
          <Button
            look="plain"
            className="h-7 px-1.5 text-xs"
            aria-expanded={reference}
            onClick={() => setReference(!reference)}
          >
            <BookOpen size={13} aria-hidden />
            Quick reference
          </Button>
        </div>
        {reference ? (
          <QuickReference condition={rule.condition} onCondition={(condition) => change({ condition })} />
        ) : null}
      </div>
      <RuleFindings rule={rule} openDialog={openDialog} />
      <ImpactPanel />
      <NameAndDescription rule={rule} problem={problemAt('/name')} change={change} />
    </>
  );
}

/** Focuses the condition once it is drawn. */
function useConditionFocus() {
  const element = useRef<HTMLDivElement>(null);
  const [asked, setAsked] = useState(0);
  useEffect(() => {
    if (asked === 0) return;
    const field = element.current;
    const input = CONDITION_INPUTS.map((wanted) => field?.querySelector<HTMLElement>(wanted)).find((one) => one);
    input?.focus();
    field?.scrollIntoView({ block: 'nearest' });
  }, [asked]);
  return { element, focusCondition: () => setAsked((n) => n + 1) };
}

interface NameAndDescriptionProps {
  rule: Rule;
  problem: string | undefined;
  change(part: Partial<Rule>): void;
}

function NameAndDescription({ rule, problem, change }: NameAndDescriptionProps) {
  const name = suggestedName(rule);
  return (
    <>
      <Field
        label="Name"
        hint={rule.name.trim() === '' ? `Left empty, it will be called “${name}”` : undefined}
        problem={problem}
      >
        {(id, described) => (
          <TextInput
            id={id}
            aria-describedby={described}
            value={rule.name}
            onChange={(e) => change({ name: e.target.value })}
            placeholder={name}
          />
        )}
      </Field>
      <HiddenInProse text={rule.name} what="name" onText={(text) => change({ name: text })} />
      <Field label="Description">
        {(id) => (
          <TextArea
            id={id}
            rows={2}
            value={rule.description}
            onChange={(e) => change({ description: e.target.value })}
          />
        )}
      </Field>
      <HiddenInProse text={rule.description} what="description" onText={(text) => change({ description: text })} />
    </>
  );
}
