import { callId, type CallId, type Json } from '../engine';
import { policyId, traceId, type PolicyId, type Store, type TraceId } from '../store';

/** What was open when the page was last left. Kept as one setting; whatever of it cannot be read back is simply not open. */
export interface LastView {
  readonly policyId: PolicyId | null;
  readonly traceId: TraceId | null;
  readonly callId: CallId | null;
}

const KEY = 'view';
const NOTHING: LastView = { policyId: null, traceId: null, callId: null };

export async function readView(store: Store): Promise<LastView> {
  const found = await store.readSetting(KEY);
  if (found.kind !== 'found' || typeof found.value !== 'object' || found.value === null) return NOTHING;
  const text = (key: string): string | null => {
    const value = (found.value as { readonly [key: string]: Json })[key];
    return typeof value === 'string' && value !== '' ? value : null;
  };
  const [policy, trace, call] = [text('policyId'), text('traceId'), text('callId')];
  return {
    policyId: policy === null ? null : policyId(policy),
    traceId: trace === null ? null : traceId(trace),
    callId: call === null ? null : callId(call),
  };
}

export const writeView = (store: Store, view: LastView) => store.putSetting(KEY, { ...view });
