/** The keys of the workbench, for its help and the documentation. */
export const SHORTCUTS = [
  ['Ctrl or ⌘ + K', 'Commands'],
  ['Ctrl or ⌘ + Z', 'Undo; with Shift, redo'],
  ['F6', 'From part to part: policy, trace, explanation; with Shift, back'],
  ['↑ ↓ Page Home End', 'Move through the rules of the policy, or the calls of the trace'],
  ['← →', 'To the handle, the name and the menu of a rule; to the cells of a call'],
  ['Enter', 'From a call to its explanation'],
  ['f', 'In the trace, show only calls with the value of the cell'],
  ['Alt + ← →', 'Make the column whose head is in focus narrower or wider'],
  ['Space, ↑ ↓, Space', 'Pick up a rule by its handle, move it, put it down'],
  ['Ctrl or ⌘ + Enter', 'Save the rule that is being edited'],
  ['Escape', 'Close what is open'],
  ['?', 'This page'],
] as const;
