import { useMemo } from 'react';
import type { Call } from '@/lib/engine';
import type { CallSplice, ReplayClient } from '@/lib/worker';
import { notify } from '../ui/notify';
import { useSession } from './session';

/** Edits of the calls of the open trace, each with a toast that undoes it. They say whether they were done. */
export function useTraceEdits() {
  const { replay } = useSession();
  return useMemo(() => {
    const inFocus = () => replay.getSnapshot().focus ?? 0;
    return {
      /** Takes the call in focus out of the trace. */
      remove: (call: Call) =>
        attempt('Removed from the trace', () => spliced(replay, { index: inFocus(), remove: 1, insert: [] }, [call])),
      /** Puts another call in the place of the one in focus. */
      replace: (call: Call, by: Call) =>
        attempt('The trace has the call with these facts now', () =>
          spliced(replay, { index: inFocus(), remove: 1, insert: [by] }, [call]),
        ),
      /** Adds a call to the end; to a new trace where none is open. */
      append: (call: Call) =>
        attempt('Added to the trace, as its last call', async () => {
          await replay.addCall(call);
          const index = (replay.getSnapshot().open?.info.calls ?? 1) - 1;
          return () => replay.spliceCalls({ index, remove: 1, insert: [] });
        }),
    };
  }, [replay]);
}

type UndoEdit = () => Promise<void>;

async function spliced(replay: ReplayClient, splice: CallSplice, removed: readonly Call[]): Promise<UndoEdit> {
  await replay.spliceCalls(splice);
  const { index, insert } = splice;
  return () => replay.spliceCalls({ index, remove: insert.length, insert: removed });
}

async function attempt(words: string, edit: () => Promise<UndoEdit>): Promise<boolean> {
  try {
    const undo = await edit();
    notify(words, { action: { label: 'Undo', onClick: () => void undo().catch(failed) } });
    return true;
  } catch (error) {
    failed(error);
    return false;
  }
}

const failed = (error: unknown): void => notify(`Not done: ${error instanceof Error ? error.message : String(error)}`);
