'use client';
import { useMemo } from 'react';
import type { RuleId } from '@/lib/engine';
import { useWorkspace } from '../session/session';
import { ShownPolicyContext, type ShownPolicy } from '../session/shown-policy';
import { CloseButton } from '../ui/close-button';
import { Dialog } from '../ui/dialog';
import { PermissionPart } from './permission-part';

interface DraftDialogProps {
  ruleId: RuleId;
  /** The kind of calls that is unfolded, by its place. */
  region: number;
  onClose(): void;
}

/** What a draft would decide otherwise over all calls if it were active; each kind of calls with one of them under both policies. */
export function DraftDialog({ ruleId, region, onClose }: DraftDialogProps) {
  const { policy } = useWorkspace('policy');
  const active = useMemo(
    (): ShownPolicy => ({
      name: `${policy.name} with the draft`,
      rules: policy.rules.map((rule) => (rule.id === ruleId ? { ...rule, status: 'active' } : rule)),
      settings: policy.settings,
      from: 'preview',
    }),
    [policy, ruleId],
  );
  const against = useMemo(() => ({ name: policy.name, policy }), [policy]);
  const name = policy.rules.find(({ id }) => id === ruleId)?.name;
  return (
    <Dialog
      title={`If ${name === undefined || name === '' ? 'the draft' : name} were active`}
      description="Calls that the policy would decide otherwise, whether they are in a trace or not."
      size="lg"
      onClose={onClose}
      footer={<CloseButton onClose={onClose} />}
    >
      <ShownPolicyContext value={active}>
        <PermissionPart against={against} opened={region} />
      </ShownPolicyContext>
    </Dialog>
  );
}
