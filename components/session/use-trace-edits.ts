import { useMemo } from 'react';
import type { FactSettings } from '@/lib/analysis';
import type { Call } from '@/lib/engine';
import type { CallSplice, ReplayClient } from '@/lib/worker';
import { notify } from '../ui/notify';
import { counted } from '../ui/words';
import { useSession } from './session';

/** Edits of the calls of the open trace, each with a toast that undoes it. They say whether they were done. */
export function useTraceEdits() {
  const { replay } = useSession();
  return useMemo(() => {
    const inFocus = () => replay.getSnapshot().focus ?? 0;
    return {
      /** Takes the call in focus out of the trace. */
      remove: (call: Call) =>
        attempt(() => spliced('Removed from the trace', replay, { index: inFocus(), remove: 1, insert: [] }, [call])),
      /** Puts another call in the place of the one in focus. */
      replace: (call: Call, by: Call) =>
        attempt(() =>
          spliced(
            'The trace has the call with these facts now',
            replay,
            { index: inFocus(), remove: 1, insert: [by] },
            [call],
          ),
        ),
      /** Adds a call to the end; to a new trace where none is open. */
      append: (call: Call) =>
        attempt(async () => {
          await replay.addCall(call);
          const index = (replay.getSnapshot().open?.info.calls ?? 1) - 1;
          return {
            words: 'Added to the trace, as its last call',
            undo: () => replay.spliceCalls({ index, remove: 1, insert: [] }),
          };
        }),
      /** Sets facts on the calls at these places, or on all. */
      setFacts: (settings: FactSettings, places: Uint32Array<ArrayBuffer> | undefined) =>
        attempt(async () => {
          const changed = await replay.setFacts({ settings, places });
          return changed === 0
            ? { words: 'No call was changed: each of them says these facts already' }
            : { words: `Facts set on ${counted(changed, 'call')}`, undo: () => replay.undoFacts() };
        }),
    };
  }, [replay]);
}

/** What was done, in words, and what takes it back where something was changed. */
interface TraceEdit {
  readonly words: string;
  undo?(): Promise<void>;
}

async function spliced(
  words: string,
  replay: ReplayClient,
  splice: CallSplice,
  removed: readonly Call[],
): Promise<TraceEdit> {
  await replay.spliceCalls(splice);
  const { index, insert } = splice;
  return { words, undo: () => replay.spliceCalls({ index, remove: insert.length, insert: removed }) };
}

async function attempt(edit: () => Promise<TraceEdit>): Promise<boolean> {
  try {
    const { words, undo } = await edit();
    if (undo === undefined) notify(words);
    else notify(words, { action: { label: 'Undo', onClick: () => void undo().catch(failed) } });
    return true;
  } catch (error) {
    failed(error);
    return false;
  }
}

const failed = (error: unknown): void => notify(`Not done: ${error instanceof Error ? error.message : String(error)}`);
