'use client';
import { clsx } from 'clsx';
import { useMemo, useState } from 'react';
import { comparisonSentence, otherRuleSentence } from '@/lib/analysis';
import { EFFECT_CODES } from '@/lib/trace';
import type { Compared } from '@/lib/worker';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { Marked } from '../ui/worded';
import { useReplay, useSession } from '../workbench/session';
import { useShownPolicy } from '../workbench/shown-policy';
import { AgainstPicker } from './against-picker';
import { CompareGroups } from './compare-groups';
import { CompareMatrix, type Cell } from './compare-matrix';
import { nameIn } from './decider-words';
import { useAgainst, useComparison, type Against } from './use-baseline';

interface CompareDialogProps {
  onClose(): void;
  readOnly: boolean;
}

/** What changes, call by call, from a version, another policy or a bundle to the policy that is shown. */
export function CompareDialog({ onClose, readOnly }: CompareDialogProps) {
  const { name, from } = useShownPolicy();
  const against = useAgainst();
  return (
    <Dialog
      title={`Compare ${name}`}
      description={
        readOnly
          ? 'What would change if this preview took the place of your own policy, over the calls of the open trace.'
          : 'What your policy decides otherwise than it did, or than another does, over the calls of the open trace.'
      }
      size="lg"
      onClose={onClose}
      footer={
        <Button look="primary" onClick={onClose}>
          Close
        </Button>
      }
    >
      <div className="space-y-4">
        {readOnly ? null : <AgainstPicker />}
        {from === 'draft' ? (
          <p className="text-sm text-ink-2">The rule under edit counts as it stands, although it is not saved.</p>
        ) : null}
        {against === undefined ? null : <Comparison against={against} onClose={onClose} />}
      </div>
    </Dialog>
  );
}

function Comparison({ against, onClose }: { against: Against; onClose(): void }) {
  const { replay } = useSession();
  const { open } = useReplay('open');
  const { rules, name } = useShownPolicy();
  const { compared, stale, failure, standing } = useComparison(against);
  const [chosen, setChosen] = useState<Cell>();
  const seen = compared ?? stale;
  const cell = useMemo(() => (seen === undefined ? undefined : shownCell(seen, chosen)), [seen, chosen]);
  if (open === undefined) {
    return <p className="text-sm text-ink-2">Open a trace, or import one, to compare what is decided of its calls.</p>;
  }
  if (failure !== undefined) {
    return (
      <p role="alert" className="text-sm text-deny">
        This could not be worked out: {failure}
      </p>
    );
  }
  const others = compared === undefined ? undefined : otherRuleSentence(compared.otherRule);
  return (
    <div className="space-y-4" aria-busy={compared === undefined}>
      <p role="status" className="text-base" data-testid="comparison">
        {compared === undefined ? (
          'Being worked out…'
        ) : (
          <>
            <Sentence text={`${comparisonSentence(compared, nameIn(rules))}.`} />
            {others === undefined ? null : <span className="text-sm text-ink-2"> {others}.</span>}
          </>
        )}
      </p>
      {seen === undefined ? null : (
        <div className={clsx(compared === undefined && 'opacity-60')}>
          <CompareMatrix compared={seen} before={against.name} after={name} cell={cell} onCell={setChosen} />
        </div>
      )}
      {compared === undefined || standing === undefined || cell === undefined ? null : (
        <CompareGroups
          standing={standing}
          against={against}
          rules={rules}
          cell={cell}
          onShow={(index) => {
            replay.select(index);
            onClose();
          }}
        />
      )}
    </div>
  );
}

/** A sentence that begins one. */
function Sentence({ text }: { text: string }) {
  return <Marked text={text.slice(0, 1).toUpperCase() + text.slice(1)} />;
}

/** What was chosen, while it has calls; else the cell into which most calls have gone; else one whose calls changed their rule, perhaps. */
function shownCell({ matrix, otherRule }: Compared, chosen: Cell | undefined): Cell | undefined {
  if (chosen !== undefined && matrix[chosen.from][chosen.to] > 0) return chosen;
  const cells = EFFECT_CODES.flatMap((from) => EFFECT_CODES.map((to) => ({ from, to })));
  const most = (among: readonly Cell[]) =>
    among.toSorted((a, b) => matrix[b.from][b.to] - matrix[a.from][a.to]).find(({ from, to }) => matrix[from][to] > 0);
  return most(cells.filter(({ from, to }) => from !== to)) ?? (otherRule > 0 ? most(cells) : undefined);
}
