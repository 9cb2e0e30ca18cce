/** Storage: IndexedDB where the browser allows it, memory where not, behind one interface. This is its public entry. */
export type * from './records';
export { CHUNK_CALLS, policyId, traceId, versionId } from './records';
export type * from './store';
export type { Opened, OpenOptions } from './open';
