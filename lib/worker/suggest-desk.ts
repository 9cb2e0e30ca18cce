import { suggestRules, type PolicySuggestion } from '../suggest';
import { overTrace, type TraceWork } from '../trace';
import type { LoadedTrace } from './loaded-trace';
import type { WorkerQuestions } from './protocol';
import { SupersededError } from './superseded';

/** Rules suggested from the open trace, in slices. Throws `SupersededError` where the work was stopped. */
export async function suggestFromTrace(
  { choices, settings, catalog, places }: WorkerQuestions['suggest']['params'],
  trace: LoadedTrace,
  work: TraceWork,
): Promise<PolicySuggestion> {
  const chosen = places === undefined ? undefined : new Set(places);
  const total = trace.columns.length;
  const pause = async (): Promise<boolean> => {
    await work.pause(total, total);
    return !work.stopped();
  };
  const suggestion = await suggestRules(
    {
      visit: (each) => overTrace(trace, work, (index, call) => each(call, index)),
      isChosen: chosen === undefined ? undefined : (index) => chosen.has(index),
      pause,
    },
    choices,
    { catalog, settings },
  );
  if (suggestion === undefined) throw new SupersededError();
  return suggestion;
}
