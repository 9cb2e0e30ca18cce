import type { TraceMeta } from '../store';
import type { TraceView, ViewWanted } from '../trace';
import type { StuckWork } from './blame';
import type { BatchedNotifier } from './notifier';
import type { ExplainedCall, OpenedTrace, Replayed } from './answers';
import type { WorkProgress } from './work';

export type ReplayProblem =
  | { readonly kind: 'crashed' | 'failed'; readonly message: string }
  /** The worker's code, or a part of it, could not be fetched. */
  | { readonly kind: 'unloaded' }
  /** The worker did not answer for too long, and was ended. */
  | { readonly kind: 'stuck'; readonly on: StuckWork };

/** What the page knows of traces and decisions, as of now. */
export interface ReplayState {
  readonly traces: readonly TraceMeta[];
  readonly open: OpenedTrace | undefined;
  /** The decisions of the policy that is shown; undefined while they are computed. */
  readonly results: Replayed | undefined;
  /** The last decisions there were: shown dimmed, and marked as stale, while new ones are computed. */
  readonly stale: Replayed | undefined;
  /** How far deciding is, where it takes long. */
  readonly deciding: WorkProgress | undefined;
  readonly wanted: ViewWanted;
  /** What of the trace is shown; undefined until it was worked out for the first time. */
  readonly view: TraceView | undefined;
  /** Whether `view` is what is wanted, by the decisions that are shown; if not, how far that is, where it takes long. */
  readonly viewing: 'done' | WorkProgress | 'begun';
  /** Place in the trace of the call in focus. */
  readonly focus: number | undefined;
  readonly explained: ExplainedCall | undefined;
  /** Counts up whenever lines that were requested have arrived. */
  readonly linesVersion: number;
  /** Nothing is decided by the policy that is shown: a worker was stuck on it, and ended. */
  readonly isGivenUp: boolean;
  readonly problem: ReplayProblem | undefined;
}

/** All that depends on the open trace, where none is open. A new field of that kind belongs here, so that no reset misses it. */
const NO_TRACE = {
  open: undefined,
  results: undefined,
  stale: undefined,
  deciding: undefined,
  view: undefined,
  viewing: 'begun',
  focus: undefined,
  explained: undefined,
} as const satisfies Partial<ReplayState>;

const EMPTY_STATE: ReplayState = {
  ...NO_TRACE,
  traces: [],
  wanted: { filter: {} },
  linesVersion: 0,
  isGivenUp: false,
  problem: undefined,
};

/** The change that opens a trace, or closes the open one; the order and groups that are wanted stay. */
export const traceChange = (
  { wanted }: ReplayState,
  open: OpenedTrace | undefined,
  focus?: number,
): Partial<ReplayState> => ({
  ...NO_TRACE,
  open,
  wanted: { ...wanted, filter: {} },
  focus: open !== undefined && focus !== undefined && focus < open.info.calls ? focus : undefined,
});

/** The change after which nothing is decided, and the decisions that were shown are stale. */
export const undecidedChange = ({ results, stale }: ReplayState): Partial<ReplayState> => ({
  results: undefined,
  stale: results ?? stale,
  deciding: undefined,
});

/** The change after the worker is gone: the trace and the focus stay, to be opened again. */
export const crashChange = (problem: ReplayProblem): Partial<ReplayState> => ({
  results: undefined,
  stale: undefined,
  deciding: undefined,
  viewing: 'begun',
  explained: undefined,
  problem,
});

/** The state, and how its listeners are notified of each kind of change. */
export class ReplayStore {
  #state = EMPTY_STATE;
  readonly #notifier: BatchedNotifier;

  constructor(notifier: BatchedNotifier) {
    this.#notifier = notifier;
  }

  get state(): ReplayState {
    return this.#state;
  }

  /** What the page did: it shows at once. */
  set(change: Partial<ReplayState>): void {
    this.#state = { ...this.#state, ...change };
    this.#notifier.notify();
  }

  /** What the worker answered: it shows with the next frame. */
  setWithFrame(change: Partial<ReplayState>): void {
    this.#state = { ...this.#state, ...change };
    this.#notifier.notifyWithFrame();
  }

  /** How far work is: dropped where the last progress has not been shown for long enough to read it. */
  setProgress(change: Pick<ReplayState, 'deciding'> | Pick<ReplayState, 'viewing'>): void {
    if (this.#notifier.isProgressDue()) this.setWithFrame(change);
  }
}
