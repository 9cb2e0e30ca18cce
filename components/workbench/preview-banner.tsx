'use client';
import { Eye } from 'lucide-react';
import { useState } from 'react';
import { shortDigest } from '@/lib/bundle';
import { Button } from '../ui/button';
import { counted } from '../ui/words';
import { replaceWords } from '../intake/replace-words';
import { useIntakeActions } from '../intake/use-intake-actions';
import { partOf } from '../ui/part';
import { useWorkspace } from '../session/session';
import { useDigest } from '../session/use-digest';
import type { LinkState, BundlePreview } from '../session/use-link';
import { usePreviewTrace } from './use-preview-trace';

const PreviewNotes = partOf(() => import('./preview-notes').then((module) => module.PreviewNotes));
const Confirm = partOf(() => import('../ui/confirm').then((module) => module.Confirm));

function holds({ bundle }: BundlePreview): string {
  const parts = [counted(bundle.rules.length, 'rule')];
  if (bundle.trace !== undefined && bundle.trace.length > 0) parts.push(counted(bundle.trace.length, 'call'));
  if (bundle.tests !== undefined && bundle.tests.length > 0) parts.push(counted(bundle.tests.length, 'test'));
  if (bundle.catalog !== undefined) parts.push('a catalog');
  if (bundle.notes !== undefined && bundle.notes !== '') parts.push('notes');
  return parts.join(', ');
}

/** Banner over a previewed policy; the user's own work stays as it is. */
export function PreviewBanner({
  link,
  preview,
  onCompare,
}: {
  link: LinkState;
  preview: BundlePreview;
  onCompare(): void;
}) {
  const taking = useIntakeActions(link);
  const { policy } = useWorkspace('policy');
  const { bundle, source, warnings } = preview;
  usePreviewTrace(preview);
  const digest = useDigest(bundle);
  const [asking, setAsking] = useState(false);
  const { stays, goes } = replaceWords(policy, bundle);
  const replace = () => void taking.replace(bundle, source);

  return (
    <section
      aria-label="Preview"
      className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-2 border-b border-accent/40 bg-accent-soft px-3 py-2 text-sm"
    >
      <Eye size={16} className="shrink-0 text-accent" aria-hidden />
      <p className="min-w-56 flex-1" role="status">
        <strong className="font-semibold">Preview of {bundle.name}</strong>{' '}
        <span className="font-mono text-xs" data-digest={digest}>
          {digest === undefined ? '…' : shortDigest(digest)}
        </span>{' '}
        from {source}: {holds(preview)}. Nothing is saved, and your own work is untouched.
        {warnings.length > 0 ? (
          <span className="text-ink-2">
            {' '}
            {counted(warnings.length, 'part')} of it {warnings.length === 1 ? 'is' : 'are'} not known to this version,
            and kept as they came.
          </span>
        ) : null}
      </p>
      <span className="flex flex-wrap gap-2">
        <Button look="primary" onClick={() => void taking.saveAsNew(bundle)}>
          Save as a new policy
        </Button>
        <Button onClick={() => (goes === undefined ? replace() : setAsking(true))} title={`Replace ${policy.name}`}>
          <span className="max-w-48 truncate">Replace {policy.name}</span>
        </Button>
        <Button onClick={onCompare}>Compare…</Button>
        <Button look="plain" onClick={link.close}>
          Leave the preview
        </Button>
      </span>
      {(bundle.description ?? '') + (bundle.notes ?? '') === '' ? null : (
        <PreviewNotes description={bundle.description} notes={bundle.notes} />
      )}
      {asking ? (
        <Confirm
          title={`Replace ${policy.name}?`}
          text={[goes, stays].filter(Boolean).join(' ')}
          action="Replace the policy"
          onConfirm={replace}
          onClose={() => setAsking(false)}
        />
      ) : null}
    </section>
  );
}
