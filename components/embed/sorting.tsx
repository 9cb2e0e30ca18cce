'use client';
import { DndContext } from '@dnd-kit/core';
import { SortableContext, useSortable, verticalListSortingStrategy } from '@dnd-kit/sortable';
import { CSS } from '@dnd-kit/utilities';
import type { ReactNode } from 'react';
import type { Rule, RuleId } from '@/lib/engine';
import { useRuleSorting } from '../policy/use-rule-sorting';
import { EmbeddedRule, type EmbeddedRuleProps } from './embedded-rule';

// Loaded when the reader comes near the list: nothing of it is needed to show the rules.

interface SortedRulesProps {
  rules: readonly Rule[];
  /** Of those that are drawn. */
  ids: RuleId[];
  /** `to`: the new index, from 0. */
  onMove(id: RuleId, to: number): void;
  children: ReactNode;
}

/** Lets the rules in it be moved by mouse, touch and keyboard. */
export function SortedRules({ rules, ids, onMove, children }: SortedRulesProps) {
  const sorting = useRuleSorting(rules, onMove);
  return (
    <DndContext id="embedded-rules" {...sorting}>
      <SortableContext items={ids} strategy={verticalListSortingStrategy}>
        {children}
      </SortableContext>
    </DndContext>
  );
}

export function SortedRule(props: EmbeddedRuleProps) {
  const { attributes, isDragging, listeners, setActivatorNodeRef, setNodeRef, transform, transition } = useSortable({
    id: props.rule.id,
  });
  return (
    <EmbeddedRule
      {...props}
      drag={{
        ref: setNodeRef,
        style: { transform: CSS.Translate.toString(transform), transition },
        isDragging,
        handle: { ref: setActivatorNodeRef, ...attributes, ...listeners },
      }}
    />
  );
}
