import { triedCondition, type TriedCondition } from '../trace';
import type { LoadedTrace } from './loaded-trace';

/** The condition that the open trace was filtered by last: after each edit of the policy it is the same, and no call is tried again. */
export class ConditionMemo {
  #last: { readonly trace: LoadedTrace; readonly source: string; readonly tried: TriedCondition } | undefined;

  async of(trace: LoadedTrace, source: string): Promise<TriedCondition> {
    if (this.#last?.trace !== trace || this.#last.source !== source)
      this.#last = { trace, source, tried: await triedCondition(source, trace.length) };
    return this.#last.tried;
  }
}
