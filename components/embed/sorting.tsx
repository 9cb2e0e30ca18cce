'use client';
import {
  closestCenter,
  DndContext,
  KeyboardSensor,
  MouseSensor,
  TouchSensor,
  useSensor,
  useSensors,
  type DragEndEvent,
} from '@dnd-kit/core';
import {
  SortableContext,
  sortableKeyboardCoordinates,
  useSortable,
  verticalListSortingStrategy,
} from '@dnd-kit/sortable';
import { CSS } from '@dnd-kit/utilities';
import { useMemo, type ReactNode } from 'react';
import type { Rule, RuleId } from '@/lib/engine';
import { announcementsFor, MOVE_INSTRUCTIONS } from '../policy/move-announcements';
import { EmbeddedRule, type EmbeddedRuleProps } from './embedded-rule';

// Loaded when the reader comes near the list: nothing of it is needed to show the rules.

const MOUSE = { activationConstraint: { distance: 4 } };
const TOUCH = { activationConstraint: { delay: 120, tolerance: 6 } };
const KEYBOARD = { coordinateGetter: sortableKeyboardCoordinates };

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
  const sensors = useSensors(
    useSensor(MouseSensor, MOUSE),
    useSensor(TouchSensor, TOUCH),
    useSensor(KeyboardSensor, KEYBOARD),
  );
  const announcements = useMemo(() => announcementsFor(rules), [rules]);
  function onDragEnd({ active, over }: DragEndEvent) {
    if (over === null || over.id === active.id) return;
    const to = rules.findIndex(({ id }) => id === over.id);
    const moved = rules.find(({ id }) => id === active.id);
    if (moved !== undefined && to >= 0) onMove(moved.id, to);
  }
  return (
    <DndContext
      id="embedded-rules"
      sensors={sensors}
      collisionDetection={closestCenter}
      onDragEnd={onDragEnd}
      accessibility={{ announcements, screenReaderInstructions: { draggable: MOVE_INSTRUCTIONS } }}
    >
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
