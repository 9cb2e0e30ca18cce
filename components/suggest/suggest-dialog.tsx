'use client';
import { clsx } from 'clsx';
import { useMemo, useState } from 'react';
import { difference, type RuleChange } from '@/lib/analysis';
import type { Policy } from '@/lib/engine';
import { mergeChanges } from '@/lib/intake';
import type { PolicySuggestion } from '@/lib/suggest';
import { tooManyRulesWords } from '@/lib/wording/suggestion-words';
import { ChangeList } from '../intake/change-list';
import { changeKey, countsOf } from '../intake/change-words';
import { ImpactOf } from '../policy/impact-panel';
import { useReplay, useSession, useWorkspace } from '../session/session';
import { ShownPolicyContext, useShownPolicy } from '../session/shown-policy';
import { HelpLink } from '../site/help-link';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { notify } from '../ui/notify';
import { partOf } from '../ui/part';
import { counted, number } from '../ui/words';
import { SuggestionForm } from './suggestion-choices';
import { SuggestionReport } from './suggestion-report';
import { suggestedRules, useSuggestion, type SuggestionWish } from './use-suggestion';

// Loaded on demand: the suggestion comes first.
const PermissionPart = partOf(() => import('../compare/permission-part').then((m) => m.PermissionPart));

const FIRST_WISH: SuggestionWish = {
  choices: { take: 'not-denied', by: undefined, tools: 'exact', limitsArguments: false },
  shown: false,
};

/** Rules suggested from the open trace: choices, what they allow and open, and the difference that taking them makes. */
export function SuggestDialog({ onClose }: { onClose(): void }) {
  const { open, view } = useReplay('open', 'view');
  const isPreview = useShownPolicy().from === 'preview';
  const [wish, setWish] = useState(FIRST_WISH);
  const { answer, current, failure, progress } = useSuggestion(wish);
  const taking = useTaking(answer);
  const total = open?.info.calls ?? 0;
  return (
    <Dialog
      title="Suggest rules from the trace"
      description={
        open === undefined ? 'No trace is open.' : `The fewest rules that allow the calls of ${open.info.name}.`
      }
      size="lg"
      help={<HelpLink to="replay/#suggest-rules" about="suggested rules" />}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            look="primary"
            disabled={
              !current ||
              isPreview ||
              taking.taken.length === 0 ||
              tooManyRulesWords(taking.after.rules.length) !== undefined
            }
            onClick={() => {
              if (taking.take()) onClose();
            }}
          >
            Take {counted(taking.taken.length, 'change')}
          </Button>
        </>
      }
    >
      <div className="space-y-4">
        <SuggestionForm
          wish={wish}
          onWish={setWish}
          suggestion={answer}
          filtered={view?.places === undefined || view.count === total ? undefined : view.count}
        />
        <SuggestionNotes
          isPreview={isPreview}
          failure={failure}
          calls={current ? undefined : open?.info.calls}
          progress={progress}
        />
        {answer === undefined ? null : (
          <div aria-busy={!current} className={clsx('space-y-4', !current && 'opacity-60')}>
            <SuggestionReport suggestion={answer} />
            <SuggestedChanges {...taking} />
          </div>
        )}
      </div>
    </Dialog>
  );
}

interface SuggestionNotesProps {
  isPreview: boolean;
  failure: string | undefined;
  /** How many calls are being decided; undefined where they have been. */
  calls: number | undefined;
  /** In percent. */
  progress: number;
}

/** Why nothing can be taken, what failed, and how far the work is. */
const SuggestionNotes = ({ isPreview, failure, calls, progress }: SuggestionNotesProps) => (
  <>
    {isPreview ? (
      <p className="text-sm text-ink-2">A policy is only shown: rules can be taken into one of your own.</p>
    ) : null}
    {failure === undefined ? null : (
      <p role="alert" className="text-sm text-deny">
        No rules could be suggested: {failure}
      </p>
    )}
    {calls === undefined || failure !== undefined ? null : (
      <p role="status" className="text-sm text-ink-2">
        Deciding the {number(calls)} calls… {progress > 0 ? `${progress} %` : ''}
      </p>
    )}
  </>
);

/** What taking the suggestion changes: all of it, but for the changes that the user leaves. */
function useTaking(suggestion: PolicySuggestion | undefined) {
  const { workspace } = useSession();
  const { policy } = useWorkspace('policy');
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  // Apart from what is left out of them: the rules keep their ids while changes are chosen.
  const theirs = useMemo((): Policy => {
    const rules = suggestion && suggestedRules(suggestion, policy.rules, () => workspace.newRuleId());
    return { rules: rules ?? policy.rules, settings: policy.settings };
  }, [suggestion, policy.rules, policy.settings, workspace]);
  const { after, changes, taken } = useMemo(() => {
    const all = difference(policy, theirs);
    const some = all.filter((change) => !left.has(changeKey(change)));
    return { after: mergeChanges(policy, theirs, some), changes: all, taken: some };
  }, [policy, theirs, left]);
  const take = (): boolean => {
    if (workspace.dispatch({ kind: 'replace-rules', rules: after.rules }).kind === 'refused') return false;
    notify(`Took ${counted(taken.length, 'change')} of rules`, {
      action: { label: 'Undo', onClick: () => void workspace.undo() },
    });
    return true;
  };
  return { before: policy, after, changes, taken, left, setLeft, take };
}

interface SuggestedChangesProps {
  before: Policy;
  after: Policy;
  changes: readonly RuleChange[];
  left: ReadonlySet<string>;
  setLeft(left: ReadonlySet<string>): void;
}

/** The suggested rules as changes of the present ones; each can be left out. */
function SuggestedChanges({ before, after, changes, left, setLeft }: SuggestedChangesProps) {
  if (changes.length === 0) return <p className="text-sm">The rules of the policy are these already.</p>;
  const keys = changes.map(changeKey);
  const tooMany = tooManyRulesWords(after.rules.length);
  return (
    <section aria-label="Against the present rules" className="space-y-2">
      {tooMany === undefined ? null : (
        <p role="alert" className="text-sm text-deny">
          The result is too large: {tooMany}.
        </p>
      )}
      <h3 className="text-xs font-medium text-ink-2">Against the present rules: {countsOf(changes)}</h3>
      <ChangeList
        changes={changes}
        chosen={new Set(keys.filter((key) => !left.has(key)))}
        onChosen={(chosen) => setLeft(new Set(keys.filter((key) => !chosen.has(key))))}
      />
      {tooMany === undefined ? (
        <>
          <SuggestedRegions before={before} after={after} />
          <ImpactOf before={before} after={after} title="What taking them would change" />
        </>
      ) : null}
    </section>
  );
}

/** What the chosen changes decide otherwise over all calls, as a comparison shows it. */
function SuggestedRegions({ before, after }: Pick<SuggestedChangesProps, 'before' | 'after'>) {
  const { name } = useShownPolicy();
  const suggested = useMemo(
    () => ({
      name: `${name} with these changes`,
      rules: after.rules,
      settings: after.settings,
      from: 'preview' as const,
    }),
    [name, after],
  );
  const against = useMemo(() => ({ name, policy: before }), [name, before]);
  return (
    <ShownPolicyContext value={suggested}>
      <PermissionPart against={against} />
    </ShownPolicyContext>
  );
}
