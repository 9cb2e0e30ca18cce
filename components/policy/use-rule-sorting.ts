'use client';
import {
  closestCenter,
  KeyboardSensor,
  MouseSensor,
  TouchSensor,
  useSensor,
  useSensors,
  type DragEndEvent,
} from '@dnd-kit/core';
import { sortableKeyboardCoordinates } from '@dnd-kit/sortable';
import { useMemo } from 'react';
import type { Rule, RuleId } from '@/lib/engine';
import { announcementsFor, MOVE_INSTRUCTIONS } from './move-announcements';

const MOUSE = { activationConstraint: { distance: 4 } };
const TOUCH = { activationConstraint: { delay: 120, tolerance: 6 } };
const KEYBOARD = { coordinateGetter: sortableKeyboardCoordinates };

/**
 * How a list of rules is reordered by mouse, touch and keyboard: the properties of its `DndContext`.
 * @param onMove is given the new index, from 0
 */
export function useRuleSorting(rules: readonly Rule[], onMove: (id: RuleId, to: number) => void) {
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
  return {
    sensors,
    collisionDetection: closestCenter,
    onDragEnd,
    accessibility: { announcements, screenReaderInstructions: { draggable: MOVE_INSTRUCTIONS } },
  };
}
