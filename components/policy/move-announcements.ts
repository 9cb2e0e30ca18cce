import type { Announcements } from '@dnd-kit/core';
import type { Rule } from '@/lib/engine';

/** Read aloud with each handle. */
export const MOVE_INSTRUCTIONS =
  'To move a rule, press Space. While it is held, the arrow keys move it up and down. Press Space again to put it down, or Escape to leave it where it was.';

/** What a screen reader says while a rule is moved. */
export function announcementsFor(rules: readonly Rule[]): Announcements {
  const place = (id: string | number) => rules.findIndex((rule) => rule.id === id) + 1;
  const name = (id: string | number) => rules.find((rule) => rule.id === id)?.name ?? 'the rule';
  return {
    onDragStart: ({ active }) => `Picked up ${name(active.id)}, at position ${place(active.id)} of ${rules.length}.`,
    onDragOver: ({ active, over }) =>
      over === null ? undefined : `${name(active.id)} is over position ${place(over.id)} of ${rules.length}.`,
    onDragEnd: ({ active, over }) =>
      over === null
        ? `${name(active.id)} was put back.`
        : `${name(active.id)} is now at position ${place(over.id)} of ${rules.length}.`,
    onDragCancel: ({ active }) => `${name(active.id)} was put back at position ${place(active.id)}.`,
  };
}
