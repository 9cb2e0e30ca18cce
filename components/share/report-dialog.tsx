'use client';
import { useMemo, useState } from 'react';
import { bundleOf, digestOf } from '@/lib/bundle';
import type { Call } from '@/lib/engine';
import { explanationMarkdown } from '../explain/markdown';
import { Button } from '../ui/button';
import { copyText } from '../ui/copy-text';
import { Dialog } from '../ui/dialog';
import { notify } from '../ui/notify';
import { useSession } from '../session/session';
import { useShownPolicy } from '../session/shown-policy';
import { SharedValues } from './shared-values';
import { useRedactedBundle, type ValueChoice } from './use-shared-bundle';

interface ReportDialogProps {
  /** The call that is explained: one of the trace, or a what-if. */
  call: Call;
  onClose(): void;
}

/** Copies the explanation of a decision as Markdown, for a ticket; with its values replaced, or as they are. */
export function ReportDialog({ call, onClose }: ReportDialogProps) {
  const { replay } = useSession();
  const { name, rules, settings } = useShownPolicy();
  const [choice, setChoice] = useState<ValueChoice>({ values: 'replaced', keep: new Set() });
  const bundle = useMemo(
    () => bundleOf(name, { rules, settings }, { trace: [call], focus: call.id }),
    [name, rules, settings, call],
  );
  const { redaction, ready } = useRedactedBundle(replay, bundle, choice);

  async function copy() {
    const explained = ready?.trace?.[0];
    if (ready === undefined || explained === undefined) return;
    const reasons = await replay.explainUnder({ rules, settings }, explained);
    const about = { policyName: name, digest: digestOf({ rules, settings }), readings: settings.readings };
    await copyText(explanationMarkdown(reasons, rules, about), 'Copied as Markdown');
    onClose();
  }
  return (
    <Dialog
      title="Copy the explanation"
      description="As Markdown, for a ticket: the decision, its rule, the reason, and the policy."
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            look="primary"
            disabled={ready === undefined}
            onClick={() => void copy().catch(() => notify('The explanation could not be made: decisions changed'))}
          >
            Copy
          </Button>
        </>
      }
    >
      <div className="text-sm">
        <SharedValues
          bundle={bundle}
          redaction={redaction}
          choice={choice}
          onChoice={(part) => setChoice((now) => ({ ...now, ...part }))}
        />
      </div>
    </Dialog>
  );
}
