'use client';
import { useState } from 'react';
import { digestOf, shortDigest } from '@/lib/bundle';
import { changesNothing } from '@/lib/workspace';
import { Dialog } from '../ui/dialog';
import { partOf } from '../ui/part';
import { Segmented } from '../ui/segmented';
import { useReplay, useWorkspace } from '../session/session';
import { useShownPolicy } from '../session/shown-policy';
import type { BundlePreview } from '../session/use-link';
import { HelpLink } from '../site/help-link';
import { LinkView } from './link-view';
import { PartChoices } from './part-choices';
import { holdsValues, keptParts, type SharePart } from './parts';
import { ShareActions } from './share-actions';
import { SharedValues } from './shared-values';
import {
  dismissedOf,
  invariantsOf,
  MOST_CALLS,
  useSharedBundle,
  type ShareChoice,
  type SharedBundle,
} from './use-shared-bundle';

const EmbedPart = partOf(() => import('./embed-part').then((m) => m.EmbedPart), {
  waiting: () => <p role="status">Loading…</p>,
});

const FORMS = [
  { value: 'link', label: 'Link or file' },
  { value: 'embed', label: 'Embed' },
] as const;
type ShareForm = (typeof FORMS)[number]['value'];

interface ShareDialogProps {
  preview: BundlePreview | undefined;
  /** Begins with the call in focus chosen. */
  decision?: boolean;
  /** Begins with all that is kept with the policy chosen, as it is: a file for oneself. */
  whole?: boolean;
  onClose(): void;
}

/** What goes into the link, what of it says something of people, how long it is, and where it fits. */
export function ShareDialog({ preview, decision = false, whole = false, onClose }: ShareDialogProps) {
  const shown = useShownPolicy();
  const { policy, draft } = useWorkspace('policy', 'draft');
  const { explained, open } = useReplay('explained', 'open');
  const [choice, setChoice] = useState<ShareChoice>({
    parts: new Set<SharePart>(
      whole
        ? [...keptParts(policy), 'invariants', 'dismissed']
        : [
            ...(decision && explained !== undefined ? (['call'] as const) : []),
            // Notes are written to be read by others.
            ...keptParts({ notes: (preview?.bundle ?? policy).notes ?? '' }),
          ],
    ),
    unsaved: true,
    values: whole ? 'as-they-are' : 'replaced',
    keep: new Set(),
  });
  const [form, setForm] = useState<ShareForm>('link');
  const change = (part: Partial<ShareChoice>) => setChoice((now) => ({ ...now, ...part }));
  const shared = useSharedBundle(preview, choice);
  const { bundle, redaction, ready, link } = shared;
  return (
    <Dialog
      title={`Share ${shown.name}`}
      help={<HelpLink to="sharing/" about="sharing" />}
      description="The link holds the policy itself, after the #: no server, log or proxy sees it."
      onClose={onClose}
      footer={<ShareActions name={shown.name} ready={ready} link={link} />}
    >
      <div className="space-y-4 text-sm">
        {draft === null || changesNothing(draft, policy.rules) || shown.from !== 'draft' ? null : (
          <label className="flex items-start gap-2 rounded-md bg-gated-soft px-3 py-2 text-gated">
            <input
              type="checkbox"
              className="mt-1 accent-accent"
              checked={choice.unsaved}
              onChange={(event) => change({ unsaved: event.target.checked })}
            />
            With the rule that you are editing as it is now, although it is not saved
          </label>
        )}
        <PartChoices
          rules={(choice.unsaved ? shown : policy).rules.length}
          chosen={choice.parts}
          onChosen={(parts) => change({ parts })}
          call={explained?.call}
          trace={open?.info}
          most={MOST_CALLS}
          own={preview?.bundle ?? policy}
          invariants={invariantsOf(preview, policy).length}
          dismissed={dismissedOf(preview, policy).length}
          catalog={open !== undefined}
        />
        {bundle !== undefined && holdsValues(bundle) ? (
          <SharedValues bundle={bundle} redaction={redaction} choice={choice} onChoice={change} />
        ) : null}
        <Segmented<ShareForm> label="Share as" value={form} options={FORMS} onValue={setForm} />
        {form === 'embed' && ready !== undefined ? <EmbedPart bundle={ready} /> : <LinkOutcome shared={shared} />}
        <p className="text-xs text-ink-2">
          Policy digest <code className="font-mono">{shortDigest(digestOf(choice.unsaved ? shown : policy))}</code>.
          Whoever opens the link sees the same digest, or it is not the same policy.
        </p>
      </div>
    </Dialog>
  );
}

/** The link, or why there is none. */
function LinkOutcome({ shared: { link, encoded, redaction } }: { shared: SharedBundle }) {
  if (link !== undefined) return <LinkView link={link} />;
  if (encoded?.ok === false) {
    return (
      <p role="alert" className="rounded-md bg-deny-soft px-3 py-2 text-deny">
        This cannot be put into a link: {encoded.problems.map((problem) => problem.message).join('; ')}. A file can hold
        it.
      </p>
    );
  }
  const blocked = redaction?.current === true && (redaction.plan?.needs.length ?? 0) > 0;
  return (
    <p role="status" className="rounded-md bg-sunken px-3 py-2 text-ink-2">
      {blocked
        ? 'There is no link yet: keep the values that conditions need, or share them as they are.'
        : 'Making the link…'}
    </p>
  );
}
