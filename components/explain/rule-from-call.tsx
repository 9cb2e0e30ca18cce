'use client';
import { ChevronDown } from 'lucide-react';
import { memo } from 'react';
import { EFFECTS, type Call } from '@/lib/engine';
import { ActionMenu } from '../ui/action-menu';
import type { MenuEntry } from '../ui/menu-entry';
import { Button } from '../ui/button';
import { EFFECT_MARKS } from '../ui/effect-mark';
import type { WorkbenchDialog } from '../session/dialogs';

const VERBS = { allow: 'Allow', deny: 'Deny', gated: 'Gate' };

interface RuleFromCallProps {
  call: Call;
  openDialog(dialog: WorkbenchDialog): void;
}

/** Menu that makes a rule from a call. */
export const RuleFromCall = memo(function RuleFromCall({ call, openDialog }: RuleFromCallProps) {
  const entries = EFFECTS.map((effect): MenuEntry => ({
    kind: 'action',
    label: `${VERBS[effect]} calls like this…`,
    icon: EFFECT_MARKS[effect].icon,
    run: () => openDialog({ kind: 'from-call', call, effect }),
  }));
  return (
    <ActionMenu entries={entries} align="end">
      <Button look="plain" className="h-7 px-2 text-xs">
        Make a rule
        <ChevronDown size={12} aria-hidden />
      </Button>
    </ActionMenu>
  );
});
