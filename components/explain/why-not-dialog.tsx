'use client';
import type { Call, RuleId } from '@/lib/engine';
import { Dialog } from '../ui/dialog';
import { useShownPolicy } from '../session/shown-policy';
import { HelpLink } from '../site/help-link';
import { WhyNotOf } from './why-not';

interface WhyNotDialogProps {
  ruleId: RuleId;
  call: Call;
  onClose(): void;
}

/** Opened from a rule: why it did not decide the call in focus. */
export function WhyNotDialog({ ruleId, call, onClose }: WhyNotDialogProps) {
  const { rules } = useShownPolicy();
  const at = rules.findIndex(({ id }) => id === ruleId);
  const tool = call.tool?.name;
  return (
    <Dialog
      title={`Why not rule ${at + 1}, ${rules[at]?.name ?? ''}?`}
      description={`For the call in focus, ${call.id}${tool === null || tool === undefined ? '' : `: ${tool}`}`}
      help={<HelpLink to="policies/#when-a-rule-matches" about="when a rule matches" />}
      onClose={onClose}
    >
      <WhyNotOf ruleId={ruleId} call={call} />
    </Dialog>
  );
}
