'use client';
import { useDndMonitor, type DragEndEvent, type DragStartEvent } from '@dnd-kit/core';
import { TriangleAlert } from 'lucide-react';
import { createContext, useCallback, useContext, useState, type ReactNode } from 'react';
import type { RuleClash } from '@/lib/analysis';
import type { Rule, RuleId } from '@/lib/engine';
import { partOf } from '../ui/part';

// Loaded when the policy is first pointed at or focused: dragging is not needed for the first screen.
export const loadMoveImpact = () => import('./move-impact').then((module) => module.MoveImpact);
const MoveImpact = partOf(loadMoveImpact);

const ClashesContext = createContext<ReadonlySet<RuleId>>(new Set());

/** Shows what dropping the dragged rule would change: in a panel over the bottom of the pane, and on the rows. */
export function DraggedRulePreview({ rules, children }: { rules: readonly Rule[]; children: ReactNode }) {
  const [dragged, setDragged] = useState<{ readonly id: RuleId; readonly index: number }>();
  const [clashing, setClashing] = useState<ReadonlySet<RuleId>>(NONE);
  const showClashes = useCallback(
    (clashes: readonly RuleClash[]) =>
      setClashing(clashes.length === 0 ? NONE : new Set(clashes.map(({ ruleId }) => ruleId))),
    [],
  );
  const follow = ({ active, over }: Pick<DragEndEvent, 'active' | 'over'>) => {
    const rule = rules.find(({ id }) => id === active.id);
    const index = rules.findIndex(({ id }) => id === (over ?? active).id);
    if (rule !== undefined && index >= 0) setDragged({ id: rule.id, index });
  };
  const stopDragging = () => {
    setDragged(undefined);
    setClashing(NONE);
  };
  useDndMonitor({
    onDragStart: ({ active }: DragStartEvent) => follow({ active, over: null }),
    onDragOver: follow,
    onDragEnd: stopDragging,
    onDragCancel: stopDragging,
  });
  return (
    <ClashesContext value={clashing}>
      {children}
      {dragged === undefined ? null : (
        <div className="absolute inset-x-0 bottom-0 z-20 border-t border-line bg-paper px-3 py-2 shadow-float">
          <MoveImpact key={dragged.id} rules={rules} id={dragged.id} index={dragged.index} onClashes={showClashes} />
        </div>
      )}
    </ClashesContext>
  );
}

const NONE: ReadonlySet<RuleId> = new Set();

/** Mark on the row of a rule that conflicts with the dragged one. It takes no space: rows must not grow during a drag. */
export function ClashMark({ id }: { id: RuleId }) {
  if (!useContext(ClashesContext).has(id)) return null;
  return (
    <span
      aria-hidden
      className="pointer-events-none absolute inset-0 flex items-end justify-end border-2 border-gated/60 p-1"
    >
      <span className="inline-flex items-center gap-1 rounded bg-gated-soft px-1.5 text-xs font-medium text-gated">
        <TriangleAlert size={12} />
        conflict
      </span>
    </span>
  );
}
