'use client';
import { clsx } from 'clsx';
import { Check, CircleHelp, GitCompareArrows, type LucideIcon } from 'lucide-react';
import { recordedWording, sentence, type RecordedWording } from '@/lib/wording';
import type { Call, Decision, Policy } from '@/lib/engine';
import { useMemo } from 'react';
import { useDigest } from '../session/use-digest';
import { Button } from '../ui/button';
import { Worded } from '../ui/worded';

/** Icon and colours of how a recorded decision compares. */
export const VERDICT_LOOKS = {
  reproduced: { icon: Check, look: 'bg-canvas text-ink-2' },
  'other-rule': { icon: Check, look: 'bg-gated-soft text-gated' },
  diverged: { icon: GitCompareArrows, look: 'bg-deny-soft text-deny' },
  'not-reproducible': { icon: CircleHelp, look: 'bg-gated-soft text-gated' },
} satisfies Record<RecordedWording['verdict'], { icon: LucideIcon; look: string }>;

interface RecordedNoteProps {
  call: Call;
  decision: Decision;
  policy: Policy;
  /** Opens what-if, to supply what is missing. */
  onSupply(): void;
}

/** The recorded decision compared with the computed one. */
export function RecordedNote(props: RecordedNoteProps) {
  // Calculating the digest of a long policy takes time: only where there is a recorded one to compare with.
  return props.call.recorded?.policyDigest === undefined ? <Note {...props} /> : <NoteWithDigest {...props} />;
}

function NoteWithDigest(props: RecordedNoteProps) {
  const { rules, settings } = props.policy;
  return <Note {...props} digest={useDigest(useMemo(() => ({ rules, settings }), [rules, settings]))} />;
}

function Note({ call, decision, policy, onSupply, digest }: RecordedNoteProps & { digest?: string | undefined }) {
  const wording = recordedWording(call, decision, policy.rules, digest);
  if (wording === undefined) return null;
  const { icon: Icon, look } = VERDICT_LOOKS[wording.verdict];
  return (
    <div data-testid="recorded" className={clsx('mb-2 flex items-start gap-1.5 rounded-md px-2 py-1.5 text-sm', look)}>
      <Icon size={14} className="mt-0.5 shrink-0" aria-hidden />
      <p className="min-w-0 flex-1 break-words">
        <strong className="font-semibold">{wording.title}.</strong> <Worded words={sentence(wording.words)} />
      </p>
      {wording.missing.length === 0 ? null : (
        <Button className="-my-0.5 h-7 px-2 text-xs" onClick={onSupply}>
          Supply them
        </Button>
      )}
    </div>
  );
}
