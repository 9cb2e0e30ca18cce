import type { Call, Policy } from '../engine';
import type { OpenedTrace } from './answers';
import { attempted } from './attempted';
import type { GivenUpPolicies } from './given-up';
import { undecidedChange, type ReplayStore } from './replay-state';
import type { WorkerConnection } from './rpc';

/**
 * What is shown of the open trace: the decisions of one policy, the part of the trace that is wanted, and the explanation of the call in focus.
 *
 * INVARIANT: `results`, `view` and `explained` of the state always belong to the policy that was last given to `show` and to the open trace.
 * `stamp` changes with either of them; an answer for an earlier stamp is dropped.
 */
export class ShownAnswers {
  #stamp = 0;
  #policy: Policy | undefined;
  /** The call that was explained last, and of which trace. */
  #explainedCall: { readonly open: OpenedTrace | undefined; readonly index: number; readonly call: Call } | undefined;
  readonly #worker: WorkerConnection;
  readonly #store: ReplayStore;
  readonly #givenUp: GivenUpPolicies;

  constructor(worker: WorkerConnection, store: ReplayStore, givenUp: GivenUpPolicies) {
    this.#worker = worker;
    this.#store = store;
    this.#givenUp = givenUp;
  }

  get stamp(): number {
    return this.#stamp;
  }

  get policy(): Policy | undefined {
    return this.#policy;
  }

  /** Every decision is worked out anew for this policy. */
  show(policy: Policy): void {
    if (policy === this.#policy) return;
    this.#policy = policy;
    this.#stamp += 1;
    const { problem } = this.#store.state;
    const isOver = problem?.kind === 'stuck' && problem.on.kind === 'policies' && !this.#givenUp.has(policy);
    this.#store.set({ ...undecidedChange(this.#store.state), ...(isOver ? { problem: undefined } : {}) });
    void this.decide();
  }

  /** What is under way is for a trace that is no longer open. */
  leaveTrace(): void {
    this.#stamp += 1;
    this.#explainedCall = undefined;
  }

  async decide(): Promise<void> {
    const policy = this.#policy;
    if (policy === undefined) return;
    const isGivenUp = this.#givenUp.has(policy);
    if (isGivenUp !== this.#store.state.isGivenUp) this.#store.set({ isGivenUp });
    if (isGivenUp || this.#store.state.open === undefined) return;
    const stamp = this.#stamp;
    const isWanted = () => stamp === this.#stamp;
    const results = await attempted(
      this.#store,
      () =>
        this.#worker.ask(
          'decideAll',
          { stamp, policy },
          { onProgress: (deciding) => isWanted() && this.#store.setProgress({ deciding }) },
        ),
      isWanted,
    );
    if (results === undefined) return;
    this.#store.setWithFrame({ results, stale: undefined, deciding: undefined, viewing: 'begun' });
    await Promise.all([this.explain(), this.updateView()]);
  }

  async explain(): Promise<void> {
    const { focus, results, open } = this.#store.state;
    if (focus === undefined || results === undefined) return;
    const stamp = this.#stamp;
    const explained = await attempted(
      this.#store,
      () => this.#worker.ask('explain', { stamp, index: focus }),
      () => stamp === this.#stamp && focus === this.#store.state.focus,
    );
    if (explained === undefined) return;
    // The same call is the same object under another policy: what depends on the call alone is not worked out again.
    if (this.#explainedCall?.open !== open || this.#explainedCall?.index !== focus)
      this.#explainedCall = { open, index: focus, call: explained.call };
    this.#store.setWithFrame({ explained: { ...explained, call: this.#explainedCall.call } });
  }

  async updateView(): Promise<void> {
    const { wanted, results } = this.#store.state;
    if (results === undefined) return;
    const stamp = this.#stamp;
    const isWanted = () => stamp === this.#stamp && wanted === this.#store.state.wanted;
    const view = await attempted(
      this.#store,
      () =>
        this.#worker.ask(
          'view',
          { stamp, wanted },
          { onProgress: (viewing) => isWanted() && this.#store.setProgress({ viewing }) },
        ),
      isWanted,
    );
    if (view !== undefined) this.#store.setWithFrame({ view, viewing: 'done' });
  }
}
