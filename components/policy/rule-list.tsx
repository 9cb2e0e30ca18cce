'use client';
import { DndContext } from '@dnd-kit/core';
import { SortableContext, verticalListSortingStrategy } from '@dnd-kit/sortable';
import { useState } from 'react';
import type { Rule, RuleId } from '@/lib/engine';
import { VirtualRows } from '../ui/virtual-rows';
import { DraggedRulePreview } from './dragged-rule';
import type { RuleActions } from './rule-menu';
import { Hits, RuleRow, rowHeightOf } from './rule-row';
import type { RuleVerdict } from './rule-verdicts';
import { useRuleKeys } from './use-rule-keys';
import { useRuleSorting } from './use-rule-sorting';

interface RuleListProps {
  rules: readonly Rule[];
  defaultVerdict: RuleVerdict;
  /** The rule that decided the call in focus, or `default`. */
  deciding: RuleId | 'default' | undefined;
  readOnly: boolean;
  actions: RuleActions;
}

/** The rules in evaluation order, to be reordered by mouse, touch or keyboard, above the default: deny. */
export function RuleList({ rules, defaultVerdict, deciding, readOnly, actions }: RuleListProps) {
  // INVARIANT: the drag state of the rows stays the same object while it does not change, or each render of the list renders all rows.
  const ids = useSame(rules.map((rule) => rule.id));
  const sorting = useRuleSorting(rules, actions.move);
  const { stopOf, keys } = useRuleKeys(ids);
  return (
    <DndContext id="rules" {...sorting}>
      <DraggedRulePreview rules={rules}>
        <SortableContext items={ids} strategy={verticalListSortingStrategy}>
          <ol aria-label="Rules, in the order in which they are evaluated" {...keys}>
            <VirtualRows keys={ids} rowHeight={(index) => rowHeightOf(rules[index])}>
              {(index, place) => {
                const rule = rules[index];
                return rule === undefined ? null : (
                  <RuleRow
                    key={rule.id}
                    rule={rule}
                    position={index + 1}
                    count={rules.length}
                    deciding={deciding === rule.id}
                    readOnly={readOnly}
                    actions={actions}
                    stop={stopOf(rule.id)}
                    place={place}
                  />
                );
              }}
            </VirtualRows>
            <li
              data-rule="default"
              className={
                'flex items-center gap-1 border-b border-line py-2.5 pr-10 pl-1 text-sm text-ink-2 pointer-coarse:pr-13 ' +
                (deciding === 'default' ? 'bg-accent-soft' : 'bg-canvas')
              }
            >
              <span className="w-12 shrink-0 text-center" aria-hidden>
                –
              </span>
              <span className="flex-1">
                No rule matched: <strong className="font-medium text-deny">deny</strong>
              </span>
              <Hits verdict={defaultVerdict} />
            </li>
          </ol>
        </SortableContext>
      </DraggedRulePreview>
    </DndContext>
  );
}

/** The same list object while its items do not change. */
function useSame(ids: readonly RuleId[]): RuleId[] {
  const [kept, setKept] = useState([...ids]);
  if (kept.length === ids.length && ids.every((id, i) => id === kept[i])) return kept;
  const now = [...ids];
  setKept(now);
  return now;
}
