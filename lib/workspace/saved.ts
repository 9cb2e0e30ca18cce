import type { OpenedStore } from '../store';
import type { Drafts } from './drafts';
import type { PolicyShelf } from './shelf';
import type { SavedState } from './snapshot';

/** Whether all that was done is kept. */
export function savedState(opened: OpenedStore, { failure, unsaved }: PolicyShelf, { busy }: Drafts): SavedState {
  if (failure) return { kind: 'failed', failure, unsaved };
  if (opened.kind === 'memory') return { kind: 'memory', reason: opened.failure.message };
  return unsaved > 0 || busy ? { kind: 'saving' } : { kind: 'saved' };
}
