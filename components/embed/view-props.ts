import type { Bundle } from '@/lib/bundle';
import type { EmbedOptions } from '@/lib/embed';
import type { Call } from '@/lib/engine';
import type { EmbedStore } from './embed-store';
import type { DecidedBundle } from './use-decided';

/** What each view of an embed is drawn from. */
export interface EmbedViewProps {
  readonly bundle: Bundle;
  /** The call that is shown; undefined where the bundle has none. */
  readonly call: Call | undefined;
  /** Of an earlier state, until the engine has answered; undefined before its first answer. */
  readonly decided: DecidedBundle | undefined;
  readonly options: EmbedOptions;
  readonly store: EmbedStore;
}

/** Whether the answers are for an earlier state. */
export const isStale = ({ bundle, call, decided }: EmbedViewProps): boolean =>
  decided !== undefined && (decided.bundle !== bundle || decided.call !== call);
