'use client';
import { useState } from 'react';
import { Button } from '../ui/button';
import { CloseButton } from '../ui/close-button';
import { Dialog } from '../ui/dialog';
import { useSession, useWorkspace } from '../session/session';
import { useShownPolicy } from '../session/shown-policy';
import { HelpLink } from '../site/help-link';
import { AgainstPicker, type AgainstChoice } from './against-picker';
import { ComparedCallView } from './compared-call';
import type { EffectChange } from './compare-matrix';
import { ChangedRules } from './changed-rules';
import { Comparison } from './comparison';
import { PageLink } from './page-link';
import { partOf } from '../ui/part';
import { useAgainst, type ShownBaseline } from './use-baseline';

// Loaded on demand, so that the calls of the trace are decided first.
const PermissionPart = partOf(() => import('./permission-part').then((m) => m.PermissionPart));

interface CompareDialogProps {
  onClose(): void;
  readOnly: boolean;
}

/** The changes, call by call, from a version, another policy or a bundle to the shown policy. */
export function CompareDialog({ onClose, readOnly }: CompareDialogProps) {
  const { workspace } = useSession();
  const { policy } = useWorkspace('policy');
  const { name, from } = useShownPolicy();
  const against = useAgainst();
  const [cell, setCell] = useState<EffectChange>();

  function pin(choice: AgainstChoice) {
    const { baselines } = workspace;
    switch (choice.kind) {
      case 'nothing':
        return void baselines.unpin();
      case 'version':
        return void baselines.pinVersion(choice.version);
      case 'policy':
        return void baselines.pinPolicy(choice.id);
      case 'bundle':
        return void baselines.pinBundle(choice.bundle);
    }
  }

  return (
    <Dialog
      title={`Compare ${name}`}
      help={<HelpLink to="replay/#compare" about="comparing" />}
      description={
        readOnly
          ? 'The decisions on the calls of the open trace that would change if this preview replaced your policy.'
          : 'The calls of the open trace that your policy decides differently than an earlier version, another policy or a bundle.'
      }
      size="lg"
      onClose={onClose}
      footer={
        <>
          {readOnly ? null : <PageLink cell={cell} />}
          <CloseButton onClose={onClose} />
        </>
      }
    >
      <div className="space-y-4">
        {readOnly ? null : (
          <AgainstPicker
            label={`Compare ${policy.name} with`}
            noVersion="Save a version first (in the policy’s menu, “Versions…”) to compare with this policy as it is now."
            onChoose={pin}
          />
        )}
        {from === 'draft' ? (
          <p className="text-sm text-ink-2">The rule under edit counts with its unsaved changes.</p>
        ) : null}
        {against === undefined ? null : (
          <>
            <PermissionPart against={against} />
            <Over against={against} cell={cell} onCell={setCell} onClose={onClose} />
          </>
        )}
      </div>
    </Dialog>
  );
}

interface CompareOverviewProps {
  against: ShownBaseline;
  cell: EffectChange | undefined;
  onCell(cell: EffectChange): void;
  onClose(): void;
}

/** The comparison as one column; the details of a call expand in the list. */
function Over({ against, cell, onCell, onClose }: CompareOverviewProps) {
  const { replay } = useSession();
  const [index, setIndex] = useState<number>();
  const { rules } = useShownPolicy();
  return (
    <Comparison
      against={against}
      chosen={cell}
      onCell={onCell}
      call={{
        index,
        choose: setIndex,
        below: (pair, chosen) => (
          <ComparedCallView index={chosen} pair={pair} against={against} rules={rules}>
            <Button
              className="h-7 px-2 text-xs"
              onClick={() => {
                replay.select(chosen);
                onClose();
              }}
            >
              Show it in the workbench
            </Button>
          </ComparedCallView>
        ),
      }}
    >
      {({ sentence, matrix, groups }) => (
        <div className="space-y-4">
          {sentence}
          <ChangedRules against={against} />
          {matrix}
          {groups}
        </div>
      )}
    </Comparison>
  );
}
