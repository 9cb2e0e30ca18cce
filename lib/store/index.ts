/** Storage: IndexedDB where the browser allows it, memory where not, behind one interface. This is its public entry. */
export type * from './records';
export { CHUNK_CALLS, policyId, traceId, versionId } from './records';
export type * from './store';
export { DATABASE } from './dexie';
export { openMemoryStore, openStore, type OpenedStore, type OpenOptions } from './open';
export type { StoreChannel } from './channel';
export type { Closing } from './backend';
export { askToPersist, readRoom, type StorageRoom } from './room';
export { isFailure } from './context';
export { BASELINE_OF, COMPARED_BUNDLES, MAPPING_OF } from './setting-keys';
export { problemOf } from './validate';
