import type { OpenedStore } from '../store';
import type { Drafts } from './drafts';
import type { PolicyShelf } from './shelf';
import type { SavedState } from './snapshot';

/** Whether all that was done is kept. */
export function savedState(opened: OpenedStore, shelf: PolicyShelf, drafts: Drafts): SavedState {
  const failure = shelf.failure ?? drafts.failure;
  const unsaved = shelf.unsaved + drafts.unsaved.length;
  if (failure) return { kind: 'failed', failure, unsaved };
  if (opened.kind === 'memory') return { kind: 'memory', reason: opened.failure.message };
  return unsaved > 0 || drafts.busy ? { kind: 'saving' } : { kind: 'saved' };
}
